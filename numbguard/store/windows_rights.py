"""Who may use a file, a folder or a pipe on Windows: owners and access-control lists, through ``advapi32``.

``store.profile`` closes the profile folder with it, and ``ipc.named_pipe`` the pipe. Imported on Windows only, on any
thread. Written from Microsoft's documentation of security descriptors and of their text form (SDDL).
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

_FILE, _KERNEL_OBJECT = 1, 6
_OWNER, _DACL, _PROTECTED_DACL = 1, 4, 0x80000000
_TOKEN_QUERY, _TOKEN_USER = 8, 1
_OF_THE_MACHINE = ("S-1-5-32-544", "S-1-5-18")
"""The administrators, who own what a program with raised rights makes, and the system."""
_NO_LIST = "D:NO_ACCESS_CONTROL"
"""In SDDL: a file system without lists, such as a stick's."""
_EVERYBODY = "WD|AU|BU|BG|AN|IU|NU"
"""In SDDL: everyone, authenticated users, users, guests, anonymous, interactive and network users."""
_WRITE_WORDS = ("FA", "FW", "GA", "GW", "WD", "WO", "SD", "DC", "LC", "KA", "KW")
_WRITE_BITS = 0x2 | 0x4 | 0x40 | 0x10000 | 0x40000 | 0x80000 | 0x10000000 | 0x40000000
"""Write data, append data, delete a child, delete, write the list, write the owner, generic all, generic write."""


class SecurityAttributes(ctypes.Structure):
    """The structure SECURITY_ATTRIBUTES."""

    _fields_ = [("length", ctypes.c_uint), ("descriptor", ctypes.c_void_p), ("inherit", ctypes.c_int)]


@cache
def _libraries() -> tuple[Any, Any]:
    """``advapi32`` and ``kernel32``. Raises ``OSError`` where this is not Windows."""
    security, kernel = ctypes.CDLL("advapi32"), ctypes.CDLL("kernel32")
    pointer, number, text = ctypes.c_void_p, ctypes.c_uint, ctypes.c_wchar_p
    kernel.GetCurrentProcess.restype = pointer
    kernel.CloseHandle.argtypes = (pointer,)
    kernel.LocalFree.argtypes = (pointer,)
    security.OpenProcessToken.argtypes = (pointer, number, pointer)
    security.GetTokenInformation.argtypes = (pointer, ctypes.c_int, pointer, number, pointer)
    security.ConvertSidToStringSidW.argtypes = (pointer, pointer)
    security.ConvertStringSecurityDescriptorToSecurityDescriptorW.argtypes = (text, number, pointer, pointer)
    security.ConvertSecurityDescriptorToStringSecurityDescriptorW.argtypes = (pointer, *[number] * 2, *[pointer] * 2)
    security.GetSecurityDescriptorDacl.argtypes = (*[pointer] * 4,)
    security.GetSecurityInfo.argtypes = (pointer, ctypes.c_int, number, *[pointer] * 5)
    security.GetNamedSecurityInfoW.argtypes = (text, ctypes.c_int, number, *[pointer] * 5)
    security.SetNamedSecurityInfoW.argtypes = (text, ctypes.c_int, number, *[pointer] * 4)
    return security, kernel


@cache
def user_sid() -> str:
    """The security identifier of this process's user, such as ``S-1-5-21-…-1001``. Raises ``OSError``."""
    security, kernel = _libraries()
    token, length = ctypes.c_void_p(), ctypes.c_uint()
    _must(security.OpenProcessToken(kernel.GetCurrentProcess(), _TOKEN_QUERY, ctypes.byref(token)), "OpenProcessToken")
    try:
        security.GetTokenInformation(token, _TOKEN_USER, None, 0, ctypes.byref(length))
        user = ctypes.create_string_buffer(length.value)
        told = security.GetTokenInformation(token, _TOKEN_USER, user, length, ctypes.byref(length))
        _must(told, "GetTokenInformation")
    finally:
        kernel.CloseHandle(token)
    # The structure TOKEN_USER begins with a pointer to the identifier.
    return _sid_text(ctypes.c_void_p.from_buffer(user))


def list_of_the_persons_own(sid: str, *, for_folder: bool) -> str:
    """In SDDL: this user and the system have all rights, nobody else has any, and nothing is inherited from above.

    The system is what root is on Linux: backups and virus scanners run as it, and could take the right anyway.
    """
    onwards = "OICI" if for_folder else ""
    return f"D:P(A;{onwards};FA;;;{sid})(A;{onwards};FA;;;SY)"


@contextmanager
def attributes_of_the_persons_own() -> Iterator[int]:
    """Give the address of security attributes for a new kernel object that is this user's alone. Raises ``OSError``."""
    sid = user_sid()
    with _descriptor(f"O:{sid}{list_of_the_persons_own(sid, for_folder=False)}") as descriptor:
        attributes = SecurityAttributes(ctypes.sizeof(SecurityAttributes), descriptor, 0)
        yield ctypes.addressof(attributes)


def owner_of_handle(handle: int) -> str:
    """The security identifier of the owner of an open kernel object, such as a pipe; empty where it has none.

    Raises ``OSError``.
    """
    security, kernel = _libraries()
    owner, descriptor = ctypes.c_void_p(), ctypes.c_void_p()
    failed = security.GetSecurityInfo(
        handle, _KERNEL_OBJECT, _OWNER, ctypes.byref(owner), None, None, None, ctypes.byref(descriptor)
    )
    if failed:
        raise OSError(f"GetSecurityInfo failed ({failed})")
    try:
        return _sid_text(owner) if owner.value else ""
    finally:
        kernel.LocalFree(descriptor)


