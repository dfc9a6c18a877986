"""NumbGuard's readers, each with its input. A reader may use it or refuse it by its own error; all else is a crash.

``python -m tools.fuzz`` and ``tests/tools/test_fuzz.py`` call them.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from hypothesis import strategies as st

from numbguard.cli.main import main
from numbguard.core.breaks.engine import BreakEngine
from numbguard.core.breaks.instant import Instant
from numbguard.core.breaks.messages import Tick
from numbguard.core.cards.picture_rules import PictureError, PictureKind, checked_picture
from numbguard.core.cards.table_reader import CardError
from numbguard.core.log.records.episode import Episode, EpisodeContext, Seat, Sensation
from numbguard.core.log.records.habits import HabitKind, HabitTick
from numbguard.core.log.records.sitting import BoutEnd, BreakRecord, Outcome, SittingBout
from numbguard.core.settings.settings import Settings
from numbguard.core.sites import Region, Side, Site
from numbguard.resources import resource
from numbguard.store import said_once, written_files
from numbguard.store.cards.library import Library
from numbguard.store.cards.pack import PackError, import_pack
from numbguard.store.cards.routines import read_routine
from numbguard.store.engine_state import StateFile
from numbguard.store.exchange import ExchangeError, ExchangeFormat, export_log, import_log
from numbguard.store.fresh_file import left_behind, sweep
from numbguard.store.log.journal import RecordVersion, SqliteJournal
from numbguard.store.log.rows.writing import Record
from numbguard.store.log.spool.line_format import write_line
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from numbguard.store.settings import file as settings_file
from tools.desktop.app_process import AppProcess

from .odd_values import as_json, as_toml, spoilt, with_odd_values

Reader = Callable[[bytes], None]

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EPISODE = Episode(
    *("one", NOON, NOON + timedelta(minutes=9)),
    sites=(Site(Region.CALF, Side.LEFT), Site(Region.SOLE, Side.RIGHT)),
    sensations=(Sensation.NUMB,),
    severity=4,
    note="after lunch",
    relief="walking",
    relief_after_s=60.0,
    context=EpisodeContext(1200.0, 3000.0, 1, Seat.SITTING),
)


@dataclass(frozen=True, slots=True)
class Target:
    """A reader. ``given``: its input; ``open``: a context in which it can be called repeatedly."""

    given: st.SearchStrategy[bytes]
    open: Callable[[], AbstractContextManager[Reader]]


@contextmanager
def _profile() -> Iterator[Profile]:
    with tempfile.TemporaryDirectory(prefix="numbguard-fuzz-") as folder:
        yield Profile.find(str(Path(folder) / "profile"))


def _in_a_profile(read: Callable[[Profile, bytes], None]) -> Callable[[], AbstractContextManager[Reader]]:
    @contextmanager
    def opened() -> Iterator[Reader]:
        with _profile() as profile:
            yield lambda content: read(profile, content)

    return opened


# --- files that NumbGuard keeps for itself ----------------------------------------------------------------------------


def _engine(at: Instant, saved: Mapping[str, object] | None = None) -> BreakEngine:
    return BreakEngine(Settings(), at, choose_card=lambda _shown: "neck", new_id=lambda: "id", saved=saved)


def _a_state() -> dict[str, object]:
    engine = _engine(Instant(NOON, 0.0))
    engine.step(Tick(Instant(NOON + timedelta(minutes=20), 1200.0)))
    return engine.to_table()


def _read_state(profile: Profile, content: bytes) -> None:
    profile.state.write_bytes(content)
    engine = _engine(Instant(NOON + timedelta(minutes=21), 5.0), StateFile(profile).load())
    engine.start()
    for minutes in (22, 25, 2000):
        engine.step(Tick(Instant(NOON + timedelta(minutes=minutes), 60.0 * minutes)))
        engine.snapshot()
    json.dumps(engine.to_table(), allow_nan=False)


_RECORDS: tuple[Record, ...] = (
    EPISODE,
    BreakRecord("two", Outcome.MOVED, NOON, NOON + timedelta(minutes=2), "neck", NOON, 2700.0, 1),
    SittingBout("three", NOON, NOON + timedelta(hours=1), 3600.0, BoutEnd.MOVED),
    HabitTick("four", NOON, HabitKind.WATER, 1),
)


def _read_spool(profile: Profile, content: bytes) -> None:
    sound = write_line(RecordVersion(Episode(str(uuid4()), NOON), 1))
    profile.unwritten.write_bytes(content + b"\n" + sound)
    new = Episode(str(uuid4()), NOON)
    with closing(SafeJournal(SqliteJournal(profile), profile)) as journal:
        journal.add_episode(new)
        for id in (new.id, json.loads(sound)["record"]["id"]):
            assert journal.find_episode(id), "a sound entry was lost"
        journal.day(NOON - timedelta(days=1), NOON + timedelta(days=1))
        journal.notes()


def _read_notes(profile: Profile, content: bytes) -> None:
    for path in (profile.exports, profile.said, profile.unfinished):
        path.write_bytes(content)
    for one in written_files.remembered(profile):
        one.is_there()
    left_behind(profile)
    sweep(profile)
    said_once.first_time(profile, "something")


# --- files that a person writes ---------------------------------------------------------------------------------------

_SETTINGS = {
    "breaks": {"interval": "45m", "max_snoozes": 3, "style": "standard"},
    "posture": {"enabled": True, "interval": "25m"},
    "hours": {"monday": ["09:00-12:30", "13:30-18:00"]},
    "help": {"number": "112"},
    "routine": {"at": "10:30"},
    "cards": {"places": ["chair"]},
}


def _read_settings(profile: Profile, content: bytes) -> None:
    profile.settings.write_bytes(content)
    settings_file.load(profile)
    with suppress(settings_file.SettingsError):
        settings_file.write_value(profile, "breaks.snooze", 600.0)
        assert settings_file.load(profile).settings.snooze == 600.0


def _toml_of(*place: str) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(resource(*place).read_text(encoding="utf-8"))


def _read_card(profile: Profile, content: bytes) -> None:
    profile.cards.mkdir(exist_ok=True)
    (profile.cards / "odd.toml").write_bytes(content)
    library = Library(profile.cards)
    library.cards()
    library.check()


def _read_routine(profile: Profile, content: bytes) -> None:
    place = profile.folder / "odd.toml"
    place.write_bytes(content)
    with suppress(CardError):
        read_routine(place)


_PACK = {
    "numbguard_pack": 1,
    "card": [{"slug": "mine", **_toml_of("cards", "ankle-circles.toml")}],
    "routine": [{"slug": "evening", **_toml_of("routines", "daily.toml")}],
}


def _read_pack(profile: Profile, content: bytes) -> None:
    place = profile.folder / "pack.toml"
    place.write_bytes(content)
    with suppress(PackError):
        import_pack(place, profile, ours=resource("cards"), replace=True)


# --- files from elsewhere ---------------------------------------------------------------------------------------------


def _exported(format: ExchangeFormat) -> bytes:
    with _profile() as profile, closing(SqliteJournal(profile)) as journal:
        for number, record in enumerate(_RECORDS):
            journal.keep(RecordVersion(record, number))
        out = profile.folder.parent / "out"
        export_log(profile, out, format, at=NOON)
        return out.read_bytes()


def _csv_given() -> st.SearchStrategy[bytes]:
    whole = _exported(ExchangeFormat.CSV)
    rows = list(csv.reader(io.StringIO(whole.decode())))

    def text(table: Any) -> bytes:
        out = io.StringIO()
        csv.writer(out).writerows([row if isinstance(row, list) else [row] for row in table])
        return out.getvalue().encode("utf-8", "surrogatepass")

    return with_odd_values(rows).map(text) | spoilt(whole)


def _read_exchange(profile: Profile, content: bytes) -> None:
    place = profile.folder.parent / "in"
    place.write_bytes(content)
    try:
        done = import_log(profile, place)
    except ExchangeError:
        return
    if done.added or done.changed:
        export_log(profile, profile.folder.parent / "out", ExchangeFormat.FHIR, at=NOON)


_SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><style>g { fill: red }</style>
<defs><linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient></defs>
<g transform="scale(2)"><path d="M0 0L9 9" fill="url(#a)"/><text x="1">leg</text></g>
<circle cx="4" cy="4" r="3"><animate attributeName="r" values="3;4" dur="1s"/></circle></svg>"""
_ATTRIBUTES = tuple(_SVG[: at + 1] for at in range(len(_SVG)) if _SVG[at - 1 : at + 1] == b'="')


