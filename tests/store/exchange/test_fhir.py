"""The log as a FHIR R4 document: what a clinic gets, what comes back, and what is not taken for an episode."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode, EpisodeContext, EpisodeEnd, Onset, Posture, Seat, Sensation
from numbguard.core.log.red_flags import WarningSign
from numbguard.core.sites import Region, Side, Site, sites_on
from numbguard.resources import resource
from numbguard.store.exchange import ExchangeFormat, Patient, export_log, import_log
from numbguard.store.exchange.fhir import codes as fhir_codes
from numbguard.store.exchange.fhir.file import write_fhir
from numbguard.store.exchange.import_ import _json_found
from numbguard.store.exchange.types import RowError
from numbguard.store.log.journal import RecordVersion, SqliteJournal
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from tests.store.conftest import NOON
from tests.store.strategies import episodes, moments

DOCUMENT = "7d1f4c0e-93f2-4b59-9a75-1f0b5d3c8e21"
PERSON = Patient(id="0b0f4a5e-0c55-4d0e-9b0a-3b6f5a0f9d11")
FORMER = Path(__file__).parent / "former_exports" / "collection.fhir.json"
ID = "5a0f1cf0-6f2e-4b0e-8c55-0f9f4f6f0a01"


def written(*versions: RecordVersion, answers: tuple[SignAnswer, ...] = (), patient: Patient = PERSON) -> str:
    about = {version.record.id: [one for one in answers if one.episode == version.record.id] for version in versions}
    return "".join(write_fhir(versions, about, at=NOON, patient=patient, document=DOCUMENT))


def bundle_of(*told: Episode, answers: tuple[SignAnswer, ...] = (), patient: Patient = PERSON) -> Any:
    """The document of these episodes as plain JSON, once ``fhir.resources`` has found it valid."""
    text = written(*(RecordVersion(one, 1) for one in told), answers=answers, patient=patient)
    check(text)
    return json.loads(text)


def resources(bundle: Any, kind: str) -> list[Any]:
    return [one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == kind]


def read(text: str) -> list[RecordVersion | RowError]:
    return [found for _, found in _json_found(io.StringIO(text, newline=""))]


def read_one(**observation: Any) -> RecordVersion | RowError | None:
    """What an import makes of one Observation in a Bundle."""
    entry = {"resource": {"resourceType": "Observation", **observation}}
    found = read(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": [entry]}))
    return found[0] if found else None


def sctid(code: str) -> dict[str, Any]:
    return {"coding": [{"system": "http://snomed.info/sct", "code": code}]}


def check(text: str) -> None:
    """R4's shape by ``fhir.resources``, and the rules of a document that it does not know."""
    Bundle.model_validate_json(text)
    bundle = json.loads(text)
    assert bundle["identifier"]["system"], "bdl-9"
    assert bundle["identifier"]["value"], "bdl-9"
    assert bundle["timestamp"], "bdl-10"
    assert bundle["entry"][0]["resource"]["resourceType"] == "Composition", "bdl-11"
    urls = [one["fullUrl"] for one in bundle["entry"]]
    assert max(Counter(urls).values()) == 1, "bdl-7"
    told = {one["fullUrl"]: list(references(one["resource"])) for one in bundle["entry"]}
    assert {to for found in told.values() for to in found} <= set(urls), (
        "each reference is to a resource of the document"
    )
    reached, ahead = set[str](), [urls[0]]
    while ahead:
        if (url := ahead.pop()) not in reached:
            reached.add(url)
            ahead += told[url]
    assert reached == set(urls), "each resource is reached from the Composition"
    for one in bundle["entry"]:
        ElementTree.fromstring(one["resource"]["text"]["div"])
    for one in resources(bundle, "Composition")[0]["section"]:
        ElementTree.fromstring(one["text"]["div"])
        assert ("entry" in one) != ("emptyReason" in one), "cmp-2"
    for one in resources(bundle, "Observation"):
        assert has_value(one)
        own = codes(one["code"])
        for component in one.get("component", []):
            assert has_value(component)
            assert not own or not own & codes(component["code"]), "obs-7"


def references(told: Any) -> Iterator[str]:
    if isinstance(told, dict):
        for name, value in told.items():
            if name == "reference":
                yield value
            else:
                yield from references(value)
    elif isinstance(told, list):
        for value in told:
            yield from references(value)


