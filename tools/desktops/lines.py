"""The lines of the main job, played on one desktop by its own pointer and keys.

`tools.desktops.__main__` calls `play`. Each line returns a few words on what was seen, or raises `LineFailedError` or
`NotThereError`. A line needs no line before it, except that NumbGuard runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .hands import NOT_THERE, OF_DESKTOP
from .session import DesktopSession, LineFailedError, NotThereError, wait_until

SPEED = 60
SETTINGS = """\
[breaks]
interval = "10m"
duration = "2m"
patience = "30m"
natural_break = "5m"
settle = "0s"

[posture]
enabled = false
"""
"""At this speed a break is due every ten seconds, and five seconds away are a break."""


@dataclass(frozen=True)
class Result:
    """How one line ended."""

    line: str
    mark: str
    """``pass``, ``fail`` or ``not there``."""
    words: str


class Job:
    """The main job on one desktop."""

    def __init__(self, session: DesktopSession) -> None:
        self._session = session
        self._hands = OF_DESKTOP[session.name]

    # --- the lines, in the order of the table -----------------------------------------------------------------------

    def starts_at_log_in(self) -> str:
        session = self._session
        profile = "~/.local/share/numbguard"
        session.do(f"mkdir -p -m 700 {profile}; cat >{profile}/settings.toml <<'TOML'\n{SETTINGS}TOML", check=True)
        session.do("numbguard install-launcher", check=True)
        session.spawn(f"numbguard run --minimised --speed {SPEED}", "numbguard")
        wait_until(lambda: bool(self._status()["running"]), "the app", 40)
        status, tray = self._status(), self._check()["tray"]
        self._shot("1-started")
        kinds = {name: one["backend"] for name, one in (status["senses"] | {"tray": tray}).items()}
        return ", ".join(f"{name}: {backend}" for name, backend in kinds.items())

    def announces_and_starts(self) -> str:
        if self._hands.hover and self._status()["state"] == "announced":
            self._session.numbguard("break", "skip")  # Its banner is gone.
        for _try in range(3):
            self._wait_announced()
            self._shot("2-announced")
            try:
                self._press_start()
            except LineFailedError:
                self._session.numbguard("break", "skip")  # The hand came too late, and the banner was gone.
            else:
                break
        wait_until(lambda: (self._status()["break"] or {}).get("phase") == "card", "the card", 10)
        return "its own button Start opened the card"

    def shows_the_card_and_takes_yes(self) -> str:
        before = self._outcomes()
        if self._phase() != "card":
            self._session.numbguard("break", "start")
        self._shot("3-card")
        wait_until(lambda: self._phase() == "after", "the question after the card", 20)
        self._session.do("sleep 1")
        self._shot("4-after")
        x, y = self._hands.yes_button or self._corner_of("Did you get up? – NumbGuard")
        self._click(x, y)
        wait_until(lambda: self._outcomes()[len(before) :] == ["moved"], "the break to count", 8)
        return "Yes, and the break counts"

    def logs_from_the_tray(self) -> str:
        icon = self._hands.tray_icon
        if icon is None:
            raise NotThereError("no tray")
        before = self._episodes()
        self._session.do(self._hands.middle_click.format(*icon))
        self._wait_more(before)
        self._session.do("sleep 2")
        self._shot("5-logged")
        return "a middle click on the icon"

    def logs_from_the_launcher(self) -> str:
        before = self._episodes()
        entry = "~/.local/share/applications/org.numbguard.NumbGuard.desktop"
        self._session.do(f"$(sed -n '/Action log/,$ s/^Exec=//p' {entry} | head -1)", check=True)
        self._wait_more(before)
        return "the launcher's action"

    def logs_from_the_panel(self) -> str:
        before = self._episodes()
        self._session.do("numbguard run", check=True)
        self._session.do("sleep 2")
        self._shot("6-panel")
        self._session.do(self._hands.log_key)
        self._wait_more(before)
        return "a second start shows the panel, a key there logs"

    def logs_where_there_is_no_tray(self) -> str:
        """GNOME: from the banner, from the list of notifications, and from the dash."""
        if self._session.name != "gnome":
            raise NotThereError("there is a tray")
        gnome, seen = "python3 /desks/inside/gnome.py", []
        banner = f"for i in $(seq 40); do {gnome} at 'without a tray' 2>/dev/null && break; done"
        log = "wait 3 key escape wait 1 key alt+l"
        self._session.numbguard("pause")
        try:
            for place, script in (
                ("banner", f"{banner}; {gnome} wait 1 at 'Log numbness now' click left"),
                ("list", f"sleep 8; {gnome} move 640 10 click left wait 2 at 'without a tray' click left {log}"),
                ("dash", f"sleep 8; {gnome} key super wait 2 move 606 745 click left {log}"),
            ):
                self._quit()
                self._session.spawn(f"numbguard run --minimised --speed {SPEED}", "numbguard")
                before = self._episodes()
                said = self._session.do(script)
                self._shot(f"7-{place}")
                try:
                    self._wait_more(before, f"an episode from the {place}")
                except LineFailedError as failed:
                    raise LineFailedError(f"{failed} {said.strip()[-80:]}") from None
                seen.append(place)
        finally:
            self._session.numbguard("resume")
        return ", ".join(seen)

    def takes_idleness_for_a_break(self) -> str:
        before = self._outcomes().count("natural")
        self._stir(False)
        try:
            wait_until(lambda: self._status()["state"] == "away", "the state away", 30)
        finally:
            self._stir(True)
        wait_until(lambda: self._status()["state"] != "away", "the return", 20)
        wait_until(lambda: self._outcomes().count("natural") > before, "the natural break", 10)
        return str(self._status()["senses"]["idle"]["backend"])

    def keeps_quiet_when_asked(self) -> str:
        self._session.do(self._hands.quiet_on)
        try:
            wait_until(lambda: self._held_by("dnd"), "do-not-disturb to be noticed", 45)
        finally:
            self._session.do(self._hands.quiet_off)
        wait_until(lambda: not self._held_by("dnd"), "its end to be noticed", 45)
        return str(self._check()["quiet"]["sources"]["dnd"]["backend"])

    def keeps_quiet_before_a_full_screen(self) -> str:
        python = "/opt/numbguard/bin/python"
        self._session.spawn(f"{python} /desks/inside/full_screen.py 12", "full-screen")
        wait_until(lambda: self._held_by("fullscreen"), "the full screen to be noticed", 12)
        wait_until(lambda: not self._held_by("fullscreen"), "its end to be noticed", 20)
        return str(self._check()["quiet"]["sources"]["fullscreen"]["backend"])

    def notices_the_lock(self) -> str:
        self._session.do(self._hands.lock)
        try:
            wait_until(lambda: self._status()["state"] == "away", "the lock to be noticed", 15)
            self._shot("8-locked")
        finally:
            self._session.do(self._hands.unlock)
            # GNOME's lock screen takes the pointer out of every program's hand.
            self._stir(False)
            self._stir(True)
        wait_until(lambda: self._status()["state"] != "away", "the unlocking to be noticed", 20)
        return str(self._check()["session"]["backend"])

    def notices_the_sleep(self) -> str:
        self._wait_announced()
        # Looked at from within, because the sleep lasts two seconds only.
        looks = "for i in 1 2 3 4 5 6 7 8; do numbguard status --json | grep '\"state\"'; done"
        told = self._session.do(f"sudo systemctl suspend & {looks}")
        if set(re.findall(r'"state": "(\w+)"', told)) <= {"announced"}:
            raise LineFailedError("The announcement was not withdrawn while the machine slept.")
        self._wait_announced()
        return "withdrawn, and announced again after the waking"

    def outlives_the_notification_service(self) -> str:
        self._session.do(self._hands.restart_notifier)
        self._wait_announced()
        wait_until(lambda: self._status()["senses"]["notify"]["backend"] == "freedesktop", "the new service", 20)
        self._shot("9-new-service")
        self._press_start()
        wait_until(lambda: self._phase() == "card", "the card", 10)
        return "announced by the new service, and answered there"

    def outlives_the_tray(self) -> str:
        self._session.do(self._hands.restart_tray)
        self._session.do("sleep 15")
        self._shot("10-new-tray")
        before = self._episodes()
        assert self._hands.tray_icon
        self._session.do(self._hands.middle_click.format(*self._hands.tray_icon))
        self._wait_more(before)
        return "a middle click on the icon in the new tray"

    def outlives_a_second_screen(self) -> str:
        self._session.do(self._hands.add_screen, check=True)
        self._session.do("sleep 2; numbguard run; sleep 2")
        self._session.do(self._hands.remove_screen, check=True)
        before = self._episodes()
        self._session.do("sleep 2; numbguard run; sleep 2")
        self._session.do(self._hands.log_key)
        self._wait_more(before)
        return "added and taken away, and the panel still opens"

    # --- hands and eyes ---------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Let the desktop come to rest, and put a hand on the pointer."""
        self._session.do(self._hands.settled, timeout_s=60)
        self._stir(True)

    def clear(self) -> None:
        """Put away what a line has left: a break on the screen, an open episode."""
        self._session.do("numbguard break done; numbguard break done; numbguard gone")

    def _stir(self, on: bool) -> None:
        if on:
            self._session.spawn(f"setsid sh -c 'echo $$ >/tmp/stir.pid; {self._hands.stir}'", "stir")
        else:
            self._session.do("kill -- -$(cat /tmp/stir.pid)")

    def _shot(self, name: str) -> None:
        self._session.do(self._hands.shot.format(f"/desks/out/{self._session.name}/{name}.png"))

    def _click(self, x: int, y: int) -> None:
        # The hand that keeps the pointer moving rests meanwhile.
        group = "-- -$(cat /tmp/stir.pid)"
        self._session.do(f"kill -STOP {group}; {self._hands.click.format(x, y)}; kill -CONT {group}")

    def _press_start(self) -> None:
        if self._hands.start_script:
            said = self._session.do(self._hands.start_script)
            if "nothing shows" in said:
                raise LineFailedError(said.strip())
        elif self._hands.start_button:
            self._click(*self._hands.start_button)

    def _corner_of(self, title: str) -> tuple[int, int]:
        """The place of the main button in the lower right corner of a window."""
        told = self._session.do(self._hands.window.format(f"'{title}'" if "xwininfo" in self._hands.window else title))
        try:
            x, y, width, height = (int(float(word)) for word in told.split())
        except ValueError:
            raise LineFailedError(f"No window {title!r}: {told.strip()[-120:]}") from None
        return x + width - 46, y + height - 32

    def _quit(self) -> None:
        self._session.do("numbguard quit; sleep 2")

    def _status(self) -> dict[str, Any]:
        status: dict[str, Any] = self._session.numbguard("status")
        return status

    def _check(self) -> dict[str, Any]:
        senses: dict[str, Any] = self._session.numbguard("check")["senses"]
        return senses

    def _phase(self) -> str | None:
        return (self._status()["break"] or {}).get("phase")

    def _outcomes(self) -> list[str]:
        return [entry["outcome"] for entry in self._session.numbguard("breaks")]

    def _episodes(self) -> int:
        return len(self._session.numbguard("episodes"))

    def _wait_more(self, before: int, what: str = "the episode") -> None:
        wait_until(lambda: self._episodes() > before, what, 8)

    def _held_by(self, reason: str) -> bool:
        return any(one["id"] == reason for one in self._status()["suppressed"])

    def _wait_announced(self) -> None:
        try:
            wait_until(lambda: self._status()["state"] == "announced", "the announcement", 40)
        except LineFailedError as failed:
            status = self._status()
            seen = {name: status[name] for name in ("state", "seated_s", "due_in_s", "suppressed", "break")}
            raise LineFailedError(f"{failed} {seen}") from None
        self._session.do(self._hands.hover or "sleep 1.5")