@st.composite
def _svg_given(draw: st.DrawFn) -> bytes:
    before = draw(st.sampled_from(_ATTRIBUTES))
    after = _SVG[len(before) :].partition(b'"')[2]
    words = (
        "-1",
        "1e999",
        "NaN",
        "0 0 0 0",
        "0 0 1e7 1e7",
        "url(http://x)",
        "9" * 4000,
        "&#0;",
        "&lol;",
        "a b c d",
        "",
    )
    value = draw(st.sampled_from(words) | st.text(max_size=20)).encode("utf-8", "surrogatepass")
    return before + value + b'"' + after


def _read_svg(_profile: Profile, content: bytes) -> None:
    with suppress(PictureError):
        checked_picture(PictureKind.SVG, content)


# --- messages between verb and app ------------------------------------------------------------------------------------

_REQUESTS: tuple[dict[str, object], ...] = (
    {"verb": "status"},
    {"verb": "pause", "for_s": 60.0, "until": None},
    {"verb": "pause", "until": "14:30"},
    {"verb": "log", "as": "an-id", "side": "left", "region": ["calf"], "severity": 3, "note": "x", "at": None},
    {"verb": "gone", "id": "an-id"},
    {"verb": "undo", "id": None},
    {"verb": "habit", "as": "b", "habit": "water", "amount": 1},
    {"verb": "goal", "goal": "walk", "amount": 20},
    {"verb": "break routine", "name": "evening"},
    {"verb": "resume"},
)