def codes(concept: Any) -> set[str]:
    return {one["code"] for one in concept.get("coding", [])}


def has_value(told: Any) -> bool:
    """A value or the reason why there is none, and not both (obs-6)."""
    return any(name.startswith("value") for name in told) != ("dataAbsentReason" in told)


# --- what a clinic gets -----------------------------------------------------------------------------------------------

LUNCH = Episode(
    ID,
    NOON,
    NOON + timedelta(minutes=9),
    sites=(Site(Region.CALF, Side.LEFT), Site(Region.SOLE, Side.RIGHT)),
    sensations=(Sensation.TINGLING,),
    severity=6,
    note="after lunch",
    context=EpisodeContext(seated_s=3600.0),
)


def test_the_export_is_a_document_of_the_person_made_with_a_device() -> None:
    bundle = bundle_of(LUNCH)
    assert bundle["type"] == "document"
    kinds = Counter(one["resource"]["resourceType"] for one in bundle["entry"])
    assert kinds == {"Composition": 1, "Patient": 1, "Device": 1, "Observation": 3}
    (composition,) = resources(bundle, "Composition")
    assert composition["type"]["coding"][0]["code"] == "53576-5"
    assert "left calf, right sole; tingling; severity 6 of 10" in composition["section"][0]["text"]["div"]
    (device,) = resources(bundle, "Device")
    assert device["deviceName"][0]["name"] == "NumbGuard"


def test_an_empty_log_is_a_document_that_says_so() -> None:
    (composition,) = resources(bundle_of(), "Composition")
    assert composition["section"][0]["emptyReason"]["coding"][0]["code"] == "nilknown"


def test_the_person_has_the_name_and_date_of_birth_they_gave_and_otherwise_a_reason_why_not() -> None:
    (nobody,) = resources(bundle_of(LUNCH), "Patient")
    reason = {
        "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]
    }
    assert (nobody["name"], nobody["_birthDate"], "birthDate" in nobody) == ([reason], reason, False)
    (ada,) = resources(bundle_of(LUNCH, patient=replace(PERSON, name="Ada <L>", born=date(1985, 12, 10))), "Patient")
    assert (ada["name"], ada["birthDate"], "_birthDate" in ada) == ([{"text": "Ada <L>"}], "1985-12-10", False)


def test_each_site_is_an_observation_with_its_side_and_the_episode_has_them_as_members() -> None:
    whole, *sites = resources(bundle_of(LUNCH), "Observation")
    assert [(codes(one["bodySite"]), one["bodySite"]["text"]) for one in sites] == [
        ({"722115008"}, "left calf"),
        ({"7769000"}, "right sole"),
    ]
    assert [one["reference"] for one in whole["hasMember"]] == [f"urn:uuid:{one['id']}" for one in sites]
    assert whole["bodySite"] == {"text": "left calf, right sole"}
    for one in (whole, *sites):
        assert codes(one["code"]) == {"75325-1"}
        assert codes(one["valueCodeableConcept"]) == {"91019004"}
        assert one["status"] == "final"
    severity = next(part for part in whole["component"] if "246112005" in codes(part["code"]))
    assert severity["valueInteger"] == 6
    assert whole["note"] == [{"text": "after lunch"}]


def test_one_site_needs_no_second_observation_and_both_sides_are_left_and_right() -> None:
    (one,) = resources(bundle_of(replace(LUNCH, sites=sites_on(Side.LEFT, Region.KNEE))), "Observation")
    assert (codes(one["bodySite"]), "hasMember" in one) == ({"82169009"}, False)
    _, left, right = resources(bundle_of(replace(LUNCH, sites=sites_on(Side.BOTH, Region.KNEE))), "Observation")
    assert (codes(left["bodySite"]), codes(right["bodySite"])) == ({"82169009"}, {"6757004"})


def test_what_is_not_known_is_absent_for_a_reason() -> None:
    (bare,) = resources(bundle_of(Episode(ID, NOON, end_unknown=True)), "Observation")
    assert bare["effectivePeriod"]["_end"]["extension"][0]["valueCode"] == "unknown"
    assert bare["status"] == "final"
    (severity,) = bare["component"]
    assert severity["dataAbsentReason"]["coding"][0]["code"] == "unknown"
    (open_now,) = resources(bundle_of(Episode(ID, NOON)), "Observation")
    assert (set(open_now["effectivePeriod"]), open_now["status"]) == ({"start"}, "preliminary")


