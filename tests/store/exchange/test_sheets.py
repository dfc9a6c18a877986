"""Files as spreadsheets, pandas and people leave them: our own, saved elsewhere, and diaries of one's own."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode, EpisodeEnd, Onset, Posture, Sensation
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.sites import Region, Side, Site
from numbguard.store.exchange import ColumnMap, ColumnMapError, ExchangeError, UnmappedColumnsError, import_log
from numbguard.store.exchange.sheets.csv_file import read_csv, write_csv
from numbguard.store.exchange.types import ReadingNotes, RowError
from numbguard.store.log.journal import RecordVersion, SqliteJournal
from numbguard.store.profile import Profile
from tests.store.exchange.test_exchange import told_versions

NOW = datetime(2026, 11, 29, 14, 0, tzinfo=UTC)
HEAD = (
    ""
    "id,started_at,ended_at,side,regions,sensations,severity,posture,onset,weakness,back_pain,relief,relief_after_s,note,"
    "seated_s,since_break_s,skipped_today,seat,edited_at"
)
FIRST = "24ac22b2,2026-11-20T14:30:00+00:00,,left,calf,,5,,,yes,,,,,,,,,2026-11-29T09:22:43.965168Z"
SECOND = "34e6b13f,2026-11-21T09:00:00+00:00,,right,,,,,,,,,,,,,,,2026-11-29T09:22:44.015312Z"


def read(text: str, **columns: str) -> list[Episode]:
    found = []
    for _, version in read_csv(io.StringIO(text, newline=""), columns=ColumnMap(columns) if columns else None, now=NOW):
        assert isinstance(version, RecordVersion), str(version)
        assert isinstance(version.record, Episode)
        found.append(version.record)
    return found


def refusal(row: str, names: str = "started_at,side,regions,severity,weakness") -> str:
    ((_, refused),) = read_csv(io.StringIO(f"{names}\n{row}\n", newline=""), now=NOW)
    assert isinstance(refused, RowError), refused
    return str(refused)


@pytest.fixture
def as_exported() -> list[Episode]:
    return read(f"{HEAD}\r\n{FIRST}\r\n{SECOND}\r\n")


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD},,\r\n{FIRST},,\r\n{SECOND},,\r\n",
        f"{HEAD},,\r\n{FIRST}\r\n{SECOND}\r\n",
        f"{HEAD}\r\n{FIRST},,,\r\n{SECOND}, , \r\n",
        f"sep=,\r\n{HEAD}\r\n{FIRST}\r\n{SECOND}\r\n",
        f"\ufeffsep=;\r\n{HEAD}\r\n{FIRST}\r\n{SECOND}\r\n".replace(",", ";"),
        f'"sep=;"\r\n{HEAD}\r\n{FIRST}\r\n{SECOND}\r\n'.replace(",", ";"),
        f"SEP=\t\n{HEAD}\n{FIRST}\n{SECOND}\n".replace(",", "\t"),
        f"{HEAD}\n{FIRST}\n{SECOND}\n".replace(",", "|"),
        f"{HEAD}\r{FIRST}\r{SECOND}\r",
        f"\r\n,,,\r\n{HEAD}\r\n\r\n{FIRST}\r\n,,,,\r\n , \r\n{SECOND}\r\n\r\n\r\n",
        f"{HEAD.upper()}\r\n{FIRST}\r\n{SECOND}\r\n",
        f"{HEAD.replace('_', ' ').title()}\r\n{FIRST}\r\n{SECOND}\r\n",
        f"{HEAD.replace(',', ' , ')}\r\n{FIRST.replace(',', ' , ')}\r\n{SECOND.replace(',', ' ,')}\r\n",
        f"{HEAD}\r\n{FIRST.replace(',5,', ',5.0,').replace(',yes,', ',True,')}\r\n{SECOND}\r\n",
        f"{HEAD}\r\n{FIRST.replace(',5,', ',5/10,').replace(',yes,', ',TRUE,')}\r\n{SECOND}\r\n",
        f"{HEAD}\r\n{FIRST.replace(',yes,', ',WAHR,').replace('left,calf', 'LEFT,Calf')}\r\n{SECOND}\r\n",
        f"{HEAD}\r\n{FIRST.replace(',5,', ',5 of 10,').replace(',yes,', ',x,')}\r\n{SECOND}\r\n",
        f"{HEAD}\r\n{FIRST.replace(',left,', ',Left leg,').replace(',yes,', ',1.0,')}\r\n{SECOND}\r\n",
        f"Unnamed: 0,{HEAD}\r\n0,{FIRST.replace(',,', ',NaN,').replace(',,', ',nan,')}\r\n1,{SECOND}\r\n",
        f",{HEAD},mine,mine\r\n0,{FIRST},a,b\r\n1,{SECOND},,\r\n",
        "\r\n".join(",".join(f'"{cell}"' for cell in row.split(",")) for row in (HEAD, FIRST, SECOND)),
    ],
)
def test_our_own_file_comes_back_from_a_spreadsheet_as_it_went(text: str, as_exported: list[Episode]) -> None:
    found = read(text)
    assert [(one.id, one.started_at, one.side, one.regions) for one in found] == [
        (one.id, one.started_at, one.side, one.regions) for one in as_exported
    ]
    assert [(one.severity, one.weakness, one.ended_at) for one in found] == [(5, True, None), (None, None, None)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_note_comes_in_whatever_encoding_a_spreadsheet_saves(tmp_path: Path, profile: Profile, encoding: str) -> None:
    file = tmp_path / "log.csv"
    file.write_text("started_at\tnote\n2026-11-20T14:30:00Z\tbeim Sitzen, müde – „naja“\n", encoding=encoding)
    assert import_log(profile, file).added == 1
    journal = SqliteJournal(profile)
    assert [one.note for one in journal.episodes()] == ["beim Sitzen, müde – „naja“"]
    journal.close()


def test_the_workbook_itself_is_called_that(tmp_path: Path, profile: Profile) -> None:
    file = tmp_path / "log.xlsx"
    file.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(ExchangeError, match="is a spreadsheet workbook"):
        import_log(profile, file)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("20.11.2026 14:30", "2026-11-20T14:30"),
        ("20.11.2026 14:30:00", "2026-11-20T14:30"),
        ("2026-11-20 14:30", "2026-11-20T14:30"),
        ("2026-11-20T14:30:00", "2026-11-20T14:30"),
        ("11/20/2026 2:30 PM", "2026-11-20T14:30"),
        ("11/20/26 2:30 PM", "2026-11-20T14:30"),
        ("20/11/2026 14:30", "2026-11-20T14:30"),
        ("20 Nov 2026 14:30", "2026-11-20T14:30"),
        ("Friday, 20 November 2026 at half past two", "2026-11-20T14:30"),
        ("20-Nov-2026 14:30", "2026-11-20T14:30"),
        ("20.11. 14:30", "2026-11-20T14:30"),
        ("20.11.2026", "2026-11-20T12:00"),
        ("2026-11-20", "2026-11-20T12:00"),
    ],
)
def test_local_dates_are_read_as_the_command_line_reads_them(cell: str, meant: str) -> None:
    (one,) = read(f'started_at,note\n"{cell}",x\n')
    assert one.started_at.replace(tzinfo=None) == datetime.fromisoformat(meant)
    assert one.started_at == datetime.fromisoformat(meant).astimezone()


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("yesterday 14:30", "started_at lacks its date: “yesterday 14:30” does not give a date"),
        ("14:30", "started_at lacks its date: “14:30” does not give a date"),
        ("Friday 10:00", "started_at lacks its date"),
        ("3/4/2026 10:00", "started_at: “3/4/2026” may be 3 April or 4 March"),
        ("31.11.2026 10:00", "started_at: “31.11.2026 10:00” is not a day of the calendar: November 2026 has 30 days"),
        ("2026-02-30T10:00:00+01:00", "started_at is not a day of the calendar: February 2026 has 28 days"),
        ("20.11.2026 25:00", "started_at: “20.11.2026 25:00” is not a time"),
        ("46346.604", "started_at: “46346.604” is not a time"),
        ("20.11.2026,left,calf,5.5", "severity is not a whole number from 0 to 10"),
        ("20.11.2026,left,calf,very", "severity is not a whole number from 0 to 10"),
        ("20.11.2026,middle", "side can be left, right, both; “middle” is not one of them"),
        ("20.11.2026,left,calf,,perhaps", "weakness is neither yes nor no"),
        ("20.11.2026,left,calf,5,yes,more", "it has 6 cells, and there are 5 names"),
    ],
)
def test_what_is_not_understood_is_said_and_not_guessed(row: str, says: str) -> None:
    assert refusal(row).startswith(says)


def test_words_of_the_record_are_read_as_people_write_them() -> None:
    (one,) = read(
        "Started at;Side;Regions;Sensations;Posture;Onset;Weakness\n"
        "20.11.2026 14:30;Both legs;Thigh back, Sole + toes;Pins and needles and numb;Legs crossed;SUDDEN;FALSE\n"
    )
    assert (one.side, one.regions) == (Side.BOTH, (Region.THIGH_BACK, Region.SOLE, Region.TOES))
    assert (one.posture, one.onset, one.weakness) == (Posture.LEGS_CROSSED, Onset.SUDDEN, False)
    assert one.sensations == (Sensation.PINS_AND_NEEDLES, Sensation.NUMB)


def test_places_ends_and_signs_are_read_as_people_and_spreadsheets_write_them() -> None:
    text = (
        "id,started_at,ended_at,end,sites,signs,signs_asked,before sites\n"
        'a,20.11.2026 14:30,,UNKNOWN,"Left: calf, unknown:Thigh back",Saddle: TRUE;weakness:0,'
        "2 2026-11-20T15:00:00+00:00,FALSE\n"
        "b,20.11.2026 14:30,21.11.2026,,calf,,,\n"
        "c,20.11.2026 14:30,21.11.2026,open,right:sole,,,\n"
    )
    found = [version for _, version in read_csv(io.StringIO(text, newline=""), now=NOW)]
    a, saddle, weakness, b, c = (one.record for one in found if isinstance(one, RecordVersion))
    assert isinstance(a, Episode) and isinstance(b, Episode) and isinstance(c, Episode)
    assert (a.sites, a.end) == ((Site(Region.THIGH_BACK), Site(Region.CALF, Side.LEFT)), EpisodeEnd.UNKNOWN)
    assert not a.before_sites
    assert saddle == SignAnswer("a.saddle", datetime(2026, 11, 20, 15, tzinfo=UTC), "a", WarningSign.SADDLE, True, 2)
    assert weakness == SignAnswer("a.weakness", a.started_at, "a", WarningSign.WEAKNESS, False, 1)
    assert (b.sites, b.end) == ((Site(Region.CALF),), EpisodeEnd.UNKNOWN), "of its end only the day is known"
    assert (c.sites, c.end) == ((Site(Region.SOLE, Side.RIGHT),), EpisodeEnd.OPEN), "it is as the file says"


# --- a diary of one's own --------------------------------------------------------------------------------------------

DIARY = "Date;Time;Leg;Strength;Remark\r\n20.11.2026;14:30;left;5;after the long call\r\n21.11.2026;09:00;right;3;\r\n"


def test_a_diary_comes_in_by_a_map_of_its_columns() -> None:
    first, second = read(DIARY, started_at="Date", started_time="Time", side="Leg", severity="strength", note="Remark")
    assert first.started_at == datetime(2026, 11, 20, 14, 30).astimezone()
    assert (first.side, first.severity, first.note) == (Side.LEFT, 5, "after the long call")
    assert second.started_at == datetime(2026, 11, 21, 9, 0).astimezone()
    assert (second.side, second.severity, second.note, second.ended_at) == (Side.RIGHT, 3, None, None)


def test_without_a_time_of_day_an_episode_is_at_noon_and_that_is_counted() -> None:
    notes = ReadingNotes()
    columns = ColumnMap.parse(["started_at=Date,side=Leg"])
    found = list(read_csv(io.StringIO(DIARY, newline=""), columns=columns, now=NOW, notes=notes))
    assert len(found) == 2
    assert notes.at_noon == 2


@pytest.mark.parametrize(
    ("content", "hours"),
    [
        (DIARY, [9, 14]),
        (DIARY.replace("14:30", "2:30 pm"), [9, 14]),
        (DIARY.replace("14:30", ""), [9, 12]),
        (DIARY.replace("20.11.2026", "20.11.2026 00:00:00"), [9, 14]),
        (DIARY.replace("14:30", "after lunch"), [12, 12]),
        (DIARY.replace("20.11.2026", "20.11.2026 16:00"), [12, 16]),
        (DIARY.replace("Time", "Clock"), [12, 12]),
    ],
)
def test_a_column_of_times_that_the_map_leaves_out_is_used_where_every_cell_of_it_shows_it(
    tmp_path: Path, profile: Profile, content: str, hours: list[int]
) -> None:
    file = tmp_path / "diary.csv"
    file.write_text(content, encoding="utf-8", newline="")
    done = import_log(profile, file, columns=ColumnMap.parse(["started_at=Date,side=Leg"]))
    assert (done.added, done.refusals) == (2, [])
    journal = SqliteJournal(profile)
    assert sorted(one.started_at.hour for one in journal.episodes()) == hours
    journal.close()


@pytest.mark.parametrize(
    ("names", "row", "ended"),
    [
        ("Date;From;To", "20.11.2026;14:30;15:10", "2026-11-20T15:10"),
        ("Date;From;To", "20.11.2026 00:00:00;14:30;15:10", "2026-11-20T15:10"),
        ("Date;From;To", "20.11.2026;23:50;00:10", "2026-11-21T00:10"),
        ("Date;From;To", "20.11.2026;14:30;", None),
        ("Date;From;For", "20.11.2026;14:30;40", "2026-11-20T15:10"),
        ("Date;From;For", "20.11.2026;14:30;40 min", "2026-11-20T15:10"),
        ("Date;From;For", "20.11.2026;14:30;1h30m", "2026-11-20T16:00"),
        ("Date;From;For", "20.11.2026;14:30;half an hour", "2026-11-20T15:00"),
    ],
)
def test_an_end_is_a_time_or_a_length(names: str, row: str, ended: str | None) -> None:
    columns = {"started_at": "Date", "started_time": "From"}
    columns |= {"ended_time": "To"} if "To" in names else {"lasted": "For"}
    (one,) = read(f"{names}\n{row}\n", **columns)
    assert one.ended_at == (ended and datetime.fromisoformat(ended).astimezone())


def test_without_a_map_a_diary_is_refused_with_the_way_to_map_it() -> None:
    with pytest.raises(UnmappedColumnsError) as refused:
        read(DIARY)
    said = str(refused.value)
    assert "--map 'started_at=Date,started_time=Time,side=Leg,severity=Strength,note=Remark'" in said
    assert "Its columns are “Date”, “Time”, “Leg”, “Strength”, “Remark”. Nothing was imported." in said
    assert refused.value.sheet.rows[0] == ("20.11.2026", "14:30", "left", "5", "after the long call")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["started_at=Dat"], "The file has no column “Dat”. Its columns are “Date”, “Time”"),
        (["side=Leg"], "it has no column started_at"),
        (["began=Date"], "“began=Date” does not say what a column is; write it like started_at=Date"),
        (["Date"], "“Date” does not say what a column is"),
        (["started_at="], "“started_at=” does not say what a column is"),
        (["started_at=Date,started_at=Time"], "started_at is two columns, “Date” and “Time”; it can be one"),
    ],
)
def test_a_map_that_does_not_fit_is_refused(words: list[str], says: str) -> None:
    with pytest.raises(ExchangeError) as refused:
        list(read_csv(io.StringIO(DIARY, newline=""), columns=ColumnMap.parse(words), now=NOW))
    assert says in str(refused.value)


def test_a_map_may_be_several_words_with_capitals_blanks_and_commas_in_the_names() -> None:
    told = ColumnMap.parse(["Started-At = Date, of the day , Time=Time", "region=Where"])
    assert told.columns == {"started_at": "Date, of the day", "started_time": "Time", "regions": "Where"}


def test_the_same_diary_twice_changes_nothing(tmp_path: Path, profile: Profile) -> None:
    file = tmp_path / "diary.csv"
    file.write_text(DIARY, encoding="utf-8", newline="")
    columns = ColumnMap.parse(["started_at=Date,time=Time,side=Leg"])
    assert import_log(profile, file, columns=columns).added == 2
    again = import_log(profile, file, columns=columns)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)


@pytest.mark.parametrize("above", ["My diary\n", "My diary;;;;\n;;;;\n", "sep=;\nMy diary;;;;\n\n", "\n\n"])
def test_a_title_above_the_table_is_passed_over(above: str) -> None:
    found = list(read_csv(io.StringIO(above + DIARY, newline=""), columns=ColumnMap({"started_at": "Date"}), now=NOW))
    lines = above.count("\n")
    assert [line for line, _ in found] == [lines + 2, lines + 3]


def test_a_log_of_one_column_is_one() -> None:
    assert len(read("started_at\n2026-11-20T14:30:00Z\n2026-11-21T14:30:00Z\n")) == 2
    assert len(read("Day\n20.11.2026\n21.11.2026\n", started_at="Day")) == 2


def test_a_map_for_a_file_without_columns_is_refused(tmp_path: Path, profile: Profile) -> None:
    file = tmp_path / "log.json"
    file.write_text('{"format": "numbguard-log", "version": 1}', encoding="utf-8")
    with pytest.raises(ColumnMapError, match="it is JSON, which doesn't need a map"):
        import_log(profile, file, columns=ColumnMap.parse(["started_at=Date"]))


@pytest.mark.parametrize(
    ("dates", "said", "months"),
    [
        (("3/4/2026", "4/28/2026"), "", [3, 4]),
        (("3/4/2026", "28/4/2026"), "", [4, 4]),
        (("3/4/2026", "4/4/2026"), ",dates=day-first", [4, 4]),
        (("3/4/2026", "4/4/2026"), ",dates=Month First", [3, 4]),
        (("3/4/2026 10:00", "28/4/2026 9:00"), "", [4, 4]),
    ],
)
def test_the_order_of_day_and_month_is_what_the_file_shows_or_the_map_says(
    tmp_path: Path, profile: Profile, dates: tuple[str, str], said: str, months: list[int]
) -> None:
    file = tmp_path / "diary.csv"
    file.write_text("\ufeffDay,Leg\n" + "".join(f"{day},left\n" for day in dates), encoding="utf-8")
    done = import_log(profile, file, columns=ColumnMap.parse([f"started_at=Day{said}"]))
    assert (done.added, done.refusals) == (2, [])
    journal = SqliteJournal(profile)
    assert sorted(one.started_at.month for one in journal.episodes()) == months
    journal.close()


def test_an_order_that_nothing_shows_is_not_guessed(tmp_path: Path, profile: Profile) -> None:
    file = tmp_path / "diary.csv"
    for dates in (("3/4/2026", "5/6/2026"), ("3/4/2026", "28/4/2026", "4/28/2026")):
        file.write_text("Day,Leg\n" + "".join(f"{day},left\n" for day in dates), encoding="utf-16")
        done = import_log(profile, file, columns=ColumnMap.parse(["started_at=Day"]), all_or_nothing=True)
        assert done.refusals[0].reason.startswith("started_at: “3/4/2026” may be 3 April or 4 March")
    with pytest.raises(ColumnMapError, match="it can be day-first or month-first"):
        ColumnMap.parse(["started_at=Day,dates=american"])


# --- any log ---------------------------------------------------------------------------------------------------------


@given(versions=st.lists(told_versions, max_size=2), separator=st.sampled_from(",;\t"), columns=st.integers(0, 3))
@settings(max_examples=30, deadline=None)
def test_any_log_saved_by_a_spreadsheet_comes_back_as_it_went(
    versions: list[RecordVersion], separator: str, columns: int
) -> None:
    rows = list(csv.reader(io.StringIO("".join(write_csv(versions)), newline="")))
    saved = io.StringIO(newline="")
    saved.write(f"sep={separator}\r\n")
    writer = csv.writer(saved, delimiter=separator, lineterminator="\r\n")
    for row in rows:
        writer.writerow([*row, *[""] * columns])
        writer.writerow([""] * len(row))
    found = [version for _, version in read_csv(io.StringIO(saved.getvalue(), newline=""), now=NOW)]
    assert found == versions


@given(st.text(max_size=80), st.text(max_size=30))
@settings(max_examples=60, deadline=None)
def test_whatever_is_in_a_cell_is_read_or_refused(cell: str, date: str) -> None:
    saved = io.StringIO(newline="")
    csv.writer(saved).writerows(
        [["started_at", "ended_at", "side", "severity", "regions"], [date, cell, cell, cell, cell]]
    )
    for _, version in read_csv(io.StringIO(saved.getvalue(), newline=""), now=NOW):
        assert isinstance(version, RecordVersion | RowError)
