"""An attachment is what its content says: PDF, JPEG or PNG, or it is refused with a reason (A1.9.1, A1.9.2)."""

from __future__ import annotations

import io
import zipfile
import zlib
from threading import Event, Thread

import pytest
from PIL import Image, ImageFile
from pypdf import PdfReader, PdfWriter

from service.adapters.content_types import LookInside
from service.domain.files import FileKind, FileRefused


def pdf(pages: int = 1, password: str = "", attachment: bytes = b"") -> bytes:
    writer, file = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if attachment:
        writer.add_attachment("шарт.docx", attachment)
    if password:
        writer.encrypt(password, algorithm="AES-256")
    writer.write(file)
    return file.getvalue()


def picture(form: str, size: tuple[int, int] = (40, 30), mode: str = "RGB") -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, 1).save(file, form)
    return file.getvalue()


def archive(comment: bytes = b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as inside:
        inside.writestr("program.exe", b"MZ")
        inside.comment = comment
    return file.getvalue()


def huge_png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    data = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def refusal(content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        LookInside().recognise(content)
    return refused.value.code


@pytest.mark.law("A1.9.2")
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf(), FileKind.PDF),
        (pdf(pages=300), FileKind.PDF),
        (pdf() + b"\r\n\r\n", FileKind.PDF),
        (pdf(attachment=archive()), FileKind.PDF),
        (picture("JPEG"), FileKind.JPEG),
        (picture("JPEG", mode="L"), FileKind.JPEG),
        (picture("JPEG", mode="CMYK"), FileKind.JPEG),
        (picture("MPO"), FileKind.JPEG),
        (picture("PNG"), FileKind.PNG),
        (picture("PNG", (1, 1)), FileKind.PNG),
        (picture("PNG", mode="P"), FileKind.PNG),
        (picture("PNG", mode="I;16"), FileKind.PNG),
        (picture("PNG", mode="RGBA"), FileKind.PNG),
        (picture("JPEG", (6000, 5000)), FileKind.JPEG),
    ],
    ids=[
        "pdf",
        "long_pdf",
        "pdf_newlines",
        "pdf_with_file",
        "jpeg",
        "grey_jpeg",
        "cmyk_jpeg",
        "mpo",
        "png",
        "dot_png",
        "palette_png",
        "deep_png",
        "alpha_png",
        "large_jpeg",
    ],
)
def test_the_three_kinds_are_recognised(content: bytes, kind: FileKind) -> None:
    assert LookInside().recognise(content) is kind


@pytest.mark.law("A1.9.2")
def test_a_stream_is_left_at_its_beginning_for_the_store() -> None:
    content = picture("PNG")
    stream = io.BytesIO(content)
    stream.seek(7)
    LookInside().recognise(stream)
    assert stream.read() == content


@pytest.mark.law("A1.9.2")
@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!DOCTYPE html><html></html>",
        b"MZ\x90\x00",
        b" " + pdf(),
        b"\xef\xbb\xbf%PDF-1.7",
        archive(),
        picture("GIF"),
        picture("BMP"),
        picture("TIFF"),
        picture("WEBP"),
        "Кепілдік хат".encode(),
        b"\x00",
        b"%PDF",
    ],
    ids=[
        "svg",
        "html",
        "program",
        "blank_first",
        "byte_order_mark",
        "zip",
        "gif",
        "bmp",
        "tiff",
        "webp",
        "words",
        "zero_byte",
        "four_letters",
    ],
)
def test_any_other_kind_is_not_allowed(content: bytes) -> None:
    assert refusal(content) == "not_allowed"


@pytest.mark.law("A1.9.2")
@pytest.mark.parametrize(
    "content",
    [
        pdf() + archive(),
        pdf() + archive(comment=b"%%EOF\n"),
        pdf() + archive(comment=b"x" * 60_000),
        pdf() + archive() + b"\n",
        picture("JPEG") + archive(),
        picture("PNG") + archive(),
        picture("JPEG")[:20] + b"%PDF-1.7" + picture("JPEG")[20:],
        picture("PNG")[:60] + b"<script>alert(1)</script>" + picture("PNG")[60:],
    ],
    ids=[
        "pdf_zip",
        "pdf_zip_comment",
        "pdf_zip_long",
        "pdf_zip_newline",
        "jpeg_zip",
        "png_zip",
        "jpeg_pdf",
        "png_html",
    ],
)
def test_two_kinds_in_one_file_are_not_allowed(content: bytes) -> None:
    assert refusal(content) == "not_allowed"