def test_answers_to_questions_about_warning_signs_are_a_questionnaire_response_and_nothing_is_a_condition() -> None:
    no = SignAnswer(f"{ID}.saddle", NOON, ID, WarningSign.SADDLE, False, WarningSign.SADDLE.version)
    version = WarningSign.WEAKNESS.version
    yes = SignAnswer(f"{ID}.weakness", NOON + timedelta(minutes=1), ID, WarningSign.WEAKNESS, True, version)
    old = SignAnswer(f"{ID}.injury", NOON, ID, WarningSign.INJURY, False, version=WarningSign.INJURY.version + 1)
    bundle = bundle_of(LUNCH, answers=(no, yes, old))
    (response,) = resources(bundle, "QuestionnaireResponse")
    assert response["partOf"] == [{"reference": f"urn:uuid:{ID}"}]
    said = [(one["linkId"], one.get("text"), one["answer"][0]["valueBoolean"]) for one in response["item"]]
    assert said == [
        ("saddle", WarningSign.SADDLE.question, False),
        ("weakness", WarningSign.WEAKNESS.question, True),
        ("injury", None, False),
    ]
    assert resources(bundle, "Condition") == []
    assert bundle_of(LUNCH) != bundle


def test_every_code_of_the_document_is_listed_with_its_meaning() -> None:
    listed = (resource("cards").parent.parent / "docs" / "fhir.md").read_text("utf-8")
    known = set(re.findall(r'Code\("([\d-]+)"', Path(fhir_codes.__file__).read_text("utf-8")))
    assert len(known) > 40
    assert not [code for code in known if code not in listed]
    assert set(fhir_codes.SITES) == set(Region)
    for system in (fhir_codes.EPISODES, fhir_codes.EPISODE_SITES, fhir_codes.SIGN_ANSWERS):
        assert system in listed


# --- there and back ---------------------------------------------------------------------------------------------------


def as_fhir_has_it(moment: datetime) -> datetime:
    """Offsets are whole minutes, within 14 hours, in FHIR."""
    offset = moment.utcoffset() or timedelta()
    minutes = max(-840, min(840, round(offset.total_seconds() / 60)))
    return moment.replace(year=min(max(moment.year, 2), 9998)).astimezone(timezone(timedelta(minutes=minutes)))


def as_written(episode: Episode) -> Episode:
    """No NumbGuard writes an episode that ends before it begins."""
    began = as_fhir_has_it(episode.started_at)
    ended = episode.ended_at and max(began, as_fhir_has_it(episode.ended_at))
    return replace(episode, started_at=began, ended_at=ended)


@st.composite
def asked(draw: st.DrawFn) -> tuple[RecordVersion, tuple[SignAnswer, ...]]:
    """An episode at some edit, with the last answers about it."""
    episode = as_written(draw(episodes))
    signs = draw(st.lists(st.sampled_from(WarningSign), unique=True, max_size=4))
    answers = tuple(
        SignAnswer(
            f"{episode.id}.{sign.value}",
            as_fhir_has_it(draw(moments)),
            episode.id,
            sign,
            draw(st.booleans()),
            draw(st.integers(1, 3)),
        )
        for sign in signs
    )
    return RecordVersion(episode, draw(st.integers(0, 2**51))), answers


@given(told=st.lists(asked(), max_size=2, unique_by=lambda one: one[0].record.id))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_episode_and_its_answers_go_through_fhir_and_back_and_the_document_is_valid(
    told: list[tuple[RecordVersion, tuple[SignAnswer, ...]]],
) -> None:
    text = written(*(version for version, _ in told), answers=tuple(one for _, some in told for one in some))
    check(text)
    found = []
    for one in read(text):
        assert isinstance(one, RecordVersion), one
        found.append(one)
    assert [one for one in found if isinstance(one.record, Episode)] == [version for version, _ in told]
    assert [one.record for one in found if isinstance(one.record, SignAnswer)] == [
        one for _, some in told for one in some
    ]


