"""Writes episodes as a FHIR R4 document for a doctor's system. Pure; the export calls it.

The document is a Bundle: a Composition, the person as a Patient, NumbGuard as a Device, and the resources of each
episode, which ``episode.py`` writes. ``docs/fhir.md`` describes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from uuid import UUID, uuid5

from numbguard import __version__
from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode
from numbguard.store.log.journal import RecordVersion

from ..plain import Plain
from ..types import Patient
from .codes import DOCUMENT, EMPTY_REASON, UUIDS
from .episode import FhirEpisode
from .values import absent, concept, fhir_moment, fhir_string, narrative, reference, urn

_TITLE = "Numbness in the legs: a log kept by the person"


def write_fhir(
    versions: Iterable[RecordVersion],
    answers: Mapping[str, Sequence[SignAnswer]] = MappingProxyType({}),
    *,
    at: datetime,
    patient: Patient,
    document: str,
) -> Iterator[str]:
    """Yield the document piece by piece. Undone episodes are omitted.

    ``answers``: by the id of an episode, the answers to the questions about warning signs, the latest last.
    ``document``: a UUID for the document. All episodes are read first: a document names what it contains at its start.
    """
    device = str(uuid5(UUID(document), "device"))
    episodes = [
        FhirEpisode(record, version.edited_us, answers.get(record.id, ()), person=patient.id)
        for version in versions
        if isinstance(record := version.record, Episode) and not version.deleted
    ]
    head = {
        "resourceType": "Bundle",
        "identifier": {"system": UUIDS, "value": urn(document)},
        "type": "document",
        "timestamp": fhir_moment(at),
    }
    yield "{\n" + "".join(f"{json.dumps(key)}: {json.dumps(value)},\n" for key, value in head.items())
    yield '"entry": [\n' + _entry(_composition(episodes, at=at, patient=patient.id, device=device, document=document))
    for resource in (_patient(patient), _device(device)):
        yield ",\n" + _entry(resource)
    for episode in episodes:
        for resource in episode.resources():
            yield ",\n" + _entry(resource)
    yield "\n]\n}\n"


def _entry(resource: Plain) -> str:
    return json.dumps({"fullUrl": urn(resource["id"]), "resource": resource}, ensure_ascii=False)


def _composition(episodes: Sequence[FhirEpisode], *, at: datetime, patient: str, device: str, document: str) -> Plain:
    section: Plain = {"title": "Episodes"}
    if episodes:
        section["text"] = narrative(*(one.summary for one in episodes))
        section["entry"] = [reference(one.id) for one in episodes]
    else:
        empty = {"system": EMPTY_REASON, "code": "nilknown", "display": "Nil Known"}
        section["text"] = narrative("No episodes are recorded.")
        section["emptyReason"] = {"coding": [empty]}
    sections = [section]
    if answered := [one.answers_id for one in episodes if one.answers_id is not None]:
        many = "1 episode" if len(answered) == 1 else f"{len(answered)} episodes"
        sections.append({
            "title": "Answers to questions about warning signs",
            "text": narrative(f"Questions were answered about {many}."),
            "entry": [reference(id) for id in answered],
        })  # fmt: skip
    return {
        "resourceType": "Composition",
        "id": str(uuid5(UUID(document), "composition")),
        "language": "en",
        "text": narrative(f"{_TITLE}. Recorded with NumbGuard, not checked by a professional. {len(episodes)} in all."),
        "status": "final",
        "type": concept(DOCUMENT),
        "subject": reference(patient),
        "date": fhir_moment(at),
        "author": [reference(patient), reference(device)],
        "title": _TITLE,
        "section": sections,
    }


def _patient(patient: Patient) -> Plain:
    """Return the person with what they gave of themselves; what they did not give has a reason why it is absent."""
    name, born = fhir_string(patient.name), patient.born
    return {
        "resourceType": "Patient",
        "id": patient.id,
        "text": narrative(", ".join((name or "Name not given", f"born {born}" if born else "date of birth not given"))),
        "name": [{"text": name} if name else absent()],
        **({"birthDate": born.isoformat()} if born else {"_birthDate": absent()}),
    }


def _device(id: str) -> Plain:
    return {
        "resourceType": "Device",
        "id": id,
        "text": narrative(f"NumbGuard {__version__}"),
        "deviceName": [{"name": "NumbGuard", "type": "user-friendly-name"}],
        "type": {"text": "Software with which a person keeps a log of numbness"},
        "version": [{"value": __version__}],
    }
