"""Reads the entries of a FHIR R4 Bundle: NumbGuard's own, of this and former versions, and other systems'. Pure.

The import calls it on its thread. From another system it takes Observations of numbness or paresthesia and nothing
else: a step count is not an episode.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import NAMESPACE_OID, uuid5

from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.sentence import N_, sentence
from numbguard.core.sites import Region, Side, Site
from numbguard.store.log.journal import RecordVersion
from numbguard.store.log.rows.moments import microseconds
from numbguard.store.log.rows.writing import began

from ..json_file import tombstone
from ..plain import Plain, read_edit, read_episode, read_id, read_record
from ..types import RowError
from .codes import (
    ABSENT_EXTENSION,
    ASSERTION,
    BEFORE_SITES_TEXT,
    EPISODE_SITES,
    EPISODES,
    EXACT_TEXTS,
    LENGTH_TEXTS,
    LIMB,
    NUMBNESSES,
    PRESENT,
    RELIEF_TEXT,
    SELF_REPORTED,
    SENSATION_TEXT,
    SENSATIONS,
    SEVERITY,
    SEVERITY_TEXT,
    SIGN_ANSWERS,
    SITES,
    SKIPPED_TEXT,
    SNOMED,
    SYMPTOM,
    TRUTHS,
    UUIDS,
    WORD_TEXTS,
    YES,
    FhirCode,
)

Resource = Mapping[str, Any]

_TAKEN: Final = ("final", "amended", "preliminary")
_CONTEXT: Final = ("seated_s", "since_break_s", "skipped_today", "seat")
_FRAME: Final = (
    *("Composition", "Patient", "Device", "Practitioner", "PractitionerRole", "Organization", "RelatedPerson"),
    *("Encounter", "Location", "Provenance", "Questionnaire"),
)
"""Resources that say who, where and by what: they contain nothing of an episode, and are skipped."""
_SITES_BEFORE: Final = "Body site"
_SIDE_BEFORE: Final = "Side"
"""The texts of the components by which NumbGuard 0.1.0 named the regions of an episode and their one side."""
_FELT: Final = {SENSATIONS[one].code: one for one in NUMBNESSES}
_SIDES: Final = (None, Side.LEFT, Side.RIGHT)


def _known_sites() -> dict[str, Site]:
    """The sites by their codes, without codes that stand for several regions."""
    found = [(codes.on(side).code, Site(region, side)) for region, codes in SITES.items() for side in _SIDES]
    codes = [code for code, _ in found]
    return {code: site for code, site in found if codes.count(code) == 1}


_KNOWN_SITES: Final = _known_sites()
_LEGS: Final = {LIMB.on(side).code: side for side in (Side.LEFT, Side.RIGHT)} | {
    codes.on(side).code: side for codes in SITES.values() for side in (Side.LEFT, Side.RIGHT)
}
"""The legs by the codes of a limb and its parts, for a part that is not one region alone."""


def read_entries(told: object) -> Sequence[RecordVersion]:
    """Return what an entry of a Bundle says: an episode, answers about one, or nothing, as for a Patient.

    Raises ``RowError`` for what is not an episode.
    """
    resource = told.get("resource") if isinstance(told, dict) else None
    if not isinstance(told, dict) or not isinstance(resource, dict):
        raise RowError(N_("contains no resource"))
    kind = resource.get("resourceType")
    try:
        if kind in _FRAME:
            return ()
        if kind == "QuestionnaireResponse":
            return _answers(resource)
        if kind == "Observation":
            return _observation(resource, str(told.get("fullUrl") or resource.get("id") or ""))
    except (TypeError, KeyError, IndexError, AttributeError):
        raise RowError(
            N_("is not an Observation as FHIR R4 has it")
            if kind == "Observation"
            else N_("is not a response as FHIR R4 has it")
        ) from None
    raise RowError(sentence("is not an Observation but “{kind}”", kind=str(kind)[:40]))


# --- an Observation ---------------------------------------------------------------------------------------------------


def _observation(resource: Resource, url: str) -> Sequence[RecordVersion]:
    identifiers = {one.get("system"): one for one in resource.get("identifier", [])}
    if EPISODE_SITES in identifiers:
        return ()  # the Observation of the episode names all of its sites
    if EPISODES in identifiers:
        id, take = identifiers[EPISODES]["value"], _take_own
    elif _is_former(resource):
        id, take = resource["identifier"][0]["value"].removeprefix("urn:uuid:"), _take_former
    elif _felt(resource):
        id, take = _others_id(resource, url), _take_others
    else:
        raise RowError(N_("is not an Observation of numbness or paresthesia"))
    updated = {"edited_at": resource.get("meta", {}).get("lastUpdated")}
    status = resource.get("status")
    if status == "entered-in-error":  # marked so by a system that has kept it since
        return (tombstone(read_id(id), read_edit(updated, datetime.fromtimestamp(0, UTC))),)
    if status not in _TAKEN:
        raise RowError(sentence("its status is “{status}”, not final, amended or preliminary", status=str(status)[:40]))
    plain = {"id": id, "sensations": [], "note": "\n".join(one["text"] for one in resource.get("note", [])) or None}
    take(plain, resource)
    # A server that stores a resource sets ``lastUpdated`` to its own time, which is not an edit unless it says so.
    issued = {"edited_at": resource.get("issued")}
    edited = issued if status != "amended" and resource.get("issued") else updated
    episode = read_episode({**plain, "context": {name: plain.get(name) for name in _CONTEXT}})
    return (RecordVersion(episode, read_edit(edited, episode.started_at)),)


def _codes(concept: Resource | None) -> list[FhirCode]:
    found = (concept or {}).get("coding", [])
    return [FhirCode(str(one.get("code")), "", str(one.get("system"))) for one in found]


def _snomed(concept: Resource | None) -> list[str]:
    return [one.code for one in _codes(concept) if one.system == SNOMED]


def _has(concept: Resource | None, *codes: FhirCode) -> bool:
    return any((one.system, one.code) == (code.system, code.code) for one in _codes(concept) for code in codes)


def _felt(resource: Resource) -> list[str]:
    """Return the sensations of an Observation of numbness or paresthesia: its code, or the value of a symptom."""
    code = resource.get("code")
    concept = resource.get("valueCodeableConcept") if _has(code, SYMPTOM, ASSERTION) else code
    return [_FELT[one].value for one in _snomed(concept) if one in _FELT]


def _is_former(resource: Resource) -> bool:
    """Whether NumbGuard 0.1.0 wrote it, which had no identifier system of its own."""
    categories, identifiers = resource.get("category", []), resource.get("identifier", [])
    return (
        len(categories) == len(identifiers) == 1
        and categories[0].get("text") == SELF_REPORTED
        and identifiers[0].get("system") in (None, UUIDS)
        and "effectivePeriod" in resource
        and "performer" in resource
        and not any(key.startswith("value") for key in resource)
    )


# --- NumbGuard's own --------------------------------------------------------------------------------------------------


def _take_own(plain: Plain, resource: Resource) -> None:
    _take_fields(plain, resource)
    _take_places(plain, resource.get("bodySite", {}).get("text"))


def _take_former(plain: Plain, resource: Resource) -> None:
    """Set what NumbGuard 0.1.0 wrote: the regions and their one side are components."""
    _take_fields(plain, resource)
    said = [(one["code"].get("text"), one) for one in resource.get("component", [])]
    sides = [_word(one["valueCodeableConcept"]["text"]) for text, one in said if text == _SIDE_BEFORE]
    regions = [_word(one["valueCodeableConcept"]["text"]) for text, one in said if text == _SITES_BEFORE]
    plain.update(regions=regions, side=sides[0] if sides else None)


def _take_fields(plain: Plain, resource: Resource) -> None:
    period = resource["effectivePeriod"]
    plain.update(started_at=period["start"], ended_at=period.get("end"), end=_unknown(period))
    for component in resource.get("component", []):
        _take(plain, component["code"].get("text"), component)


def _unknown(period: Resource) -> str | None:
    """Return the end ``unknown`` where the period says why it has none."""
    extensions = period.get("_end", {}).get("extension", [])
    return "unknown" if any(one.get("url") == ABSENT_EXTENSION for one in extensions) else None


def _take_places(plain: Plain, text: str | None) -> None:
    """Set the sites, or the leg, from the text of the body site, such as “left calf, right sole”."""
    sites, legs = [], set()
    for place in text.split(", ") if text else ():
        side, part = _sided(place)
        if part == "leg" and side is not None:
            legs.add(side.value)
        elif part in (one.value for one in Region):
            sites.append({"region": part, "side": side and side.value})
        else:
            raise RowError(sentence("its body site “{place}” is not one that NumbGuard knows", place=place[:40]))
    leg = Side.BOTH.value if len(legs) > 1 else next(iter(legs), None)
    plain.update(sites=sites, side=leg, before_sites=plain.get("before_sites", False))


def _sided(place: str) -> tuple[Side | None, str]:
    first, _, rest = place.partition(" ")
    side = {"left": Side.LEFT, "right": Side.RIGHT}.get(first)
    return (side, _word(rest)) if side else (None, _word(place))


def _word(text: str) -> str:
    return text.replace(" ", "_")


def _take(plain: Plain, text: str | None, component: Resource) -> None:
    """Set the episode's field from a component; skip a component that NumbGuard does not write."""
    if text == SEVERITY_TEXT:
        plain["severity"] = component.get("valueInteger")
    elif text == SENSATION_TEXT:
        plain["sensations"].append(_word(component["valueCodeableConcept"]["text"]))
    elif text == BEFORE_SITES_TEXT:
        plain["before_sites"] = component["valueBoolean"]
    elif text == SKIPPED_TEXT:
        plain["skipped_today"] = component["valueInteger"]
    elif text == RELIEF_TEXT:
        plain.setdefault("relief", component["valueString"])
    for name, (said, _) in TRUTHS.items():
        if text == said:
            plain[name] = component["valueBoolean"]
    for name, said in WORD_TEXTS.items():
        if text == said:
            plain[name] = _word(component["valueCodeableConcept"]["text"])
    for name, said in LENGTH_TEXTS.items():
        if text == said:
            plain[name] = component["valueQuantity"]["value"]
    for name, said in EXACT_TEXTS.items():
        if text == said:
            try:
                plain[name] = json.loads(component["valueString"])
            except (ValueError, RecursionError):
                raise RowError(sentence("{value} is not a JSON string", value=said)) from None


