"""`numbguard advice`, and what `numbguard log` says of what it was told, with and without a running app."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from numbguard.core.log.red_flags import AdviceTier, WarningSign
from numbguard.wording.log.advice import ANYTHING_ELSE, BEFORE_YOU_GO_ON, HEADINGS
from tests.advice_rows import ROWS, length

from ..command_line import CommandLine, environment, start

# Patterns of other episodes are left to the engine's test; so are answers to former questions, which nobody can give.
TWENTY = [row for row in ROWS if not {"pattern", "answers_before", "seated"} & set(row)][::4]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    folder = tmp_path_factory.mktemp("app")
    line = CommandLine(folder / "profile", environment(folder), here=True)
    running = start(line)
    yield line
    running.stop()


@pytest.fixture
def alone(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "profile", environment(tmp_path), here=True)


def words_of(row: dict[str, Any]) -> list[str]:
    """The words of `numbguard log` for a row of the table."""
    began = datetime.now().astimezone() - length(row["age"])
    said = ["--at", began.isoformat(), "--ended", row.get("lasted") or "open"]
    if row.get("lasted"):
        said[-1] = (began + length(row["lasted"])).isoformat()
    for key, value in row.get("known", {}).items():
        option = "--" + {"regions": "region", "sensations": "sensation"}.get(key, key).replace("_", "-")
        if value is True:
            said.append(option)
        else:
            for each in value if isinstance(value, list) else [value]:
                said += [option, str(each)]
    return said


def answers_in(row: dict[str, Any]) -> list[str]:
    return [
        word
        for sign, yes in row.get("answers", {}).items()
        for word in ("--answer", f"{sign}={'yes' if yes else 'no'}")
    ]


def test_there_are_about_twenty_rows() -> None:
    assert len(TWENTY) >= 20


@pytest.mark.parametrize("row", TWENTY, ids=lambda row: row["name"])
def test_the_verbs_say_what_the_table_says(alone: CommandLine, row: dict[str, Any]) -> None:
    logged = alone.run("log", *words_of(row))
    assert logged.returncode == 0, logged.stderr
    id = logged.stdout.strip()
    said = alone.ask("advice", id, *answers_in(row))
    assert (said["id"], said["tier"], said["could_be"]) == (id, row["tier"], row["could_be"])
    assert [one["sign"] for one in said["questions"]] == row["asks"]
    settled = row["tier"] == row["could_be"]
    assert said["heading"] == (HEADINGS[AdviceTier(row["tier"])] if settled else BEFORE_YOU_GO_ON)
    assert alone.ask("advice") == said, "the answers are kept with the episode"
    (episode,) = alone.ask("episodes")
    assert episode["signs"] == row.get("answers", {})


@pytest.mark.parametrize("running", [True, False], ids=["with the app", "without an app"])
def test_log_says_the_heading_and_the_first_sentence_beside_its_id(
    request: pytest.FixtureRequest, running: bool
) -> None:
    line: CommandLine = request.getfixturevalue("app" if running else "alone")
    done = line.run("log", "--side", "left", "--weakness")
    (id,) = done.stdout.split()
    advice = line.ask("advice", id)
    assert done.stderr == f"{advice['heading']}. {advice['sentences'][0]}\n"
    assert (advice["tier"], advice["could_be"]) == ("soon", "now")
    no = [word for one in advice["questions"] for word in ("--answer", f"{one['sign']}=no")]
    assert line.ask("advice", id, *no)["heading"] == HEADINGS[AdviceTier.SOON]
    assert line.ask("advice", id, "--answer", "saddle=yes")["heading"] == HEADINGS[AdviceTier.NOW]
    text = line.run("advice", id).stdout
    assert text.startswith(HEADINGS[AdviceTier.NOW])


def test_a_bare_log_says_nothing_more_and_its_advice_asks_for_all_signs(alone: CommandLine) -> None:
    done = alone.run("log")
    assert done.stderr == ""
    advice = alone.ask("advice")
    assert [one["sign"] for one in advice["questions"]] == [sign.value for sign in WarningSign]
    assert (advice["tier"], advice["could_be"], advice["heading"]) == ("relief", "now", BEFORE_YOU_GO_ON)
    assert ANYTHING_ELSE[:8] in " ".join(advice["sentences"]) or "anything else" in advice["sentences"][0]


def test_the_number_that_is_set_is_the_one_to_call(alone: CommandLine) -> None:
    alone.profile.mkdir(parents=True)
    (alone.profile / "settings.toml").write_text('[help]\nnumber = "000 123"\n')
    alone.run("log", "--side", "left")
    assert "Call 000 123 now" in alone.ask("advice", "--answer", "saddle=yes")["sentences"][0]


def test_what_cannot_be_answered(alone: CommandLine) -> None:
    assert "no episodes in the log yet" in alone.refused(1, "advice")
    assert "no episode with the id nix" in alone.refused(1, "advice", "nix")
    assert "“knee” is not a sign" in alone.wrong("advice", "--answer", "knee=yes")
    assert "is not an answer like saddle=yes" in alone.wrong("advice", "--answer", "saddle")


def test_a_card_that_needs_the_leg_gives_way_as_soon_as_the_leg_is_weak(app: CommandLine) -> None:
    for episode in app.ask("episodes"):
        app.run("undo", episode["id"])
    cards = {card["slug"]: card for card in app.ask("cards")}
    app.ask("log", "--side", "left", "--weakness")
    card = app.ask("break", "start")["break"]["card"]
    assert cards[card]["places"][0] == "seated"
    app.run("break", "skip")
    app.run("undo")
    for _ in range(30):
        card = app.ask("break", "start")["break"]["card"]
        if cards[card]["places"][0] != "seated":
            break
        app.run("break", "skip")
    app.run("log", "--side", "left", "--weakness")
    deadline = time.monotonic() + 10
    while app.status()["break"]["card"] == card and time.monotonic() < deadline:
        time.sleep(0.05)
    assert cards[app.status()["break"]["card"]]["places"][0] == "seated"
