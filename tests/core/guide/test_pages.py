"""The guide's pages are complete, linked and true to their sections; a search finds words in them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numbguard.core.guide.pages import (
    EXCERPT,
    FIRST,
    GuidePage,
    GuidePassage,
    GuidePlace,
    TextSpan,
    anchor,
    card_from_link,
    marks,
    passages,
    place_from_link,
    place_of,
    query_words,
    search,
    unlink_cards,
    with_number,
)
from numbguard.core.guide.sections import GuideSection
from numbguard.resources import resource

LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


def text_of(page: GuidePage) -> str:
    return resource("guide", f"{page.value}.md").read_text(encoding="utf-8")


def anchors_of(page: GuidePage) -> set[str]:
    return {"", *(anchor(title) for title in re.findall(r"^##+ (.+)$", text_of(page), flags=re.MULTILINE))}


def section_of(page: GuidePage, title: str) -> str:
    found = re.search(rf"^## {title}\n(.+?)(?=^## |\Z)", text_of(page), flags=re.MULTILINE | re.DOTALL)
    assert found, f"{page.value} has no part “{title}”"
    return found[1]


# --- the pages --------------------------------------------------------------------------------------------------------


def test_when_to_get_help_is_the_first_page() -> None:
    assert next(iter(GuidePage)) is FIRST is GuidePage.HELP


def test_every_file_is_a_page_and_every_page_a_file() -> None:
    assert {path.stem for path in resource("guide").glob("*.md")} == {page.value for page in GuidePage}


@pytest.mark.parametrize("page", GuidePage, ids=lambda page: page.value)
class TestEachPage:
    def test_begins_with_its_title_and_ends_with_where_it_comes_from(self, page: GuidePage) -> None:
        headings = re.findall(r"^(#+) (.+)$", text_of(page), flags=re.MULTILINE)
        assert headings[0] == ("#", page.title)
        assert headings[-1] == ("##", "Where this comes from")
        assert [marks for marks, _ in headings[1:]] == ["##"] * (len(headings) - 1)
        assert "The guide's section “" in section_of(page, "Where this comes from")

    def test_names_no_heading_twice(self, page: GuidePage) -> None:
        titles = re.findall(r"^##+ (.+)$", text_of(page), flags=re.MULTILINE)
        assert len({anchor(title) for title in titles}) == len(titles)

    def test_leads_nowhere_but_to_pages_and_cards_that_exist(self, page: GuidePage) -> None:
        for words, link in LINK.findall(text_of(page)):
            assert words.strip()
            slug = card_from_link(link)
            if slug is not None:
                assert resource("cards", f"{slug}.toml").is_file(), f"{link} leads nowhere"
                continue
            place = place_from_link(link)
            assert place is not None, f"{link} leads nowhere"
            assert place.anchor in anchors_of(place.page), f"{link} leads nowhere"

    def test_uses_only_the_marks_that_a_search_knows(self, page: GuidePage) -> None:
        plain = LINK.sub(r"\1", text_of(page))
        assert not re.search(r"[`<>|_\[\]]|!\[|https?:|^\s*(\d+\)|\+|>)", plain, flags=re.MULTILINE)
        assert all(len(line) <= 120 for line in LINK.sub(r"\1", text_of(page)).splitlines())


def test_every_section_of_the_guide_has_a_home() -> None:
    for section in GuideSection:
        place = place_of(section)
        assert place.anchor in anchors_of(place.page), f"{section} is said to be at {place.link}, which does not exist"


def test_sections_of_one_part_of_the_guide_are_told_on_the_same_page() -> None:
    for part in ("causes", "relief", "mind"):
        assert len({place_of(each).page for each in GuideSection if each.value.partition(".")[0] == part}) == 1


# --- facts and figures that must not go missing --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "facts"),
    [
        (GuidePage.CAUSES, "tight clothes; crossed legs; diabetes; B1, B6 and B12; alcohol; heavy metals; lupus"),
        (
            GuidePage.CAUSES,
            "multiple sclerosis; shingles; Lyme disease; HIV; injuries; herniated disc; spinal stenosis",
        ),
        (GuidePage.CAUSES, "degenerative disc; sciatica; peripheral artery disease; tumours; cysts; medicines"),
        (
            GuidePage.RELIEF,
            "uncross; shake the leg; seconds; couple of minutes; clockwise; knee bends; circles; fingertips",
        ),
        (
            GuidePage.RELIEF,
            "one or two pillows; higher than your heart; glass; low blood sugar; fruit; nuts",
        ),
        (
            GuidePage.POSTURE,
            "flat on the floor; footrest; 90°; eye level; natural curve; crossing; soft mat; lower back",
        ),
        (GuidePage.POSTURE, "long drive; firm mattress; between the knees; beneath the knees"),
        (
            GuidePage.MOVEMENT,
            "30 to 60 minutes; at least 30 minutes; most days; lower back; hips; hamstrings; calves",
        ),
        (GuidePage.MOVEMENT, "swimming; cycling; yoga"),
        (
            GuidePage.FOOD,
            "belly; whole foods; lean protein; crash diets; too much B6; whole grains; pork; potatoes",
        ),
        (
            GuidePage.FOOD,
            "bananas; meat; eggs; vegan; magnesium; green leaves; salmon; mackerel; flaxseed; walnuts",
        ),
        (GuidePage.FOOD, "vitamin C; vitamin E; selenium; before"),
        (GuidePage.WATER, "8 glasses; 2 litres; caffeine; alcohol; bottle"),
        (GuidePage.SHOES, "arch; cushioning; toe box; heels; flat; orthotics; instep"),
        (
            GuidePage.CARE,
            "thyroid; kidney; inflammation; nerve conduction; electromyography; MRI; CT; X-ray; Doppler",
        ),
        (
            GuidePage.CARE,
            "planks; bird-dog; nerve glides; piriformis; massage; mobilisation; manipulation; TENS; heat, ice",
        ),
        (
            GuidePage.CARE,
            "ibuprofen; naproxen; gabapentin; pregabalin; duloxetine; tricyclic; corticosteroids; relaxants",
        ),
        (
            GuidePage.CARE,
            "insulin; epidural; nerve block; anaesthetic; discectomy; microdiscectomy; laminectomy; fusion",
        ),
        (GuidePage.CARE, "rheumatologist; neurologist; report; log; last resort"),
        (
            GuidePage.MIND,
            "support group; through the nose; few seconds; through the mouth; meditation; yoga; tai chi",
        ),
        (GuidePage.MIND, "fifteen minutes; every day this week; swimming; stool; cognitive behavioural therapy"),
    ],
)
def test_what_the_guide_teaches_is_there(page: GuidePage, facts: str) -> None:
    told = " ".join(" ".join((each.heading, *each.lines)) for each in passages(page, text_of(page))).lower()
    for fact in facts.split("; "):
        assert fact.lower() in told, f"{page.title} says nothing of “{fact}”"


@pytest.mark.parametrize(
    "sign",
    [
        "between your legs",
        "inner thighs",
        "buttocks",
        "wiping",
        "bladder or bowel",
        "Both legs",
        "after you stood up",
        "pain down both legs",
        "chest, belly or waist",
        "fever",
        "cancer",
        "spreading fast",
        "severe or getting worse",
        "face",
        "weak arm",
        "speech",
        "confusion",
        "trouble seeing or walking",
        "headache",
        "even if it has passed",
        "cold, pale or blue",
        "Don't put it up",
        "injury",
        "Chest pain",
        "your local emergency number",
    ],
)
def test_every_red_flag_is_under_get_help_at_once(sign: str) -> None:
    assert sign in section_of(GuidePage.HELP, "Get help at once")


@pytest.mark.parametrize(
    "sign",
    ["whole leg", "one side of your body", "even if it has\n  passed", "no longer lift", "swollen", "urgent care line"],
)
def test_what_is_seen_today(sign: str) -> None:
    assert sign in section_of(GuidePage.HELP, "Be seen today")


@pytest.mark.parametrize("sign", ["lasts", "getting worse", "keeps coming back", "pain or weakness", "no clear cause"])
def test_what_a_doctor_should_see_soon(sign: str) -> None:
    assert sign in section_of(GuidePage.HELP, "See a doctor soon")


def test_no_emergency_number_is_invented_and_no_diagnosis_made() -> None:
    assert not any(re.search(r"\d{3}", text_of(page)) for page in GuidePage)
    assert "not a diagnosis" in text_of(GuidePage.HELP)


def test_the_first_page_reads_well_as_plain_text() -> None:
    """``numbguard red-flags`` prints the file unchanged: headings and lists, no other marks, lines that fit."""
    for line in text_of(GuidePage.HELP).splitlines():
        assert len(line) <= 120
        assert not re.search(r"[*_`<>\[\]|]", line)


def test_relief_warns_of_walking_on_a_leg_that_does_not_hold_before_it_says_walk() -> None:
    told = " ".join(text_of(GuidePage.RELIEF).split())
    assert "walk only when the feeling is back" in told
    assert told.index("may not hold you") < told.index("take a few steps")


# --- links ------------------------------------------------------------------------------------------------------------


def test_a_link_and_its_place_say_the_same() -> None:
    for place in (GuidePlace(GuidePage.WATER), GuidePlace(GuidePage.POSTURE, "sleeping")):
        assert place_from_link(place.link) == place


@pytest.mark.parametrize(
    "link", ["https://example.org/water", "page:nowhere", "card:quad", "file:///water", "water", ""]
)
def test_any_other_link_is_no_place_in_the_guide(link: str) -> None:
    assert place_from_link(link) is None


def test_a_card_that_is_not_there_leaves_its_words_without_a_link() -> None:
    told = "Try [ankle pumps](card:ankle-pumps) or the [quad stretch](card:quad); see [Water](page:water)."
    assert unlink_cards(told, "quad".__eq__) == (
        "Try ankle pumps or the [quad stretch](card:quad); see [Water](page:water)."
    )


# --- a page as plain words --------------------------------------------------------------------------------------------

SMALL = """# Water

