"""The words of the command line: what ``numbguard`` takes, and which command that is.

``main`` is the program; ``docs/USING.md`` describes each verb. Exit status: 0 done, 1 failed (one plain line says what
and what to do), 2 wrong words, 3 the app is not running.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from . import __version__, commands
from .core.duration import parse_duration

if TYPE_CHECKING:
    from .store.profile import Profile

    Verb = Callable[[argparse.Namespace, Profile], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; gives the exit status."""
    given = _words().parse_args(argv)
    from .core.trouble import JournalError
    from .store.profile import Profile, ProfileError

    try:
        profile = Profile.find(given.profile)
        verb: Callable[[argparse.Namespace, Profile], int] = given.verb
        return verb(given, profile)
    except commands.VerbError as error:
        print(f"numbguard: {error}", file=sys.stderr)
        return error.status
    except (JournalError, ProfileError) as error:
        print(f"numbguard: {error}", file=sys.stderr)
        return commands.FAILED
    except BrokenPipeError:  # the reader had seen enough
        sys.stderr.close()
        return commands.DONE


# --- the words -------------------------------------------------------------------------------------------------------


class _Help(argparse.HelpFormatter):
    """argparse makes one for every option it is told of, and would load half of the library to measure the terminal."""

    def __init__(self, prog: str) -> None:
        try:
            width = int(os.environ.get("COLUMNS", "")) or 80
        except ValueError:
            width = os.get_terminal_size().columns if sys.stdout.isatty() else 80
        super().__init__(prog, width=width - 2)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **given: Any) -> None:
        super().__init__(**{"formatter_class": _Help, **given})


def _words() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="numbguard",
        description="Movement breaks and a private numbness log. Without a verb: start the tray app.",
        parents=[_common()],
    )
    parser.add_argument("--version", action="version", version=f"numbguard {__version__}")
    parser.set_defaults(verb=commands.run, profile=None, json=False, speed=1.0, minimised=False)
    # With its name given, argparse need not make up one, for which it would measure the terminal.
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", prog="numbguard")
    common = _common()

    def add(name: str, verb: Verb, about: str) -> argparse.ArgumentParser:
        sub = verbs.add_parser(name, help=about, description=about[:1].upper() + about[1:] + ".", parents=[common])
        sub.set_defaults(verb=verb)
        return sub

    starting = add("run", commands.run, "start the tray app, or show the panel of the one that runs")
    starting.add_argument(
        "--speed", type=_speed, default=1.0, metavar="N", help="run the app's clock N times as fast (1 to 600)"
    )
    starting.add_argument("--minimised", action="store_true", help="show nothing but the tray icon")
    add("status", commands.status, "print the present state")
    answer = add("break", commands.answer_break, "answer as the buttons do, or start a break or the daily routine")
    answer.add_argument("answer", nargs="?", choices=("start", "snooze", "skip", "done", "routine"), default="start")
    answer.add_argument("name", nargs="?", metavar="NAME", help="of a routine of your own, in place of the daily one")
    pausing = add("pause", commands.pause, "announce nothing for a while")
    pausing.add_argument("duration", nargs="?", type=_duration, metavar="DURATION", help="such as 45m or 1h30m")
    pausing.add_argument("--until", type=_until, metavar="HH:MM|tomorrow|workday")
    add("resume", commands.asking("resume"), "end a pause")
    add("stand", commands.asking("stand"), "say that you are standing")
    add("sit", commands.asking("sit"), "say that you are sitting")
    _add_log(add("log", commands.log, "log an episode of numbness now"))
    for name, verb, about in (
        ("gone", commands.gone, "end the open episode, or that one, now"),
        ("undo", commands.undo, "take back the last logged episode, or that one"),
    ):
        add(name, verb, about).add_argument("id", nargs="?", metavar="ID")
    _add_habits(add("habit", commands.habit, "tick a habit of the day, or pick the week's goal"))
    listings: tuple[tuple[str, Verb, str], ...] = (
        ("episodes", commands.episodes, "list episodes"),
        ("breaks", commands.breaks, "list breaks"),
        ("insights", _later("insights", "insights_verb"), "print what the log's figures can bear to say"),
    )
    for name, lists, about in listings:
        listing = add(name, lists, about)
        listing.add_argument("--since", type=_date, metavar="DATE")
        listing.add_argument("--until", type=_last_date, metavar="DATE")
    _add_report(add("report", _report, "write a report of the log for a doctor, as a PDF"))
    _add_exchange(add)
    _add_packs(add("cards", _later("cards", "card_verbs"), "list the card library"))
    add("red-flags", _later("red_flags", "card_verbs"), "print when to get help at once")
    add("check", _later("check", "check_verb"), "say what works on this desktop and whether the log is whole")
    add("quit", commands.asking("quit"), "end the app")
    return parser


def _common() -> _Parser:
    """What may stand before and after the verb. Each has its own: the defaults set before it must not hold after it."""
    common = _Parser(add_help=False)
    common.add_argument(
        "--profile", metavar="DIR", default=argparse.SUPPRESS, help="keep settings, log and state in DIR"
    )
    common.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document and nothing else"
    )
    return common


