"""The words of the command line: what ``numbguard`` takes, and which command that is.

``main`` is the program; ``docs/USING.md`` describes each verb. Exit status: 0 done, 1 failed (one plain line says what
and what to do), 2 wrong words, 3 the app is not running.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from numbguard.core.errors import JournalError
from numbguard.store.profile import Profile, ProfileError

from . import live, support
from .arguments import parse_date, parse_last_date, parse_pause, parse_speed, parse_until
from .parser import parser_of
from .verb import Does, Verb


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; gives the exit status."""
    given = _read(sys.argv[1:] if argv is None else argv)
    try:
        profile = Profile.find(given.profile)
        verb: Does = given.verb
        if verb is live.run:
            support.complain_of_damage(profile)
            return verb(given, profile)
        try:
            return verb(given, profile)
        finally:
            support.complain_of_damage(profile)
    except support.VerbError as error:
        support.complain(str(error))
        return error.status
    except (JournalError, ProfileError) as error:
        support.complain(str(error))
        return support.FAILED
    except BrokenPipeError:  # the reader had seen enough
        sys.stderr.close()
        return support.DONE


# --- the words -------------------------------------------------------------------------------------------------------


def _read(told: Sequence[str]) -> argparse.Namespace:
    """What the words mean; argparse ends the program where they mean nothing, or only ask for help."""
    at = _verb_at(told)
    verbs = VERBS if at is None else {told[at]: VERBS[told[at]]}
    parser = parser_of(verbs, verb=live.run, speed=1.0, minimised=False, profile=None, json=False)
    return parser.parse_args(told)


def _verb_at(told: Sequence[str]) -> int | None:
    """Where the verb stands, if it is plain which word that is."""
    at = 0
    while at < len(told) and (told[at] == "--json" or told[at].startswith("--profile")):
        at += 2 if told[at] == "--profile" else 1
    return at if at < len(told) and told[at] in VERBS else None


def _takes_start(starting: argparse.ArgumentParser) -> None:
    starting.add_argument(
        "--speed", type=parse_speed, default=1.0, metavar="N", help="run the app's clock N times as fast (1 to 600)"
    )
    starting.add_argument("--minimised", action="store_true", help="show nothing but the tray icon")


def _takes_answer(answer: argparse.ArgumentParser) -> None:
    answer.add_argument("answer", nargs="?", choices=("start", "snooze", "skip", "done", "routine"), default="start")
    answer.add_argument("name", nargs="?", metavar="NAME", help="of a routine of your own, in place of the daily one")


def _takes_pause(pausing: argparse.ArgumentParser) -> None:
    pausing.add_argument("duration", nargs="?", type=parse_pause, metavar="DURATION", help="such as 45m or 1h30m")
    pausing.add_argument("--until", type=parse_until, metavar="HH:MM|tomorrow|workday")


def _takes_id(naming: argparse.ArgumentParser) -> None:
    naming.add_argument("id", nargs="?", metavar="ID")


def _takes_dates(listing: argparse.ArgumentParser) -> None:
    listing.add_argument("--since", type=parse_date, metavar="DATE")
    listing.add_argument("--until", type=parse_last_date, metavar="DATE")


def _takes_habit(habit: argparse.ArgumentParser) -> None:
    kinds = habit.add_subparsers(title="habits", dest="habit", metavar="HABIT", required=True)
    for name, counted in (("water", "glasses"), ("walk", "minutes"), ("stretch", "times")):
        kind = kinds.add_parser(name, help=f"counted in {counted}")
        kind.add_argument("amount", nargs="?", type=int, metavar="AMOUNT", help=f"{counted}; below nought takes back")
    goal = kinds.add_parser("goal", help="pick the week's goal")
    goal.add_argument("goal", choices=("routine", "walk", "water", "none"))
    goal.add_argument("amount", nargs="?", type=int, metavar="AMOUNT", help="minutes or glasses a day")
    goal.set_defaults(verb=_later("pick_goal", "habit"))


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


