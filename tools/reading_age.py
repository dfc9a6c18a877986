"""The reading age of the guide, the cards and the advice, as school years by Flesch and Kincaid.

`tests/house/test_reading_age.py` holds every text to `OLDEST`. Developers print the table, also for another checkout::

    .venv/bin/python -m tools.reading_age [FOLDER]

Flesch–Kincaid grades count American school years, which begin at six: grade 7 is a reader of twelve. textstat counts
the syllables from a dictionary that comes with it, so nothing is downloaded (see docs/decisions/lock.md).
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

import textstat

from numbguard.core.log.advice.advice import advise
from numbguard.core.log.advice.relief import STEPS
from numbguard.core.log.records.episode import Episode
from numbguard.core.log.red_flags import AdviceTier, SignAnswers, WarningSign, signs_of
from numbguard.wording.log import advice as advice_words

OLDEST: Final = 7.0
"""The highest grade for any text: a reader of twelve."""

MEDICAL_NAMES: Final = frozenset(
    (
        *("anaesthetic", "antidepressants", "arteries", "autoimmune", "corticosteroids", "diabetes", "diabetic"),
        *("discectomy", "doppler", "duloxetine", "electromyography", "epidural", "gabapentin", "herniated"),
        *("ibuprofen", "inflammation", "insulin", "lamina", "laminectomy", "manipulation", "microdiscectomy"),
        *("mobilisation", "naproxen", "neurologist", "neuropathy", "physiotherapist", "piriformis", "pregabalin"),
        *("rheumatologist", "sciatica", "stenosis", "thyroid", "tricyclic", "ultrasound", "vertebra", "vertebrae"),
    )
)
"""Names of illnesses, medicines, treatments and people who treat, which have no plainer word. Each counts as one
syllable, so that a page may name what a doctor will name."""

_NINE: Final = datetime(2025, 3, 3, 9, tzinfo=timezone(timedelta(hours=1)))


def grade(text: str) -> float:
    """The Flesch–Kincaid grade of a text, with its medical names counted as one syllable each."""
    plain = re.sub(r"[A-Za-z]+", lambda word: "name" if word[0].lower() in MEDICAL_NAMES else word[0], text)
    return float(textstat.flesch_kincaid_grade(plain))


def page_text(markdown: str) -> str:
    """A page of the guide as it is read: without headings and marks, each entry of a list as a sentence."""
    read = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown).replace("*", "")
    blocks = (" ".join(block.split()) for block in re.split(r"\n\s*\n|\n(?=- |#|\d+\. )", read))
    return " ".join(_sentence(re.sub(r"^(- |\d+\. )", "", block)) for block in blocks if block and block[0] != "#")


def _sentence(words: str) -> str:
    words = re.sub(r"[;:,]$", "", words)
    return words if re.search(r"[.!?]”?$", words) else f"{words}."


def card_text(card: Mapping[str, Any]) -> str:
    """All that a card says: why, its steps, and when to leave it out."""
    said = (card["why"], *(step["text"] for step in card["steps"]), card.get("caution", ""))
    return " ".join(_sentence(one) for one in said if one)


def pages_and_cards(checkout: Path) -> Iterator[tuple[str, str]]:
    """Name and text of each page and card of a checkout."""
    for path in sorted((checkout / "resources" / "guide").glob("*.md")):
        yield f"page {path.stem}", page_text(path.read_text(encoding="utf-8"))
    for path in sorted((checkout / "resources" / "cards").glob("*.toml")):
        yield f"card {path.stem}", card_text(tomllib.loads(path.read_text(encoding="utf-8")))


def advice_texts() -> Iterator[tuple[str, str]]:
    """Name and text of the advice after a yes to each sign, of relief, open questions, and the lists of signs."""
    calm = Episode("one", _NINE, severity=2)
    cases = {sign.value: (calm, SignAnswers({sign: True})) for sign in WarningSign}
    cases["relief"] = calm, SignAnswers()
    cases["nothing told"] = Episode("one", _NINE), SignAnswers()
    cases["lasting, with weakness"] = Episode("one", _NINE, _NINE + timedelta(hours=1), weakness=True), SignAnswers()
    for name, (episode, answers) in cases.items():
        advice = advise(episode, now=_NINE + timedelta(hours=2), answers=answers)
        questions = (sign.question for sign in advice.questions)
        yield f"advice {name}", _joined((advice_words.heading(advice), *advice_words.sentences(advice), *questions))
    late = advise(calm, now=_NINE + timedelta(days=9), answers=SignAnswers({WarningSign.SADDLE: True}))
    yield "advice days later", _joined(advice_words.sentences(late))
    yield "signs, get help at once", _joined(signs_of(AdviceTier.NOW))
    yield "signs, be seen today", _joined(signs_of(AdviceTier.TODAY))
    for step in STEPS:
        yield f"relief {step.relief.value}", _joined((step.title, step.why, *(part.text for part in step.parts)))


def _joined(said: Iterable[str]) -> str:
    return " ".join(_sentence(one) for one in said)


def main() -> None:
    words = argparse.ArgumentParser(prog="tools.reading_age", description="Print the reading age of every text.")
    words.add_argument("folder", type=Path, nargs="?", help="another checkout: its pages and cards alone")
    folder: Path | None = words.parse_args().folder
    found = list(pages_and_cards(folder or Path(__file__).resolve().parents[1]))
    if folder is None:
        found += advice_texts()
    for name, text in found:
        print(f"{grade(text):5.1f}  {name}")


if __name__ == "__main__":
    main()
