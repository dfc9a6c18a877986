"""The words of a report. Pure, no Qt: the same words in every locale, because other people read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from math import floor
from typing import Final

from numbguard.core.log.advice.relief import ReliefMethod
from numbguard.core.log.insights import LengthSpread
from numbguard.core.log.records import Episode, Outcome, Posture, Sensation
from numbguard.core.log.visit import VisitDetails
from numbguard.core.sites import Region, Side, Site
from numbguard.store.log.queries.insights import Period
from numbguard.store.log.queries.report import YesNoCounts
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _
from numbguard.wording.episodes import ONSETS, POSTURES, SENSATIONS
from numbguard.wording.sites import REGIONS, leg_name, places

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
    Outcome.MOVED: N_("got up and moved"),
    Outcome.NATURAL: N_("got up without a reminder"),
    Outcome.FINISHED: N_("card finished, getting up not confirmed"),
    Outcome.CUT_SHORT: N_("cut short"),
    Outcome.SNOOZED: "snoozed",
    Outcome.SKIPPED: "skipped",
    Outcome.MISSED: "missed",
}
_MONTHS: Final = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June")),
    *(N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")),
)


def person(visit: VisitDetails) -> str:
    """``Zoë Čapek, born 3 March 1961``; empty if the person gave neither."""
    return ", ".join(part for part in (visit.name, f"born {visit.born}" if visit.born else "") if part)


def day(at: date) -> str:
    """``3 March 2026``."""
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def clock(at: datetime) -> str:
    """``2026-03-02 14:05``, in the local time of the entry."""
    return f"{at.year:04}-{at.month:02}-{at.day:02} {at.hour:02}:{at.minute:02}"


def length(seconds: float) -> str:
    """``45 s``, ``12 min``, ``1 h 05 min``, ``3 d 4 h``, rounded: 17.9 minutes are ``18 min``."""
    if seconds < 59.5:
        return f"{seconds:.0f} s"
    minutes = floor(seconds / 60 + 0.5)
    if minutes < 60:
        return f"{minutes} min"
    hours, left = divmod(minutes, 60)
    return (
        _("{hours} h {left:02d} min").format(hours=hours, left=left)
        if hours < 24
        else f"{hours // 24} d {hours % 24} h"
    )


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
    return f"until {day(until)}" if begins is None else f"{day(begins)} to {day(until)}"


def counts(counted: Mapping[str, int], *, unanswered: int) -> str:
    """``tingling 12, numb 9; not recorded 3``, the most frequent first."""
    ordered = sorted(((count, name) for name, count in counted.items() if count), key=lambda one: (-one[0], one[1]))
    words = ", ".join(f"{name} {count:,}" for count, name in ordered)
    rest = _("not recorded {unanswered}").format(unanswered=formats.number(unanswered)) if unanswered > 0 else ""
    return "; ".join(part for part in (words, rest) if part) or "–"


def episodes(count: int) -> str:
    return _("1 episode") if count == 1 else f"{count:,} episodes"


def strength(severity: Mapping[int, int], spread: LengthSpread) -> str:
    """``4 of 10 (median of 25), from 2 to 5``; ``2 to 5 of 10`` where there are too few for a median."""
    least, most = min(severity), max(severity)
    span = f"{least} to {most}" if least < most else str(most)
    if spread.median_s is None:
        return _("{span} of 10 (recorded for {n})").format(span=span, n=formats.number(spread.n))
    median = _("{median_s:g} of 10 (median of {n})").format(median_s=spread.median_s, n=formats.number(spread.n))
    return _("{median}, from {span}").format(median=median, span=span) if least < most else median


def short_strength(severity: Mapping[int, int], spread: LengthSpread) -> str:
    """``4 of 10 (2 to 5)``; ``2 to 5 of 10`` where there are too few for a median."""
    least, most = min(severity), max(severity)
    span = f"{least} to {most}" if least < most else str(most)
    if spread.median_s is None:
        return _("{span} of 10").format(span=span)
    return (
        _("{median_s:g} of 10 ({span})").format(median_s=spread.median_s, span=span)
        if least < most
        else _("{median_s:g} of 10").format(median_s=spread.median_s)
    )


def dates(count: int, latest: Sequence[datetime]) -> str:
    """``2025-03-02, 2025-03-05 and 3 before``: the last six days of ``count`` moments, each day once."""
    shown = latest[-_DATES:]
    days = list(dict.fromkeys(clock(at)[:10] for at in shown))
    times = f"{count:,} times, " if count > len(days) else ""
    before = count - len(shown)
    return f"{times}{', '.join(days)}{f' and {before:,} before' if before else ''}"


_DATES: Final = 6


def yes_no(counted: YesNoCounts) -> str:
    """``yes 2, no 5; not recorded 30``."""
    words = [f"{word} {count:,}" for word, count in (("yes", counted.yes), ("no", counted.no)) if count]
    rest = [_("not recorded {untold}").format(untold=formats.number(counted.untold))] if counted.untold else []
    return "; ".join([", ".join(words), *rest] if words else rest) or "–"


def median(found: LengthSpread) -> str:
    """``12 min (median of 40)``."""
    if found.median_s is None:
        return _("recorded for {n}, too few for a median").format(n=formats.number(found.n)) if found.n else "–"
    return _("{length} (median of {n})").format(length=length(found.median_s), n=formats.number(found.n))


def sensations(counted: Mapping[str, int]) -> dict[str, int]:
    return {_(SENSATIONS[one]).lower(): counted.get(one.value, 0) for one in Sensation}


def postures(counted: Mapping[str, int]) -> dict[str, int]:
    return {_(POSTURES[one]).lower(): counted.get(one.value, 0) for one in Posture}


def onsets(counted: Mapping[str, int]) -> dict[str, int]:
    return {one.value: counted.get(one.value, 0) for one in ONSETS}


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
        _("side not given: {rest}").format(rest=", ".join(rest)) if rest else "",
        leg_name(episode.leg).lower() if episode.leg else "",
    ]
    return "; ".join(part for part in parts if part) + mark


def region_at(region: Region, side: Side | None) -> str:
    """``left calf``, ``both calves`` as ``calf on both sides``, ``calf (side not given)``."""
    name = _(REGIONS[region])
    if region is Region.LOWER_BACK and side in (Side.BOTH, None):
        return name
    if side is None:
        return _("{name} (side not given)").format(name=name)
    return _("{name} on both sides").format(name=name) if side is Side.BOTH else f"{side.value} {name}"


LEGS: Final[Mapping[str, str]] = {side.value: leg_name(side).lower() for side in Side}
SENSATION_WORDS: Final[Mapping[Sensation, str]] = {one: said.lower() for one, said in SENSATIONS.items()}


def note_lines(episode: Episode) -> list[str]:
    return [line.strip() for line in (episode.note or "").splitlines() if line.strip()]


CUT: Final = " … (shortened)"


def shortened(lines: Sequence[str], note_length: int) -> str:
    """A note cut to ``note_length`` characters and, as each line takes room, to as many lines as they would fill."""
    whole = "\n".join(lines)
    if len(whole) <= note_length and len(lines) <= max(1, note_length // 60):
        return whole
    one_line = " / ".join(lines)
    if len(one_line) <= note_length:
        return one_line
    cut = one_line[: note_length - len(CUT)]
    words_of_it = cut.rpartition(" ")[0]
    # Cut between words, unless a very long word would take half the note with it.
    return (words_of_it if len(words_of_it) > note_length // 2 else cut).rstrip("\u200d ") + CUT


BEFORE_SITES_MARK: Final = " †"
BEFORE_SITES: Final = (
    f"{BEFORE_SITES_MARK.strip()} Recorded by an earlier version, which stored one side for all the places of an "
    "episode, so “both” may mean one place on the left and another on the right."
)


def is_ambiguous(episode: Episode) -> bool:
    """Whether the sides of its places are not certain: several places, recorded with *both* for all of them."""
    return episode.before_sites and episode.side is Side.BOTH and len(episode.regions) > 1


def posture(given: Posture | None) -> str:
    return "" if given is None else _(POSTURES[given]).lower()