LINES: tuple[tuple[str, Callable[[Job], str]], ...] = (
    ("start at log-in", Job.starts_at_log_in),
    ("announcement and its button", Job.announces_and_starts),
    ("card and *Yes*", Job.shows_the_card_and_takes_yes),
    ("tray", Job.logs_from_the_tray),
    ("launcher's action", Job.logs_from_the_launcher),
    ("panel", Job.logs_from_the_panel),
    ("without a tray", Job.logs_where_there_is_no_tray),
    ("idle", Job.takes_idleness_for_a_break),
    ("do-not-disturb", Job.keeps_quiet_when_asked),
    ("full screen", Job.keeps_quiet_before_a_full_screen),
    ("lock", Job.notices_the_lock),
    ("suspend", Job.notices_the_sleep),
    ("notifications restarted", Job.outlives_the_notification_service),
    ("tray restarted", Job.outlives_the_tray),
    ("second screen", Job.outlives_a_second_screen),
)
"""The name of each line in the table, and what plays it."""


def play(session: DesktopSession) -> Iterator[Result]:
    """Play all lines on one desktop."""
    job = Job(session)
    job.prepare()
    for name, line in LINES:
        if (session.name, name) in NOT_THERE:
            yield Result(name, "not there", NOT_THERE[session.name, name])
            continue
        try:
            yield Result(name, "pass", line(job))
        except NotThereError as reason:
            yield Result(name, "not there", str(reason))
        except LineFailedError as failed:
            yield Result(name, "fail", str(failed))
        job.clear()
