"""What ``./dev windows`` compares: two documents are the same but for times, ids, counted seconds and folders."""

from __future__ import annotations

from tools.windows.verbs import comparable

THERE = {
    "id": "6a1c1d8e-2f0a-4a2c-9b1e-0c3f5d7e9a1b",
    "started_at": "2026-11-29T17:30:02+00:00",
    "seated_s": 12,
    "notes": ["of one desktop"],
    "end": "open",
    "file": "C:\\users\\me\\numbguard\\log.csv",
    "sites": [{"region": "calf", "side": "left"}],
    "hours": {"n": 1, "most": None, "counts": {"9": 1, "10": 0}},
}


def test_times_ids_and_folders_do_not_matter_and_all_else_does() -> None:
    here = {
        **THERE,
        "id": "11111111-2f0a-4a2c-9b1e-0c3f5d7e9a1b",
        "started_at": "2026-11-29T17:41:55+00:00",
        "seated_s": 3,
        "notes": [],
        "file": "/home/me/numbguard/log.csv",
        "hours": {"n": 1, "most": None, "counts": {"9": 0, "10": 1}},
    }
    there = comparable(THERE, "C:\\users\\me\\numbguard")
    assert there == comparable(here, "/home/me/numbguard")
    assert there != comparable({**here, "end": "unknown"}, "/home/me/numbguard")
    assert there != comparable({**here, "seated_s": None}, "/home/me/numbguard")
    assert there != comparable({**here, "sites": []}, "/home/me/numbguard")
    assert there != comparable({**here, "hours": {"n": 1, "most": None, "counts": {}}}, "/home/me/numbguard")
