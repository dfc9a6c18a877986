"""The box on the first page of a report: pattern, signs, change, notes, questions. Read back with `pdftotext`."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from numbguard.cli.main import main
from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode, EpisodeContext, Onset, Sensation
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.log.visit import VisitDetails
from numbguard.core.sites import Region, Side, Site
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.log.visit import keep_visit, last_report, note_report, read_visit
from numbguard.store.profile import Profile
from tests.cli.verbs.test_report import flat, text_of

pytestmark = pytest.mark.usefixtures("qapp")

NOW = datetime.now().astimezone().replace(microsecond=0)
Written = Callable[..., str]


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile.find(str(tmp_path / "profile"))


@pytest.fixture
def written(profile: Profile, tmp_path: Path) -> Written:
    def write(*words: str) -> str:
        """Write a report and return its first page."""
        file = tmp_path / "report.pdf"
        assert main(["report", str(file), "--profile", str(profile.folder), *words]) == 0
        return flat(text_of(file).split("\f")[0])

    return write


def keep(profile: Profile, *records: Episode | SignAnswer) -> None:
    with closing(SqliteJournal(profile)) as journal:
        keeping = SafeJournal(journal, profile)
        for one in records:
            keeping.add_episode(one) if isinstance(one, Episode) else keeping.add_sign_answer(one)


def episode(
    days_ago: float,
    *sites: Site,
    leg: Side | None = None,
    note: str | None = None,
    severity: int | None = None,
    sensations: tuple[Sensation, ...] = (),
    weakness: bool | None = None,
    minutes: float = 4,
) -> Episode:
    began = NOW - timedelta(days=days_ago)
    return Episode(
        str(uuid4()),
        began,
        ended_at=began + timedelta(minutes=minutes),
        sites=sites,
        leg=leg,
        note=note,
        severity=severity,
        sensations=sensations,
        weakness=weakness,
        onset=Onset.GRADUAL,
        context=EpisodeContext(seated_s=2400.0),
    )


LEFT_CALF = Site(Region.CALF, Side.LEFT)


def test_the_pattern_is_in_three_lines(profile: Profile, written: Written) -> None:
    keep(profile, *(episode(n, LEFT_CALF, severity=3 + n % 3, sensations=(Sensation.NUMB,)) for n in range(1, 25)))
    said = written()
    assert "How often 24 episodes on 24 days, about 7 a week" in said
    assert "usually 4 min; severity 4 of 10 (3 to 5)." in said
    assert "Where Left leg 24 of 24; most often left calf 24; numb 24." in said
    assert "When After 40 min of sitting; gradual 24." in said
    assert said.index("How often") < said.index("Summary"), "it is above the figures"


def test_every_sign_that_was_answered_with_yes_is_there_both_legs_among_them(
    profile: Profile, written: Written
) -> None:
    one = episode(3, LEFT_CALF)
    keep(profile, one, *(SignAnswer(str(uuid4()), NOW, one.id, sign, present=True) for sign in WarningSign))
    said = written()
    for sign in WarningSign:
        assert " ".join(sign.words.split()[:4]) in said, sign
    assert said.count(f"{NOW:%Y-%m-%d}") >= len(WarningSign)


def test_both_legs_count_without_an_answer_and_both_sides_of_the_back_do_not(
    profile: Profile, written: Written
) -> None:
    keep(profile, episode(2, Site(Region.LOWER_BACK, Side.BOTH)))
    assert "Warning signs No questions about them were answered in this period." in written()
    both = episode(4, LEFT_CALF, Site(Region.SOLE, Side.RIGHT))
    keep(profile, both, episode(4, leg=Side.BOTH))
    assert f"Both legs at once, from the places logged 2 times, {both.started_at:%Y-%m-%d}" in written()


def test_weak_as_it_felt_is_weakness_like_the_answer_to_the_question(profile: Profile, written: Written) -> None:
    felt = [episode(n, LEFT_CALF, sensations=(Sensation.WEAK,)) for n in (1, 2, 3)]
    contrary = episode(4, LEFT_CALF, sensations=(Sensation.WEAK,), weakness=False)
    keep(profile, *felt, contrary, episode(5, LEFT_CALF, weakness=True), episode(6, LEFT_CALF, weakness=False))
    said = written()
    assert "With weakness yes 5, no 1" in said
    days = ", ".join(f"{NOW - timedelta(days=n):%Y-%m-%d}" for n in (5, 4, 3, 2, 1))
    assert "".join(f"With weakness {days}".split()) in "".join(said.split())


def test_what_changed_since_the_last_report(profile: Profile, written: Written) -> None:
    keep(profile, *(episode(n, LEFT_CALF, severity=2) for n in range(25, 50, 4)))
    assert "last report" not in written(), "the first report has none to compare with"
    with closing(SqliteJournal(profile)) as journal:
        note_report(journal, NOW - timedelta(days=21))
    since = [
        episode(n, Site(Region.SOLE, Side.RIGHT), severity=6, sensations=(Sensation.BURNING,), minutes=40)
        for n in range(1, 20)
    ]
    keep(profile, *since, SignAnswer(str(uuid4()), NOW, since[0].id, WarningSign.SPREADING, present=True))
    said = written()
    assert "19 episodes since the report of" in said
    assert "21 days before this one: 6.3 a week, after 1.8 a report week" in said
    assert "in the 28 days before it (more than before)." in said
    assert "Lasting 40 min, before 4 min (medians); severity 6 of 10, before 2 (medians)." in said
    assert "New: right sole, burning." in said
    assert "New warning sign: numbness spreading fast." in said


def test_a_report_of_the_same_day_is_the_same_report_written_again(profile: Profile, written: Written) -> None:
    keep(profile, *(episode(n, LEFT_CALF) for n in range(1, 40, 3)))
    with closing(SqliteJournal(profile)) as journal:
        note_report(journal, NOW - timedelta(days=14))
        first = written()
        assert "14 days before this one" in first
        assert "No new place, sensation or warning sign." in first
        assert "14 days before this one" in written()
        latest = last_report(journal, NOW + timedelta(days=1))
    assert latest is not None
    assert latest >= NOW, "both were recorded all the same"


def test_a_period_before_the_last_report_compares_with_the_report_before_it(profile: Profile, written: Written) -> None:
    keep(profile, *(episode(n, LEFT_CALF) for n in range(1, 60, 3)))
    with closing(SqliteJournal(profile)) as journal:
        for days in (40, 5):
            note_report(journal, NOW - timedelta(days=days))
    said = written("--until", f"{NOW - timedelta(days=10):%Y-%m-%d}")
    assert f"since the report of {(NOW - timedelta(days=40)).day} " in said


def test_the_most_telling_notes_are_quoted_with_their_date_strength_and_place(
    profile: Profile, written: Written
) -> None:
    keep(
        profile,
        *(episode(n, LEFT_CALF, severity=2, note="As always, nothing special.") for n in (1, 2, 3)),
        episode(4, LEFT_CALF, severity=9, note="Could not feel the brake pedal.\nHad to stop the car."),
        episode(5, Site(Region.THIGH_FRONT, Side.LEFT), Site(Region.LOWER_BACK), note="Gave way.", weakness=True),
        episode(6, severity=5, note="After the night train."),
        episode(7, severity=4, note="This one is the fourth."),
    )
    said = written()
    weak, brake, train = (f"{NOW - timedelta(days=n):%Y-%m-%d}" for n in (5, 4, 6))
    quoted = [
        f"{weak}, left: front of thigh; lower back: “Gave way.”",
        f"{brake}, 9 of 10, left: calf: “Could not feel the brake pedal. Had to stop the car.”",
        f"{train}, 5 of 10: “After the night train.”",
    ]
    assert [said.index(one) for one in quoted] == sorted(said.index(one) for one in quoted)
    assert "“This one is the fourth.”" not in said


def test_the_questions_name_and_date_of_birth_that_are_kept_are_printed(profile: Profile, written: Written) -> None:
    assert "My questions" in written(), "and empty lines to write on"
    with closing(SqliteJournal(profile)) as journal:
        keep_visit(journal, VisitDetails("Is it the nerve?\n\nМожно ли мне ездить?", "Zoë Čapek", "3 March 1961"))
    said = written()
    assert "Zoë Čapek, born 3 March 1961" in said
    assert "1. Is it the nerve?" in said
    assert "2. Можно ли мне ездить?" in said
    assert said.count("Zoë Čapek") == 2, "on the foot of the page as well"


def test_words_on_the_command_line_are_for_that_report_alone(profile: Profile, written: Written) -> None:
    kept = VisitDetails("Is it the nerve?", "Zoë Čapek", "3 March 1961")
    with closing(SqliteJournal(profile)) as journal:
        keep_visit(journal, kept)
        said = written("--question", "May I\nrun?", "--question", "Or swim?", "--name", "Ada", "--born", "1985-12-10")
        assert "1. May I run?" in said
        assert "2. Or swim?" in said
        assert "nerve" not in said
        assert "Ada, born 10 December 1985" in said
        anonymous = written("--anonymous")
        assert "Čapek" not in anonymous
        assert "1961" not in anonymous
        assert "1. Is it the nerve?" in anonymous
        assert read_visit(journal) == kept


def test_a_name_and_none_at_once_is_refused(
    profile: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["report", str(tmp_path / "a.pdf"), "--profile", str(profile.folder), "--anonymous", "--name", "Ada"]
    assert main(words) == 2
    assert "Give either --anonymous or a name" in capsys.readouterr().err


def test_words_that_are_no_text_cost_no_report(profile: Profile, written: Written) -> None:
    said = written("--question", os.fsdecode(b"caf\xe9?"), "--name", "A\x01da\u202e " * 60)
    assert "1. caf" in said


def test_many_signs_long_notes_and_long_questions_run_over_onto_the_next_page_and_leave_none_out(
    profile: Profile, tmp_path: Path
) -> None:
    long = "The whole leg felt like wood, and it took a walk round the block until it woke. " * 30
    for n, sign in enumerate(WarningSign):
        one = episode(n + 1, LEFT_CALF, Site(Region.TOES), note=f"{sign.value}: {long}", severity=9)
        keep(profile, one, SignAnswer(str(uuid4()), NOW, one.id, sign, present=True))
    with closing(SqliteJournal(profile)) as journal:
        keep_visit(journal, VisitDetails("\n".join(f"{n}: {long}?" for n in range(12)), "W" * 80, "1 January 1900"))
    file = tmp_path / "report.pdf"
    assert main(["report", str(file), "--profile", str(profile.folder), "--paper", "letter"]) == 0
    said = flat(text_of(file))
    for number in range(10):
        assert f"{number + 1}. {number}: The whole leg" in said
    assert "and 2 more questions" in said
    for sign in WarningSign:
        assert said.count(f"{sign.value}: The whole leg") >= 1, "the note in the table"
    assert "left: calf; side not given: toes" in said
