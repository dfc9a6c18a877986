"""The words of the command line: what ``numbguard`` takes, and which command that is.

``main`` is the program; ``docs/USING.md`` describes each verb. Exit status: 0 done, 1 failed (one plain line says what
and what to do), 2 wrong words, 3 the app is not running.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from . import __version__, commands
from .core.duration import parse_duration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .store.profile import Profile

    Does = Callable[[argparse.Namespace, Profile], int]
    Takes = Callable[[argparse.ArgumentParser], None]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; gives the exit status."""
    told = sys.argv[1:] if argv is None else argv
    given = _words(_verb_of(told)).parse_args(told)
    from .core.trouble import JournalError
    from .store.profile import Profile, ProfileError

    try:
        profile = Profile.find(given.profile)
        verb: Does = given.verb
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


class _Verb:
    """A word of the command line: what it does, in words and in fact, and what may follow it."""

    __slots__ = ("about", "does", "takes")

    def __init__(self, does: Does, about: str, takes: Takes | None = None) -> None:
        self.does, self.about, self.takes = does, about, takes


def _verb_of(told: Sequence[str]) -> str | None:
    """The verb, where it is plain which one it is."""
    words = iter(told)
    for word in words:
        if word == "--profile":
            next(words, None)
        elif word != "--json" and not word.startswith("--profile="):
            return word if word in _VERBS else None
    return None


def _words(only: str | None = None) -> argparse.ArgumentParser:
    """All that may be said; with ``only``, no more than what that one verb takes: the others' words take their time."""
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
    for name, verb in _VERBS.items():
        if only in (None, name):
            about = verb.about
            sub = verbs.add_parser(name, help=about, description=about[:1].upper() + about[1:] + ".", parents=[common])
            sub.set_defaults(verb=verb.does)
            if verb.takes:
                verb.takes(sub)
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


def _takes_start(starting: argparse.ArgumentParser) -> None:
    starting.add_argument(
        "--speed", type=_speed, default=1.0, metavar="N", help="run the app's clock N times as fast (1 to 600)"
    )
    starting.add_argument("--minimised", action="store_true", help="show nothing but the tray icon")


def _takes_answer(answer: argparse.ArgumentParser) -> None:
    answer.add_argument("answer", nargs="?", choices=("start", "snooze", "skip", "done", "routine"), default="start")
    answer.add_argument("name", nargs="?", metavar="NAME", help="of a routine of your own, in place of the daily one")


def _takes_pause(pausing: argparse.ArgumentParser) -> None:
    pausing.add_argument("duration", nargs="?", type=_duration, metavar="DURATION", help="such as 45m or 1h30m")
    pausing.add_argument("--until", type=_until, metavar="HH:MM|tomorrow|workday")


def _takes_id(naming: argparse.ArgumentParser) -> None:
    naming.add_argument("id", nargs="?", metavar="ID")


def _takes_dates(listing: argparse.ArgumentParser) -> None:
    listing.add_argument("--since", type=_date, metavar="DATE")
    listing.add_argument("--until", type=_last_date, metavar="DATE")


def _takes_habit(habit: argparse.ArgumentParser) -> None:
    kinds = habit.add_subparsers(title="habits", dest="habit", metavar="HABIT", required=True)
    for name, counted in (("water", "glasses"), ("walk", "minutes"), ("stretch", "times")):
        kind = kinds.add_parser(name, help=f"counted in {counted}", parents=[_common()])
        kind.add_argument("amount", nargs="?", type=int, metavar="AMOUNT", help=f"{counted}; below nought takes back")
    goal = kinds.add_parser("goal", help="pick the week's goal", parents=[_common()])
    goal.add_argument("goal", choices=("routine", "walk", "water", "none"))
    goal.add_argument("amount", nargs="?", type=int, metavar="AMOUNT", help="minutes or glasses a day")
    goal.set_defaults(verb=_later("pick_goal", "goal_verb"))


def _takes_report(writing: argparse.ArgumentParser) -> None:
    writing.add_argument("file", metavar="FILE.pdf")
    _takes_dates(writing)
    writing.add_argument("--paper", choices=("a4", "letter"), help="by where you are if not given")


