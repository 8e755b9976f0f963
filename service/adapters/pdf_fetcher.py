"""What a document may load while it is laid out: our fonts and its own QR code, and nothing else in the world."""

from __future__ import annotations

import io
from collections.abc import Mapping

import segno
from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

from service.adapters.pdf_fonts import FONT_SCHEME

QR_ADDRESS = "ruqsat-qr:"
"""The address under which a template finds the QR code of its own document."""


class OwnFilesOnly:
    """Answers for the fonts and the QR code; any other address stops the rendering (never a silent gap)."""

    _fail_on_errors = True  # WeasyPrint asks every fetcher for this

    def __init__(self, fonts: Mapping[str, bytes], qr_content: str = "") -> None:
        self._fonts = fonts
        self._qr_content = qr_content
        self.refused: list[str] = []

    def __call__(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The file behind an address of ours."""
        scheme, _, name = url.partition(":")
        if scheme == FONT_SCHEME and name in self._fonts:
            return URLFetcherResponse(url, self._fonts[name], {"Content-Type": "font/ttf"})
        if url == QR_ADDRESS and self._qr_content:
            return URLFetcherResponse(url, _qr(self._qr_content), {"Content-Type": "image/svg+xml"})
        self.refused.append(url)  # drawings inside of drawings swallow the error: whoever prints looks here as well
        raise FatalURLFetchingError(f"a document may not load {url}")


def _qr(content: str) -> bytes:
    picture = io.BytesIO()
    segno.make(content, error="m", micro=False, boost_error=False).save(
        picture, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return picture.getvalue()
