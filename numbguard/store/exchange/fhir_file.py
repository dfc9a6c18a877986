"""Writes episodes as a FHIR R4 Bundle for a doctor's system, and reads a Bundle that NumbGuard wrote. Pure.

The Bundle is a collection: one Patient without a name, and one Observation for each episode. Text that a FHIR string
cannot contain (control characters, only spaces, empty) is repeated as a JSON string in a component, so that an import
restores it unchanged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final
from uuid import NAMESPACE_OID, UUID, uuid5

from numbguard.core.body import Region, Side, Site
from numbguard.core.log.records import Episode, EpisodeEnd, Sensation
from numbguard.store.log.journal import RecordVersion

from .fhir_codes import (
    BACK_PAIN,
    CATEGORY,
    FINDING_SITE,
    LATERALITY,
    LIMB,
    NUMBNESS,
    PARESTHESIA,
    SENSATIONS,
    SEVERITY,
    SIDES,
    SITES,
    SNOMED,
    UCUM,
    WEAKNESS,
    FhirCode,
)
from .json_file import tombstone
from .plain import Plain, plain_edit, plain_record, read_edit, read_episode, read_id
from .types import RowError

_UUIDS: Final = "urn:ietf:rfc:3986"
_PARESTHESIAS: Final = (Sensation.TINGLING, Sensation.PINS_AND_NEEDLES, Sensation.BURNING)

_SELF_REPORTED: Final = {
    "coding": [{"system": CATEGORY, "code": "survey", "display": "Survey"}],
    "text": "Self-reported",
}

# The field of an episode by the text of its component.
_SENSATION, _SITE, _SIDE, _SEVERITY = "Sensation", "Body site", "Side", "Severity, 0 to 10"
_WORDS: Final = {"posture": "Posture", "onset": "Onset", "seat": "Seat"}
_TRUTHS: Final = {"weakness": ("Weakness", WEAKNESS), "back_pain": ("Back pain", BACK_PAIN)}
_LENGTHS: Final = {
    "relief_after_s": "Relief after",
    "seated_s": "Sitting before onset",
    "since_break_s": "Since the last break",
}
_BEFORE_SITES = "Recorded with one side for all sites"
_ABSENT: Final = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_SKIPPED, _RELIEF = "Breaks skipped that day", "What helped"
_EXACT: Final = {"note": "Note as written", "relief": "What helped, as written"}
_CONTEXT: Final = ("seated_s", "since_break_s", "skipped_today", "seat")
_PLAIN_STRING = re.compile(r"\S(?:[ \r\n\t\S]*\S)?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|[\ufdd0-\ufdef\ufffe\uffff]")


# --- out -------------------------------------------------------------------------------------------------------------


def write_fhir(versions: Iterable[RecordVersion], *, at: datetime, patient: str) -> Iterator[str]:
    """Yield the Bundle piece by piece. ``patient``: a UUID for the person, who is not named."""
    subject = f"urn:uuid:{patient}"
    head = {"resourceType": "Bundle", "type": "collection", "timestamp": at.isoformat(timespec="seconds")}
    person = {"fullUrl": subject, "resource": {"resourceType": "Patient", "id": patient}}
    yield "{\n" + "".join(f"{json.dumps(key)}: {json.dumps(value)},\n" for key, value in head.items())
    yield '"entry": [\n' + json.dumps(person)
    for version in versions:
        if isinstance(version.record, Episode) and not version.deleted:
            observation = _observation(version.record, version.edited_us, subject)
            url = f"urn:uuid:{_as_uuid(version.record.id)}"
            yield ",\n" + json.dumps({"fullUrl": url, "resource": observation}, ensure_ascii=False)
    yield "\n]\n}\n"


def _observation(episode: Episode, edited_us: int, subject: str) -> Plain:
    given = plain_record(episode)
    id = _as_uuid(episode.id)
    period: Plain = {"start": _moment(episode.started_at)}
    if episode.ended_at is not None:
        period["end"] = _moment(episode.ended_at)
    elif episode.end_unknown:
        period["_end"] = {"extension": [{"url": _ABSENT, "valueCode": "unknown"}]}
    resource: Plain = {
        "resourceType": "Observation",
        "id": id,
        "meta": {"lastUpdated": plain_edit(edited_us)},
        "identifier": [{"system": _UUIDS, "value": f"urn:uuid:{id}"} if id == episode.id else {"value": episode.id}],
        "status": "preliminary" if episode.end is EpisodeEnd.OPEN else "final",
        "category": [_SELF_REPORTED],
        "code": _what(episode),
        "subject": {"reference": subject},
        # A period without an end: the episode is open. An end that is not known has a reason why it is absent.
        "effectivePeriod": period,
        "performer": [{"reference": subject}],
    }
    if site := _where(episode):
        resource["bodySite"] = site
    if note := _string(given["note"]):
        resource["note"] = [{"text": note}]
    if components := list(_components(episode, {**given, **given["context"]})):
        resource["component"] = components
    return resource


def _what(episode: Episode) -> Plain:
    """Return the code for numbness, unless only other sensations were logged."""
    felt = episode.sensations
    words = ", ".join(dict.fromkeys(_words(one.value) for one in felt))
    if not felt or Sensation.NUMB in felt:
        return _concept(NUMBNESS, words or "numbness")
    if any(one in _PARESTHESIAS for one in felt):
        return _concept(PARESTHESIA, words)
    return _concept(next((SENSATIONS[one] for one in felt if one in SENSATIONS), None), words)


def _where(episode: Episode) -> Plain | None:
    """Return the one body site of an Observation: the region, or the leg for several regions. Components name each."""
    if not episode.sites:
        return _leg(episode.leg)
    text = ", ".join(_place(one) for one in episode.sites)
    if len(episode.sites) == 1:
        return _concept(SITES[episode.sites[0].region].on(episode.sites[0].side), text)
    return _concept(None if Region.LOWER_BACK in episode.regions else LIMB.on(episode.side), text)


def _leg(side: Side | None) -> Plain | None:
    if side is None:
        return None
    return _concept(LIMB.on(side), "both legs" if side is Side.BOTH else f"{side.value} leg")


def _place(site: Site) -> str:
    return f"{site.side.value} {_words(site.region.value)}" if site.side else _words(site.region.value)


def _components(episode: Episode, given: Mapping[str, Any]) -> Iterator[Plain]:
    if episode.severity is not None:
        yield {"code": _concept(SEVERITY, _SEVERITY), "valueInteger": episode.severity}
    for sensation in episode.sensations:
        yield _component(_SENSATION, None, _concept(SENSATIONS.get(sensation), _words(sensation.value)))
    if episode.side is not None:
        yield _component(_SIDE, LATERALITY, _concept(SIDES[episode.side], episode.side.value))
    for site in episode.sites:
        yield _component(_SITE, FINDING_SITE, _concept(SITES[site.region].on(site.side), _place(site)))
    if episode.sites:
        yield {"code": {"text": _BEFORE_SITES}, "valueBoolean": episode.before_sites}
    for name, (text, code) in _TRUTHS.items():
        if given[name] is not None:
            yield {"code": _concept(code, text), "valueBoolean": given[name]}
    for name, text in _WORDS.items():
        if given[name] is not None:
            yield _component(text, None, {"text": _words(given[name])})
    for name, text in _LENGTHS.items():
        if given[name] is not None:
            quantity = {"value": given[name], "unit": "s", "system": UCUM, "code": "s"}
            yield {"code": {"text": text}, "valueQuantity": quantity}
    if given["skipped_today"] is not None:
        yield {"code": {"text": _SKIPPED}, "valueInteger": given["skipped_today"]}
    if relief := _string(given["relief"]):
        yield {"code": {"text": _RELIEF}, "valueString": relief}
    for name, text in _EXACT.items():
        if given[name] is not None and given[name] != _string(given[name]):
            yield {"code": {"text": text}, "valueString": json.dumps(given[name])}


def _component(text: str, code: FhirCode | None, value: Plain) -> Plain:
    return {"code": _concept(code, text), "valueCodeableConcept": value}


def _concept(code: FhirCode | None, text: str) -> Plain:
    if code is None:
        return {"text": text}
    return {"coding": [{"system": SNOMED, "code": code.code, "display": code.display}], "text": text}


def _words(value: str) -> str:
    return value.replace("_", " ")


def _string(text: str | None) -> str | None:
    """Return the text as a valid FHIR string: without control characters, not only spaces."""
    plain = _CONTROLS.sub("\ufffd", text or "").strip()
    return plain if _PLAIN_STRING.fullmatch(plain) else None


def _moment(moment: datetime) -> str:
    """Return the moment with an offset that FHIR allows: whole minutes, up to 14 hours."""
    offset = moment.utcoffset() or timedelta()
    minutes = max(-840, min(840, round(offset.total_seconds() / 60)))
    zone = timezone(timedelta(minutes=minutes))
    try:
        return moment.astimezone(zone).isoformat()
    except OverflowError:  # the first or last day of the calendar
        return moment.replace(tzinfo=zone).isoformat()


def _as_uuid(id: str) -> str:
    try:
        uuid = UUID(id)
    except ValueError:
        return str(uuid5(NAMESPACE_OID, id))
    return id if str(uuid) == id else str(uuid5(NAMESPACE_OID, id))


# --- in --------------------------------------------------------------------------------------------------------------


def read_entry(given: object) -> RecordVersion | None:
    """Read a Bundle's entry; ``None`` for a Patient. Raises ``RowError`` for what NumbGuard would not write."""
    resource = given.get("resource") if isinstance(given, dict) else None
    if not isinstance(resource, dict):
        raise RowError("holds no resource")
    if resource.get("resourceType") == "Patient":
        return None
    if resource.get("resourceType") != "Observation":
        raise RowError("is neither a Patient nor an Observation")
    try:
        return _version(resource)
    except (TypeError, KeyError, IndexError, AttributeError):
        raise RowError("is no Observation of an episode as NumbGuard writes it") from None


