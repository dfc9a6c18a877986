"""Makes Qt's PDF one that an archive accepts: PDF/A-1b (ISO 19005-1), with a title and a language.

Called by `pdf.py`. Qt's writer embeds the fonts and the colour profile and draws nothing transparent. Three things are
left, and they are added as an incremental update (PDF Reference 1.4, 3.4.5), which changes no byte of Qt's drawing:

- the language, and that a window shows the title instead of the file's name: Qt's writer knows neither;
- the document information with the time of the report, and metadata that agree with it, in the form in which the
  validators expect them (each schema's name space is declared where it is used);
- Qt names the CMYK colours as a resource of each page, although nothing is drawn in them. A file with a profile for RGB
  must not name them, so they are named RGB, at the same length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

_CMYK: Final = (
    (b"/CSpcmyk /DeviceCMYK", b"/CSpcmyk /DeviceRGB "),
    (b"[/Pattern /DeviceCMYK]", b"[/Pattern /DeviceRGB ]"),
)


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What the document says of itself."""

    title: str
    author: str
    """Empty where the person gave no name."""
    creator: str
    producer: str
    language: str
    """As in BCP 47."""
    written_at: datetime


def archivable(document: bytes, facts: DocumentFacts) -> bytes:
    """The document of a ``QPdfWriter`` whose version is ``PdfVersion_A1b``, with what it lacks.

    Raises ``ValueError`` for a document that is not built as Qt 6.11 does.
    """
    for named, instead in _CMYK:
        document = document.replace(named, instead)
    trailer = document[document.rindex(b"trailer") :]
    size, info, root = (int(_one(rb"/%s (\d+)" % key, trailer)) for key in (b"Size", b"Info", b"Root"))
    identity, previous = _one(rb"/ID (\[[^]]*\])", trailer), _one(rb"startxref\s+(\d+)", trailer)
    catalogue = _one(rb"\n%d 0 obj\s*<<(.*?)>>\s*endobj" % root, document)
    metadata = int(_one(rb"/Metadata (\d+) 0 R", catalogue))
    packet = _metadata(facts)
    objects = {
        info: _information(facts),
        metadata: b"<<\n/Type /Metadata /Subtype /XML\n/Length %d\n>>\nstream\n%s\nendstream" % (len(packet), packet),
        root: b"<<%s/Lang (%s)\n/ViewerPreferences << /DisplayDocTitle true >>\n>>"
        % (catalogue, facts.language.encode("ascii")),
    }
    update, table = bytearray(), bytearray()
    for number in sorted(objects):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(document) + len(update))
        update += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    begins = len(document) + len(update)
    update += b"xref\n" + table
    update += b"trailer\n<<\n/Size %d\n/Info %d 0 R\n/Root %d 0 R\n/Prev %s\n" % (size, info, root, previous)
    update += b"/ID %s\n>>\nstartxref\n%d\n%%%%EOF\n" % (identity, begins)
    return document + bytes(update)


def _one(pattern: bytes, where: bytes) -> bytes:
    found = re.search(pattern, where, re.DOTALL)
    if found is None:
        raise ValueError(f"the document has no {pattern!r}")
    return found[1]


def _text(text: str) -> bytes:
    """A text string: UTF-16, in hexadecimal digits."""
    return b"<FEFF%s>" % text.encode("utf-16-be").hex().upper().encode()


def _information(facts: DocumentFacts) -> bytes:
    at = facts.written_at
    offset = f"{at:%z}"[:5]
    moment = f"(D:{at:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:]}')".encode()
    author = b"/Author %s\n" % _text(facts.author) if facts.author else b""
    return b"<<\n/Title %s\n%s/Creator %s\n/Producer %s\n/CreationDate %s\n/ModDate %s\n>>" % (
        *(_text(facts.title), author, _text(facts.creator), _text(facts.producer)),
        *(moment, moment),
    )


def _metadata(facts: DocumentFacts) -> bytes:
    title, author, creator, producer, language = map(
        escape, (facts.title, facts.author, facts.creator, facts.producer, facts.language)
    )
    at = facts.written_at.replace(microsecond=0).isoformat()
    by = f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>" if author else ""
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>{by}
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{at}</xmp:CreateDate>
<xmp:ModifyDate>{at}</xmp:ModifyDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>1</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>""".encode()
