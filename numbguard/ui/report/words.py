"""The words of a report. Pure, no Qt; called on the thread that writes the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from math import floor
from typing import Final

from numbguard.core.log.advice.relief import ReliefMethod
from numbguard.core.log.insights import LengthSpread
from numbguard.core.log.records.episode import Episode, Onset, Posture, Sensation
from numbguard.core.log.records.sitting import Outcome
from numbguard.core.log.visit import VisitDetails
from numbguard.core.sites import Region, Side, Site
from numbguard.store.log.queries.insights import Period
from numbguard.store.log.queries.report import YesNoCounts
from numbguard.wording import formats, in_lists
from numbguard.wording.capitals import inside
from numbguard.wording.catalogue import N_, _, ngettext
from numbguard.wording.log.sites import REGIONS, places, site_name

WHAT_IT_IS: Final = N_(
    "The patient recorded these entries, mostly with one click when the numbness started. They are self-reported and "
    "have not been checked. Sitting times are estimated from computer use. This is not a diagnosis. Anything not "
    "recorded is left out or marked “not recorded”."
)
TITLE: Final = N_("Numbness in the legs: a report from a log")

RELIEF: Final[Mapping[str, str]] = {
    ReliefMethod.POSITION: N_("Changing position"),
    ReliefMethod.MOVEMENT: N_("Moving"),
    ReliefMethod.MASSAGE: N_("Rubbing it"),
    ReliefMethod.ELEVATE: N_("Putting the leg up"),
    ReliefMethod.WATER: N_("Water"),
}
OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.MOVED: N_("Got up and moved"),
    Outcome.NATURAL: N_("Got up without a reminder"),
    Outcome.FINISHED: N_("Card finished, getting up not confirmed"),
    Outcome.CUT_SHORT: N_("Cut short"),
    Outcome.SNOOZED: N_("Snoozed"),
    Outcome.SKIPPED: N_("Skipped"),
    Outcome.MISSED: N_("Missed"),
}


def person(visit: VisitDetails) -> str:
    """``Zoë Čapek, born 3 March 1961``; empty if the person gave neither."""
    if not visit.born:
        return visit.name
    # Translators: {date} is as the person wrote it.
    words = _("{name}, born {date}") if visit.name else _("born {date}")
    return words.format(name=formats.own_words(visit.name), date=formats.own_words(visit.born))


def day(at: date) -> str:
    """``3 March 2026``."""
    return formats.full_date(at)


def clock(at: datetime) -> str:
    """``2026-03-02 14:05``, in the local time of the entry."""
    return f"{at.year:04}-{at.month:02}-{at.day:02} {at.hour:02}:{at.minute:02}"


def length(seconds: float) -> str:
    """``45 s``, ``12 min``, ``1 h 05 min``, ``3 d 4 h``, rounded: 17.9 minutes are ``18 min``."""
    if seconds < 59.5:
        return _("{seconds} s").format(seconds=formats.number(seconds))
    minutes = floor(seconds / 60 + 0.5)
    if minutes < 60:
        return _("{minutes} min").format(minutes=minutes)
    hours, left = divmod(minutes, 60)
    if hours < 24:
        return _("{hours} h {minutes:02d} min").format(hours=hours, minutes=left)
    # Translators: days and hours.
    return _("{days} d {hours} h").format(days=hours // 24, hours=hours % 24)


def lasted(episode: Episode) -> str:
    """The length of an episode; ``still numb`` while it is open, and ``not known``."""
    if episode.ended_at is None:
        return _("not known") if episode.end_unknown else _("still numb")
    return length(max(0.0, (episode.ended_at - episode.started_at).total_seconds()))


def period(asked: Period, first: date | None, last: date | None, now: datetime) -> str:
    """``1 September 2026 to 23 November 2026``: the requested period, or else from the first episode to today."""
    begins = asked.since.date() if asked.since else first
    today = max(now.date(), last) if last else now.date()
    until = (asked.until - timedelta(microseconds=1)).date() if asked.until else today
    if begins is None:
        return _("until {day}").format(day=day(until))
    return _("{first_day} to {last_day}").format(first_day=day(begins), last_day=day(until))


def counts(counted: Mapping[str, int], *, unanswered: int) -> str:
    """``tingling 12, numb 9; not recorded 3``, the most frequent first."""
    ordered = sorted(((count, name) for name, count in counted.items() if count), key=lambda one: (-one[0], one[1]))
    words = formats.enumerated([name_and_count(name, count) for count, name in ordered])
    rest = _("not recorded {count}").format(count=formats.number(unanswered)) if unanswered > 0 else ""
    return formats.clauses([part for part in (words, rest) if part]) or formats.NOTHING


def name_and_count(name: str, count: int) -> str:
    """``tingling 12``, for a list."""
    # Translators: an entry of a list and its number of episodes, as in “tingling 12”.
    return _("{name} {count}").format(name=name, count=formats.number(count))


def episodes(count: int) -> str:
    return ngettext("{count} episode", "{count} episodes", count).format(count=formats.number(count))


def strength(severity: Mapping[int, int], spread: LengthSpread) -> str:
    """``4 of 10 (median of 25), from 2 to 5``; ``2 to 5 of 10`` where there are too few for a median."""
    least, most = min(severity), max(severity)
    if spread.median_s is None:
        words = (
            _("{least} to {most} of 10 (recorded for {count})")
            if least < most
            else _("{most} of 10 (recorded for {count})")
        )
    else:
        words = (
            _("{median} of 10 (median of {count}), from {least} to {most}")
            if least < most
            else _("{median} of 10 (median of {count})")
        )
    return words.format(median=half(spread.median_s or 0), least=least, most=most, count=formats.number(spread.n))


def short_strength(severity: Mapping[int, int], spread: LengthSpread) -> str:
    """``4 of 10 (2 to 5)``; ``2 to 5 of 10`` where there are too few for a median."""
    least, most = min(severity), max(severity)
    if spread.median_s is None:
        words = _("{least} to {most} of 10") if least < most else _("{most} of 10")
    else:
        words = _("{median} of 10 ({least} to {most})") if least < most else _("{median} of 10")
    return words.format(median=half(spread.median_s or 0), least=least, most=most)


def half(median: float) -> str:
    """A median of whole numbers: ``4`` or ``4.5``."""
    return formats.number(median, 0 if median == round(median) else 1)


def dates(count: int, latest: Sequence[datetime]) -> str:
    """``2025-03-02, 2025-03-05 and 3 before``: the last six days of ``count`` moments, each day once."""
    shown = latest[-_DATES:]
    days = list(dict.fromkeys(clock(at)[:10] for at in shown))
    listed = formats.enumerated(days)
    if count <= len(days):
        return listed
    # Translators: {dates} is a list of dates; {before} is the number of those before them.
    words = (
        ngettext("{count} time, {dates} and {before} before", "{count} times, {dates} and {before} before", count)
        if count > len(shown)
        else ngettext("{count} time, {dates}", "{count} times, {dates}", count)
    )
    return words.format(count=formats.number(count), dates=listed, before=formats.number(count - len(shown)))


_DATES: Final = 6


def yes_no(counted: YesNoCounts) -> str:
    """``yes 2, no 5; not recorded 30``."""
    words = [name_and_count(word, count) for word, count in ((_("yes"), counted.yes), (_("no"), counted.no)) if count]
    rest = [_("not recorded {count}").format(count=formats.number(counted.untold))] if counted.untold else []
    return formats.clauses([formats.enumerated(words), *rest] if words else rest) or formats.NOTHING


def median(found: LengthSpread) -> str:
    """``12 min (median of 40)``."""
    if found.median_s is None:
        return (
            _("recorded for {count}, too few for a median").format(count=formats.number(found.n))
            if found.n
            else formats.NOTHING
        )
    return _("{length} (median of {count})").format(length=length(found.median_s), count=formats.number(found.n))


def sensations(counted: Mapping[str, int]) -> dict[str, int]:
    return {in_lists.sensation(one): counted.get(one.value, 0) for one in Sensation}


def postures(counted: Mapping[str, int]) -> dict[str, int]:
    return {in_lists.posture(one): counted.get(one.value, 0) for one in Posture}


def onsets(counted: Mapping[str, int]) -> dict[str, int]:
    return {in_lists.onset_kind(one): counted.get(one.value, 0) for one in Onset}


def relief(kind: str) -> str:
    """A kind of relief in a few words; a long text from another program is shortened."""
    return _(RELIEF[kind]) if kind in RELIEF else (kind if len(kind) <= 60 else f"{kind[:60].rstrip()} …")


def place(episode: Episode) -> str:
    """``left: calf; right: sole; lower back``, ``side not given: calf``, ``left leg``; empty if nothing was told."""
    mark = BEFORE_SITES_MARK if is_ambiguous(episode) else ""
    back = [site for site in episode.sites if site.region is Region.LOWER_BACK and site.side is None]
    sided = [site for site in episode.sites if site.side is not None]
    rest = [_(REGIONS[site.region]) for site in episode.sites if site.side is None and site not in back]
    parts = [
        places((*sided, *(Site(site.region, Side.BOTH) for site in back)), None),
        _("side not given: {regions}").format(regions=formats.enumerated(rest)) if rest else "",
        in_lists.leg(episode.leg) if episode.leg else "",
    ]
    return formats.clauses([part for part in parts if part]) + mark


def region_at(region: Region, side: Side | None) -> str:
    """``left calf``, ``both calves`` as ``calf on both sides``, ``calf (side not given)``."""
    name = _(REGIONS[region])
    if region is Region.LOWER_BACK and side in (Side.BOTH, None):
        return name
    if side is None:
        return _("{region} (side not given)").format(region=name)
    if side is Side.BOTH:
        return _("{region} on both sides").format(region=name)
    return inside(site_name(Site(region, side)))


def note_lines(episode: Episode) -> list[str]:
    return [line.strip() for line in (episode.note or "").splitlines() if line.strip()]


def cut_mark() -> str:
    """What ends a note that is shortened."""
    return f" {_('… (shortened)')}"


def shortened(lines: Sequence[str], note_length: int) -> str:
    """A note cut to ``note_length`` characters and, as each line takes room, to as many lines as they would fill."""
    whole = "\n".join(lines)
    if len(whole) <= note_length and len(lines) <= max(1, note_length // 60):
        return whole
    one_line = " / ".join(lines)
    if len(one_line) <= note_length:
        return one_line
    mark = cut_mark()
    cut = one_line[: note_length - len(mark)]
    words_of_it = cut.rpartition(" ")[0]
    # Cut between words, unless a very long word would take half the note with it.
    return (words_of_it if len(words_of_it) > note_length // 2 else cut).rstrip("\u200d ") + mark


BEFORE_SITES_MARK: Final = " †"
BEFORE_SITES: Final = N_(
    "† Recorded by an earlier version, which stored one side for all the places of an "
    "episode, so “both” may mean one place on the left and another on the right."
)


def is_ambiguous(episode: Episode) -> bool:
    """Whether the sides of its places are not certain: several places, recorded with *both* for all of them."""
    return episode.before_sites and episode.side is Side.BOTH and len(episode.regions) > 1


def posture(given: Posture | None) -> str:
    return "" if given is None else in_lists.posture(given)