def test_a_document_into_another_log_and_the_same_again_changes_nothing(
    tmp_path: Path, profile: Profile, journal: SqliteJournal, keeping: SafeJournal
) -> None:
    keeping.add_episode(LUNCH)
    keeping.add_sign_answer(SignAnswer(f"{ID}.saddle", NOON, ID, WarningSign.SADDLE, True))
    file = tmp_path / "log.fhir.json"
    export_log(profile, file, ExchangeFormat.FHIR, at=NOON)
    here = import_log(profile, file)
    assert (here.added, here.changed, here.unchanged, here.refused) == (0, 0, 2, 0)
    elsewhere = Profile.find(str(tmp_path / "elsewhere"))
    assert import_log(elsewhere, file).added == 2
    again = import_log(elsewhere, file)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    other = SqliteJournal(elsewhere)
    assert list(other.episodes()) == [LUNCH]
    (answer,) = other.answers_about([ID])
    assert (answer.sign, answer.present, answer.version) == (WarningSign.SADDLE, True, 1)
    other.close()


def test_a_composition_that_lists_a_hundred_thousand_episodes_is_read() -> None:
    listed = [{"reference": f"urn:uuid:{ID}"}] * 200_000
    composition = {"resourceType": "Composition", "section": [{"entry": listed}]}
    head = {
        "resourceType": "Bundle",
        "entry": [{"resource": composition}, {"resource": {"resourceType": "Observation", **NUMB}}],
    }
    text = json.dumps(head)
    assert len(text) > 10_000_000
    (taken,) = read(text)
    assert isinstance(taken, RecordVersion)


def test_a_document_that_a_server_stored_since_does_not_undo_a_later_correction(
    tmp_path: Path, profile: Profile, journal: SqliteJournal, keeping: SafeJournal
) -> None:
    keeping.add_episode(LUNCH)
    file = tmp_path / "log.fhir.json"
    export_log(profile, file, ExchangeFormat.FHIR, at=NOON)
    keeping.add_episode(replace(LUNCH, note="corrected"))
    bundle = json.loads(file.read_text("utf-8"))
    for one in resources(bundle, "Observation"):
        one["meta"]["lastUpdated"] = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    file.write_text(json.dumps(bundle), encoding="utf-8")
    assert import_log(profile, file).unchanged == 1
    assert [one.note for one in journal.episodes()] == ["corrected"]
    for one in resources(bundle, "Observation"):
        one["status"] = "amended"
    file.write_text(json.dumps(bundle), encoding="utf-8")
    assert import_log(profile, file).changed == 1


def test_an_observation_that_was_entered_in_error_is_taken_back(
    tmp_path: Path, profile: Profile, journal: SqliteJournal, keeping: SafeJournal
) -> None:
    kept, wrong = replace(LUNCH, id="5a0f1cf0-6f2e-4b0e-8c55-0f9f4f6f0a02"), replace(LUNCH, note="on the wrong leg")
    for one in (kept, wrong):
        keeping.add_episode(one)
    file = tmp_path / "log.fhir.json"
    export_log(profile, file, ExchangeFormat.FHIR, at=NOON)
    bundle = json.loads(file.read_text("utf-8"))
    found = next(one["resource"] for one in bundle["entry"] if wrong.id in one["fullUrl"])
    found["status"] = "entered-in-error"
    found["meta"]["lastUpdated"] = (datetime.now(UTC) + timedelta(seconds=1)).isoformat()
    file.write_text(json.dumps(bundle), encoding="utf-8")
    assert (import_log(profile, file).changed, list(journal.episodes())) == (1, [kept])
    assert import_log(profile, file).unchanged == 2


# --- former exports ---------------------------------------------------------------------------------------------------