Drink *enough*: see
[Shoes](page:shoes).

- One **glass**,
  then another.
- A bottle.

## How much?

1. Eight.
"""


def test_a_page_parts_at_its_headings_and_loses_its_marks() -> None:
    assert passages(GuidePage.WATER, SMALL) == (
        GuidePassage(GuidePage.WATER, "Water", ("Drink enough: see Shoes.", "One glass, then another.", "A bottle.")),
        GuidePassage(GuidePage.WATER, "How much?", ("Eight.",)),
    )
    assert [each.place for each in passages(GuidePage.WATER, SMALL)] == [
        GuidePlace(GuidePage.WATER),
        GuidePlace(GuidePage.WATER, "how-much"),
    ]


# --- search -----------------------------------------------------------------------------------------------------------


def found(query: str) -> list[str]:
    everything = [each for page in GuidePage for each in passages(page, text_of(page))]
    return [hit.passage.heading for hit in search(everything, query)]


def test_a_word_is_found_by_its_beginning_wherever_it_stands() -> None:
    assert found("piriform") == ["Physical therapy"]
    assert found("LAMINEC") == ["Surgery"]


def test_all_the_words_must_be_there() -> None:
    assert found("omega walnuts") == ["Omega-3 fats"]
    assert found("omega laminectomy") == []


def test_a_heading_counts_for_more_than_the_text_below() -> None:
    assert found("water")[0] == "Water"
    assert found("sleeping")[:2] == ["Sleeping", "Sitting, standing, driving, sleeping"]


def test_figures_are_found_and_single_letters_find_nothing() -> None:
    assert "B vitamins" in found("b12")
    assert "How much" in found("8 glasses")
    assert found("n") == found("") == found(" ?! ") == []


def test_accents_and_capitals_make_no_difference() -> None:
    assert query_words("Crème BRÛLÉE") == ("creme", "brulee")
    assert marks("Die Crème brûlée", ("creme",)) == (TextSpan(4, 9),)


def test_an_excerpt_is_short_and_shows_the_words() -> None:
    for query in ("nerve", "diabetes", "completely numb", "kidneys"):
        for hit in search([each for page in GuidePage for each in passages(page, text_of(page))], query):
            assert len(hit.excerpt) <= EXCERPT + 4
            assert hit.marks or marks(hit.passage.heading, query_words(query)), (query, hit.excerpt)


@given(st.text(max_size=60), st.text(max_size=12))
def test_marks_lie_within_the_text_in_order_whatever_the_letters(text: str, query: str) -> None:
    at = 0
    for mark in marks(text, query_words(query)):
        assert at <= mark.start < mark.end <= len(text)
        at = mark.end


def test_the_number_a_person_has_set_stands_where_the_guide_speaks_of_the_local_one() -> None:
    text = "Call your local\nemergency number, or ask someone to take you."
    assert with_number(text, "112") == "Call 112, or ask someone to take you."
    assert with_number(text, "") == text