def _version(resource: Mapping[str, Any]) -> RecordVersion:
    id = resource["identifier"][0]["value"].removeprefix("urn:uuid:")
    if resource.get("status") == "entered-in-error":  # marked as entered in error by a system that has kept it since
        edited = {"edited_at": resource["meta"]["lastUpdated"]}
        return tombstone(read_id(id), read_edit(edited, datetime.fromtimestamp(0, UTC)))
    plain: Plain = {"sites": [], "sensations": [], "note": "\n".join(one["text"] for one in resource.get("note", []))}
    plain["note"] = plain["note"] or None
    plain["id"] = id
    plain["started_at"] = resource["effectivePeriod"]["start"]
    plain["ended_at"] = resource["effectivePeriod"].get("end")
    plain["end"] = "unknown" if "_end" in resource["effectivePeriod"] else None
    plain["edited_at"] = resource["meta"]["lastUpdated"]
    for component in resource.get("component", []):
        _take(plain, component["code"]["text"], component)
    if "before_sites" not in plain:  # written when an episode had one side for all of its regions
        plain["regions"] = [one["region"] for one in plain.pop("sites")]
    episode = read_episode({**plain, "context": {name: plain.get(name) for name in _CONTEXT}})
    return RecordVersion(episode, read_edit(plain, episode.started_at))