# --- another system's -------------------------------------------------------------------------------------------------


def _take_others(plain: Plain, resource: Resource) -> None:
    """Set what an Observation of another system says of an episode. Raises ``RowError`` unless it was numb."""
    if not _is_present(resource):
        raise RowError(N_("its value does not say that it was numb"))
    period = resource.get("effectivePeriod")
    if period is not None:
        plain.update(started_at=period.get("start"), ended_at=period.get("end"), end=_unknown(period))
    else:
        plain.update(started_at=resource.get("effectiveDateTime") or resource.get("effectiveInstant"), end="unknown")
    plain["sensations"] = _felt(resource)
    for code in _snomed(resource.get("bodySite")):
        if code in _KNOWN_SITES:
            site = _KNOWN_SITES[code]
            plain.update(sites=[{"region": site.region.value, "side": site.side and site.side.value}])
        elif code in _LEGS:
            plain.setdefault("side", _LEGS[code].value)
    severities = [one for one in resource.get("component", []) if _has(one.get("code"), SEVERITY)]
    plain["severity"] = severities[0].get("valueInteger") if severities else None


def _is_present(resource: Resource) -> bool:
    values = {name: value for name, value in resource.items() if name.startswith("value")}
    if not values:
        return "dataAbsentReason" not in resource
    name, value = next(iter(values.items()))
    if name == "valueCodeableConcept":
        return _has(value, PRESENT, YES) or any(code in _FELT for code in _snomed(value))
    if name == "valueQuantity":
        value = value.get("value")
    return not isinstance(value, str) and bool(value) and not isinstance(value, dict | list)