def test_a_collection_that_numbguard_wrote_before_sites_comes_in_whole(profile: Profile) -> None:
    done = import_log(profile, FORMER)
    assert (done.added, done.refused) == (7, 0)
    journal = SqliteJournal(profile)
    found = {one.id: one for one in journal.episodes()}
    journal.close()
    cet = timezone(timedelta(hours=1))
    at = datetime(2025, 3, 3, 12, 0, 0, 123456, tzinfo=cet)
    began = at + timedelta(hours=2)
    assert found[f"{ID[:-1]}2"] == Episode(
        f"{ID[:-1]}2",
        began,
        began + timedelta(minutes=9),
        sites=sites_on(Side.LEFT, Region.CALF),
        before_sites=True,
        sensations=(Sensation.TINGLING, Sensation.NUMB),
        severity=6,
        posture=Posture.LEGS_CROSSED,
        onset=Onset.SUDDEN,
        weakness=False,
        back_pain=True,
        relief="movement",
        relief_after_s=120.0,
        note="after lunch, “as ever”\n- & <on> the sofa",
        context=EpisodeContext(seated_s=3600.5, since_break_s=5400.0, skipped_today=2, seat=Seat.SITTING),
    )
    assert found[ID].end is EpisodeEnd.UNKNOWN, "an open episode of years ago"
    both = found[f"{ID[:-1]}3"]
    assert both.sites == sites_on(Side.BOTH, Region.CALF, Region.SOLE, Region.THIGH_OUTER)
    assert (both.before_sites, both.severity) == (True, 0)
    assert (found[f"{ID[:-1]}4"].leg, found[f"{ID[:-1]}4"].note) == (Side.RIGHT, "\x00 \x07 ")
    assert found[f"{ID[:-1]}5"].sites == sites_on(None, Region.LOWER_BACK, Region.TOES)
    assert found[f"{ID[:-1]}5"].sensations == (Sensation.HEAVY,)
    assert (found[f"{ID[:-1]}6"].sensations, found[f"{ID[:-1]}6"].weakness) == ((Sensation.WEAK,), True)
    assert found["written-by-hand"].sensations == (Sensation.PINS_AND_NEEDLES,)


# --- other systems' ---------------------------------------------------------------------------------------------------

NUMB = {
    "status": "final",
    "code": sctid("44077006"),
    "identifier": [{"system": "urn:oid:1.2.3", "value": "42"}],
    "effectiveDateTime": "2025-03-03T12:00:00+01:00",
}


