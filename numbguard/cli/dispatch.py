"""The verbs of ``numbguard``, their arguments, and what becomes of their errors.

``cli.main`` calls it, in the verb's own process; ``docs/USING.md`` describes each verb. Exit status: 0 done, 1 failed
(one plain line says what failed and what to do), 2 wrong arguments, 3 the app is not running.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from numbguard.core.errors import JournalError
from numbguard.store.profile import Profile, ProfileError
from numbguard.wording import catalogue
from numbguard.wording.catalogue import N_, _, translated

from . import support
from .arguments import parse_answer, parse_date, parse_id, parse_last_date, parse_pause, parse_speed, parse_until
from .language import speak
from .parser import parser_of
from .verb import Verb, VerbFunction
from .verbs import episodes, running_app


def parsed(words: Sequence[str]) -> argparse.Namespace:
    """Parse the arguments, in the language of the profile that they name; ``verb`` is the function of the verb.

    argparse ends the program if they are wrong or ask for help.
    """
    speak(words)
    given = _parse(words)
    if given.json and given.verb is not RUN:  # what scripts read is the same in every language
        catalogue.use(catalogue.ENGLISH)
    return given


def run_verb(given: argparse.Namespace) -> int:
    """Run the verb of the arguments and return the exit status; what goes wrong is said on standard error."""
    try:
        profile = Profile.find(given.profile)
        verb: VerbFunction = given.verb
        if verb is RUN:
            support.complain_of_damage(profile)
            return verb(given, profile)
        try:
            return verb(given, profile)
        finally:
            support.complain_of_damage(profile)
    except support.VerbError as error:
        support.complain(translated(error))
        return error.status
    except (JournalError, ProfileError) as error:
        support.complain(translated(error))
        return support.FAILED
    except BrokenPipeError:  # the reader, such as ``head``, has closed the pipe
        sys.stderr.close()
        return support.DONE


# --- arguments -------------------------------------------------------------------------------------------------------


def _parse(words: Sequence[str]) -> argparse.Namespace:
    """Parse the arguments; argparse ends the program if they are wrong or ask for help."""
    at = _verb_index(words)
    verbs = VERBS if at is None else {words[at]: VERBS[words[at]]}
    parser = parser_of(verbs, verb=RUN, speed=1.0, minimised=False, profile=None, json=False)
    return parser.parse_args(words)


def _verb_index(words: Sequence[str]) -> int | None:
    """Return the index of the verb, or ``None`` if only argparse can find it."""
    at = 0
    while at < len(words) and (words[at] == "--json" or words[at].startswith("--profile")):
        at += 2 if words[at] == "--profile" else 1
    return at if at < len(words) and words[at] in VERBS else None


def _add_run_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--speed", type=parse_speed, default=1.0, metavar="N", help=_("run the app's clock N times as fast (1 to 600)")
    )
    parser.add_argument("--minimised", action="store_true", help=_("show only the tray icon"))
    parser.add_argument(
        "--here", action="store_true", help=_("move it here if it is running in another session of yours")
    )


def _add_break_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("answer", nargs="?", choices=("start", "snooze", "skip", "done", "routine"), default="start")
    parser.add_argument("name", nargs="?", metavar="NAME", help=_("name of your own routine, instead of the daily one"))


def _add_pause_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("duration", nargs="?", type=parse_pause, metavar="DURATION", help=_("such as 45m or 1h30m"))
    parser.add_argument("--until", type=parse_until, metavar="HH:MM|tomorrow|workday")


def _add_show_arguments(parser: argparse.ArgumentParser) -> None:
    from numbguard.ipc.shown_windows import PANEL, WINDOWS

    parser.add_argument("window", nargs="?", choices=WINDOWS, default=PANEL, help=_("default: the panel"))


def _add_id(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", type=parse_id, metavar="ID")


def _add_advice_arguments(parser: argparse.ArgumentParser) -> None:
    _add_id(parser)
    parser.add_argument(
        "--answer", action="append", type=parse_answer, metavar="SIGN=yes|no", help=_("may be given several times")
    )


def _add_dates(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--since", type=parse_date, metavar="DATE")
    parser.add_argument("--until", type=parse_last_date, metavar="DATE")


def _add_habit_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(title=_("habits"), dest="habit", metavar="HABIT", required=True)
    for name, counted, amount in (
        ("water", _("counted in glasses"), _("glasses; negative to undo")),
        ("walk", _("counted in minutes"), _("minutes; negative to undo")),
        ("stretch", _("counted in times"), _("times; negative to undo")),
    ):
        kind = kinds.add_parser(name, help=counted)
        kind.add_argument("amount", nargs="?", type=int, metavar="AMOUNT", help=amount)
    goal = kinds.add_parser("goal", help=_("choose the week's goal"))
    goal.add_argument("goal", choices=("routine", "walk", "water", "none"))
    goal.add_argument("amount", nargs="?", type=int, metavar="AMOUNT", help=_("minutes or glasses per day"))
    goal.set_defaults(verb=_lazy("pick_goal", "habit"))


def _add_report_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.pdf")
    _add_dates(parser)
    parser.add_argument("--paper", choices=("a4", "letter"), help=_("default: from your locale"))
    parser.add_argument(
        "--question", action="append", metavar="TEXT", help=_("a question for the visit, instead of the ones you saved")
    )
    parser.add_argument("--name", help=_("your name, instead of the one you saved"))
    parser.add_argument(
        "--born", type=parse_date, metavar="DATE", help=_("your date of birth, instead of the one you saved")
    )
    parser.add_argument("--anonymous", action="store_true", help=_("leave out your name and date of birth"))


def _add_export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--format", choices=("csv", "json", "fhir"), help=_("default: from the file name"))
    parser.add_argument("--name", help=_("your name, for a clinic's system; FHIR files only"))
    parser.add_argument("--born", type=parse_date, metavar="DATE", help=_("your date of birth; FHIR files only"))


def _add_import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--all-or-nothing", action="store_true", help=_("import nothing if any entry is refused"))
    parser.add_argument(
        "--map", action="append", metavar="started_at=COLUMN,…", help=_("which column is what, for your own diary")
    )


def _add_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE")


def _add_launcher_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--remove", action="store_true", help=_("delete them again"))


def _add_erase_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes-delete-everything", action="store_true", help=_("don't ask for confirmation"))
    parser.add_argument("--settings", action="store_true", help=_("also delete your settings"))


def _lazy(name: str, module: str = "files") -> VerbFunction:
    """Return a verb that imports its module only when called, so that other verbs start faster."""

    def verb(given: argparse.Namespace, profile: Profile) -> int:
        done: int = getattr(import_module(f"numbguard.cli.verbs.{module}"), name)(given, profile)
        return done

    return verb


def _add_pack_verbs(parser: argparse.ArgumentParser) -> None:
    packs = parser.add_subparsers(title=_("your own"), metavar="", prog="numbguard cards")
    taking = packs.add_parser("import", help=_("import a pack of cards and routines"))
    taking.add_argument("file", metavar="FILE")
    taking.add_argument("--replace", action="store_true", help=_("replace cards of the same name"))
    taking.set_defaults(verb=_lazy("packs", "cards"), taking=True)
    giving = packs.add_parser("export", help=_("write your own cards and routines as one pack"))
    giving.add_argument("file", metavar="FILE")
    giving.add_argument(
        "--routine", metavar="NAME", help=_("only this one, with those of your own cards that it needs")
    )
    giving.set_defaults(verb=_lazy("packs", "cards"), taking=False)


def _add_episode_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--site",
        action="append",
        metavar="SIDE:REGION",
        help=_("such as left:calf or unknown:knee; can be given several times"),
    )
    parser.add_argument("--side", choices=("left", "right", "both"), help=_("the side of each --region"))
    parser.add_argument("--region", action="append", metavar="R", help=_("can be given several times"))
    parser.add_argument("--sensation", action="append", metavar="S", help=_("can be given several times"))
    parser.add_argument("--severity", type=int, choices=range(11), metavar="0..10")
    parser.add_argument("--posture", metavar="P")
    parser.add_argument("--onset", choices=("sudden", "gradual"))
    parser.add_argument("--weakness", action="store_true")
    parser.add_argument("--back-pain", action="store_true")
    parser.add_argument("--note", metavar="TEXT|-", help=_("in your own words; - reads from standard input"))
    parser.add_argument("--at", metavar="TIME", help=_("when it began; default: just now"))
    parser.add_argument(
        "--ended", metavar="TIME|unknown", help=_("when it ended; default: not known, if it began in the past")
    )


RUN = _lazy("run", "run")

VERBS: Mapping[str, Verb] = {
    "run": Verb(RUN, N_("start the tray app, or show its panel if it's already running"), _add_run_arguments),
    "status": Verb(running_app.status, N_("show the current state")),
    "break": Verb(
        running_app.answer_break,
        N_("answer the current break, or start a break or the daily routine"),
        _add_break_arguments,
    ),
    "pause": Verb(running_app.pause, N_("stop reminders for a while"), _add_pause_arguments),
    "resume": Verb(running_app.asking("resume"), N_("end a pause")),
    "stand": Verb(running_app.asking("stand"), N_("tell NumbGuard you're standing")),
    "sit": Verb(running_app.asking("sit"), N_("tell NumbGuard you're sitting")),
    "log": Verb(episodes.log, N_("log an episode of numbness now"), _add_episode_arguments),
    "advice": Verb(
        _lazy("advice", "advice"),
        N_("show what to do about the last episode (or the one given), and answer its questions"),
        _add_advice_arguments,
    ),
    "gone": Verb(episodes.gone, N_("end the current episode (or the one given) now"), _add_id),
    "undo": Verb(episodes.undo, N_("undo the last episode (or the one given)"), _add_id),
    "habit": Verb(
        _lazy("tick", "habit"), N_("log one of today's habits, or choose the week's goal"), _add_habit_arguments
    ),
    "episodes": Verb(episodes.episodes, N_("list episodes"), _add_dates),
    "breaks": Verb(episodes.breaks, N_("list breaks"), _add_dates),
    "insights": Verb(_lazy("insights", "insights"), N_("show patterns in your log"), _add_dates),
    "report": Verb(
        _lazy("report", "report"), N_("write a report of your log for a doctor, as a PDF"), _add_report_arguments
    ),
    "export": Verb(
        _lazy("export"),
        N_("write your log to a file: for a spreadsheet, another computer, a doctor"),
        _add_export_arguments,
    ),
    "import": Verb(
        _lazy("import_"),
        N_("import such a file; if an entry exists twice, the newer one is kept"),
        _add_import_arguments,
    ),
    "backup": Verb(_lazy("backup", "log_care"), N_("write a checked copy of your log"), _add_file),
    "restore": Verb(_lazy("restore", "log_care"), N_("list the backups, or restore one; deletes nothing"), _add_file),
    "repair": Verb(_lazy("repair", "log_care"), N_("save what can be read from a damaged log; deletes nothing")),
    "erase": Verb(
        _lazy("erase"), N_("delete everything: your log, its backups and the files you exported"), _add_erase_arguments
    ),
    "cards": Verb(_lazy("cards", "cards"), N_("list the card library"), _add_pack_verbs),
    "red-flags": Verb(_lazy("red_flags", "cards"), N_("show when to get emergency help")),
    "check": Verb(_lazy("check", "check"), N_("check what works on this desktop and that the log is intact")),
    "show": Verb(running_app.show, N_("open a window of the app, in front"), _add_show_arguments),
    "install-launcher": Verb(
        _lazy("install_launcher", "launcher"),
        N_("add NumbGuard and its icons to the applications of your desktop"),
        _add_launcher_arguments,
    ),
    "quit": Verb(running_app.asking("quit"), N_("quit the app")),
}
