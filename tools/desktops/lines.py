"""The lines of the main job, played on one desktop by its own pointer and keys.

`tools.desktops.__main__` calls `play`. Each line returns a few words on what was seen, or raises `LineFailedError` or
`NotThereError`. A line needs no line before it, except that NumbGuard runs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from shlex import quote
from typing import Any

from .hands import (
    AFTER_THE_CARD,
    LAUNCHER,
    LOG_FROM_THE_MESSAGE,
    NOT_THERE,
    OF_DESKTOP,
    OTHER_REMINDERS,
    WITHOUT_A_TRAY,
)
from .root import AWAKE
from .session import DesktopSession, LineFailedError, NotThereError, wait_until

SPEED = 60
SETTINGS = """\
[breaks]
interval = "10m"
duration = "4m"
patience = "30m"
natural_break = "10m"
settle = "0s"

[posture]
enabled = false
"""
"""At this speed a break is due every ten seconds, and ten seconds away are a break."""

HOME = f"""\
mkdir -p -m 700 ~/.local/share/numbguard
cat >~/.local/share/numbguard/settings.toml <<'TOML'
{SETTINGS}TOML
/opt/numbguard/bin/python -c 'from numbguard.desktop.autostart import choose; choose().set(True)'
"""
"""What is done in the home folder before the person logs in: settings, and *Start at log-in* as the window sets it."""

TRIES = 3
"""So often a hand tries to press a button, which may be gone before a slow machine gets there."""


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
        """The autostart entry was there before the session began; nobody but the desktop starts NumbGuard."""
        wait_until(lambda: bool(self._status()["running"]), "the desktop to start NumbGuard", 120)
        self._session.do("sleep 2")
        status, tray = self._status(), self._check()["tray"]
        self._shot("1-started")
        kinds = {name: one["backend"] for name, one in (status["senses"] | {"tray": tray}).items()}
        parent = "$(ps -o ppid= -p $(pgrep -f -o 'numbguard.* run --minimised'))"
        starter = self._session.do(f"basename $(ps -o args= -p {parent} | cut -d' ' -f1)")
        self._session.do("numbguard install-launcher", check=True)
        self._run_fast()
        # sway's child has no parent left to ask.
        by = "a line of sway's configuration" if self._session.name == "sway" else starter.strip()
        return f"by {by}; " + ", ".join(f"{name}: {backend}" for name, backend in kinds.items())

    def announces_and_starts(self) -> str:
        self._press_start("2-announced")
        by = "its own button Start" if self._hands.shows_buttons else "a click on it, as it shows no buttons,"
        return f"{by} opened the card"

    def shows_the_card_and_takes_yes(self) -> str:
        before = self._outcomes()
        if self._phase() != "card":
            self._session.numbguard("break", "start")
        self._shot("3-card")
        wait_until(lambda: self._phase() == "after", "the question after the card")
        self._session.do("sleep 1")
        self._shot("4-after")
        for tries_left in reversed(range(TRIES)):
            x, y = self._hands.yes_button or self._corner_of(AFTER_THE_CARD)
            self._click(x, y)
            try:
                wait_until(lambda: "moved" in self._outcomes()[len(before) :], "the break to count", 15)
            except LineFailedError:
                self._shot("failed-yes")
                if not tries_left or self._phase() != "after":
                    raise
            else:
                break
        return "Yes, and the break counts"

    def logs_from_the_tray(self) -> str:
        self._log_by(self._tray_click, shot="5-logged")
        return "a middle click on the icon"

    def logs_from_the_launcher(self) -> str:
        launch = f"Gio.DesktopAppInfo.new('{LAUNCHER}').launch_action('log', None)"
        self._log_by(f'python3 -c "from gi.repository import Gio; {launch}"')
        return "the action of the launcher entry, by GIO"

    def logs_from_the_panel(self) -> str:
        tried = self._log_from_the_panel(shot="6-panel")
        return f"a second start shows the panel, a key there logs{tried}"

    def logs_where_there_is_no_tray(self) -> str:
        """GNOME: from the banner, from the list of notifications, and from the dash."""
        gnome, seen = "python3 /desks/inside/gnome.py", []
        banner = f"for i in $(seq 60); do {gnome} at '{WITHOUT_A_TRAY}' 2>/dev/null && break; done"
        gone = f"for i in $(seq 60); do {gnome} sees '{WITHOUT_A_TRAY}' 2>/dev/null || break; done"
        log = "wait 3 key escape wait 1 key alt+l"
        self._session.numbguard("pause")
        try:
            for place, script in (
                ("banner", f"{banner}; {gnome} wait 1 at '{LOG_FROM_THE_MESSAGE}' click left"),
                (
                    "list",
                    f"{banner}; {gnome} move 640 600; {gone}\n"
                    f"{gnome} move 640 10 click left wait 2 at '{WITHOUT_A_TRAY}' click left {log}",
                ),
                (
                    "dash",
                    f"{banner}; {gnome} move 640 600; {gone}\n{gnome} key super wait 2 dash NumbGuard click left {log}",
                ),
            ):
                self._run_fast()
                self._log_by(script, what=f"an episode from the {place}", shot=f"7-{place}", timeout_s=150)
                seen.append(place)
        finally:
            self._session.numbguard("resume")
        return ", ".join(seen)

    def notices_other_reminders(self) -> str:
        self._session.numbguard("pause")
        look = f"python3 /desks/inside/gnome.py lists {quote(OTHER_REMINDERS)} move 640 10 click left wait 2"
        shot = f"shot /desks/out/{self._session.name}/7-reminders.png key escape"
        try:
            self._session.do(f"{self._hands.other_reminders} && {look} {shot}", timeout_s=90, check=True)
        finally:
            self._session.numbguard("resume")
        return "switched on, and NumbGuard says so"

    def takes_idleness_for_a_break(self) -> str:
        before = self._outcomes().count("natural")
        self._stir(False)
        try:
            wait_until(lambda: self._status()["state"] == "away", "the state away")
        finally:
            self._stir(True)
        wait_until(lambda: self._status()["state"] != "away", "the return")
        wait_until(lambda: self._outcomes().count("natural") > before, "the natural break")
        return str(self._status()["senses"]["idle"]["backend"])

    def keeps_quiet_when_asked(self) -> str:
        self._session.do(self._hands.quiet_on)
        try:
            wait_until(lambda: self._held_by("dnd"), "do-not-disturb to be noticed", 90)
        finally:
            self._session.do(self._hands.quiet_off)
        wait_until(lambda: not self._held_by("dnd"), "its end to be noticed", 90)
        return str(self._check()["quiet"]["sources"]["dnd"]["backend"])

    def keeps_quiet_before_a_full_screen(self) -> str:
        python = "/opt/numbguard/bin/python"
        self._session.spawn(f"{python} /desks/inside/full_screen.py & echo $! >/tmp/full.pid; wait", "full-screen")
        try:
            wait_until(lambda: self._held_by("fullscreen"), "the full screen to be noticed")
        finally:
            self._session.do("kill $(cat /tmp/full.pid)")
        wait_until(lambda: not self._held_by("fullscreen"), "its end to be noticed")
        return str(self._check()["quiet"]["sources"]["fullscreen"]["backend"])

    def notices_the_lock(self) -> str:
        self._session.do(self._hands.lock)
        try:
            wait_until(lambda: self._status()["state"] == "away", "the lock to be noticed")
            self._shot("8-locked")
        finally:
            self._unlock()
        return str(self._check()["session"]["backend"])

    def begins_again_while_nobody_is_there(self) -> str:
        """On the person's own clock: the one that runs fast begins with the process."""
        settings = "~/.local/share/numbguard/settings.toml"
        self._session.do(f"sed -i 's/^natural_break.*/natural_break = \"1m\"/' {settings}", check=True)
        try:
            self._run(speed=1)
            began, pid = self._starts(), self._session.do("pgrep -f -o 'numbguard.* run'")
            self._session.do("numbguard break start; sleep 5; numbguard break done; numbguard break done")
            self._stir(False)
            try:
                wait_until(lambda: self._starts() > began, "the process to begin again", 180)
                wait_until(lambda: self._status().get("state") == "away", "it to know that nobody is there")
                self._session.do("sleep 3")
                self._shot("8-begun-again")
            finally:
                self._stir(True)
            wait_until(lambda: self._status()["state"] == "sitting", "the return")
            if self._session.do("pgrep -f -o 'numbguard.* run'") != pid:
                raise LineFailedError("It has another process id.")
            self._log_by(self._tray_click)
        finally:
            self._session.do(f"sed -i 's/^natural_break.*/natural_break = \"10m\"/' {settings}", check=True)
            self._run_fast()
        return "the same process id, away before and after it; a middle click on the new icon logs"

    def notices_the_sleep(self) -> str:
        self._wait_announced()
        # A machine that sleeps has no pointer. After ten seconds without one, idleness would withdraw it as well.
        self._stir(False)
        try:
            announced = 'numbguard status --json | grep -q \'"state": "announced"\''
            told = self._session.do(
                f"sudo rm -f {AWAKE}; began=$(date +%s%N); sudo systemctl --no-block suspend\n"
                f"for i in $(seq 100); do {announced} || break; done; echo $((($(date +%s%N) - began) / 1000000))"
            )
            took_ms = told.split()[-1:]
            if not took_ms or not took_ms[0].isdigit() or int(took_ms[0]) > 9000:
                raise LineFailedError(f"The announcement was not withdrawn at once: {told.strip()[-80:]}")
        finally:
            self._session.do(f"sudo touch {AWAKE}", check=True)
            asleep = "systemctl is-active systemd-suspend.service sleep.target suspend.target"
            wait_until(lambda: "\nactive" not in f"\n{self._session.do(asleep)}", "the waking")
            self._stir(True)
            # GNOME, Plasma and Cinnamon lock the screen when they sleep or wake, and a locked screen is away.
            locked = "LockedHint=yes" in self._session.do("loginctl show-session $XDG_SESSION_ID -p LockedHint")
            if self._hands.lock:
                self._unlock()
        self._wait_announced()
        return f"withdrawn, and announced again after the waking{' and the unlocking' if locked else ''}"

    def outlives_the_notification_service(self) -> str:
        self._session.do(self._hands.restart_notifier)
        wait_until(lambda: self._status()["senses"]["notify"]["backend"] == "freedesktop", "the new service")
        # What was announced to the former service is gone with it.
        self._session.do("numbguard break skip")
        self._press_start("9-new-service")
        return "announced by the new service, and answered there"

    def outlives_the_tray(self) -> str:
        self._session.do(self._hands.restart_tray)
        self._session.do(f"sleep 3; for i in $(seq 60); do {self._hands.ready} && break; sleep .5; done; sleep 8")
        self._shot("10-new-tray")
        self._log_by(self._tray_click)
        return "a middle click on the icon in the new tray"

    def outlives_a_second_screen(self) -> str:
        self._session.do(self._hands.add_screen, check=True)
        try:
            wait_until(lambda: self._screens() == 2, "the second screen")
            self._session.do("sleep 5")
            tried = self._log_from_the_panel(what="an episode with two screens", shot="11-two-screens")
        finally:
            if self._hands.remove_screen:
                self._session.do(self._hands.remove_screen, check=True)
        if not self._hands.remove_screen:
            return f"added, and the panel opens with two; it cannot be taken away here{tried}"
        wait_until(lambda: self._screens() == 1, "the second screen to go")
        self._session.do("sleep 5")
        tried += self._log_from_the_panel(what="an episode with one screen again")
        return f"added and taken away; the panel opens with two, and with one again{tried}"

    # --- hands and eyes ---------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Let the desktop come to rest, and put a hand on the pointer."""
        ready = f"{self._hands.ready} >/dev/null 2>&1 && echo ready"
        wait_until(lambda: "ready" in self._session.do(ready), "the desktop's own parts", 120)
        self._session.do(self._hands.settled)
        self._stir(True)

    def clear(self) -> None:
        """Put away what a line has left: a break on the screen, an open episode."""
        self._session.do("numbguard break done; numbguard break done; numbguard gone")

    def _run_fast(self) -> None:
        self._run(speed=SPEED)

    def _run(self, *, speed: int) -> None:
        self._session.do("numbguard quit")
        wait_until(lambda: not self._status()["running"], "the app to end")
        self._session.spawn(f"numbguard run --minimised --speed {speed}", "numbguard")
        wait_until(lambda: bool(self._status()["running"]), "the app", 120)

    def _unlock(self) -> None:
        def back() -> bool:
            self._session.do(self._hands.unlock)
            # GNOME's lock screen takes the pointer out of every program's hand.
            self._stir(False)
            self._stir(True)
            until = time.monotonic() + 10
            while self._status()["state"] == "away" and time.monotonic() < until:
                time.sleep(0.5)
            return bool(self._status()["state"] != "away")

        wait_until(back, "the unlocking to be noticed")

    def _stir(self, on: bool) -> None:
        if on:
            self._session.spawn(f"setsid sh -c 'echo $$ >/tmp/stir.pid; {self._hands.stir}'", "stir")
        else:
            self._session.do("kill -- -$(cat /tmp/stir.pid)")

    def _shot(self, name: str) -> None:
        self._session.do(self._hands.shot.format(f"/desks/out/{self._session.name}/{name}.png"))

    def _click(self, x: int, y: int) -> str:
        # The hand that keeps the pointer moving rests meanwhile.
        group = "-- -$(cat /tmp/stir.pid)"
        return self._session.do(f"kill -STOP {group}; {self._hands.click.format(x, y)}; kill -CONT {group}")

    def _press_start(self, shot: str) -> None:
        """Press *Start* of the next announcement, which opens the card. A hand that comes too late tries once more."""
        if self._status()["state"] == "announced":
            self._session.numbguard("break", "skip")  # Its message may be gone already.
        for tries_left in reversed(range(TRIES)):
            self._wait_announced()
            self._shot(shot)
            if self._hands.start_script:
                said = self._session.do(self._hands.start_script)
            else:
                said = self._click(*self._hands.start_button)
            try:
                wait_until(lambda: self._phase() == "card", "the card", 15)
            except LineFailedError as failed:
                if not tries_left:
                    raise LineFailedError(f"{failed} {said.strip()[-80:]}") from None
                self._session.do("numbguard break skip; numbguard break done; numbguard break done")
            else:
                return

    def _tray_click(self) -> None:
        self._session.do(self._hands.middle_click.format(*self._hands.tray_icon))

    def _log_by(
        self, act: str | Callable[[], None], *, what: str = "the episode", shot: str = "", timeout_s: float = 60
    ) -> None:
        """Do what logs an episode, a script of the session or a click, and wait for the episode."""
        before, said = self._episodes(), ""
        if callable(act):
            act()
        else:
            said = self._session.do(act, timeout_s=timeout_s)
        try:
            wait_until(lambda: self._episodes() > before, what, 20)
        except LineFailedError as failed:
            self._shot(f"failed-{what.replace(' ', '-')}")
            raise LineFailedError(f"{failed} {said.strip()[-80:]}") from None
        if shot:
            self._session.do("sleep 2")
            self._shot(shot)

    def _log_from_the_panel(self, *, what: str = "the episode", shot: str = "") -> str:
        """Start NumbGuard once more and press the panel's key; returns words on how often, if more than once.

        The panel hides when another window takes the focus, as the desktop of a new screen may between the two.
        """
        for tries in range(1, TRIES + 1):
            self._session.do(f"{self._hands.second_start}; sleep 2", check=True)
            if shot:
                self._shot(shot)
            try:
                self._log_by(self._hands.log_key, what=what)
            except LineFailedError:
                if tries == TRIES:
                    raise
            else:
                break
        return f" (at try {tries})" if tries > 1 else ""

    def _screens(self) -> int:
        told = self._session.do(self._hands.screens).strip()
        return int(told) if told.isdigit() else 0

    def _corner_of(self, title: str) -> tuple[int, int]:
        """The place of the main button in the lower right corner of a window."""
        told = self._session.do(self._hands.window.format(title))
        try:
            x, y, width, height = (int(float(word)) for word in told.split())
        except ValueError:
            raise LineFailedError(f"No window {title!r}: {told.strip()[-120:]}") from None
        return x + width - 46, y + height - 32

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

    def _starts(self) -> int:
        return int(self._session.do("grep -c 'ready, version' ~/.local/share/numbguard/numbguard.log"))

    def _episodes(self) -> int:
        return len(self._session.numbguard("episodes"))

    def _held_by(self, reason: str) -> bool:
        return any(one["id"] == reason for one in self._status()["suppressed"])

    def _wait_announced(self) -> None:
        try:
            wait_until(lambda: self._status()["state"] == "announced", "the announcement", 90)
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
    ("its own reminders", Job.notices_other_reminders),
    ("idle", Job.takes_idleness_for_a_break),
    ("do-not-disturb", Job.keeps_quiet_when_asked),
    ("full screen", Job.keeps_quiet_before_a_full_screen),
    ("lock", Job.notices_the_lock),
    ("begins again while away", Job.begins_again_while_nobody_is_there),
    ("suspend", Job.notices_the_sleep),
    ("notifications restarted", Job.outlives_the_notification_service),
    ("tray restarted", Job.outlives_the_tray),
    ("second screen", Job.outlives_a_second_screen),
)
"""The name of each line in the table, and what plays it."""


def play(session: DesktopSession, only: Sequence[str] = ()) -> Iterator[Result]:
    """Play the lines on one desktop: all of them, or the first and those named."""
    job = Job(session)
    job.prepare()
    for name, line in LINES:
        if only and name not in only and name != LINES[0][0]:
            continue
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
