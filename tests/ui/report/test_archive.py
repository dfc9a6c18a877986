"""The report is a PDF/A-1b with a title and a language: by its own structure, and by a validator where one is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from xml.etree import ElementTree

import pytest

from numbguard.core.log.records.episode import Episode, Sensation
from numbguard.core.log.visit import VisitDetails
from numbguard.core.sites import Region, Side, Site
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.queries.insights import Period
from numbguard.store.log.spool.safe_journal import SafeJournal
from numbguard.store.profile import Profile
from numbguard.ui.report.archive import DocumentFacts, archivable
from numbguard.ui.report.pdf import PaperSize, write_report

pytestmark = pytest.mark.usefixtures("qapp")

NOW = datetime(2026, 3, 2, 17, 30, 5, tzinfo=UTC)
NAME = "Zoë <Čapek> & Søn"
_JAVA = Path("/usr/share/java")
JARS = [
    _JAVA / f"{name}.jar"
    for name in ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api")
]
"""Apache PDFBox Preflight and its libraries: libpdfbox2-java, libactivation-java, libjaxb-api-java, and a Java."""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report with charts, the map, and letters that this machine's fonts have, and some that they do not."""
    profile, file = Profile.find(str(tmp_path / "profile")), tmp_path / "report.pdf"
    journal = SqliteJournal(profile)
    keeping = SafeJournal(journal, profile)
    for number in range(24):
        keeping.add_episode(
            Episode(
                str(uuid4()),
                NOW - timedelta(days=3 * number + 1),
                ended_at=NOW - timedelta(days=3 * number + 1, minutes=-5),
                sites=(Site(Region.CALF, Side.LEFT), Site(Region.LOWER_BACK, Side.BOTH)),
                sensations=(Sensation.WEAK,),
                note="Ελλάδα и кириллица, žluťoučký kůň; \U0001f9b5 \ua4a4",
            )
        )
    write_report(
        profile, journal, file, period=Period(), paper=PaperSize.A4, now=NOW, visit=VisitDetails("Why?", NAME, "1961")
    )
    journal.close()
    return file


def test_it_has_a_title_a_language_and_metadata_that_agree(report: Path) -> None:
    content = report.read_bytes()
    said = subprocess.run(["pdfinfo", str(report)], capture_output=True, text=True, check=True, timeout=60).stdout
    assert re.search(r"Title: +Numbness in the legs: a report from a log\n", said)
    assert re.search(rf"Author: +{re.escape(NAME)}\n", said)
    catalogue = content[content.rindex(b"/Type /Catalog") :]
    assert b"/Lang (en-GB)" in catalogue
    assert b"/DisplayDocTitle true" in catalogue
    packet = content[content.rindex(b"<?xpacket begin=") : content.rindex(b"<?xpacket end=")]
    text = " ".join(ElementTree.fromstring(packet.split(b"?>", 1)[1].decode()).itertext())
    for word in ("Numbness in the legs: a report from a log", NAME, "en-GB", "2026-03-02T17:30:05+00:00", " 1 \n B "):
        assert word in text, word
    assert b"/CreationDate (D:20260302173005+00'00')" in content


def test_every_letter_has_its_font_inside_and_nothing_is_transparent_or_cmyk(report: Path) -> None:
    fonts = subprocess.run(["pdffonts", str(report)], capture_output=True, text=True, check=True, timeout=60).stdout
    rows = fonts.splitlines()[2:]
    assert rows
    assert all(re.search(r" yes +(yes|no) +yes +\d+ +0$", row) for row in rows), "embedded, with Unicode"
    content = report.read_bytes()
    assert content.startswith(b"%PDF-1.4\n")
    assert b"/OutputIntents" in content
    for word in (b"DeviceCMYK", b"/Encrypt", b"/JavaScript", b"/LZWDecode", b"/EmbeddedFiles"):
        assert word not in content, word
    assert not re.search(rb"/SMask (?!/None)|/ca (?!1\.0)|/CA (?!1\.0)", content)
    drawn = b"".join(_unpacked(stream) for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL))
    assert b"Td" in drawn or b"Tm" in drawn


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


@pytest.mark.skipif(
    shutil.which("java") is None or not all(jar.exists() for jar in JARS), reason="needs PDFBox Preflight and a Java"
)
def test_a_validator_finds_it_valid(report: Path) -> None:
    words = ["java", "-cp", ":".join(map(str, JARS)), "org.apache.pdfbox.preflight.Validator_A1b", str(report)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    assert "is a valid PDF/A-1b file" in done.stdout, done.stdout + done.stderr


def test_a_document_that_is_built_in_another_way_is_refused() -> None:
    facts = DocumentFacts("Title", "", "NumbGuard", "Qt", "en-GB", NOW)
    with pytest.raises(ValueError, match="the document has no"):
        archivable(b"%PDF-2.0\ntrailer\n<< /Root 1 0 R >>\n", facts)
