"""Writes the plain values of FHIR R4: texts, moments, codes, ids, references, narrative. Pure.

The modules that write a FHIR document call it.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from html import escape
from uuid import NAMESPACE_OID, UUID, uuid5

from ..plain import Plain
from .codes import ABSENT_EXTENSION, FhirCode

_STRING = re.compile(r"\S(?:[ \r\n\t\S]*\S)?")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]|[\ufdd0-\ufdef\ufffe\uffff]")


def fhir_string(text: str | None) -> str | None:
    """Return the text as a valid FHIR string: without control characters; ``None`` where nothing would be left."""
    plain = _NOT_TEXT.sub("\ufffd", text or "").strip()
    return plain if _STRING.fullmatch(plain) else None


def fhir_moment(moment: datetime) -> str:
    """Return the moment with an offset that FHIR allows: whole minutes, up to 14 hours."""
    offset = moment.utcoffset() or timedelta()
    minutes = max(-840, min(840, round(offset.total_seconds() / 60)))
    zone = timezone(timedelta(minutes=minutes))
    try:
        return moment.astimezone(zone).isoformat()
    except OverflowError:  # the first or last day of the calendar
        return moment.replace(tzinfo=zone).isoformat()


def fhir_id(id: str) -> str:
    """Return an id of the log as a UUID: itself where it is one, otherwise one made from it."""
    try:
        uuid = UUID(id)
    except ValueError:
        return str(uuid5(NAMESPACE_OID, id))
    return id if str(uuid) == id else str(uuid5(NAMESPACE_OID, id))


def reference(id: str) -> Plain:
    return {"reference": urn(id)}


def urn(id: str) -> str:
    return f"urn:uuid:{id}"


def concept(code: FhirCode | None, text: str | None = None) -> Plain:
    """Return a CodeableConcept with the code, the text, or both."""
    coding: Plain = {}
    if code is not None:
        coding["coding"] = [{"system": code.system, "code": code.code, "display": code.display}]
    return coding if text is None else {**coding, "text": text}


def absent() -> Plain:
    """Return what an element has in place of a value that is not known."""
    return {"extension": [{"url": ABSENT_EXTENSION, "valueCode": "unknown"}]}


def narrative(*lines: str) -> Plain:
    """Return the lines as the text that a system shows to people: one paragraph, or a list of several."""
    shown = [escape(fhir_string(line) or "", quote=False) for line in lines]
    items = f"<p>{shown[0]}</p>" if len(shown) == 1 else f"<ul>{''.join(f'<li>{line}</li>' for line in shown)}</ul>"
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{items}</div>'}