def _takes_export(giving: argparse.ArgumentParser) -> None:
    giving.add_argument("file", metavar="FILE")
    giving.add_argument("--format", choices=("csv", "json", "fhir"), help="told by the file's name if not given")


def _takes_import(taking: argparse.ArgumentParser) -> None:
    taking.add_argument("file", metavar="FILE")
    taking.add_argument("--all-or-nothing", action="store_true", help="take nothing where one entry cannot be taken")


def _takes_erase(erasing: argparse.ArgumentParser) -> None:
    erasing.add_argument("--yes-delete-everything", action="store_true", help="do not ask for the word")
    erasing.add_argument("--settings", action="store_true", help="and your settings")


def _later(name: str, room: str = "log_verbs") -> Does:
    """A verb with a module of its own; the others do not pay for it."""

    def verb(given: argparse.Namespace, profile: Profile) -> int:
        from importlib import import_module

        done: int = getattr(import_module(f"numbguard.{room}"), name)(given, profile)
        return done

    return verb


def _takes_packs(cards: argparse.ArgumentParser) -> None:
    packs = cards.add_subparsers(title="your own", metavar="", prog="numbguard cards")
    taking = packs.add_parser("import", help="take in a pack of cards and routines", parents=[_common()])
    taking.add_argument("file", metavar="FILE")
    taking.add_argument("--replace", action="store_true", help="even where another has the name already")
    taking.set_defaults(verb=_later("packs", "card_verbs"), taking=True)
    giving = packs.add_parser("export", help="write your own cards and routines as one pack", parents=[_common()])
    giving.add_argument("file", metavar="FILE")
    giving.add_argument("--routine", metavar="NAME", help="only this one, with the cards of your own that it needs")
    giving.set_defaults(verb=_later("packs", "card_verbs"), taking=False)


def _takes_episode(logging: argparse.ArgumentParser) -> None:
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


_VERBS: Mapping[str, _Verb] = {
    "run": _Verb(commands.run, "start the tray app, or show the panel of the one that runs", _takes_start),
    "status": _Verb(commands.status, "print the present state"),
    "break": _Verb(
        commands.answer_break, "answer as the buttons do, or start a break or the daily routine", _takes_answer
    ),
    "pause": _Verb(commands.pause, "announce nothing for a while", _takes_pause),
    "resume": _Verb(commands.asking("resume"), "end a pause"),
    "stand": _Verb(commands.asking("stand"), "say that you are standing"),
    "sit": _Verb(commands.asking("sit"), "say that you are sitting"),
    "log": _Verb(commands.log, "log an episode of numbness now", _takes_episode),
    "gone": _Verb(commands.gone, "end the open episode, or that one, now", _takes_id),
    "undo": _Verb(commands.undo, "take back the last logged episode, or that one", _takes_id),
    "habit": _Verb(commands.habit, "tick a habit of the day, or pick the week's goal", _takes_habit),
    "episodes": _Verb(commands.episodes, "list episodes", _takes_dates),
    "breaks": _Verb(commands.breaks, "list breaks", _takes_dates),
    "insights": _Verb(
        _later("insights", "insights_verb"), "print what the log's figures can bear to say", _takes_dates
    ),
    "report": _Verb(_later("report", "report_verb"), "write a report of the log for a doctor, as a PDF", _takes_report),
    "export": _Verb(
        _later("export"), "write the log into a file: for a spreadsheet, another computer, a doctor", _takes_export
    ),
    "import": _Verb(
        _later("import_"), "take such a file into the log; of two versions the newer one holds", _takes_import
    ),
    "erase": _Verb(_later("erase"), "delete everything: the log, its backups and the files you exported", _takes_erase),
    "cards": _Verb(_later("cards", "card_verbs"), "list the card library", _takes_packs),
    "red-flags": _Verb(_later("red_flags", "card_verbs"), "print when to get help at once"),
    "check": _Verb(_later("check", "check_verb"), "say what works on this desktop and whether the log is whole"),
    "quit": _Verb(commands.asking("quit"), "end the app"),
}


if __name__ == "__main__":
    sys.exit(main())
