"""`numbguard report`: the file that a doctor gets, read back with poppler's `pdftotext`."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from numbguard.cli.main import main
from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode, EpisodeContext, Posture, Sensation
from numbguard.core.log.records.sitting import BoutEnd, BreakRecord, Outcome, SittingBout
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.sites import Region, Side, sites_on
from numbguard.store.log.database import open_database
from numbguard.store.log.journal import RecordVersion, SqliteJournal, put_version
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from numbguard.store.written_files import remembered
from numbguard.ui.report.pdf import PaperSize, paper_of

pytestmark = pytest.mark.usefixtures("qapp")

NINE = datetime(2025, 3, 3, 9, 0, tzinfo=timezone(timedelta(hours=1)))
NOTE = "Nach dem Anruf – 100 % weg, “ganz” schnell; Ελλάδα и кириллица, fi and ffl."


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile.find(str(tmp_path / "profile"))


def report(profile: Profile, file: Path, *words: str) -> int:
    return main(["report", str(file), "--profile", str(profile.folder), *words])


def text_of(file: Path) -> str:
    done = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    return done.stdout


def flat(text: str) -> str:
    return " ".join(text.split())


def written(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    printed = capsys.readouterr()
    assert printed.err == ""
    document = json.loads(printed.out)
    assert isinstance(document, dict)
    return document


def some_weeks(profile: Profile) -> None:
    """Log twelve episodes in three weeks, four a week; one has every detail."""
    journal = SqliteJournal(profile)
    keeping = SafeJournal(journal, profile)
    for number in range(12):
        began = NINE + timedelta(days=number // 4 * 7 + number % 4)
        keeping.keep_bout(SittingBout(str(uuid4()), began, began + timedelta(hours=1), 3600.0, BoutEnd.MOVED))
        numb = began + timedelta(minutes=40)
        keeping.add_episode(
            Episode(
                str(UUID(int=number)),
                numb,
                ended_at=numb + timedelta(seconds=150),
                sites=sites_on(
                    Side.LEFT if number else Side.BOTH, Region.CALF, *((Region.TOES,) if number % 2 else ())
                ),
                sensations=(Sensation.TINGLING,),
                severity=number % 8,
                posture=Posture.LEGS_CROSSED,
                weakness=True if number == 3 else None,
                relief="movement",
                relief_after_s=90.0,
                note=NOTE if number == 5 else None,
                context=EpisodeContext(seated_s=2400.0),
            )
        )
        keeping.keep_break(BreakRecord(str(uuid4()), Outcome.MOVED, began + timedelta(hours=1), None))
    keeping.add_sign_answer(SignAnswer(str(uuid4()), NINE, str(UUID(int=3)), WarningSign.WEAKNESS, True))
    version = WarningSign.SADDLE.version
    keeping.add_sign_answer(SignAnswer(str(uuid4()), NINE, str(UUID(int=3)), WarningSign.SADDLE, False, version))
    # Yes to a question that asked for more, when it was put: the doctor hears of it.
    keeping.add_sign_answer(SignAnswer(str(uuid4()), NINE, str(UUID(int=4)), WarningSign.INJURY, True, 1))
    journal.close()


def test_the_report_holds_what_the_list_of_episodes_does(
    profile: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    some_weeks(profile)
    file = tmp_path / "report.pdf"
    assert report(profile, file, "--json") == 0
    document = written(capsys)
    assert (document["path"], document["episodes"], document["listed"]) == (str(file), 12, 12)
    assert document["pages"] in (2, 3)
    said = flat(text_of(file))
    assert main(["episodes", "--json", "--profile", str(profile.folder)]) == 0
    episodes = json.loads(capsys.readouterr().out)
    for one in episodes:
        assert one["started_at"][:16].replace("T", " ") in said
    for words in (
        "Episodes 12 on 12 days",
        "left 11, both 1",
        "Lasted 3 min (median of 12)",
        "Sitting time before 40 min (median of 12)",
        "tingling 12",
        "Calf 12 1 0",
        "yes 1; not recorded 11",
        "New numbness between the legs",
        "Weakness that is severe or getting worse 2025-03-03",
        "A fall, a blow or another injury before it 2025-03-03 started",
        "Got up and moved 12",
        "Moving 12 episodes; gone after 2 min",
        "left: calf, toes",
        f"Note: {NOTE}",
        "This is not a diagnosis",
        f"Page 1 of {document['pages']}",
    ):
        assert words in said, words


def test_it_is_the_persons_alone_and_delete_everything_finds_it(
    profile: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "report.pdf"
    file.write_text("an older one", encoding="utf-8")
    assert report(profile, file) == 0
    assert capsys.readouterr().out == f"Written: {file} (1 page, 0 episodes).\n"
    assert "No episodes were logged in this period" in text_of(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [(one.path, one.is_there()) for one in remembered(profile)] == [(file, True)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["profile", "report.pdf"], "nothing half written is left"


def test_a_period_is_kept_to(profile: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    some_weeks(profile)
    file = tmp_path / "report.pdf"
    assert report(profile, file, "--since", "2025-03-10", "--until", "2025-03-11", "--json") == 0
    assert written(capsys)["episodes"] == 2
    assert "10 March 2025 to 11 March 2025" in text_of(file)


@pytest.mark.parametrize(
    ("many", "note", "paper"),
    [(34, "The edge of the chair presses behind the knee. " * 45, "letter"), (100, "w" * 2000, "a4")],
)
def test_a_year_is_three_pages_with_every_date_and_place_however_long_the_notes(
    profile: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str], many: int, note: str, paper: str
) -> None:
    connection = open_database(profile).connection
    connection.execute("BEGIN")
    for number in range(many):
        began = NINE + timedelta(hours=360 * 24 // many * number)
        side, regions = (Side.LEFT, Side.RIGHT)[number % 2], (Region.CALF, Region.TOES)[: 1 + number % 2]
        episode = Episode(
            str(uuid4()),
            began,
            sites=sites_on(side, *regions),
            severity=number % 9,
            posture=Posture.SLOUCHED,
            note=note,
        )
        put_version(connection, RecordVersion(episode, number))
    connection.execute("COMMIT")
    connection.close()
    file = tmp_path / "report.pdf"
    assert report(profile, file, "--json", "--paper", paper) == 0
    document = written(capsys)
    assert (document["pages"], document["episodes"], document["listed"]) == (3, many, many)
    said = flat(text_of(file))
    assert main(["episodes", "--json", "--profile", str(profile.folder)]) == 0
    for one in json.loads(capsys.readouterr().out):
        assert one["started_at"][:16].replace("T", " ") in said
    assert said.count("right: calf, toes") >= many // 2, "every place"
    assert said.count(note[:12]) >= many, "the beginning of every note"
    assert "Notes that end in “…” or “… (shortened)” are longer. An export of the log has all notes in full." in said
    assert "*" not in said
    assert f"slouched {many}" in said


def test_ten_years_are_six_pages_and_say_what_is_left_out(
    profile: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    connection = open_database(profile).connection
    connection.execute("BEGIN")
    long = "The chair is too high and my feet hang in the air, so that the edge presses. " * 60
    for number in range(1200):
        began = NINE + timedelta(hours=29 * number)
        severity = 10 if number in (7, 8) else number % 9
        note = (long, "line\n" * 200, "w" * 4000)[number % 3]
        put_version(
            connection,
            RecordVersion(Episode(str(uuid4()), began, severity=severity, leg=Side.RIGHT, note=note), number),
        )
    connection.execute("COMMIT")
    connection.close()
    file = tmp_path / "report.pdf"
    assert report(profile, file, "--json", "--paper", "letter") == 0
    document = written(capsys)
    assert 3 <= int(str(document["pages"])) <= 6, "how many depends on how wide the letters are"
    assert document["episodes"] == 1200
    said = flat(text_of(file))
    listed = int(str(document["listed"]))
    assert listed >= 20
    assert f"{1200 - listed:,} others are counted above" in said
    last = NINE + timedelta(hours=29 * 1199)
    assert f"{last:%Y-%m-%d %H:%M}" in said, "the latest"
    for number in (7, 8):
        assert f"{NINE + timedelta(hours=29 * number):%Y-%m-%d %H:%M}" in said, "the most severe"


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["report.txt"], 2, "ends in .pdf, not report.txt"),
        (["report.pdf", "--since", "2025-03-02", "--until", "2025-02-01"], 2, "--since is later than --until"),
        (["missing/report.pdf"], 1, "could not be written (no such file or directory)"),
        (["folder.pdf"], 1, "could not be written (is a directory)"),
        (["profile/numbguard.pdf"], 1, "is a file of NumbGuard's own"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    profile: Profile,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    status: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.pdf").mkdir()
    assert main(["report", "--profile", str(profile.folder), *words]) == status
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert said in printed.err


def test_it_needs_no_display_and_says_nothing_of_it(profile: Profile, tmp_path: Path) -> None:
    some_weeks(profile)
    file = tmp_path / "report.pdf"
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "en_US.UTF-8", "QT_QPA_PLATFORM": "wayland"}
    done = subprocess.run(
        [sys.executable, "-m", "numbguard", "report", str(file), "--profile", str(profile.folder)],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    sizes = subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, check=True, timeout=60).stdout
    assert "612 x 792 pts" in sizes, "Letter, where the locale is of the United States"


def test_paper_comes_from_where_one_is() -> None:
    assert [paper_of(name) for name in ("en_US.UTF-8", "es_MX", "de_DE@euro", "en_GB.UTF-8", "C.UTF-8", "US", "")] == [
        *(PaperSize.LETTER, PaperSize.LETTER, PaperSize.A4, PaperSize.A4, PaperSize.A4, PaperSize.A4, PaperSize.A4),
    ]
