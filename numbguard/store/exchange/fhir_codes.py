"""The codes of a FHIR export, each with its published meaning; ``docs/fhir.md`` says where it was looked up. Data only.

SNOMED CT, http://snomed.info/sct. Where the exact part of a limb has no code that could be checked, the code is that of
the part around it, which is true as well, and the text is exact.
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
class Code:
    code: str
    display: str


NUMBNESS: Final = Code("44077006", "Numbness")
PARESTHESIA: Final = Code("91019004", "Paresthesia")

SENSATIONS: Final[Mapping[Sensation, Code]] = {
    Sensation.NUMB: NUMBNESS,
    Sensation.TINGLING: PARESTHESIA,
    Sensation.PINS_AND_NEEDLES: Code("62507009", "Pins and needles"),
    Sensation.BURNING: Code("90673000", "Burning sensation"),
    Sensation.WEAK: Code("26544005", "Muscle weakness"),
    Sensation.CRAMP: Code("55300003", "Cramp"),
    Sensation.PAIN: Code("22253000", "Pain"),
}

SEVERITY: Final = Code("246112005", "Severity")
FINDING_SITE: Final = Code("363698007", "Finding site")
LATERALITY: Final = Code("272741003", "Laterality")
WEAKNESS: Final = Code("26544005", "Muscle weakness")
BACK_PAIN: Final = Code("161891005", "Backache")

SIDES: Final[Mapping[Side, Code]] = {
    Side.LEFT: Code("7771000", "Left"),
    Side.RIGHT: Code("24028007", "Right"),
    Side.BOTH: Code("51440002", "Right and left"),
}


@dataclass(frozen=True, slots=True)
class Site:
    """One part of the body: as such, on the left and on the right."""

    whole: Code
    left: Code
    right: Code

    def on(self, side: Side | None) -> Code:
        """The code for a side; both sides, or a side not told, are the part as such."""
        return {Side.LEFT: self.left, Side.RIGHT: self.right}.get(side, self.whole) if side else self.whole


LIMB: Final = Site(
    Code("61685007", "Lower limb structure"),
    Code("32153003", "Structure of left lower limb"),
    Code("62175007", "Structure of right lower limb"),
)
_THIGH: Final = Site(
    Code("68367000", "Thigh structure"),
    Code("61396006", "Structure of left thigh"),
    Code("11207009", "Structure of right thigh"),
)
_FOOT: Final = Site(
    Code("56459004", "Foot structure"),
    Code("22335008", "Structure of left foot"),
    Code("7769000", "Structure of right foot"),
)
SITES: Final[Mapping[Region, Site]] = {
    Region.LOWER_BACK: Site(
        Code("37822005", "Lower back structure"),
        Code("1017210004", "Structure of left lumbar region of back"),
        Code("1017211000", "Structure of right lumbar region of back"),
    ),
    Region.BUTTOCK: Site(
        Code("46862004", "Buttock structure"),
        Code("723979003", "Structure of left buttock"),
        Code("723980000", "Structure of right buttock"),
    ),
    Region.HIP: Site(
        Code("29836001", "Hip region structure"),
        Code("287679003", "Left hip region structure"),
        Code("287579007", "Right hip region structure"),
    ),
    Region.THIGH_FRONT: _THIGH,
    Region.THIGH_OUTER: _THIGH,
    Region.THIGH_BACK: _THIGH,
    Region.KNEE: Site(
        Code("72696002", "Knee region structure"),
        Code("82169009", "Structure of left knee region"),
        Code("6757004", "Structure of right knee region"),
    ),
    Region.SHIN: Site(
        Code("78234002", "Shin structure"),
        Code("723590004", "Structure of shin of left lower leg"),
        Code("723591000", "Structure of shin of right lower leg"),
    ),
    Region.CALF: Site(
        Code("53840002", "Structure of calf of leg"),
        Code("722115008", "Structure of calf of left lower leg"),
        Code("722116009", "Structure of calf of right lower leg"),
    ),
    Region.ANKLE: Site(
        Code("344001", "Ankle region structure"),
        Code("51636004", "Structure of left ankle"),
        Code("6685009", "Structure of right ankle"),
    ),
    Region.FOOT_TOP: _FOOT,
    Region.SOLE: _FOOT,
    Region.TOES: _FOOT,
}
