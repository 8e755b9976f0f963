"""Documents with legal force as PDF: the edition's templates filled, laid out, archivable and accessible.

The same document with the same templates, fonts and libraries gives the same bytes, on any day and any machine: the
only time inside is the one handed in (U7).
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from service.adapters.pdf_fetcher import OwnFilesOnly
from service.adapters.pdf_fonts import FontProblem, Fonts
from service.adapters.pdf_standards import LANGUAGE_TAGS, VARIANT, Imprint, complete
from service.adapters.pdf_templates import TemplateProblem, Templates
from service.domain.documents import Document

TIGHT = "tight"
"""The class of a page that `document.css` sets more tightly."""

_OUR_FONTS = re.compile(rb"/[A-Z]{6}\+Ruqsat-(Serif|Sans)\b")


class Documents:
    """Prints the documents of one edition."""

    def __init__(self, files: Mapping[str, bytes], fonts_dir: Path) -> None:
        """Take the edition's files by their path under `forms/`, and the folder of fonts that the set-up has filled.

        Raises TemplateProblem for a template that cannot be used, FontProblem for a font that is missing or lacks
        letters: at the start, not when a permit is due.
        """
        self._fonts = Fonts.load(fonts_dir)
        self._templates = Templates(files, self._fonts.printable)
        self._font_config = FontConfiguration()
        self._style = self._read_style()
        self._lock = threading.Lock()

    def _read_style(self) -> Any:
        with _complaints() as complaints:
            try:
                style = weasyprint.CSS(
                    string=f"{self._fonts.css}\n{self._templates.css}",
                    font_config=self._font_config,
                    url_fetcher=OwnFilesOnly(self._fonts.files),
                )
            except FatalURLFetchingError as refused:
                raise TemplateProblem(file=self._templates.styles, problem=str(refused)) from refused
        if complaints:
            raise TemplateProblem(file=self._templates.styles, problem="; ".join(complaints))
        return style

    def render(self, document: Document, *, at: datetime) -> bytes:
        """The document as PDF/A-3a and PDF/UA-1; `at` is the instant it says it was made, with its offset.

        Raises TemplateProblem when the template cannot be filled or asks for something outside, FontProblem when the
        fonts cannot draw it.
        """
        if at.utcoffset() is None:
            raise ValueError("the instant of a document needs its offset")
        html = self._read(document)
        with self._lock:  # the fonts of the page layout are shared, and not made for two threads
            try:
                pdf = self._print(html, document, at)
            except FatalURLFetchingError as refused:
                raise TemplateProblem(file=f"{document.kind}.html", problem=str(refused)) from refused
        if html.url_fetcher.refused:
            problem = f"a document may not load {', '.join(html.url_fetcher.refused)}"
            raise TemplateProblem(file=f"{document.kind}.html", problem=problem)
        return pdf

    def _read(self, document: Document, *, tight: bool = False) -> Any:
        text = self._templates.fill(document)
        html = weasyprint.HTML(string=text, url_fetcher=OwnFilesOnly(self._fonts.files, document.strip.url))
        for element in html.etree_element.iter():
            _prepare(element)
        if tight:
            html.etree_element.set("class", TIGHT)
        return html

    def _print(self, html: Any, document: Document, at: datetime) -> bytes:
        pages = self._laid_out(html, document)
        if pages.metadata.attachments:
            raise TemplateProblem(file=f"{document.kind}.html", problem="a document may not load attachments")
        title = " ".join((pages.metadata.title or document.name).split())
        author = self._fonts.printable(document.provider.name.kk)
        Imprint(title, author, document.strip.code, at).put_on(pages.metadata, f"WeasyPrint {weasyprint.VERSION}")
        result: bytes = pages.write_pdf(finisher=_finish, pdf_variant=VARIANT)
        return result

    def _laid_out(self, html: Any, document: Document) -> Any:
        """The pages; set more tightly where that saves one, so that few lines need no page of their own."""
        loose = self._layout(html)
        if len(loose.pages) == 1:
            return loose
        tight = self._layout(self._read(document, tight=True))
        return tight if len(tight.pages) < len(loose.pages) else loose

    def _layout(self, html: Any) -> Any:
        return html.render(font_config=self._font_config, stylesheets=[self._style], pdf_variant=VARIANT)


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What WeasyPrint merely logs and then leaves out, said by this thread: a misspelt rule must not pass unseen."""
    listener = _Listener(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield listener.heard
    finally:
        logger.removeHandler(listener)


class _Listener(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.heard: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.heard.append(record.getMessage())


def _prepare(element: Any) -> None:
    if element.tag in ("section", "div") and element.get("lang") in LANGUAGE_TAGS:
        element.tag = LANGUAGE_TAGS[element.get("lang")][0]
    if element.tag == "div":
        # What stands between blocks at the foot of a page would be laid out as an empty line.
        element.text = (element.text or "").strip() and element.text
        for child in element:
            child.tail = (child.tail or "").strip() and child.tail


def _finish(_: Any, pdf: Any) -> None:
    complete(pdf)
    used = [o["BaseFont"] for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/Font"]
    if foreign := sorted({repr(name) for name in used if not _OUR_FONTS.match(name)}):
        raise FontProblem(problem="foreign", fonts=", ".join(foreign))
