"""``./dev intervals [WEEKS]``: where the suggested interval settles for people whose onset of numbness is known.

Each simulated person sits, gets up at most breaks, and sets whatever interval the insights suggest at the end of a
week. Numbness begins after a time that is drawn for each stretch of sitting from that person's distribution. The test
`tests/core/log/test_interval_settles.py` uses the same people.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from numbguard.core.log.interval_suggestion import FREE_SHARE, INTERVALS_S, IntervalSuggestion, suggest
from numbguard.core.log.survival import EndedBouts, kaplan_meier

NEVER: Final = float("inf")
SITTINGS_A_WEEK: Final = 30


@dataclass(frozen=True, slots=True)
class OnsetPerson:
    """A person and the minutes of sitting after which numbness would begin, drawn anew for each stretch."""

    name: str
    minutes: Callable[[Random], float]

    def right_interval(self) -> int | None:
        """The longest of `INTERVALS_S` in minutes that leaves `FREE_SHARE` free, by 200,000 draws; else `None`."""
        chance = Random(1)
        drawn = [self.minutes(chance) for _ in range(200_000)]
        free = [
            length // 60 for length in INTERVALS_S if sum(one > length / 60 for one in drawn) >= FREE_SHARE * len(drawn)
        ]
        return max(free, default=None)


def _sometimes(share: float, minutes: Callable[[Random], float]) -> Callable[[Random], float]:
    return lambda chance: minutes(chance) if chance.random() < share else NEVER


PEOPLE: Final = (
    OnsetPerson("normal, 50 ± 8 min", lambda chance: chance.gauss(50, 8)),
    OnsetPerson("normal, 60 ± 12 min", lambda chance: chance.gauss(60, 12)),
    OnsetPerson("normal, 70 ± 10 min", lambda chance: chance.gauss(70, 10)),
    OnsetPerson("normal, 50 ± 8 min, one sitting in 7", _sometimes(1 / 7, lambda chance: chance.gauss(50, 8))),
    OnsetPerson("even, 0 to 5 h", lambda chance: chance.uniform(0, 300)),
    OnsetPerson("even, 0 to 15 h", lambda chance: chance.uniform(0, 900)),
    OnsetPerson("even, 0 to 40 h", lambda chance: chance.uniform(0, 2400)),
    OnsetPerson("none", lambda _chance: NEVER),
    OnsetPerson("rare, one sitting in 100", _sometimes(0.01, lambda chance: chance.uniform(0, 60))),
    OnsetPerson("early, 15 ± 5 min, one sitting in 5", _sometimes(0.2, lambda chance: max(1.0, chance.gauss(15, 5)))),
)


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a person: the interval that was set, and the suggestion at its end."""

    interval_s: float
    sittings: int
    numb: int
    suggestion: IntervalSuggestion


Rule = Callable[[Iterable[EndedBouts], float], IntervalSuggestion]


def by_the_curve(ended: Iterable[EndedBouts], interval_s: float) -> IntervalSuggestion:
    return suggest(kaplan_meier(ended), interval_s)


def weeks_of(
    person: OnsetPerson, *, start_s: float, weeks: int, seed: int = 0, rule: Rule = by_the_curve
) -> Iterator[Week]:
    """The weeks of a person who follows every suggestion, also one for the meantime."""
    chance, interval_s = Random(seed), start_s
    counts: Counter[tuple[float, bool]] = Counter()
    for _ in range(weeks):
        numb = 0
        for _ in range(SITTINGS_A_WEEK):
            length_s, onset_s = _sitting_s(chance, interval_s), person.minutes(chance) * 60
            is_event = onset_s <= length_s
            numb += is_event
            counts[float(round(min(length_s, onset_s))), is_event] += 1
        ended = [
            EndedBouts(t_s, events=count) if is_event else EndedBouts(t_s, censored=count)
            for (t_s, is_event), count in counts.items()
        ]
        suggestion = rule(ended, interval_s)
        yield Week(interval_s, SITTINGS_A_WEEK, numb, suggestion)
        interval_s = suggestion.interval_s or suggestion.meanwhile_s or interval_s


def _sitting_s(chance: Random, interval_s: float) -> float:
    """The length of one sitting: some end by themselves, most with the break, some are put off, a few go on."""
    if chance.random() < 0.3:
        return chance.uniform(300, interval_s)
    length_s = interval_s + chance.expovariate(1 / 120)
    while chance.random() < 0.12:
        length_s += 300
    return length_s + (chance.uniform(600, 2400) if chance.random() < 0.05 else 0)


_FORMAT: Final = "{:<37} {:>6} {:>6} {:>8} {:>12} {:>13} {:>13}  {}"


def main(weeks: int = 104) -> int:
    print(_FORMAT.format("onset", "right", "start", "settled", "after weeks", "numb at first", "numb at last", "says"))
    for person in PEOPLE:
        right = person.right_interval()
        for start_s in (3600, 2700, 1800):
            lived = list(weeks_of(person, start_s=start_s, weeks=weeks))
            path = [week.interval_s for week in lived]
            settled = next(at for at, _ in enumerate(path) if len(set(path[at:])) == 1)
            numb = [f"{sum(week.numb for week in part) / 3:.1f} %" for part in (lived[:10], lived[-10:])]
            last = lived[-1].suggestion
            says = "even 30 is too long" if last.none_is_short_enough else last.says.value.replace("_", " ")
            steps = " → ".join(f"{at / 60:g}" for at in dict.fromkeys(path))
            print(
                _FORMAT.format(
                    person.name, right or "< 30", f"{start_s / 60:g}", f"{path[-1] / 60:g}", settled, *numb,
                    f"{says}  ({steps})",
                ),
                flush=True,
            )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
