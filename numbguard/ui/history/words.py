"""The words of the history window: days, episodes, the changes to an episode, and counts. Pure, no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from html import escape

from numbguard.core.log.records import Episode, Posture
from numbguard.core.sites import Side
from numbguard.store.log.journal import RecordVersion
from numbguard.store.log.queries.history import EpisodeFilter
from numbguard.wording.catalogue import N_, _
from numbguard.wording.episodes import BEFORE_SITES, ONSETS, POSTURES, SENSATIONS, lasted, moment, where
from numbguard.wording.sites import places

SIDES = {Side.LEFT: N_("Left leg"), Side.RIGHT: N_("Right leg"), Side.BOTH: N_("Both legs")}


def many(count: int, one: str, more: str = "") -> str:
    """``1 episode``, ``1,204 episodes``."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def long_day(day: date, today: date) -> str:
    """``Today, Monday 9 March 2026``."""
    name = {0: _("Today, "), 1: _("Yesterday, ")}.get((today - day).days, "")
    return f"{name}{day:%A} {day.day} {day:%B} {day.year}"


def heading(day: date, count: int, today: date) -> str:
    return f"{long_day(day, today)}: {many(count, 'episode')}"


def place(episode: Episode) -> str:
    """Where it was, capitalised to begin a line: ``Left: calf; right: sole``; ``Numbness`` if no place was given."""
    if not episode.sites:
        return _(SIDES[episode.leg]) if episode.leg else _("Numbness")
    text = places(episode.sites, None)
    return text[:1].upper() + text[1:]


def feel(episode: Episode) -> str:
    """Sensations, posture, weakness, back pain and the note, for the quiet end of a row; may be empty."""
    words = [_(SENSATIONS[one]).lower() for one in episode.sensations]
    if episode.posture is not None:
        words.append(_("another posture") if episode.posture is Posture.OTHER else _(POSTURES[episode.posture]).lower())
    words += [name for felt, name in ((episode.weakness, "weakness"), (episode.back_pain, _("back pain"))) if felt]
    if episode.note:
        words.append(f"“{' '.join(episode.note.split())}”")
    return ", ".join(words)


def strength(episode: Episode) -> str:
    return "" if episode.severity is None else f"{episode.severity}/10"


def spoken(episode: Episode, today: date) -> str:
    """A whole row in one sentence, for a screen reader."""
    began = episode.started_at
    words = [f"{began:%H:%M}", where(episode.sites, episode.leg) or "numbness"]
    if episode.severity is not None:
        words.append(_("{severity} of 10").format(severity=episode.severity))
    if rest := feel(episode):
        words.append(rest)
    words.append(lasted(episode))
    return f"{long_day(began.date(), today)}, {', '.join(words)}"


def tip(episode: Episode) -> str:
    """A tool tip with what may not fit in a row, as HTML in which the note is escaped."""
    lines = [place(episode), _(BEFORE_SITES) if episode.before_sites else "", feel(replace(episode, note=None))]
    lines.append(episode.note or "")
    return "<qt>" + "<br>".join(escape(line).replace("\n", "<br>") for line in lines if line) + "</qt>"


def short(episode: Episode, now: datetime) -> str:
    """A short name for an episode: ``yesterday at 15:10, left calf``."""
    where_it_was = where(episode.sites, episode.leg)
    return f"{moment(episode.started_at, now)}{', ' if where_it_was else ''}{where_it_was}"


def shown(count: int, choice: EpisodeFilter, *, counted: bool) -> str:
    """``1,204 episodes``, ``3 episodes so far …`` until all are ``counted``, or ``No episodes``."""
    if not counted:
        return f"{many(count, 'episode')} so far …"
    if not count:
        return _("No episodes") if choice.is_all else _("No matching episodes")
    return many(count, "episode")


# --- former versions -------------------------------------------------------------------------------------------------


def changes(versions: Sequence[RecordVersion], now: datetime) -> Iterator[tuple[str, list[str]]]:
    """A title and lines for each version of an episode, latest first: when it was written, and what it changed."""
    for number, version in enumerate(versions):
        before = versions[number + 1] if number + 1 < len(versions) else None
        title = _("Written {moment}").format(moment=moment(datetime.fromtimestamp(version.edited_us / 1e6, UTC), now))
        if number == 0:
            title += " – current version"
        yield title, _lines(version, before, now)


def _lines(version: RecordVersion, before: RecordVersion | None, now: datetime) -> list[str]:
    if version.deleted:
        return ["Deleted."]
    fields = _fields(version, now)
    if before is None:
        return [f"{name}: {value}" for name, value in fields.items() if value]
    was = _fields(before, now)
    lines = ["Restored."] if before.deleted else []
    lines += [
        f"{name}: {value or 'removed'}" + (f" (before: {was[name]})" if was[name] else "")
        for name, value in fields.items()
        if value != was[name]
    ]
    return lines or [_("Nothing was changed.")]


def _fields(version: RecordVersion, now: datetime) -> dict[str, str]:
    one = version.record
    assert isinstance(one, Episode)
    yes_no = {True: "yes", False: "no", None: ""}
    return {
        "Began": moment(one.started_at, now),
        "Ended": moment(one.ended_at, now) if one.ended_at else _("not known") if one.end_unknown else "",
        "Where": where(one.sites, one.leg) + (f" ({BEFORE_SITES})" if one.before_sites else ""),
        "Feeling": ", ".join(_(SENSATIONS[each]).lower() for each in one.sensations),
        "How bad": strength(one),
        "Posture": _(POSTURES[one.posture]).lower() if one.posture else "",
        "Onset": _(ONSETS[one.onset]).lower() if one.onset else "",
        "Weak leg": yes_no[one.weakness],
        "Back pain": yes_no[one.back_pain],
        "What helped": one.relief.replace("_", " ") if one.relief else "",
        "Note": one.note or "",
    }
