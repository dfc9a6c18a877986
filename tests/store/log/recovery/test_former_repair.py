"""A damaged log of an earlier version: what can be read of it comes into a log of this one, each place as it was."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.sites import Region, Side, sites_on
from numbguard.store.log.errors import DamagedDatabaseError
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.recovery.repair import repair
from numbguard.store.profile import Profile
from tests.store.conftest import NOON
from tools.former_logs import write_former

Make = Callable[..., Episode]


def test_places_and_answers_of_a_damaged_log_from_before_sites_are_saved(profile: Profile, episode: Make) -> None:
    both = sites_on(Side.BOTH, Region.CALF, Region.SOLE)
    kept = [
        replace(episode(minute, sites=both, note="x" * 900, end_unknown=True), id=f"e{minute}") for minute in range(60)
    ]
    answers = [SignAnswer(f"e{n}.saddle", NOON, f"e{n}", WarningSign.SADDLE, present=False) for n in range(60)]
    write_former(profile, 8, [*kept, *answers])
    pages = bytearray(profile.database.read_bytes())
    leaves = [at for at in range(0, len(pages), 4096) if pages[at] == 0x0D and b"x" * 900 in pages[at : at + 4096]]
    pages[leaves[3] : leaves[3] + 4096] = b"\x5a" * 4096
    profile.database.write_bytes(pages)
    with pytest.raises(DamagedDatabaseError), closing(SqliteJournal(profile)) as journal:
        journal.last_episode()
    done = repair(profile, at=datetime.now(UTC))
    assert 0 < done.unreadable < 10
    with closing(SqliteJournal(profile)) as journal:
        found = {one.id: one for one in journal.episodes()}
        said = {one.episode: one for one in journal.answers_about(found)}
    assert len(found) == 60 - done.unreadable
    for one in kept:
        if one.id in found:
            assert found[one.id] == replace(one, before_sites=True, end_unknown=False), (
                "stored as open, read as too old"
            )
            assert (said[one.id].present, said[one.id].version) == (False, 1)
