"""Episodes as rows of the log, with their regions and sensations as text. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numbguard.core.log.records.episode import Episode, EpisodeContext, Onset, Posture, Seat, Sensation
from numbguard.core.sites import Region, Side, Site

from .moments import choice_of, clean, moment, moment_columns, moment_or_none, word_of

SITE_SIDE = "CASE WHEN with_sites THEN episode_regions.side ELSE episodes.side END"
"""SQL for the side of a site: until the ninth version, an episode had one side for all of its regions."""

# The first two columns are the key by which pages follow one another.
_EPISODE = (
    "started_us, started_offset_s, id, ended_us, ended_offset_s, side, severity, posture, onset, weakness, back_pain, "
    "relief, relief_after_s, note, seated_s, since_break_s, skipped_today, seat, end_unknown, with_sites"
)


def list_of(name: str, value: str, episode: str = "episodes.n") -> str:
    """Return SQL for an episode's regions or sensations as one text, parted by commas, in their order."""
    return (
        "(SELECT group_concat(word) FROM"
        f" (SELECT {value} AS word FROM episode_{name}s WHERE episode = {episode} ORDER BY place))"
    )


REGION_WORD = "region || ifnull(':' || side, '')"
"""SQL for a region with its side, such as ``calf:left``; only the region where no side was said."""

SELECT_EPISODE = (
    f"SELECT n, {_EPISODE}, {list_of('region', REGION_WORD)}, {list_of('sensation', 'sensation')} FROM episodes"
)
SELECT_FORMER = f"SELECT n, {_EPISODE}, regions, sensations, edited_us, deleted FROM former_episodes"


def columns_and_values(episode: Episode, *, deleted: bool) -> tuple[str, tuple[object, ...]]:
    """The columns of ``episodes`` but for ``edited_us``, parted by commas, and their values."""
    return f"deleted, {_EPISODE}", (
        *(deleted, *moment_columns(episode.started_at), clean(episode.id), *moment_columns(episode.ended_at)),
        *(word_of(episode.side), episode.severity, word_of(episode.posture), word_of(episode.onset)),
        *(episode.weakness, episode.back_pain, clean(episode.relief), episode.relief_after_s, clean(episode.note)),
        *(episode.context.seated_s, episode.context.since_break_s, episode.context.skipped_today),
        *(word_of(episode.context.seat), episode.end_unknown, not episode.before_sites),
    )


def read_episode(row: Sequence[Any]) -> Episode:
    """Read a row of ``SELECT_EPISODE``; raise ``ValueError`` for a value that NumbGuard does not write."""
    _, started, started_offset, id, ended, ended_offset, side, severity, posture, onset, weakness, back_pain = row[:12]
    relief, relief_after_s, note, seated_s, since_break_s, skipped_today, seat, end_unknown, with_sites = row[12:21]
    regions, sensations = row[21:]
    leg = choice_of(Side, side)
    return Episode(
        id=id,
        started_at=moment(started, started_offset),
        ended_at=moment_or_none(ended, ended_offset),
        end_unknown=bool(end_unknown),
        sites=tuple(_site(word, leg, told=bool(with_sites)) for word in regions.split(",")) if regions else (),
        leg=leg,
        before_sites=not with_sites,
        sensations=tuple(Sensation(word) for word in sensations.split(",")) if sensations else (),
        severity=severity,
        posture=choice_of(Posture, posture),
        onset=choice_of(Onset, onset),
        weakness=None if weakness is None else bool(weakness),
        back_pain=None if back_pain is None else bool(back_pain),
        relief=relief,
        relief_after_s=relief_after_s,
        note=note,
        context=EpisodeContext(seated_s, since_break_s, skipped_today, choice_of(Seat, seat)),
    )


def _site(word: str, episodes_side: Side | None, *, told: bool) -> Site:
    region, _, side = word.partition(":")
    return Site(Region(region), choice_of(Side, side or None) if told else episodes_side)
