"""The words of the history window: days, episodes, the changes to an episode, and counts. Pure, no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from numbguard.core.log.records.episode import Episode, Posture
from numbguard.core.sites import Region, Side, Site
from numbguard.store.log.journal import RecordVersion
from numbguard.store.log.queries.history import EpisodeFilter
from numbguard.ui.widgets.markup import escaped
from numbguard.wording import formats, in_lists
from numbguard.wording.catalogue import N_, _, ngettext
from numbguard.wording.log.episodes import BEFORE_SITES, count_episodes, lasted, long_day, moment, where
from numbguard.wording.log.sites import REGIONS, region_name

SIDES = {Side.LEFT: N_("Left leg"), Side.RIGHT: N_("Right leg"), Side.BOTH: N_("Both legs")}
_AT_SIDE = {
    # Translators: {regions} is a list such as “calf, sole”; the first form begins a line.
    Side.LEFT: (N_("Left: {regions}"), N_("left: {regions}")),
    Side.RIGHT: (N_("Right: {regions}"), N_("right: {regions}")),
    Side.BOTH: (N_("Both: {regions}"), N_("both: {regions}")),
}
"""The regions of a side, at the beginning of a line and after another side."""


def heading(day: date, count: int, today: date) -> str:
    # Translators: {day} is “Today, Monday 9 March 2026”, {episodes} is “3 episodes”.
    return _("{day}: {episodes}").format(day=long_day(day, today), episodes=count_episodes(count))


def place(episode: Episode) -> str:
    """Where it was, at the beginning of a line: ``Left: calf; right: sole``; ``Numbness`` if no place was given."""
    if not episode.sites:
        return _(SIDES[episode.leg]) if episode.leg else _("Numbness")
    at: dict[Side | None, list[Region]] = {side: [] for side in (*Side, None)}
    for site in episode.sites:
        at[None if _is_whole_back(site) else site.side].append(site.region)
    said: list[str] = []
    for side, regions in at.items():
        if not regions:
            continue
        names = [_(REGIONS[region]) for region in regions]
        if side is not None:
            said.append(_(_AT_SIDE[side][1 if said else 0]).format(regions=formats.enumerated(names)))
        else:
            said.append(formats.enumerated(names if said else [region_name(regions[0]), *names[1:]]))
    return formats.clauses(said)


def _is_whole_back(site: Site) -> bool:
    """The lower back on both sides is one place, and has no side before it."""
    return site.region is Region.LOWER_BACK and site.side is Side.BOTH


def feel(episode: Episode) -> str:
    """Sensations, posture, weakness, back pain and the note, for the quiet end of a row; may be empty."""
    words = [in_lists.sensation(one) for one in episode.sensations]
    if episode.posture is not None:
        other = episode.posture is Posture.OTHER
        words.append(_("another posture") if other else in_lists.posture(episode.posture))
    if episode.weakness:
        words.append(_("weakness"))
    if episode.back_pain:
        words.append(_("back pain"))
    if episode.note:
        words.append(_("“{note}”").format(note=formats.own_words(" ".join(episode.note.split()))))
    return formats.enumerated(words)


def strength(episode: Episode) -> str:
    return "" if episode.severity is None else f"{episode.severity}/10"


def spoken(episode: Episode, today: date) -> str:
    """A whole row in one sentence, for a screen reader."""
    began = episode.started_at
    words = [long_day(began.date(), today), formats.clock(began)]
    words.append(where(episode.sites, episode.leg) or _("numbness"))
    if episode.severity is not None:
        words.append(_("{severity} of 10").format(severity=episode.severity))
    if rest := feel(episode):
        words.append(rest)
    words.append(lasted(episode))
    return formats.enumerated(words)


def tip(episode: Episode) -> str:
    """A tool tip with what may not fit in a row, as HTML in which the note is escaped."""
    lines = [place(episode), _(BEFORE_SITES) if episode.before_sites else "", feel(replace(episode, note=None))]
    lines.append(episode.note or "")
    return "<qt>" + "<br>".join(escaped(line).replace("\n", "<br>") for line in lines if line) + "</qt>"


def short(episode: Episode, now: datetime) -> str:
    """A short name for an episode: ``yesterday at 15:10, left calf``."""
    words = (moment(episode.started_at, now), where(episode.sites, episode.leg))
    return formats.enumerated([word for word in words if word])


def shown(count: int, choice: EpisodeFilter, *, counted: bool) -> str:
    """``1,204 episodes``, ``3 episodes so far …`` until all are ``counted``, or ``No episodes``."""
    if not counted:
        so_far = ngettext("{count} episode so far…", "{count} episodes so far…", count)
        return so_far.format(count=formats.number(count))
    if not count:
        return _("No episodes") if choice.is_all else _("No matching episodes")
    return count_episodes(count)


# --- former versions -------------------------------------------------------------------------------------------------


def changes(versions: Sequence[RecordVersion], now: datetime) -> Iterator[tuple[str, list[str]]]:
    """A title and lines for each version of an episode, latest first: when it was written, and what it changed."""
    for number, version in enumerate(versions):
        before = versions[number + 1] if number + 1 < len(versions) else None
        written = moment(datetime.fromtimestamp(version.edited_us / 1e6, UTC), now)
        # Translators: {moment} is “today at 15:10”.
        title = _("Written {moment}") if number else _("Written {moment} – current version")
        yield title.format(moment=written), _lines(version, before, now)


def _lines(version: RecordVersion, before: RecordVersion | None, now: datetime) -> list[str]:
    if version.deleted:
        return [_("Deleted.")]
    fields = _fields(version, now)
    if before is None:
        return [_("{name}: {value}").format(name=name, value=value) for name, value in fields.items() if value]
    was = _fields(before, now)
    lines = [_("Restored.")] if before.deleted else []
    lines += [_change(name, value, was[name]) for name, value in fields.items() if value != was[name]]
    return lines or [_("Nothing was changed.")]


def _change(name: str, value: str, was: str) -> str:
    if not value:
        return _("{name}: removed (before: {was})").format(name=name, was=was)
    # Translators: {name} is “Posture” or “What helped”, for example.
    said = _("{name}: {value} (before: {was})") if was else _("{name}: {value}")
    return said.format(name=name, value=value, was=was)


def _fields(version: RecordVersion, now: datetime) -> dict[str, str]:
    one = version.record
    assert isinstance(one, Episode)
    yes_no = {True: _("yes"), False: _("no"), None: ""}
    at = where(one.sites, one.leg)
    if one.before_sites:
        # Translators: {where} is “both legs”, {remark} is “recorded with one side for all places”.
        at = _("{where} ({remark})").format(where=at, remark=_(BEFORE_SITES))
    return {
        _("Started"): moment(one.started_at, now),
        _("Ended"): moment(one.ended_at, now) if one.ended_at else _("not known") if one.end_unknown else "",
        _("Where"): at,
        _("Feeling"): formats.enumerated([in_lists.sensation(each) for each in one.sensations]),
        _("How bad"): strength(one),
        _("Posture"): in_lists.posture(one.posture) if one.posture else "",
        _("Onset"): in_lists.onset(one.onset) if one.onset else "",
        _("Weak leg"): yes_no[one.weakness],
        _("Back pain"): yes_no[one.back_pain],
        _("What helped"): in_lists.relief(one.relief) if one.relief else "",
        _("Note"): one.note or "",
    }