@pytest.mark.law("A1.9.2")
def test_an_empty_file_is_called_empty() -> None:
    assert refusal(b"") == "empty"


@pytest.mark.law("A1.9.2")
def test_a_file_just_past_twenty_mebibytes_is_too_large() -> None:
    document = pdf()
    assert refusal(document + b"\n" * (20 * 1024 * 1024 + 1 - len(document))) == "too_large"


@pytest.mark.law("A1.9.2")
def test_a_file_just_at_the_limit_is_taken() -> None:
    document = pdf()
    assert LookInside(max_bytes=len(document)).recognise(document) is FileKind.PDF
    with pytest.raises(FileRefused):
        LookInside(max_bytes=len(document) - 1).recognise(document)


@pytest.mark.law("A1.9.2")
@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (2**31 - 1, 2**31 - 1), (10_000, 7_501)])
def test_a_picture_that_would_fill_the_memory_is_too_large(width: int, height: int) -> None:
    assert refusal(huge_png(width, height)) == "too_large"


@pytest.mark.law("A1.9.2")
def test_a_locked_pdf_is_called_encrypted_even_when_it_opens_without_a_password() -> None:
    assert refusal(pdf(password="құпия")) == "encrypted"
    writer, file = PdfWriter(), io.BytesIO()
    writer.add_blank_page(10, 10)
    writer.encrypt("", "owner", algorithm="AES-128")
    writer.write(file)
    assert refusal(file.getvalue()) == "encrypted"


CYCLE = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Count 1/Kids[2 0 R]>>endobj
trailer<</Root 1 0 R/Size 3>>
startxref
0
%%EOF"""
END = b"\nstartxref\n0\n%%EOF"


@pytest.mark.law("A1.9.2")
@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + b"\x00\xff" * 1000 + END,
        pdf()[:-60],
        pdf()[:200],
        CYCLE,
        CYCLE.replace(b"/Count 1/Kids[2 0 R]", b"/Count 5/Kids[]"),
        b"%PDF-1.4\n1 0 obj " + b"[" * 200_000 + END,
        b"%PDF-1.4\n" + b"trailer<</Root 1 0 R>>\n" * 100_000 + END,
        picture("JPEG", (400, 300))[:-200],
        picture("JPEG")[:30],
        b"\xff\xd8\xff\xe0" + b"\x00" * 100,
        picture("PNG")[:50],
        picture("PNG").replace(b"IDAT", b"IDAX"),
        huge_png(300, 300),
        b"\x89PNG\r\n\x1a\n",
    ],
    ids=[
        "header_only",
        "junk",
        "no_end",
        "cut",
        "page_cycle",
        "no_pages",
        "nesting",
        "revisions",
        "half_jpeg",
        "jpeg_head",
        "jpeg_zeros",
        "png_head",
        "png_no_data",
        "png_short",
        "png_signature",
    ],
)
def test_what_cannot_be_read_is_called_damaged(content: bytes) -> None:
    assert refusal(content) == "damaged"


@pytest.mark.law("A1.9.2")
def test_half_a_picture_is_damaged_even_where_another_library_puts_up_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert refusal(picture("JPEG", (400, 300))[:-200]) == "damaged"
    assert refusal(picture("PNG")[:50]) == "damaged"
    assert ImageFile.LOAD_TRUNCATED_IMAGES


@pytest.mark.law("A1.9.2")
def test_a_pdf_of_a_million_objects_is_turned_away_at_once() -> None:
    assert refusal(b"%PDF-1.4\n" + b"1 0 obj\n" * 1_000_000 + END) == "too_large"


@pytest.mark.law("A1.9.2", "A3.5")
def test_a_file_of_a_stranger_keeps_nobody_waiting_who_hands_one_in(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, free, look = Event(), Event(), LookInside()

    def laborious(file: io.BytesIO, *, strict: bool) -> PdfReader:
        begun.set()
        free.wait(30)
        return PdfReader(file, strict=strict)

    monkeypatch.setattr("service.adapters.content_types.PdfReader", laborious)
    stranger = Thread(target=look.recognise, args=(pdf(),), kwargs={"of_stranger": True})
    stranger.start()
    assert begun.wait(30)
    monkeypatch.setattr("service.adapters.content_types.PdfReader", PdfReader)
    own = Thread(target=look.recognise, args=(pdf(),))
    own.start()
    own.join(10)
    waits = own.is_alive()
    free.set()
    stranger.join(30)
    own.join(30)
    assert not waits