@contextmanager
def _app() -> Iterator[Reader]:
    """Give the socket of a real app without a screen, as a function that sends it a message."""
    with _profile() as profile:
        env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
        command = [sys.executable, "-m", "numbguard", "run", "--minimised", "--profile", str(profile.folder)]
        app = AppProcess(command, env=env, profile=profile.folder).wait_ready()
        try:
            yield lambda content: _ask_app(profile, content)
        finally:
            app.stop()


def _ask_app(profile: Profile, content: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(20.0)
        line.connect(str(profile.socket))
        answer = b""
        with suppress(ConnectionError):  # hung up on
            line.sendall(content.replace(b"\n", b" ") + b"\n")
            line.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert b"fault of NumbGuard" not in answer, answer
    if answer:
        assert json.loads(answer)["status"] in range(4)


_STATUS: dict[str, object] = {
    "running": True,
    "state": "sitting",
    "seated_s": 60,
    "due_in_s": 600,
    "notes": ["a note"],
    "break": None,
    "suppressed": [{"id": "call", "reason": "a call", "until": None}],
}
_ANSWERS: tuple[tuple[dict[str, object], tuple[str, ...]], ...] = (
    (_STATUS, ("status",)),
    (_STATUS, ("pause", "5m")),
    ({"id": "one"}, ("log", "--note", "left foot")),
    ({"id": "one"}, ("undo",)),
    ({"today": {"water": 1, "walk_min": 2, "stretch": 0}, "said": None}, ("habit", "water")),
)


@contextmanager
def _verbs() -> Iterator[Reader]:
    """Give a function that runs a verb while another program answers in the app's place."""
    with _profile() as profile, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(profile.socket))
        listener.listen()
        answers: list[bytes] = []

        def talk() -> None:
            with suppress(OSError):
                while True:
                    talker, _ = listener.accept()
                    with talker, suppress(OSError):
                        talker.recv(65536)
                        talker.sendall(answers[-1])

        thread = threading.Thread(target=talk)
        thread.start()

        def read(content: bytes) -> None:
            _, words = _ANSWERS[content[0]]
            answers.append(content[1:])
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                status = main(["--profile", str(profile.folder), *words])
            assert status in range(4)
            if words[0] == "log":
                assert status == 0, "an entry was lost"

        try:
            yield read
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _answers_given() -> st.SearchStrategy[bytes]:
    """Return answers for the verbs: the first byte is the number of the verb, the rest is the answer."""

    def of(number: int) -> st.SearchStrategy[bytes]:
        document = {"status": 0, "document": _ANSWERS[number][0]}
        return as_json(document).map(lambda answer: bytes([number]) + answer)

    return st.one_of(*(of(number) for number in range(len(_ANSWERS))))


TARGETS: Mapping[str, Target] = {
    "state": Target(as_json(_a_state()), _in_a_profile(_read_state)),
    "spool": Target(
        st.one_of(*(as_json(json.loads(write_line(RecordVersion(one, 7)))) for one in _RECORDS)),
        _in_a_profile(_read_spool),
    ),
    "notes": Target(
        as_json([{"path": "/tmp/out", "file": [1, 2, 3, 4]}]) | as_json(["/tmp/a"]), _in_a_profile(_read_notes)
    ),
    "settings": Target(as_toml(_SETTINGS), _in_a_profile(_read_settings)),
    "cards": Target(as_toml(_toml_of("cards", "ankle-circles.toml")), _in_a_profile(_read_card)),
    "routines": Target(as_toml(_toml_of("routines", "daily.toml")), _in_a_profile(_read_routine)),
    "packs": Target(as_toml(_PACK), _in_a_profile(_read_pack)),
    "csv": Target(_csv_given(), _in_a_profile(_read_exchange)),
    "json": Target(as_json(json.loads(_exported(ExchangeFormat.JSON))), _in_a_profile(_read_exchange)),
    "fhir": Target(as_json(json.loads(_exported(ExchangeFormat.FHIR))), _in_a_profile(_read_exchange)),
    "svg": Target(_svg_given() | spoilt(_SVG), _in_a_profile(_read_svg)),
    "requests": Target(st.one_of(*(as_json(one) for one in _REQUESTS)), _app),
    "answers": Target(_answers_given(), _verbs),
}