def _add_habits(habit: argparse.ArgumentParser) -> None:
    kinds = habit.add_subparsers(title="habits", dest="habit", metavar="HABIT", required=True)
    for name, counted in (("water", "glasses"), ("walk", "minutes"), ("stretch", "times")):
        kind = kinds.add_parser(name, help=f"counted in {counted}", parents=[_common()])
        kind.add_argument("amount", nargs="?", type=int, metavar="AMOUNT", help=f"{counted}; below nought takes back")
    goal = kinds.add_parser("goal", help="pick the week's goal", parents=[_common()])
    goal.add_argument("goal", choices=("routine", "walk", "water", "none"))
    goal.add_argument("amount", nargs="?", type=int, metavar="AMOUNT", help="minutes or glasses a day")
    goal.set_defaults(verb=_pick_goal)


def _add_report(writing: argparse.ArgumentParser) -> None:
    writing.add_argument("file", metavar="FILE.pdf")
    writing.add_argument("--since", type=_date, metavar="DATE")
    writing.add_argument("--until", type=_last_date, metavar="DATE")
    writing.add_argument("--paper", choices=("a4", "letter"), help="by where you are if not given")


def _report(given: argparse.Namespace, profile: Profile) -> int:
    from .report_verb import report

    return report(given, profile)


def _pick_goal(given: argparse.Namespace, profile: Profile) -> int:
    from .goal_verb import pick_goal

    return pick_goal(given, profile)


def _add_exchange(add: Callable[[str, Verb, str], argparse.ArgumentParser]) -> None:
    giving = add("export", _later("export"), "write the log into a file: for a spreadsheet, another computer, a doctor")
    giving.add_argument("file", metavar="FILE")
    giving.add_argument("--format", choices=("csv", "json", "fhir"), help="told by the file's name if not given")
    taking = add("import", _later("import_"), "take such a file into the log; of two versions the newer one holds")
    taking.add_argument("file", metavar="FILE")
    erasing = add("erase", _later("erase"), "delete everything: the log, its backups and the files you exported")
    erasing.add_argument("--yes-delete-everything", action="store_true", help="do not ask for the word")
    erasing.add_argument("--settings", action="store_true", help="and your settings")
    taking.add_argument("--all-or-nothing", action="store_true", help="take nothing where one entry cannot be taken")


def _later(name: str, room: str = "log_verbs") -> Verb:
    """A verb with a module of its own; the others do not pay for it."""

    def verb(given: argparse.Namespace, profile: Profile) -> int:
        from importlib import import_module

        done: int = getattr(import_module(f"numbguard.{room}"), name)(given, profile)
        return done

    return verb


def _add_packs(cards: argparse.ArgumentParser) -> None:
    packs = cards.add_subparsers(title="your own", metavar="", prog="numbguard cards")
    taking = packs.add_parser("import", help="take in a pack of cards and routines", parents=[_common()])
    taking.add_argument("file", metavar="FILE")
    taking.add_argument("--replace", action="store_true", help="even where another has the name already")
    taking.set_defaults(verb=_later("packs", "card_verbs"), taking=True)
    giving = packs.add_parser("export", help="write your own cards and routines as one pack", parents=[_common()])
    giving.add_argument("file", metavar="FILE")
    giving.add_argument("--routine", metavar="NAME", help="only this one, with the cards of your own that it needs")
    giving.set_defaults(verb=_later("packs", "card_verbs"), taking=False)


def _add_log(logging: argparse.ArgumentParser) -> None:
    logging.add_argument("--side", choices=("left", "right", "both"))
    logging.add_argument("--region", action="append", metavar="R", help="may be given several times")
    logging.add_argument("--sensation", action="append", metavar="S", help="may be given several times")
    logging.add_argument("--severity", type=int, choices=range(11), metavar="0..10")
    logging.add_argument("--posture", metavar="P")
    logging.add_argument("--weakness", action="store_true")
    logging.add_argument("--note", metavar="TEXT")
    logging.add_argument("--at", metavar="TIME", help="when it began, if not just now")
    logging.add_argument("--ended", metavar="TIME")


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 1 <= speed <= 600:
        raise argparse.ArgumentTypeError(f"“{text}” is not a speed from 1 to 600")
    return speed


def _duration(text: str) -> float:
    try:
        seconds = parse_duration(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if seconds <= 0:
        raise argparse.ArgumentTypeError("a pause takes longer than nothing")
    return seconds


def _until(text: str) -> str:
    if text in ("tomorrow", "workday"):
        return text
    try:
        clock = datetime.strptime(text, "%H:%M")  # noqa: DTZ007  # only the time of the day counts here
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}” is neither a time like 14:30 nor “tomorrow” nor “workday”"
        ) from None
    return f"{clock:%H:%M}"


def _date(text: str) -> datetime:
    """A moment in ISO 8601, or the beginning of a day as people write it."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = datetime.combine(_day(text), time())
    try:
        return moment.astimezone()
    except OverflowError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date like 2026-03-02") from None


def _last_date(text: str) -> datetime:
    """A day given as the last one is meant whole."""
    moment = _date(text)
    if len(text) > len("2026-03-02") and text[:4].isdigit():  # with a time of the day
        return moment
    try:
        return (moment.replace(tzinfo=None) + timedelta(days=1)).astimezone()
    except OverflowError:  # the last day there is
        return moment


def _day(text: str) -> date:
    from .core.named_days import UnclearDayError, read_day

    try:
        day, rest = read_day(" ".join(text.lower().replace(",", " ").split()), datetime.now().astimezone().date())
    except UnclearDayError as unclear:
        raise argparse.ArgumentTypeError(str(unclear)) from None
    except (ValueError, OverflowError):
        day, rest = None, ""
    if day is None or rest:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date like 2026-03-02")
    return day


if __name__ == "__main__":
    sys.exit(main())