def _others_id(resource: Resource, url: str) -> str:
    """Return an id for another system's Observation, the same whenever it is read again."""
    known = [f"{one.get('system')}|{one['value']}" for one in resource.get("identifier", []) if one.get("value")]
    if not known and not url:
        raise RowError(N_("has neither an identifier nor an id"))
    # JSON may contain lone surrogates, of which no UUID can be made.
    name = (known[0] if known else url).encode("utf-8", "replace").decode()
    return str(uuid5(NAMESPACE_OID, name))


# --- answers to questions about warning signs -------------------------------------------------------------------------


def _answers(resource: Resource) -> Sequence[RecordVersion]:
    identifier = resource.get("identifier", {})
    if identifier.get("system") != SIGN_ANSWERS:
        raise RowError(N_("is not a response to NumbGuard's questions"))
    if resource.get("status") not in ("completed", "amended"):
        raise RowError(
            sentence("its status is “{status}”, not completed or amended", status=str(resource.get("status"))[:40])
        )
    found = []
    for item in resource.get("item", []):
        answer = item["answer"][0]
        below = {one["linkId"].rpartition(".")[2]: one["answer"][0] for one in answer.get("item", [])}
        plain = {
            "id": item.get("id") or f"{identifier['value']}.{item['linkId']}"[:200],
            "at": below["at"]["valueDateTime"],
            "episode": identifier["value"],
            "sign": item["linkId"],
            "present": answer["valueBoolean"],
            "version": below["version"]["valueInteger"],
        }
        record = read_record(SignAnswer, plain)
        found.append(RecordVersion(record, microseconds(began(record))))
    return found
