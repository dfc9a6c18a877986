"""The guide as pages: the list of pages, the place of each section in them, and the search for words.

Pure, on the caller's thread. `store/cards/guide_pages.py` reads the pages; the reader shows and searches them; windows
and advice call `place_of` to find the place of the section that a card or an advice rests on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from numbguard.core.sentence import N_

from .sections import GuideSection


class GuidePage(Enum):
    """Every page, in the order of the contents; the value is the name of its file, without `.md`."""

    HELP = "when-to-get-help"
    CAUSES = "why-legs-go-numb"
    RELIEF = "relief"
    POSTURE = "posture"
    MOVEMENT = "movement"
    FOOD = "weight-and-food"
    WATER = "water"
    SHOES = "shoes"
    CARE = "getting-it-looked-at"
    MIND = "living-with-it"

    @property
    def title(self) -> str:
        return _TITLES[self]


FIRST: Final = GuidePage.HELP

_TITLES: Final[Mapping[GuidePage, str]] = {
    GuidePage.HELP: N_("When to get help"),
    GuidePage.CAUSES: N_("Why legs go numb"),
    GuidePage.RELIEF: N_("Relief right now"),
    GuidePage.POSTURE: N_("Sitting, standing, driving, sleeping"),
    GuidePage.MOVEMENT: N_("Moving through the day"),
    GuidePage.FOOD: N_("Weight and food"),
    GuidePage.WATER: "Water",
    GuidePage.SHOES: "Shoes",
    GuidePage.CARE: N_("Getting it looked at"),
    GuidePage.MIND: N_("Living with it"),
}


@dataclass(frozen=True, slots=True)
class GuidePlace:
    """A place at which the reader can open: a page and a heading on it, or no heading for the top of the page."""

    page: GuidePage
    anchor: str = ""

    @property
    def link(self) -> str:
        return f"page:{self.page.value}" + (f"#{self.anchor}" if self.anchor else "")


_PLACES: Final[Mapping[GuideSection, GuidePlace]] = {
    GuideSection.CAUSES: GuidePlace(GuidePage.CAUSES),
    GuideSection.CAUSES_COMPRESSION: GuidePlace(GuidePage.CAUSES, "pressure-that-passes"),
    GuideSection.CAUSES_NERVES: GuidePlace(GuidePage.CAUSES, "nerves-that-are-damaged"),
    GuideSection.CAUSES_SPINE: GuidePlace(GuidePage.CAUSES, "trouble-in-the-spine"),
    GuideSection.CAUSES_CIRCULATION: GuidePlace(GuidePage.CAUSES, "too-little-blood"),
    GuideSection.CAUSES_OTHER: GuidePlace(GuidePage.CAUSES, "other-causes"),
    GuideSection.RELIEF_POSITION: GuidePlace(GuidePage.RELIEF, "1-change-your-position"),
    GuideSection.RELIEF_MOVEMENT: GuidePlace(GuidePage.RELIEF, "2-move-it-gently"),
    GuideSection.RELIEF_MASSAGE: GuidePlace(GuidePage.RELIEF, "3-rub-it-lightly"),
    GuideSection.RELIEF_ELEVATE: GuidePlace(GuidePage.RELIEF, "4-put-the-leg-up"),
    GuideSection.RELIEF_WATER: GuidePlace(GuidePage.RELIEF, "5-a-glass-of-water-a-bite-to-eat"),
    GuideSection.PREVENTION_POSTURE: GuidePlace(GuidePage.POSTURE),
    GuideSection.PREVENTION_MOVEMENT: GuidePlace(GuidePage.MOVEMENT),
    GuideSection.PREVENTION_WEIGHT: GuidePlace(GuidePage.FOOD, "weight"),
    GuideSection.PREVENTION_NUTRITION: GuidePlace(GuidePage.FOOD, "b-vitamins"),
    GuideSection.PREVENTION_WATER: GuidePlace(GuidePage.WATER),
    GuideSection.PREVENTION_FOOTWEAR: GuidePlace(GuidePage.SHOES),
    GuideSection.HELP: GuidePlace(GuidePage.HELP, "see-a-doctor-soon"),
    GuideSection.HELP_EVALUATION: GuidePlace(GuidePage.CARE, "the-examination"),
    GuideSection.HELP_THERAPY: GuidePlace(GuidePage.CARE, "physical-therapy"),
    GuideSection.HELP_MEDICINES: GuidePlace(GuidePage.CARE, "medicines"),
    GuideSection.HELP_INJECTIONS: GuidePlace(GuidePage.CARE, "injections"),
    GuideSection.HELP_SURGERY: GuidePlace(GuidePage.CARE, "surgery"),
    GuideSection.HELP_CONDITIONS: GuidePlace(GuidePage.CARE, "when-another-illness-is-behind-it"),
    GuideSection.MIND_FEELINGS: GuidePlace(GuidePage.MIND, "say-what-you-feel"),
    GuideSection.MIND_SUPPORT: GuidePlace(GuidePage.MIND, "let-others-in"),
    GuideSection.MIND_CALM: GuidePlace(GuidePage.MIND, "calm-the-nerves"),
    GuideSection.MIND_GOALS: GuidePlace(GuidePage.MIND, "small-goals-small-victories"),
    GuideSection.MIND_ENJOYMENT: GuidePlace(GuidePage.MIND, "keep-what-you-love"),
    GuideSection.MIND_THERAPIST: GuidePlace(GuidePage.MIND, "a-therapist"),
}


def place_of(section: GuideSection) -> GuidePlace:
    """The place in the pages that covers a section of the guide."""
    return _PLACES[section]


def place_from_link(link: str) -> GuidePlace | None:
    """The place that a `page:` link names; None for any other link, and for a page that does not exist."""
    scheme, _, rest = link.partition(":")
    name, _, anchor = rest.partition("#")
    page = next((page for page in GuidePage if page.value == name), None)
    return GuidePlace(page, anchor) if page is not None and scheme == "page" else None


def card_from_link(link: str) -> str | None:
    """The slug that a `card:` link names; None for any other link."""
    scheme, _, slug = link.partition(":")
    return slug if scheme == "card" and slug else None


def unlink_cards(markdown: str, keep: Callable[[str], bool]) -> str:
    """The page with only those `card:` links whose slug passes `keep`; the others become plain text."""

    def kept(link: re.Match[str]) -> str:
        slug = card_from_link(link[2])
        return link[0] if slug is None or keep(slug) else link[1]

    return _LINK.sub(kept, markdown)


def anchor(heading: str) -> str:
    """The name of a heading in a link: `see-a-doctor-soon` for `See a doctor soon`."""
    return "-".join(_WORD.findall(_folded(heading)))


# --- a page as plain words ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GuidePassage:
    """The text under one heading of a page; the heading of a page's first passage is the page's title."""

    page: GuidePage
    heading: str
    lines: tuple[str, ...]
    """Paragraphs and list entries, without Markdown marks."""

    @property
    def place(self) -> GuidePlace:
        return GuidePlace(self.page, "" if self.heading == self.page.title else anchor(self.heading))


_NOT_SET: Final = re.compile(r"your local\s+emergency number")


def with_number(text: str, number: str) -> str:
    """A text of the guide with `number`, the person's emergency number, in place of "your local emergency number".

    An empty `number` leaves the text unchanged.
    """
    return _NOT_SET.sub(number, text) if number else text


def passages(page: GuidePage, markdown: str) -> tuple[GuidePassage, ...]:
    """A page's Markdown, split at its headings. Understands only the few marks that the guide's pages use."""
    found: list[GuidePassage] = []
    heading, lines = page.title, list[str]()
    open_line = False
    for raw in markdown.splitlines():
        text = raw.strip()
        if title := _HEADING.match(text):
            found.append(GuidePassage(page, heading, tuple(map(_plain, lines))))
            heading, lines, open_line = _plain(title["text"]), [], False
        elif not text:
            open_line = False
        elif entry := _ENTRY.match(text):
            lines.append(entry["text"])
            open_line = True
        elif open_line:
            lines[-1] += " " + text
        else:
            lines.append(text)
            open_line = True
    found.append(GuidePassage(page, heading, tuple(map(_plain, lines))))
    return tuple(each for each in found if each.lines)


_HEADING: Final = re.compile(r"#{1,6}\s+(?P<text>.+)")
_ENTRY: Final = re.compile(r"(?:[-*]|\d+\.)\s+(?P<text>.+)")
_LINK: Final = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_STRESS: Final = re.compile(r"\*{1,2}([^*]+)\*{1,2}")


def _plain(text: str) -> str:
    return _STRESS.sub(r"\1", _LINK.sub(r"\1", text))


# --- finding words ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TextSpan:
    """The characters of a text from `start` up to, but not including, `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A passage that a search found, with an excerpt from it."""

    passage: GuidePassage
    excerpt: str
    marks: tuple[TextSpan, ...]
    """The places of the words in the excerpt."""


_WORD: Final = re.compile(r"\w+")
EXCERPT: Final = 90
"""Most characters shown of a passage that a search found."""


def query_words(query: str) -> tuple[str, ...]:
    """The words of a query, without accents and in lower case. Omits single letters, which would find everything."""
    words = _WORD.findall(_folded(query))
    return tuple(dict.fromkeys(word for word in words if len(word) > 1 or word.isdigit()))


def marks(text: str, words: Sequence[str]) -> tuple[TextSpan, ...]:
    """The places in `text` where a word begins with one of `words` (as `query_words` gives them)."""
    if not words:
        return ()
    folded = _folded(text)
    starting = tuple(words)
    found = []
    for match in _WORD.finditer(folded):
        if match[0].startswith(starting):
            length = max(len(word) for word in starting if match[0].startswith(word))
            found.append(TextSpan(match.start(), match.start() + length))
    return tuple(found)


def search(passages: Iterable[GuidePassage], query: str) -> tuple[SearchHit, ...]:
    """The passages that contain every word of the query, ordered by the share of the heading that the query matches."""
    words = query_words(query)
    if not words:
        return ()
    found: list[tuple[float, SearchHit]] = []
    for each in passages:
        whole = "\n".join((each.heading, *each.lines))
        if all(marks(whole, (word,)) for word in words):
            share = len(marks(each.heading, words)) / max(1, len(_WORD.findall(each.heading)))
            found.append((share, _hit(each, words)))
    return tuple(hit for _, hit in sorted(found, key=lambda pair: pair[0], reverse=True))


def _hit(passage: GuidePassage, words: Sequence[str]) -> SearchHit:
    """The hit with an excerpt from the line that contains most of the words, cut to `EXCERPT`."""
    line = max(passage.lines, key=lambda text: sum(bool(marks(text, (word,))) for word in words))
    excerpt = _cut(line, marks(line, words))
    return SearchHit(passage, excerpt, marks(excerpt, words))


def _cut(line: str, found: Sequence[TextSpan]) -> str:
    if len(line) <= EXCERPT:
        return line
    start = 0
    if found and found[0].end > EXCERPT * 2 // 3:
        start = line.rfind(" ", 0, found[0].start - EXCERPT // 4) + 1
    end = start + EXCERPT
    if end >= len(line):
        return "…\u00a0" + line[start:]
    end = line.rfind(" ", start, end)
    return ("…\u00a0" if start else "") + line[start:end].rstrip(" ,;:") + "\u00a0…"


def _folded(text: str) -> str:
    """Lower case without accents, letter for letter, so that positions in the result are positions in `text`."""
    return text.lower() if text.isascii() else "".join(map(_fold, text))


def _fold(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    bare = unicodedata.normalize("NFD", letter)[0].lower()
    return bare if len(bare) == 1 else letter
