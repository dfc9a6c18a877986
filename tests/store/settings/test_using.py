"""``docs/USING.md`` describes every setting as the program does, and its examples are valid."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from numbguard.core.settings.reading import read_settings
from numbguard.core.settings.table import SPECS, SettingSpec
from numbguard.core.when.duration import write_duration
from numbguard.resources import resource
from numbguard.store.cards.library import Library
from numbguard.store.cards.pack import import_pack
from numbguard.store.profile import Profile

USING = (Path(__file__).parents[3] / "docs" / "USING.md").read_text(encoding="utf-8")


def row(spec: SettingSpec) -> str:
    offered = f" (offered: {' to '.join(write_duration(one) for one in spec.offered)})" if spec.offered else ""
    key = spec.key.split(".")[1]
    return f"| `{key}` | {spec.range_words()}{offered} | `{spec.default_words()}` | {spec.about} |"


def part(heading: str) -> str:
    return USING.split(f"\n{heading}\n", 1)[1].split("\n#", 1)[0]


@pytest.mark.parametrize("table", sorted({spec.key.split(".")[0] for spec in SPECS}))
def test_each_key_of_a_table_is_there_with_its_range_and_default_and_no_other(table: str) -> None:
    rows = [line for line in part(f"### `[{table}]`").splitlines() if line.startswith("| `")]
    assert rows == [row(spec) for spec in SPECS if spec.key.startswith(f"{table}.")]


def test_the_example_of_working_hours_can_be_used_as_it_is() -> None:
    example = re.search(r"```toml\n(.*?)```", part("### `[hours]`"), re.DOTALL)
    assert example
    settings, problems = read_settings(tomllib.loads(example[1]))
    assert problems == ()
    assert sorted(settings.hours) == [0, 1, 4, 5]


def test_each_file_of_a_profile_is_named(profile: Profile) -> None:
    named = set(re.findall(r"^\| `([\w.-]+/?)` \|", part("## Where the data lies"), re.MULTILINE))
    paths = {name: getattr(profile, name) for name in dir(Profile) if isinstance(getattr(Profile, name), property)}
    folders = ("backups", "cards", "routines")
    assert named == {
        f"{path.name}/" if name in folders else path.name for name, path in paths.items() if isinstance(path, Path)
    }


def test_the_example_of_a_pack_can_be_taken_in_as_it_is(profile: Profile, tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", part("## Cards and routines of your own, and packs"), re.DOTALL)
    assert example
    pack = tmp_path / "example.toml"
    pack.write_text(example[1], encoding="utf-8")
    assert import_pack(pack, profile, ours=resource("cards")).cards == ("heel-slides",)
    card = Library(resource("cards"), profile.cards).card("heel-slides")
    assert card and card.image
