"""What makes a page an archived, accessible document: PDF/A-3a and PDF/UA-1 metadata, languages, artifacts.

WeasyPrint writes one standard at a time and knows neither the language of a section nor that page numbers are
artifacts; this module completes its work. It changes nothing that can be seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

import pydyf  # type: ignore[import-untyped]  # pydyf ships no types

VARIANT = "pdf/a-3a"
CODE_PREFIX = "ruqsat:"
"""Stands before the verification code among the keywords of a document."""

# WeasyPrint's tag of an element follows its HTML name alone. Sections in another language are therefore handed over
# under these names, and get their proper tag and language afterwards.
LANGUAGE_TAGS = {"ru": ("article", "/Art"), "en": ("main", "/Part")}

_PACKET = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt>
<rdf:li xml:lang="x-default">{title}</rdf:li><rdf:li xml:lang="kk">{title}</rdf:li>
</rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>kk</rdf:li></rdf:Bag></dc:language>
<dc:format>application/pdf</dc:format>
<pdf:Keywords>{keywords}</pdf:Keywords><pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>Ruqsat</xmp:CreatorTool><xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA that the document follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


@dataclass(frozen=True)
class Imprint:
    """What a PDF says of itself: title, author, verification code, and the instant at which it was made."""

    title: str
    author: str
    code: str
    at: datetime

    def put_on(self, metadata: Any, producer: str) -> None:
        """Give the document its metadata, the same in both places where PDF keeps them."""
        moment = self.at.astimezone(UTC).replace(microsecond=0).isoformat()
        metadata.title, metadata.authors, metadata.lang = self.title, [self.author], "kk"
        keyword = f"{CODE_PREFIX}{self.code}" if self.code else ""
        metadata.keywords, metadata.generator = [keyword] if keyword else [], "Ruqsat"
        metadata.created = metadata.modified = moment
        metadata.description, metadata.custom, metadata.attachments = None, {}, []
        packet = _PACKET.format(
            title=escape(self.title),
            author=escape(self.author),
            keywords=escape(keyword),
            producer=escape(producer),
            date=moment,
        ).encode()
        metadata.generate_rdf_metadata = lambda *_: packet


def complete(pdf: Any) -> None:
    """Name the language of each section and mark what stands in the margins as no part of the text (PDF/UA)."""
    elements = {element.reference: element for element in _of_type(pdf, "/StructElem")}
    for language, (_, tag) in LANGUAGE_TAGS.items():
        for element in elements.values():
            if element["S"] == tag:
                element["S"], element["Lang"] = "/Sect", pydyf.String(language)
    _mark_margins(pdf, elements)


def _mark_margins(pdf: Any, elements: dict[bytes, Any]) -> None:
    root = _of_type(pdf, "/StructTreeRoot")[0]
    in_text = set(_reachable(root["K"], elements))
    pages = {page.reference: page for page in _of_type(pdf, "/Page")}
    streams = {o.reference: o for o in pdf.objects if isinstance(o, pydyf.Stream)}
    parents = next(o for o in pdf.objects if isinstance(o, dict) and "Nums" in o)["Nums"]
    for reference, element in elements.items():
        if reference in in_text:
            continue
        page = pages[element["Pg"]]
        for number in (kid for kid in element["K"] if isinstance(kid, int)):
            _make_artifact(streams[page["Contents"]], number)
            parents[2 * page["StructParents"] + 1][number] = "null"
        element.clear()


def _of_type(pdf: Any, kind: str) -> list[Any]:
    return [each for each in pdf.objects if isinstance(each, dict) and each.get("Type") == kind]


def _reachable(references: Any, elements: dict[bytes, Any]) -> Iterator[bytes]:
    for reference in references:
        if reference in elements:
            yield reference
            yield from _reachable(elements[reference]["K"], elements)


def _make_artifact(stream: Any, number: int) -> None:
    """Turn the marked content with this number into an artifact; its tag stands before its properties."""
    for index, operand in enumerate(stream.stream):
        if isinstance(operand, dict) and operand.get("MCID") == number:
            stream.stream[index - 1 : index + 1] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]
            return