def test_steps_of_a_phone_are_not_episodes() -> None:
    steps = {
        "status": "final",
        "category": [{"coding": [{"system": fhir_codes.CATEGORY, "code": "activity"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": "55423-8"}], "text": "Number of steps"},
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": "urn:uuid:5a0f1cf0-6f2e-4b0e-8c55-0f9f4f6f0a01"}],
        "meta": {"lastUpdated": "2025-03-03T13:00:00Z"},
        "effectivePeriod": {"start": "2025-03-03T12:00:00+01:00", "end": "2025-03-03T13:00:00+01:00"},
        "performer": [{"reference": "urn:uuid:0b0f4a5e-0c55-4d0e-9b0a-3b6f5a0f9d11"}],
        "valueQuantity": {"value": 2310, "unit": "steps"},
    }
    for odd in ({}, {"category": [{"text": "Self-reported"}]}, {"status": "entered-in-error"}):
        refused = read_one(**{**steps, **odd})
        assert isinstance(refused, RowError)
        assert str(refused) == "is not an Observation of numbness or paresthesia"


@pytest.mark.parametrize("status", ["final", "amended", "preliminary"])
def test_numbness_that_a_clinic_observed_comes_in(status: str) -> None:
    taken = read_one(**{**NUMB, "status": status})
    assert isinstance(taken, RecordVersion)
    assert isinstance(taken.record, Episode)
    assert (taken.record.sensations, taken.record.end) == ((Sensation.NUMB,), EpisodeEnd.UNKNOWN)
    assert taken.record.started_at == datetime(2025, 3, 3, 11, tzinfo=UTC)
    assert read_one(**{**NUMB, "status": status}) == taken
    other = read_one(**{**NUMB, "identifier": [{"system": "urn:oid:1.2.3", "value": "43"}]})
    assert isinstance(other, RecordVersion)
    assert other.record.id != taken.record.id


def test_a_symptom_or_an_assertion_is_numbness_by_its_value_and_no_other_question_is() -> None:
    loinc, act = "http://loinc.org", "http://terminology.hl7.org/CodeSystem/v3-ActCode"
    for system, code in ((loinc, "75325-1"), (act, "ASSERTION")):
        asked = {**NUMB, "code": {"coding": [{"system": system, "code": code}]}}
        taken = read_one(**asked, valueCodeableConcept=sctid("62507009"))
        assert isinstance(taken, RecordVersion)
        assert isinstance(taken.record, Episode)
        assert taken.record.sensations == (Sensation.PINS_AND_NEEDLES,)
        assert isinstance(read_one(**asked, valueCodeableConcept=sctid("25064002")), RowError), "a headache"
    absent = {**NUMB, "code": {"coding": [{"system": loinc, "code": "111551-8"}]}}
    assert isinstance(read_one(**absent, valueCodeableConcept=sctid("44077006")), RowError), "Symptom absent"


@pytest.mark.parametrize("status", ["registered", "cancelled", "unknown", None])
def test_an_observation_that_does_not_count_yet_or_no_longer_stays_out(status: str | None) -> None:
    assert "its status is" in str(read_one(**{**NUMB, "status": status}))


def test_what_a_clinic_says_of_place_severity_end_and_note_is_kept() -> None:
    taken = read_one(
        **{
            **NUMB,
            "code": sctid("91019004"),
            "effectiveDateTime": None,
            "effectivePeriod": {"start": "2025-03-03T12:00:00Z", "end": "2025-03-03T12:09:00.5Z"},
            "bodySite": sctid("722116009"),
            "component": [{"code": sctid("246112005"), "valueInteger": 4}],
            "note": [{"text": "seen"}],
            "valueCodeableConcept": sctid("52101004"),
        }
    )
    assert isinstance(taken, RecordVersion)
    assert isinstance(taken.record, Episode)
    assert taken.record.sites == sites_on(Side.RIGHT, Region.CALF)
    assert (taken.record.severity, taken.record.note, taken.record.end) == (4, "seen", EpisodeEnd.AT)
    foot = read_one(**{**NUMB, "bodySite": sctid("22335008")})
    assert isinstance(foot, RecordVersion)
    assert isinstance(foot.record, Episode)
    assert (foot.record.sites, foot.record.leg) == ((), Side.LEFT), "a foot is not one region"


@pytest.mark.parametrize(
    "said",
    [
        {"valueBoolean": False},
        {"valueCodeableConcept": sctid("2667000")},
        {"valueInteger": 0},
        {"valueQuantity": {"value": 0}},
        {"valueString": "no"},
        {"dataAbsentReason": sctid("unknown")},
    ],
)
def test_numbness_that_was_not_there_is_not_an_episode(said: dict[str, Any]) -> None:
    assert str(read_one(**NUMB, **said)) == "its value does not say that it was numb"


@pytest.mark.parametrize(
    ("odd", "words"),
    [
        ({"effectiveDateTime": "2025-03-03"}, "is not a time like 2026-03-02T14:30"),
        ({"effectiveDateTime": "2025"}, "not a time"),
        ({"effectiveDateTime": None}, "started_at is missing"),
        ({"code": "numb"}, "as FHIR R4 has it"),
        ({"note": [7]}, "as FHIR R4 has it"),
        ({"identifier": []}, "has neither an identifier nor an id"),
    ],
)
def test_an_observation_that_cannot_be_dated_or_read_is_refused_in_words(odd: dict[str, Any], words: str) -> None:
    assert words in str(read_one(**{**NUMB, **odd}))


def test_an_identifier_that_is_not_text_says_nothing_of_the_log(tmp_path: Path, profile: Profile) -> None:
    """A lone surrogate was once taken for a sign that the log is damaged."""
    odd = {"resourceType": "Observation", **NUMB, "identifier": [{"value": "\ud800"}]}
    file = tmp_path / "odd.fhir.json"
    file.write_text(json.dumps({"resourceType": "Bundle", "entry": [{"resource": odd}]}), encoding="utf-8")
    assert import_log(profile, file).added == 1
    assert import_log(profile, file).unchanged == 1


def test_other_resources_are_passed_over_or_refused_by_name() -> None:
    kinds = ("Patient", "Device", "Composition", "Organization", "Condition", "QuestionnaireResponse")
    entries = [{"resource": {"resourceType": kind, "status": "completed"}} for kind in kinds]
    found = read(json.dumps({"resourceType": "Bundle", "entry": [*entries, {}, 7]}))
    assert [str(one) for one in found] == [
        "is not an Observation but “Condition”",
        "is not a response to NumbGuard's questions",
        "contains no resource",
        "contains no resource",
    ]
