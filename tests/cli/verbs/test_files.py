"""``numbguard export`` and ``import``, with a running app and without one."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine, environment, start


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "profile", environment(tmp_path), here=True)


def test_a_log_goes_to_another_computer_whose_running_app_sees_it_at_once(line: CommandLine, tmp_path: Path) -> None:
    id = line.run("log", "--side", "left", "--region", "calf", "--note", "=1+1").stdout.strip()
    file = tmp_path / "log.csv"
    assert line.ask("export", str(file)) == {"file": str(file), "format": "csv", "episodes": 1}
    with file.open(newline="", encoding="utf-8") as opened:
        (row,) = csv.DictReader(opened)
    assert (row["id"], row["note"]) == (id, "'=1+1")

    other = CommandLine(tmp_path / "other", environment(tmp_path), here=True)
    running = start(other)
    try:
        done = other.ask("import", str(file))
        assert (done["added"], done["refused"]) == (1, [])
        assert other.ask("status")["open_episode"]["id"] == id
        assert other.ask("import", str(file))["unchanged"] == 1
        assert other.ask("episodes") == line.ask("episodes")
    finally:
        running.stop()


def test_what_cannot_be_taken_is_told_by_line_and_nothing_is_if_so_asked(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text("started_at,severity\n2025-03-03T12:00:00Z,3\n2025-03-03T12:00:00Z,12\n", encoding="utf-8")
    none = line.run("import", str(file), "--all-or-nothing", "--json")
    assert none.returncode == 1
    assert json.loads(none.stdout)["imported"] is False
    assert line.ask("episodes") == []
    some = line.run("import", str(file))
    assert some.returncode == 0
    assert "log.csv, line 3: severity is not a whole number from 0 to 10." in some.stderr
    assert len(line.ask("episodes")) == 1
    assert "could not be read" in line.refused(1, "import", str(tmp_path / "nowhere.csv"))


def test_a_clinic_gets_the_name_and_date_of_birth_only_where_they_are_given(line: CommandLine, tmp_path: Path) -> None:
    line.run("log", "--site", "left:calf", "--site", "right:sole")
    file = tmp_path / "log.fhir.json"

    def patient() -> dict[str, object]:
        bundle = json.loads(file.read_text("utf-8"))
        return next(one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == "Patient")

    assert line.ask("export", str(file))["episodes"] == 1
    assert "birthDate" not in patient()
    line.ask("export", str(file), "--name", "Ada Lovelace", "--born", "1985-12-10")
    assert (patient()["name"], patient()["birthDate"]) == ([{"text": "Ada Lovelace"}], "1985-12-10")
    assert "Only a FHIR file" in line.refused(2, "export", str(tmp_path / "log.csv"), "--name", "Ada Lovelace")


def test_a_name_that_tells_no_format_is_wrong_words(line: CommandLine, tmp_path: Path) -> None:
    assert "--format" in line.refused(2, "export", str(tmp_path / "log"))


def test_everything_is_deleted_through_the_running_app_once_it_is_asked_for_in_so_many_words(
    line: CommandLine, tmp_path: Path
) -> None:
    running = start(line)
    try:
        line.run("log", "--note", "private")
        file = tmp_path / "log.json"
        line.ask("export", str(file))
        assert "--yes-delete-everything" in line.refused(2, "erase")
        assert len(line.ask("episodes")) == 1
        done = line.ask("erase", "--yes-delete-everything")
        assert (done["episodes"], done["exports"], done["failed"]) == (1, [str(file)], [])
        assert not file.exists()
        assert line.ask("status")["open_episode"] is None
        assert line.ask("episodes") == []
        line.run("log")
        assert len(line.ask("episodes")) == 1
    finally:
        running.stop()


DIARY = "Date;Time;Leg;Strength;Remark\r\n20.11.2025;14:30;left;5;after the call\r\n21.11.2025;09:00;right;3;\r\n"


def test_a_diary_of_ones_own_comes_in_by_a_map_and_without_one_a_sentence_says_how(
    line: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "diary.csv"
    file.write_text(DIARY, encoding="cp1252", newline="")
    said = line.refused(1, "import", str(file))
    assert "give the meaning of its columns, as in: numbguard import FILE --map 'started_at=Date," in said
    assert line.ask("episodes") == []

    done = line.run("import", str(file), "--map", "started_at=Date,side=Leg")
    assert done.stdout == (
        "Imported: 2 new, 0 changed, 0 already in the log.\nThe times of day come from the column “Time”.\n"
    )
    assert [(one["started_at"][:16], one["side"]) for one in line.ask("episodes")] == [
        ("2025-11-20T14:30", "left"),
        ("2025-11-21T09:00", "right"),
    ]
    again = line.ask("import", str(file), "--map", "started_at=Date,side=Leg")
    assert (again["added"], again["unchanged"]) == (0, 2)


def test_a_map_that_makes_no_sense_is_wrong_words_and_one_that_does_not_fit_fails(
    line: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "diary.csv"
    file.write_text(DIARY, encoding="utf-8", newline="")
    assert "“began=Date” does not say what a column is" in line.refused(2, "import", str(file), "--map", "began=Date")
    assert "The file has no column “Day”" in line.refused(1, "import", str(file), "--map", "started_at=Day")
