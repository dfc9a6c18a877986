"""How the history is worded: days, episodes, what was changed of one, and how many are shown. Pure, no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from html import escape

from numbguard.core.body import Region, Side
from numbguard.core.log.records import Episode, Posture
from numbguard.store.log.history_queries import EpisodeFilter
from numbguard.store.log.journal import RecordVersion
from numbguard.wording.episodes import ONSETS, POSTURES, SENSATIONS, lasted, moment, where

SIDES = {Side.LEFT: "Left leg", Side.RIGHT: "Right leg", Side.BOTH: "Both legs"}
REGIONS = {
    Region.LOWER_BACK: "Lower back",
    Region.BUTTOCK: "Buttock",
    Region.HIP: "Hip",
    Region.THIGH_FRONT: "Front of the thigh",
    Region.THIGH_OUTER: "Outer thigh",
    Region.THIGH_BACK: "Back of the thigh",
    Region.KNEE: "Knee",
    Region.SHIN: "Shin",
    Region.CALF: "Calf",
    Region.ANKLE: "Ankle",
    Region.FOOT_TOP: "Top of the foot",
    Region.SOLE: "Sole",
    Region.TOES: "Toes",
}


def many(count: int, one: str, more: str = "") -> str:
    """``1 episode``, ``1,204 episodes``."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def long_day(day: date, today: date) -> str:
    """``Today, Monday 9 March 2026``."""
    name = {0: "Today, ", 1: "Yesterday, "}.get((today - day).days, "")
    return f"{name}{day:%A} {day.day} {day:%B} {day.year}"


def heading(day: date, count: int, today: date) -> str:
    return f"{long_day(day, today)}: {many(count, 'episode')}"


def place(episode: Episode) -> str:
    """Where it was, as a line begins: ``Left calf, toes``; ``Numbness`` where that was not told."""
    words = [REGIONS[region].lower() for region in episode.regions]
    if not words:
        return SIDES[episode.side] if episode.side else "Numbness"
    side = {Side.LEFT: "left ", Side.RIGHT: "right ", Side.BOTH: "both sides: ", None: ""}[episode.side]
    told = side + ", ".join(words)
    return told[:1].upper() + told[1:]


def feel(episode: Episode) -> str:
    """What it was like and how one sat, and the note: what follows in quiet letters; may be empty."""
    words = [SENSATIONS[one].lower() for one in episode.sensations]
    if episode.posture is not None:
        words.append("another posture" if episode.posture is Posture.OTHER else POSTURES[episode.posture].lower())
    words += [name for told, name in ((episode.weakness, "weakness"), (episode.back_pain, "back pain")) if told]
    if episode.note:
        words.append(f"“{' '.join(episode.note.split())}”")
    return ", ".join(words)


def strength(episode: Episode) -> str:
    return "" if episode.severity is None else f"{episode.severity}/10"


def spoken(episode: Episode, today: date) -> str:
    """The whole of a row in one sentence, for a screen reader."""
    began = episode.started_at
    words = [f"{began:%H:%M}", where(episode.side, episode.regions) or "numbness"]
    if episode.severity is not None:
        words.append(f"{episode.severity} of 10")
    if rest := feel(episode):
        words.append(rest)
    words.append(lasted(episode))
    return f"{long_day(began.date(), today)}, {', '.join(words)}"


def tip(episode: Episode) -> str:
    """What a row may have had no room for, as a tool tip that takes no word of the note for markup."""
    lines = [place(episode), feel(replace(episode, note=None)), episode.note or ""]
    return "<qt>" + "<br>".join(escape(line).replace("\n", "<br>") for line in lines if line) + "</qt>"


def short(episode: Episode, now: datetime) -> str:
    """An episode by its name: ``yesterday at 15:10, left calf``."""
    told = where(episode.side, episode.regions)
    return f"{moment(episode.started_at, now)}{', ' if told else ''}{told}"


def shown(count: int, choice: EpisodeFilter, *, counted: bool) -> str:
    """``1,204 episodes``, ``3 of them so far …``; what there is none of is said too."""
    if not counted:
        return f"{many(count, 'episode')} so far …"
    if not count:
        return "No episodes" if choice.is_all else "No episodes like that"
    return many(count, "episode")


# --- former versions -------------------------------------------------------------------------------------------------


def changes(versions: Sequence[RecordVersion], now: datetime) -> Iterator[tuple[str, list[str]]]:
    """Each version of an episode, the latest first: when it was written, and what was different from the one before."""
    for number, version in enumerate(versions):
        before = versions[number + 1] if number + 1 < len(versions) else None
        title = f"Written {moment(datetime.fromtimestamp(version.edited_us / 1e6, UTC), now)}"
        if number == 0:
            title += " – as it is now"
        yield title, _lines(version, before, now)


def _lines(version: RecordVersion, before: RecordVersion | None, now: datetime) -> list[str]:
    if version.deleted:
        return ["Deleted."]
    told = _told(version, now)
    if before is None:
        return [f"{name}: {value}" for name, value in told.items() if value]
    was = _told(before, now)
    lines = ["Put back."] if before.deleted else []
    lines += [
        f"{name}: {value or 'taken out'}" + (f" (before: {was[name]})" if was[name] else "")
        for name, value in told.items()
        if value != was[name]
    ]
    return lines or ["Nothing was changed."]


def _told(version: RecordVersion, now: datetime) -> dict[str, str]:
    one = version.record
    assert isinstance(one, Episode)
    yes_no = {True: "yes", False: "no", None: ""}
    return {
        "Began": moment(one.started_at, now),
        "Gone": moment(one.ended_at, now) if one.ended_at else "",
        "Where": where(one.side, one.regions),
        "Feels": ", ".join(SENSATIONS[each].lower() for each in one.sensations),
        "How strong": strength(one),
        "Posture": POSTURES[one.posture].lower() if one.posture else "",
        "Began how": ONSETS[one.onset].lower() if one.onset else "",
        "Leg weak": yes_no[one.weakness],
        "Back hurts": yes_no[one.back_pain],
        "What helped": one.relief.replace("_", " ") if one.relief else "",
        "Note": one.note or "",
    }
