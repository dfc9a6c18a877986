"""The codes of a FHIR export, each with its published meaning; ``docs/fhir.md`` names the sources. Data only.

SNOMED CT, http://snomed.info/sct. Where no code for the exact part of a limb could be verified, the code is that of the
surrounding part, which is also true, and the text is exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from numbguard.core.body import Region, Side
from numbguard.core.log.records import Sensation

SNOMED: Final = "http://snomed.info/sct"
UCUM: Final = "http://unitsofmeasure.org"
CATEGORY: Final = "http://terminology.hl7.org/CodeSystem/observation-category"


@dataclass(frozen=True, slots=True)
class FhirCode:
    code: str
    display: str


NUMBNESS: Final = FhirCode("44077006", "Numbness")
PARESTHESIA: Final = FhirCode("91019004", "Paresthesia")

SENSATIONS: Final[Mapping[Sensation, FhirCode]] = {
    Sensation.NUMB: NUMBNESS,
    Sensation.TINGLING: PARESTHESIA,
    Sensation.PINS_AND_NEEDLES: FhirCode("62507009", "Pins and needles"),
    Sensation.BURNING: FhirCode("90673000", "Burning sensation"),
    Sensation.WEAK: FhirCode("26544005", "Muscle weakness"),
    Sensation.CRAMP: FhirCode("55300003", "Cramp"),
    Sensation.PAIN: FhirCode("22253000", "Pain"),
}

SEVERITY: Final = FhirCode("246112005", "Severity")
FINDING_SITE: Final = FhirCode("363698007", "Finding site")
LATERALITY: Final = FhirCode("272741003", "Laterality")
WEAKNESS: Final = FhirCode("26544005", "Muscle weakness")
BACK_PAIN: Final = FhirCode("161891005", "Backache")

SIDES: Final[Mapping[Side, FhirCode]] = {
    Side.LEFT: FhirCode("7771000", "Left"),
    Side.RIGHT: FhirCode("24028007", "Right"),
    Side.BOTH: FhirCode("51440002", "Right and left"),
}


@dataclass(frozen=True, slots=True)
class BodySite:
    """The codes of one part of the body: without a side, left, and right."""

    whole: FhirCode
    left: FhirCode
    right: FhirCode

    def on(self, side: Side | None) -> FhirCode:
        """Return the code for a side; for both sides or an unknown side, the code without a side."""
        return {Side.LEFT: self.left, Side.RIGHT: self.right}.get(side, self.whole) if side else self.whole


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
