"""``numbguard check``: what works on this desktop, and whether the profile is intact. Only this verb imports it.

``dispatch`` calls this verb with the parsed arguments and the profile. A running app reports its senses; without one,
this process probes the desktop for them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime

from numbguard.desktop import installations
from numbguard.ipc.documents import Document, check_document, sense_document
from numbguard.ipc.line import UNREACHABLE
from numbguard.ipc.platform_line import has_line
from numbguard.resources import resource
from numbguard.store.cards.library import Library
from numbguard.store.cards.routines import RoutineLibrary
from numbguard.store.log.health import HealthFile
from numbguard.store.log.recovery.by_hand import second_folder_note
from numbguard.store.log.recovery.checks import check_whole
from numbguard.store.profile import Profile
from numbguard.store.settings import file as settings_file
from numbguard.store.settings.backup_folder import backup_folder
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _, translated

from ..support import log_of, say, through_app


def check(given: argparse.Namespace, profile: Profile) -> int:
    library = Library(resource("cards"), profile.cards)
    loaded = settings_file.load(profile)
    running = through_app(profile, {"verb": "check"})
    if running is not None:
        senses, waiting = running["senses"], running["waiting"]
    else:
        with log_of(profile) as journal:
            waiting = journal.note()
        from numbguard.desktop.probe import survey

        senses = {name: sense_document(sense) for name, sense in survey(loaded.settings).items()}
    faults = check_whole(profile, at=datetime.now().astimezone())
    document = check_document(
        running=running is not None,
        senses=senses,
        waiting=waiting,
        line=None if has_line(profile) else UNREACHABLE,
        installation=_installation(running, profile),
        log=faults,
        settings=loaded.problems,
        cards=library.check(),
        routines=RoutineLibrary(library, resource("routines"), profile.routines).check(),
    )
    log = document["log"]
    assert isinstance(log, dict)
    known = HealthFile(profile).read().document()
    second = second_folder_note(profile, backup_folder(loaded.settings))
    log |= {"last_check": known["last_check"], "last_backup": known["last_backup"], "backups": second}
    return say(given, document, _check_text(document, str(profile.folder)))


_SENSES = {
    "idle": N_("Idle"),
    "session": N_("Session"),
    "quiet": N_("Quiet"),
    "notify": N_("Notify"),
    "sound": N_("Sound"),
    "speech": N_("Speech"),
    "tray": N_("Tray"),
    "dbus": "D-Bus",
    "hot_keys": N_("Hot keys"),
}
"""The senses by the names that they have in the JSON; the parts of a sense have no other name than that."""


def _installation(running: Document | None, profile: Profile) -> Document:
    """Return which NumbGuard this is, which one runs, which others there are, and which entries lead nowhere."""
    program = installations.this_program()
    runs = None
    if running is not None:
        # A version that does not say where it is differs from this one, which does.
        runs = {"program": running.get("program"), "version": running.get("version")}
    return {
        "program": program,
        "runs": runs,
        "others": installations.other_programs(),
        "gone": installations.gone_programs(None if profile.is_usual() else profile.folder),
    }


def _installation_lines(installation: Document, version: object) -> Iterator[str]:
    yield _("Program: {program}, version {version}").format(program=installation["program"], version=version)
    runs, others, gone = installation["runs"], installation["others"], installation["gone"]
    assert isinstance(others, list) and isinstance(gone, list)
    if isinstance(runs, dict) and (runs["program"], runs["version"]) != (installation["program"], version):
        if runs["program"]:
            yield "    " + _("A different one is running: {program}, version {version}.").format(**runs)
        else:
            yield "    " + _("An earlier version is running, which doesn't say where it is.")
    if others:
        yield "    " + _("Also on this computer: {programs}").format(programs=formats.listed(others))
    yield from (f"    {translated(one)} {_('NumbGuard corrects that the next time it starts.')}" for one in gone)


def _check_text(document: Document, folder: str) -> str:
    senses, installation = document["senses"], document["installation"]
    assert isinstance(installation, dict)
    lines = [
        *_installation_lines(installation, document["version"]),
        _("Profile: {folder}").format(folder=folder),
    ]
    assert isinstance(senses, dict)
    for name, sense in senses.items():
        # Translators: What NumbGuard perceives, such as “Idle”, and what it asks for that.
        line = _("{sense}: works ({backend})") if sense["works"] else _("{sense}: does not work ({backend})")
        lines.append(line.format(sense=_(_SENSES.get(name) or name.capitalize()), backend=sense["backend"]))
        if sense.get("detail"):
            lines.append(f"    {translated(sense['detail'])}")
        for part, source in sense.get("sources", {}).items():
            detail = source.get("detail", "")
            said = "" if detail in sense.get("detail", "") else translated(detail)
            lines.append(f"    {part}: {source['backend']}. {said}".rstrip())
    for title, key in (
        (_("Log"), "log"),
        (_("Settings"), "settings"),
        (_("Cards"), "cards"),
        (_("Routines"), "routines"),
    ):
        found = document[key]
        assert isinstance(found, dict)
        # Translators: “Log: fine”, “Cards: has problems”.
        lines.append((_("{part}: fine") if found["whole"] else _("{part}: has problems")).format(part=title))
        lines += [f"    {translated(fault)}" for fault in found["faults"]]
        if key == "log":
            checked, kept = found["last_check"], found["last_backup"]
            intact = _("last found intact: {time}") if checked else _("last found intact: never")
            backed_up = _("last backup: {time}") if kept else _("last backup: none yet")
            lines += [f"    {intact.format(time=checked)}", f"    {backed_up.format(time=kept)}"]
            lines += [f"    {translated(found['backups'])}"] if found["backups"] else []
    for told in ("waiting", "line"):
        if isinstance(why := document[told], str) and why:
            lines.append(translated(why))
    return "\n".join(lines)