def list_of_handle(handle: int) -> str:
    """The access-control list of an open kernel object, in SDDL. Raises ``OSError``."""
    security, _ = _libraries()
    descriptor = ctypes.c_void_p()
    failed = security.GetSecurityInfo(handle, _KERNEL_OBJECT, _DACL, None, None, None, None, ctypes.byref(descriptor))
    return _list_text(descriptor, failed)


def list_of_path(path: Path) -> str:
    """The access-control list of a file or folder, in SDDL. Raises ``OSError``."""
    security, _ = _libraries()
    descriptor = ctypes.c_void_p()
    failed = security.GetNamedSecurityInfoW(str(path), _FILE, _DACL, None, None, None, None, ctypes.byref(descriptor))
    return _list_text(descriptor, failed)


def belongs_to_another_user(path: Path) -> bool:
    """Whether the owner of a file or folder is neither this user nor the system nor its administrators.

    ``False`` where that is not known, as on a file system without owners.
    """
    try:
        security, kernel = _libraries()
        owner, descriptor = ctypes.c_void_p(), ctypes.c_void_p()
        failed = security.GetNamedSecurityInfoW(
            str(path), _FILE, _OWNER, ctypes.byref(owner), None, None, None, ctypes.byref(descriptor)
        )
        if failed or not owner.value:
            return False
        try:
            return _sid_text(owner) not in (user_sid(), *_OF_THE_MACHINE)
        finally:
            kernel.LocalFree(descriptor)
    except OSError:
        return False


def may_be_written_by_others(path: Path) -> bool:
    """Whether every user of the machine may write in a folder; ``False`` where that is not known."""
    try:
        return lets_others_write(list_of_path(path))
    except OSError:
        return False


def has_no_lists(path: Path) -> bool:
    """Whether a folder lies on a disk without access-control lists, such as a stick's; ``False`` where unknown."""
    try:
        return list_of_path(path).startswith(_NO_LIST)
    except OSError:
        return False


def close_folder(path: Path) -> None:
    """Give a folder, and with it what is in it and every new file, to this user alone.

    Does nothing where it is closed already, or lies on a file system without such lists. Raises ``OSError``.
    """
    try:
        security, _ = _libraries()
        known = list_of_path(path)
    except OSError:
        return
    if known.startswith(("D:P", _NO_LIST)):
        return
    with _descriptor(list_of_the_persons_own(user_sid(), for_folder=True)) as descriptor:
        is_there, rights, by_default = ctypes.c_int(), ctypes.c_void_p(), ctypes.c_int()
        told = security.GetSecurityDescriptorDacl(
            descriptor, ctypes.byref(is_there), ctypes.byref(rights), ctypes.byref(by_default)
        )
        _must(told, "GetSecurityDescriptorDacl")
        failed = security.SetNamedSecurityInfoW(str(path), _FILE, _DACL | _PROTECTED_DACL, None, None, rights, None)
        if failed:
            raise OSError(f"SetNamedSecurityInfo failed ({failed})")


def lets_others_write(rights: str) -> bool:
    """Whether an access-control list in SDDL lets everybody, or every user of the machine, write or delete."""
    return any(_writes(one[1]) for one in re.finditer(rf"\(A;[^;)]*;([^;)]*);[^;)]*;[^;)]*;(?:{_EVERYBODY})\)", rights))


def _writes(rights: str) -> bool:
    if rights.startswith("0x"):
        return bool(int(rights, 16) & _WRITE_BITS)
    return any(rights[at : at + 2] in _WRITE_WORDS for at in range(0, len(rights), 2))


@contextmanager
def _descriptor(text: str) -> Iterator[int | None]:
    """Give the address of a security descriptor in memory."""
    security, kernel = _libraries()
    found = ctypes.c_void_p()
    made = security.ConvertStringSecurityDescriptorToSecurityDescriptorW(text, 1, ctypes.byref(found), None)
    _must(made, "ConvertStringSecurityDescriptorToSecurityDescriptor")
    try:
        yield found.value
    finally:
        kernel.LocalFree(found)


def _sid_text(sid: ctypes.c_void_p) -> str:
    security, kernel = _libraries()
    text = ctypes.c_void_p()
    _must(security.ConvertSidToStringSidW(sid, ctypes.byref(text)), "ConvertSidToStringSid")
    try:
        return ctypes.wstring_at(text.value or 0)
    finally:
        kernel.LocalFree(text)


def _list_text(descriptor: ctypes.c_void_p, failed: int) -> str:
    if failed:
        raise OSError(f"the security information could not be read ({failed})")
    security, kernel = _libraries()
    text = ctypes.c_void_p()
    try:
        told = security.ConvertSecurityDescriptorToStringSecurityDescriptorW(
            descriptor, 1, _DACL, ctypes.byref(text), None
        )
        _must(told, "ConvertSecurityDescriptorToStringSecurityDescriptor")
        return ctypes.wstring_at(text.value or 0)
    finally:
        kernel.LocalFree(text)
        kernel.LocalFree(descriptor)


def _must(succeeded: int, what: str) -> None:
    if not succeeded:
        raise OSError(f"{what} failed")
