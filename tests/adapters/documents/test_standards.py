"""PDF/A-3a and PDF/UA-1: what an archive and a screen reader need, and the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from service.adapters.documents import Documents
from service.domain.documents import Document
from tests.adapters.documents import samples, samples_of_complaints, stress
from tests.adapters.documents.conftest import FONTS, ROOT
from tests.adapters.documents.reading import reader, root, structure

Printed = Callable[[Document], bytes]
EVERY = [*samples.every_document(), *samples_of_complaints.every_document(), stress.hostile_permit()]
XMP = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}


def _metadata(pdf: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(root(pdf)["/Metadata"].get_object().get_data().decode())


@pytest.mark.law("R9.1")
@pytest.mark.parametrize("document", EVERY, ids=lambda d: d.kind)
def test_it_names_its_standards_title_author_and_language(printed: Printed, document: Document) -> None:
    pdf = printed(document)
    xmp = _metadata(pdf)
    assert xmp.findtext(".//pdfaid:part", namespaces=XMP) == "3"
    assert xmp.findtext(".//pdfaid:conformance", namespaces=XMP) == "A"
    assert xmp.findtext(".//pdfuaid:part", namespaces=XMP) == "1"
    assert len(xmp.findall(".//rdf:RDF", XMP)) == 1
    information = reader(pdf).metadata
    assert information is not None
    assert document.name in str(information.title)
    assert information.title == xmp.findtext(".//dc:title//rdf:li", namespaces=XMP)
    assert information.author == xmp.findtext(".//dc:creator//rdf:li", namespaces=XMP) == document.provider.name.kk
    assert str(information["/Keywords"]) == f"ruqsat:{document.strip.code}"
    assert xmp.findtext(".//pdf:Keywords", namespaces=XMP) == f"ruqsat:{document.strip.code}"
    assert information.creation_date == samples.MADE_AT
    assert xmp.findtext(".//xmp:CreateDate", namespaces=XMP) == samples.MADE_AT.isoformat()
    catalogue = root(pdf)
    assert catalogue["/Lang"] == "kk"
    assert bool(catalogue["/MarkInfo"]["/Marked"])
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert catalogue["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"


@pytest.mark.parametrize("document", EVERY, ids=lambda d: d.kind)
def test_all_fonts_are_ours_and_embedded(printed: Printed, document: Document) -> None:
    fonts = _fonts(printed(document))
    assert fonts
    for font in fonts:
        assert "+Ruqsat-" in font["/BaseFont"]
        assert "/ToUnicode" in font
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        file = descriptor["/FontFile2"].get_object().get_data()
        assert TTFont(io.BytesIO(file))["maxp"].numGlyphs > 1


@pytest.mark.parametrize("document", EVERY, ids=lambda d: d.kind)
def test_no_letter_is_drawn_as_an_empty_box(printed: Printed, document: Document) -> None:
    text = "".join(page.extract_text() for page in reader(printed(document)).pages)
    assert not {"\ufffd", "\x00"} & set(text)
    for font in _fonts(printed(document)):
        assert (
            "<0000>" not in font["/ToUnicode"].get_object().get_data().decode().split("beginbfchar")[-1].split("\n")[1]
        )


def _fonts(pdf: bytes) -> list[Any]:
    resources: list[Any] = [page["/Resources"] for page in reader(pdf).pages]
    return [font.get_object() for each in resources for font in each["/Font"].values()]


@pytest.mark.law("A1.11.4")
@pytest.mark.parametrize("document", EVERY, ids=lambda d: d.kind)
def test_all_that_is_drawn_is_either_tagged_or_an_artifact(printed: Printed, document: Document) -> None:
    pdf = printed(document)
    tagged: dict[Any, set[int]] = {}
    for element in structure(pdf):
        numbers = {kid for kid in element.get("/K", ()) if isinstance(kid, int)}
        if numbers:
            tagged.setdefault(element["/Pg"].get_object()["/StructParents"], set()).update(int(n) for n in numbers)
    for page in reader(pdf).pages:
        marked = {
            int(operands[1]["/MCID"])
            for operands, operator in page.get_contents().operations  # type: ignore[union-attr]
            if operator == b"BDC" and "/MCID" in operands[1]
        }
        assert marked == tagged[page["/StructParents"]]


@pytest.mark.law("A1.11.4")
def test_the_structure_has_one_title_lists_and_a_described_qr_code(printed: Printed) -> None:
    elements = list(structure(printed(samples.permit(addresses=stress.ADDRESSES))))
    kinds = [element["/S"] for element in elements]
    assert kinds.count("/H1") == 1
    assert kinds.count("/LI") == 20
    figures = [element for element in elements if element["/S"] == "/Figure"]
    assert [figure["/Alt"] for figure in figures] == [f"QR: {samples.STRIP.url}"]
    assert not {"/Art", "/Part", "/Table"} & set(kinds)


@pytest.mark.law("A1.11.4")
@pytest.mark.parametrize("language", ["ru", "en"])
def test_sections_in_another_language_say_so(printed: Printed, language: str) -> None:
    elements = list(structure(printed(samples.not_considered(language=language))))
    marked = [element for element in elements if element.get("/Lang") == language]
    assert len([element for element in marked if element["/S"] == "/Sect"]) >= 2
    header = [element for element in elements if element.get("/Lang") == "ru"]
    assert header, "the right side of the letterhead is Russian in every letter"


@pytest.mark.law("R2.4")
def test_the_same_document_gives_the_same_bytes(documents: Documents, files: dict[str, bytes]) -> None:
    refusal = samples.refusal(language="ru")
    first = documents.render(refusal, at=samples.MADE_AT)
    documents.render(samples.permit(), at=samples.MADE_AT)
    assert documents.render(refusal, at=samples.MADE_AT) == first
    assert Documents(files, FONTS).render(refusal, at=samples.MADE_AT) == first
    elsewhere = samples.MADE_AT.astimezone(timezone(timedelta(hours=6)))
    assert documents.render(refusal, at=elsewhere) == first, "one instant, however it is written"
    assert documents.render(refusal, at=datetime(2023, 9, 20, tzinfo=UTC)) != first


def test_another_process_gives_the_same_bytes(documents: Documents) -> None:
    program = (
        "import hashlib\n"
        "from tests.adapters.documents import conftest, samples\n"
        "from service.adapters.documents import Documents\n"
        "pdf = Documents(conftest.edition_files(), conftest.FONTS).render(samples.permit(), at=samples.MADE_AT)\n"
        "print(hashlib.sha256(pdf).hexdigest())\n"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Pacific/Apia", "LC_ALL": "C.UTF-8"}
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    ours = documents.render(samples.permit(), at=samples.MADE_AT)
    assert answer.stdout.strip() == hashlib.sha256(ours).hexdigest()


def test_an_instant_without_its_offset_is_refused(documents: Documents) -> None:
    with pytest.raises(ValueError, match="offset"):
        documents.render(samples.permit(), at=datetime(2023, 9, 19, 11, 24))  # noqa: DTZ001  # no zone, on purpose


@pytest.mark.parametrize("document", samples.every_document(), ids=lambda d: d.kind)
def test_a_document_is_small(printed: Printed, document: Document) -> None:
    assert len(printed(document)) < 80_000
