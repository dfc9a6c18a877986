"""Writes one episode as FHIR R4 resources: an Observation, one more for each of several sites, a QuestionnaireResponse.

Pure; ``file.py`` calls it. Text that a FHIR string cannot contain (control characters, only spaces, empty) is
repeated as a JSON string in a component, so that an import restores it unchanged.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid5

from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode, EpisodeEnd, Sensation
from numbguard.core.sites import Side, Site

from ..plain import Plain, plain_edit, plain_record
from .codes import (
    BEFORE_SITES_TEXT,
    CATEGORY,
    DATA_ABSENT,
    EPISODE_SITES,
    EPISODES,
    EXACT_TEXTS,
    LENGTH_TEXTS,
    LIMB,
    NUMBNESS,
    PARESTHESIA,
    RELIEF_TEXT,
    SELF_REPORTED,
    SENSATION_TEXT,
    SENSATIONS,
    SEVERITY,
    SEVERITY_TEXT,
    SIGN_ANSWERS,
    SITES,
    SKIPPED_TEXT,
    SYMPTOM,
    TRUTHS,
    UCUM,
    UUIDS,
    WORD_TEXTS,
    FhirCode,
)
from .values import absent, concept, fhir_id, fhir_moment, fhir_string, narrative, reference, urn

_PARESTHESIAS: Final = (Sensation.TINGLING, Sensation.PINS_AND_NEEDLES, Sensation.BURNING)
_CATEGORY: Final = {
    "coding": [{"system": CATEGORY, "code": "survey", "display": "Survey"}],
    "text": SELF_REPORTED,
}


@dataclass(frozen=True, slots=True)
class FhirPlace:
    """A place that was numb, on one side or without a side: its code, and its name as an import reads it."""

    code: FhirCode
    name: str


class FhirEpisode:
    """The resources of one episode; ``person``: the id of the Patient."""

    def __init__(self, episode: Episode, edited_us: int, answers: Sequence[SignAnswer], *, person: str) -> None:
        self._episode = episode
        self._edited = plain_edit(edited_us)
        self._answers = list({one.sign: one for one in answers}.values())
        self._person = reference(person)
        self._places = _places(episode)
        self.id: Final = fhir_id(episode.id)
        self.answers_id: Final = str(uuid5(UUID(self.id), "answers")) if self._answers else None
        """The id of the QuestionnaireResponse; ``None`` where no question was answered."""

    @property
    def summary(self) -> str:
        """The episode in one line, for people."""
        episode = self._episode
        began, ended = episode.started_at.isoformat(" ", "minutes"), episode.ended_at
        end = {
            EpisodeEnd.AT: f"to {ended.isoformat(' ', 'minutes')}" if ended else "",
            EpisodeEnd.UNKNOWN: "end not known",
            EpisodeEnd.OPEN: "still numb when this was written",
        }[episode.end]
        severity = "severity not recorded" if episode.severity is None else f"severity {episode.severity} of 10"
        return "; ".join((f"{began}, {end}", self._where or "place not recorded", self._what["text"], severity))

    def resources(self) -> Iterator[Plain]:
        """Yield the resources; the Observation of the episode is the first."""
        members = [self._member(place) for place in self._places] if len(self._places) > 1 else []
        yield self._observation(members)
        yield from members
        if self._answers:
            yield self._response()

    def _observation(self, members: Sequence[Plain]) -> Plain:
        told = plain_record(self._episode)
        identifiers: list[Plain] = [{"system": EPISODES, "value": self._episode.id}]
        if self.id == self._episode.id:
            identifiers.append({"system": UUIDS, "value": urn(self.id)})
        resource = self._present(self.id, identifiers)
        resource["text"] = narrative(self.summary)
        if len(self._places) == 1:
            resource["bodySite"] = concept(self._places[0].code, self._where)
        elif members:
            resource["bodySite"] = {"text": self._where}
            resource["hasMember"] = [reference(one["id"]) for one in members]
        if note := fhir_string(told["note"]):
            resource["note"] = [{"text": note}]
        resource["component"] = list(self._components({**told, **told["context"]}))
        return resource

    def _member(self, place: FhirPlace) -> Plain:
        """Return the Observation of one of several sites: an Observation has room for one body site only."""
        id = str(uuid5(UUID(self.id), place.name))
        resource = self._present(id, [{"system": EPISODE_SITES, "value": f"{self._episode.id}/{place.name}"}])
        return {
            **resource,
            "text": narrative(f"{place.name}: {self.summary}"),
            "bodySite": concept(place.code, place.name),
        }

    def _present(self, id: str, identifiers: list[Plain]) -> Plain:
        """Return what the Observation of an episode and that of a site have in common."""
        return {
            "resourceType": "Observation",
            "id": id,
            "meta": {"lastUpdated": self._edited},
            "identifier": identifiers,
            "status": "preliminary" if self._episode.end is EpisodeEnd.OPEN else "final",
            "category": [_CATEGORY],
            "code": concept(SYMPTOM),
            "subject": self._person,
            "effectivePeriod": self._period,
            # The moment of the edit. A server that stores the resource sets ``meta.lastUpdated`` to its own time.
            "issued": self._edited,
            "performer": [self._person],
            "valueCodeableConcept": self._what,
        }

    @property
    def _period(self) -> Plain:
        """The time from the beginning to the end. A period without an end is open: an unknown end has a reason."""
        episode = self._episode
        period: Plain = {"start": fhir_moment(episode.started_at)}
        if episode.ended_at is not None:
            period["end"] = fhir_moment(episode.ended_at)
        elif episode.end is EpisodeEnd.UNKNOWN:
            period["_end"] = absent()
        return period

    @property
    def _where(self) -> str:
        return ", ".join(place.name for place in self._places)

    @property
    def _what(self) -> Plain:
        """The code for numbness, unless only other sensations were recorded."""
        felt = self._episode.sensations
        words = ", ".join(dict.fromkeys(_words(one.value) for one in felt))
        if not felt or Sensation.NUMB in felt:
            return concept(NUMBNESS, words or "numbness")
        if any(one in _PARESTHESIAS for one in felt):
            return concept(PARESTHESIA, words)
        return concept(next((SENSATIONS[one] for one in felt if one in SENSATIONS), None), words)

    def _components(self, told: Mapping[str, Any]) -> Iterator[Plain]:
        severity: Plain = {"code": concept(SEVERITY, SEVERITY_TEXT)}
        if self._episode.severity is None:
            unknown = {"system": DATA_ABSENT, "code": "unknown", "display": "Unknown"}
            yield {**severity, "dataAbsentReason": {"coding": [unknown]}}
        else:
            yield {**severity, "valueInteger": self._episode.severity}
        for sensation in self._episode.sensations:
            felt = concept(SENSATIONS.get(sensation), _words(sensation.value))
            yield {"code": {"text": SENSATION_TEXT}, "valueCodeableConcept": felt}
        if self._episode.before_sites:
            yield {"code": {"text": BEFORE_SITES_TEXT}, "valueBoolean": True}
        for name, (text, code) in TRUTHS.items():
            if told[name] is not None:
                yield {"code": concept(code, text), "valueBoolean": told[name]}
        for name, text in WORD_TEXTS.items():
            if told[name] is not None:
                yield {"code": {"text": text}, "valueCodeableConcept": {"text": _words(told[name])}}
        for name, text in LENGTH_TEXTS.items():
            if told[name] is not None:
                quantity = {"value": told[name], "unit": "s", "system": UCUM, "code": "s"}
                yield {"code": {"text": text}, "valueQuantity": quantity}
        if told["skipped_today"] is not None:
            yield {"code": {"text": SKIPPED_TEXT}, "valueInteger": told["skipped_today"]}
        if relief := fhir_string(told["relief"]):
            yield {"code": {"text": RELIEF_TEXT}, "valueString": relief}
        for name, text in EXACT_TEXTS.items():
            if told[name] is not None and told[name] != fhir_string(told[name]):
                yield {"code": {"text": text}, "valueString": json.dumps(told[name])}

    def _response(self) -> Plain:
        """Return the last answer to each question about a warning sign."""
        latest = max(self._answers, key=lambda one: one.at)
        said = [f"{one.sign.words}: {_said(one)}" for one in self._answers]
        return {
            "resourceType": "QuestionnaireResponse",
            "id": self.answers_id,
            "text": narrative(*said),
            "identifier": {"system": SIGN_ANSWERS, "value": self._episode.id},
            "partOf": [reference(self.id)],
            "status": "completed",
            "subject": self._person,
            "authored": fhir_moment(latest.at),
            "author": self._person,
            "source": self._person,
            "item": [_answered(one) for one in self._answers],
        }


def _said(answer: SignAnswer) -> str:
    return ("yes" if answer.present else "no") + (
        "" if answer.counts else f", to an earlier, {'wider' if answer.present else 'narrower'} question"
    )


def _answered(answer: SignAnswer) -> Plain:
    """Return the item of an answer; an answer to an earlier question has no text, because its words are not known."""
    link = answer.sign.value
    words = {"text": answer.sign.question} if answer.version == answer.sign.version else {}
    version = {"linkId": f"{link}.version", "text": "Version of the question"}
    at = {"linkId": f"{link}.at", "text": "Answered at"}
    below = [
        {**version, "answer": [{"valueInteger": answer.version}]},
        {**at, "answer": [{"valueDateTime": fhir_moment(answer.at)}]},
    ]
    return {"id": answer.id, "linkId": link, **words, "answer": [{"valueBoolean": answer.present, "item": below}]}


def _places(episode: Episode) -> tuple[FhirPlace, ...]:
    """Return the sites, or the legs where no region was named; what is on both sides as left and as right."""
    if episode.sites:
        halves = [half for site in episode.sites for half in _halves(site)]
        return tuple(FhirPlace(SITES[one.region].on(one.side), _name(one.side, one.region.value)) for one in halves)
    legs = (Side.LEFT, Side.RIGHT) if episode.leg is Side.BOTH else (episode.leg,) if episode.leg else ()
    return tuple(FhirPlace(LIMB.on(side), _name(side, "leg")) for side in legs)


def _halves(site: Site) -> tuple[Site, ...]:
    return tuple(Site(site.region, side) for side in (Side.LEFT, Side.RIGHT)) if site.side is Side.BOTH else (site,)


def _name(side: Side | None, part: str) -> str:
    return f"{side.value} {_words(part)}" if side else _words(part)


def _words(value: str) -> str:
    return value.replace("_", " ")
