"""The last bare log of a profile, remembered for every process that logs to it."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from numbguard.core.log.records.episode import Episode
from numbguard.runtime.one_numbness import log_click
from numbguard.store.erase import erase
from numbguard.store.log.last_click import LastClick
from numbguard.store.profile import Profile, alone
from tests.only_on_unix import is_private
from tests.store.conftest import NOON


def test_each_process_reads_what_the_other_wrote_and_nobody_else_does(profile: Profile) -> None:
    ours, other = LastClick(profile), LastClick(profile)
    with ours.alone():
        assert ours.read() is None
        ours.write("a-long-id", 1_700_000_000.25)
        ours.write("an-id", 1_700_000_000.5)
    with other.alone():
        assert other.read() == ("an-id", 1_700_000_000.5)
    assert is_private(profile.last_click)
    assert profile.owns(profile.last_click)


@pytest.mark.parametrize("rubbish", [b"", b"\xff", b"one word", b"an id that is long", b"id soon"])
def test_a_file_that_makes_no_sense_is_no_click(profile: Profile, rubbish: bytes) -> None:
    profile.last_click.write_bytes(rubbish)
    click = LastClick(profile)
    with click.alone():
        assert click.read() is None
        click.write("an-id", 5.0)
    profile.last_click.write_bytes(rubbish)
    with click.alone():
        assert click.read() == ("an-id", 5.0), "this process remembers"


def test_without_the_file_the_process_remembers_by_itself(profile: Profile) -> None:
    profile.last_click.mkdir()
    click = LastClick(profile)
    with click.alone():
        click.write("an-id", 5.0)
    with click.alone():
        assert click.read() == ("an-id", 5.0)


def test_a_process_that_hangs_in_its_click_holds_nobody_up(profile: Profile) -> None:
    with profile.last_click.open("wb") as held, alone(held.fileno()):
        began = time.monotonic()
        with LastClick(profile).alone():
            assert time.monotonic() - began < 5


def test_of_clicks_at_the_same_moment_one_is_written(profile: Profile) -> None:
    log: dict[str, Episode] = {}

    def click(number: int) -> None:
        def write() -> Episode:
            time.sleep(0.01)
            return log.setdefault(f"e{number}", Episode(f"e{number}", NOON))

        log_click(LastClick(profile), 1_700_000_000.0 + number / 10, find=log.get, write=write)

    threads = [threading.Thread(target=click, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(log) == 1


def test_it_goes_with_everything(profile: Profile, tmp_path: Path) -> None:
    with LastClick(profile).alone():
        pass
    assert erase(profile).failed == ()
    assert not profile.last_click.exists()