def _takes_file(naming: argparse.ArgumentParser) -> None:
    naming.add_argument("file", nargs="?", metavar="FILE")


def _takes_erase(erasing: argparse.ArgumentParser) -> None:
    erasing.add_argument("--yes-delete-everything", action="store_true", help="do not ask for the word")
    erasing.add_argument("--settings", action="store_true", help="and your settings")


def _later(name: str, room: str = "files") -> Does:
    """A verb with a module of its own; the others do not pay for it."""

    def verb(given: argparse.Namespace, profile: Profile) -> int:
        done: int = getattr(import_module(f"numbguard.cli.{room}"), name)(given, profile)
        return done

    return verb


def _takes_packs(cards: argparse.ArgumentParser) -> None:
    packs = cards.add_subparsers(title="your own", metavar="", prog="numbguard cards")
    taking = packs.add_parser("import", help="take in a pack of cards and routines")
    taking.add_argument("file", metavar="FILE")
    taking.add_argument("--replace", action="store_true", help="even where another has the name already")
    taking.set_defaults(verb=_later("packs", "cards"), taking=True)
    giving = packs.add_parser("export", help="write your own cards and routines as one pack")
    giving.add_argument("file", metavar="FILE")
    giving.add_argument("--routine", metavar="NAME", help="only this one, with the cards of your own that it needs")
    giving.set_defaults(verb=_later("packs", "cards"), taking=False)


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


VERBS: Mapping[str, Verb] = {
    "run": Verb(live.run, "start the tray app, or show the panel of the one that runs", _takes_start),
    "status": Verb(live.status, "print the present state"),
    "break": Verb(live.answer_break, "answer as the buttons do, or start a break or the daily routine", _takes_answer),
    "pause": Verb(live.pause, "announce nothing for a while", _takes_pause),
    "resume": Verb(live.asking("resume"), "end a pause"),
    "stand": Verb(live.asking("stand"), "say that you are standing"),
    "sit": Verb(live.asking("sit"), "say that you are sitting"),
    "log": Verb(live.log, "log an episode of numbness now", _takes_episode),
    "gone": Verb(live.gone, "end the open episode, or that one, now", _takes_id),
    "undo": Verb(live.undo, "take back the last logged episode, or that one", _takes_id),
    "habit": Verb(live.habit, "tick a habit of the day, or pick the week's goal", _takes_habit),
    "episodes": Verb(live.episodes, "list episodes", _takes_dates),
    "breaks": Verb(live.breaks, "list breaks", _takes_dates),
    "insights": Verb(_later("insights", "insights"), "print what the log's figures can bear to say", _takes_dates),
    "report": Verb(_later("report", "report"), "write a report of the log for a doctor, as a PDF", _takes_report),
    "export": Verb(
        _later("export"), "write the log into a file: for a spreadsheet, another computer, a doctor", _takes_export
    ),
    "import": Verb(
        _later("import_"), "take such a file into the log; of two versions the newer one holds", _takes_import
    ),
    "backup": Verb(_later("backup", "log_care"), "write a checked copy of the log", _takes_file),
    "restore": Verb(
        _later("restore", "log_care"), "list the backups, or put one in the log's place; deletes nothing", _takes_file
    ),
    "repair": Verb(_later("repair", "log_care"), "save what can be read of a damaged log; deletes nothing"),
    "erase": Verb(_later("erase"), "delete everything: the log, its backups and the files you exported", _takes_erase),
    "cards": Verb(_later("cards", "cards"), "list the card library", _takes_packs),
    "red-flags": Verb(_later("red_flags", "cards"), "print when to get help at once"),
    "check": Verb(_later("check", "check"), "say what works on this desktop and whether the log is whole"),
    "quit": Verb(live.asking("quit"), "end the app"),
}


if __name__ == "__main__":
    sys.exit(main())
