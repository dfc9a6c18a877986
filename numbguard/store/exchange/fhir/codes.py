"""The codes and the words of a FHIR export, each code with its published meaning; ``docs/fhir.md`` names the sources.

Data only, for the modules that write and read FHIR. Where no code for the exact part of a limb could be verified, the
code is that of the surrounding part, which is also true, and the text is exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from numbguard.core.log.records.episode import Sensation
from numbguard.core.sites import Region, Side

SNOMED: Final = "http://snomed.info/sct"
LOINC: Final = "http://loinc.org"
UCUM: Final = "http://unitsofmeasure.org"
CATEGORY: Final = "http://terminology.hl7.org/CodeSystem/observation-category"
DATA_ABSENT: Final = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
EMPTY_REASON: Final = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
ABSENT_EXTENSION: Final = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
UUIDS: Final = "urn:ietf:rfc:3986"
"""The system of an identifier that is itself a URI, such as ``urn:uuid:…``."""

# NumbGuard's own identifier systems: an import recognises by them what NumbGuard wrote. They never change.
EPISODES: Final = "urn:uuid:3f97ebba-43eb-47f5-b501-5031404a7c9c"
"""The system of an episode's id."""
EPISODE_SITES: Final = "urn:uuid:0adf53d4-0484-4c09-afb0-63f05fc6919d"
"""The system of the Observation of one of several sites: its episode's id, a slash and the place."""
SIGN_ANSWERS: Final = "urn:uuid:37b8a285-2281-444d-bb77-7e0b295dc744"
"""The system of the QuestionnaireResponse about an episode: the episode's id."""


@dataclass(frozen=True, slots=True)
class FhirCode:
    code: str
    display: str
    system: str = SNOMED


DOCUMENT: Final = FhirCode("53576-5", "Personal health monitoring report Document", LOINC)
SYMPTOM: Final = FhirCode("75325-1", "Symptom", LOINC)
"""What an Observation is about; its value is the symptom."""
ASSERTION: Final = FhirCode("ASSERTION", "Assertion", "http://terminology.hl7.org/CodeSystem/v3-ActCode")
"""What some systems write in its place."""

NUMBNESS: Final = FhirCode("44077006", "Numbness")
PARESTHESIA: Final = FhirCode("91019004", "Paresthesia")
PRESENT: Final = FhirCode("52101004", "Present")
YES: Final = FhirCode("373066001", "Yes")

SENSATIONS: Final[Mapping[Sensation, FhirCode]] = {
    Sensation.NUMB: NUMBNESS,
    Sensation.TINGLING: PARESTHESIA,
    Sensation.PINS_AND_NEEDLES: FhirCode("62507009", "Pins and needles"),
    Sensation.BURNING: FhirCode("90673000", "Burning sensation"),
    Sensation.WEAK: FhirCode("26544005", "Muscle weakness"),
    Sensation.CRAMP: FhirCode("55300003", "Cramp"),
    Sensation.PAIN: FhirCode("22253000", "Pain"),
}
NUMBNESSES: Final = (Sensation.NUMB, Sensation.TINGLING, Sensation.PINS_AND_NEEDLES)
"""The sensations whose codes mean numbness or paresthesia: another system's Observation with one is an episode."""

SEVERITY: Final = FhirCode("246112005", "Severity")
WEAKNESS: Final = FhirCode("26544005", "Muscle weakness")
BACK_PAIN: Final = FhirCode("161891005", "Backache")

# The text of the component that has a field of an episode. An import finds the field by it.
SENSATION_TEXT: Final = "Sensation"
SEVERITY_TEXT: Final = "Severity, 0 to 10"
BEFORE_SITES_TEXT: Final = "Recorded with one side for all sites"
SKIPPED_TEXT: Final = "Breaks skipped that day"
RELIEF_TEXT: Final = "What helped"
WORD_TEXTS: Final = {"posture": "Posture", "onset": "Onset", "seat": "Seat"}
TRUTHS: Final = {"weakness": ("Weakness", WEAKNESS), "back_pain": ("Back pain", BACK_PAIN)}
LENGTH_TEXTS: Final = {
    "relief_after_s": "Relief after",
    "seated_s": "Sitting before onset",
    "since_break_s": "Since the last break",
}
EXACT_TEXTS: Final = {"note": "Note as written", "relief": "What helped, as written"}
"""Fields whose text a FHIR string cannot always contain: the component has the text once more, as a JSON string."""
SELF_REPORTED: Final = "Self-reported"
"""The text of the category."""


@dataclass(frozen=True, slots=True)
class BodySite:
    """The codes of one part of the body: without a side, left, and right."""

    whole: FhirCode
    left: FhirCode
    right: FhirCode

    def on(self, side: Side | None) -> FhirCode:
        """Return the code for one side; the code without a side where the side was not said."""
        return {None: self.whole, Side.LEFT: self.left, Side.RIGHT: self.right}[side]


LIMB: Final = BodySite(
    FhirCode("61685007", "Lower limb structure"),
    FhirCode("32153003", "Structure of left lower limb"),
    FhirCode("62175007", "Structure of right lower limb"),
)
_THIGH: Final = BodySite(
    FhirCode("68367000", "Thigh structure"),
    FhirCode("61396006", "Structure of left thigh"),
    FhirCode("11207009", "Structure of right thigh"),
)
_FOOT: Final = BodySite(
    FhirCode("56459004", "Foot structure"),
    FhirCode("22335008", "Structure of left foot"),
    FhirCode("7769000", "Structure of right foot"),
)
SITES: Final[Mapping[Region, BodySite]] = {
    Region.LOWER_BACK: BodySite(
        FhirCode("37822005", "Lower back structure"),
        FhirCode("1017210004", "Structure of left lumbar region of back"),
        FhirCode("1017211000", "Structure of right lumbar region of back"),
    ),
    Region.BUTTOCK: BodySite(
        FhirCode("46862004", "Buttock structure"),
        FhirCode("723979003", "Structure of left buttock"),
        FhirCode("723980000", "Structure of right buttock"),
    ),
    Region.HIP: BodySite(
        FhirCode("29836001", "Hip region structure"),
        FhirCode("287679003", "Left hip region structure"),
        FhirCode("287579007", "Right hip region structure"),
    ),
    Region.THIGH_FRONT: _THIGH,
    Region.THIGH_OUTER: _THIGH,
    Region.THIGH_BACK: _THIGH,
    Region.KNEE: BodySite(
        FhirCode("72696002", "Knee region structure"),
        FhirCode("82169009", "Structure of left knee region"),
        FhirCode("6757004", "Structure of right knee region"),
    ),
    Region.SHIN: BodySite(
        FhirCode("78234002", "Shin structure"),
        FhirCode("723590004", "Structure of shin of left lower leg"),
        FhirCode("723591000", "Structure of shin of right lower leg"),
    ),
    Region.CALF: BodySite(
        FhirCode("53840002", "Structure of calf of leg"),
        FhirCode("722115008", "Structure of calf of left lower leg"),
        FhirCode("722116009", "Structure of calf of right lower leg"),
    ),
    Region.ANKLE: BodySite(
        FhirCode("344001", "Ankle region structure"),
        FhirCode("51636004", "Structure of left ankle"),
        FhirCode("6685009", "Structure of right ankle"),
    ),
    Region.FOOT_TOP: _FOOT,
    Region.SOLE: _FOOT,
    Region.TOES: _FOOT,
}
