"""How each candidate gets its keys, as sentences that the app and ``numbguard check`` share. Pure."""

from __future__ import annotations

from numbguard.core.sentence import N_, sentence

BY_X11 = N_("Hot keys work in every program: NumbGuard asks the X server for them.")
BY_WINDOWS = N_("Hot keys work in every program: NumbGuard asks Windows for them.")
BY_PORTAL = N_("Hot keys work in every program: NumbGuard asks your desktop for them, and your desktop may ask you.")
PORTAL_NOT_ASKED = N_(
    "The desktop's portal starts when a hot key is set. NumbGuard has not asked whether it has hot keys."
)


def how_to_bind(program: str) -> str:
    return sentence(
        "NumbGuard can't set hot keys on this desktop. In your desktop's keyboard settings, give keys to the commands "
        "“{program} log” and “{program} break”.",
        program=program,
    )