def _take(plain: Plain, text: str, component: Mapping[str, Any]) -> None:
    """Set the episode's field from a component; skip a component that NumbGuard does not write."""

    def word() -> str:
        return str(component["valueCodeableConcept"]["text"]).replace(" ", "_")

    if text == _SEVERITY:
        plain["severity"] = component["valueInteger"]
    elif text == _SENSATION:
        plain["sensations"].append(word())
    elif text == _SITE:
        side, _, region = word().partition("_")
        has_side = side in {one.value for one in Side}
        plain["sites"].append({"region": region, "side": side} if has_side else {"region": word(), "side": None})
    elif text == _SIDE:
        plain["side"] = word()
    elif text == _BEFORE_SITES:
        plain["before_sites"] = component["valueBoolean"]
    elif text == _SKIPPED:
        plain["skipped_today"] = component["valueInteger"]
    elif text == _RELIEF:
        plain.setdefault("relief", component["valueString"])
    for name, (said, _) in _TRUTHS.items():
        if text == said:
            plain[name] = component["valueBoolean"]
    for name, said in _WORDS.items():
        if text == said:
            plain[name] = word()
    for name, said in _LENGTHS.items():
        if text == said:
            plain[name] = component["valueQuantity"]["value"]
    for name, said in _EXACT.items():
        if text == said:
            try:
                plain[name] = json.loads(component["valueString"])
            except (ValueError, RecursionError):
                raise RowError(f"{said} is not a JSON string") from None
