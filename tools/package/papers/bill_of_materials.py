"""The bill of materials of a release: what its packages contain, by whom and under which licence, as CycloneDX 1.6.

`tools.package.release` calls it. Every figure comes from the lock and from the wheels' own metadata; the document names
no time of its making, so that two builds of one commit give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from email.message import Message
from pathlib import Path

from tools.package.libraries.locked_wheels import Wheel

LICENCE_OF_SOUNDS = "CC0-1.0"
"""What `resources/sounds/LICENCE.md` says; a test compares them."""
LICENCE = f"MIT AND {LICENCE_OF_SOUNDS}"
"""Of NumbGuard with its chimes, as `pyproject.toml` states it; a test compares them."""
_NAMESPACE = uuid.UUID("5f5c5a4e-6f55-5d57-9a4b-7d1f8f0f6a10")
"""Of the serial numbers: one for each version and commit."""


def bill_of_materials(
    wheels: Iterable[Wheel], *, version: str, commit: str, requirements: Sequence[str], chimes: Iterable[Path] = ()
) -> Mapping[str, object]:
    """The document.

    `requirements`: the names of the packages that NumbGuard itself asks for. `chimes`: its sounds, which have a licence
    of their own. Raises `ValueError` for a wheel that states no licence.
    """
    found = sorted(wheels, key=lambda wheel: wheel.name)
    sounds = [_sound(path) for path in sorted(chimes)]
    own = f"pkg:pypi/numbguard@{version}"
    references = {wheel.name: _purl(wheel) for wheel in found}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{version} {commit}')}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": "numbguard",
                "version": version,
                "purl": own,
                "licenses": [{"expression": LICENCE}],
                "properties": [{"name": "numbguard:commit", "value": commit}],
            }
        },
        "components": [*(_component(wheel) for wheel in found), *sounds],
        "dependencies": [
            {"ref": own, "dependsOn": sorted(references[name] for name in requirements if name in references)},
            *({"ref": references[wheel.name], "dependsOn": _needs(wheel, references)} for wheel in found),
        ],
    }


def written(document: Mapping[str, object]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _component(wheel: Wheel) -> Mapping[str, object]:
    if not wheel.licence:
        raise ValueError(f"{wheel.path.name} states no licence.")
    component: dict[str, object] = {
        "type": "library",
        "bom-ref": _purl(wheel),
        "name": wheel.name,
        "version": wheel.version,
        "description": str(wheel.metadata["Summary"] or ""),
        "hashes": [{"alg": "SHA-256", "content": wheel.sha256}],
        "licenses": [{"expression": wheel.licence}],
        "purl": _purl(wheel),
    }
    if author := _author(wheel.metadata):
        component["authors"] = [{"name": author}]
    return component


def _sound(path: Path) -> Mapping[str, object]:
    return {
        "type": "file",
        "bom-ref": f"numbguard/sounds/{path.name}",
        "name": f"numbguard/_resources/sounds/{path.name}",
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
        "licenses": [{"license": {"id": LICENCE_OF_SOUNDS}}],
    }


def _author(metadata: Message) -> str:
    stated = metadata["Author"] or str(metadata["Author-email"] or "").partition("<")[0]
    return " ".join(str(stated).split()).strip('"')


def _purl(wheel: Wheel) -> str:
    return f"pkg:pypi/{wheel.name}@{wheel.version}"


def _needs(wheel: Wheel, references: Mapping[str, str]) -> list[str]:
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    stated = map(Requirement, wheel.metadata.get_all("Requires-Dist", []))
    names = {
        str(canonicalize_name(one.name)) for one in stated if one.marker is None or one.marker.evaluate({"extra": ""})
    }
    return sorted(references[name] for name in names if name in references)
