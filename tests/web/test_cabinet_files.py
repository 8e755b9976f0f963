"""Files of an application: taken by their content, refused in a sentence."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfWriter

from tests.program import Story
from tests.web.cabinet import PDF, Cabinet, text
from tests.web.drafted import PNG, files_of
from tests.web.ground_visitor import value


@pytest.mark.law("A1.9.2", "A1.9.3", "A2.1")
def test_a_file_is_taken_by_its_content_under_its_own_name(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    told = {"number": "ТБ-1", "dated": "14.05.2023", "valid_until": "14 05 2033"}
    page = seat.follow(seat.attach(draft, "Тауар белгісі (үзінді).pdf", PDF, **told))
    assert "Added: Тауар белгісі (үзінді).pdf" in text(page)
    assert "№ ТБ-1, dated 14.05.2023, valid until 14.05.2033" in text(page)
    (file,) = files_of(seat, draft)
    assert (file.kind, file.dated, file.valid_until) == ("trade_mark_extract", date(2023, 5, 14), date(2033, 5, 14))
    answer = seat.download(f"{draft}/files/{file.id}/content")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert seat.attach(draft, "сурет.pdf", PNG).status_code == 303
    assert [(each.name, each.media_type) for each in files_of(seat, draft)][1] == ("сурет.pdf.png", "image/png")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"just words", "Only PDF, JPEG and PNG are taken."),
        (b"", "The file is empty."),
        (b"%PDF-1.4\n%%EOF", "The file is damaged and cannot be opened."),
        (b"%PDF-" + bytes(20 * 1024 * 1024), "The file is larger than 20 MB."),
    ],
    ids=["other kind", "empty", "damaged", "too large"],
)
def test_a_file_that_cannot_be_taken_is_told_and_nothing_is_lost(story: Story, content: bytes, sentence: str) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    seat.attach(draft, "бірінші.pdf", PDF)
    refused = seat.attach(draft, "екінші.pdf", content, kind="gift_contract", number="С-15")
    assert refused.status_code == 400
    assert sentence in text(refused)
    assert value(refused, "number") == "С-15"
    assert 'value="gift_contract" selected' in refused.text
    assert [file.name for file in files_of(seat, draft)] == ["бірінші.pdf"]


def test_a_locked_pdf_and_too_much_together_are_told(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    locked, writer = BytesIO(), PdfWriter(BytesIO(PDF))
    writer.encrypt("secret")
    writer.write(locked)
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    assert "protected by a password" in text(seat.attach(draft, "құлып.pdf", locked.getvalue()))
    monkeypatch.setattr("service.usecases.draft_files.MAX_TOTAL_BYTES", len(PDF) + 10)
    assert seat.attach(draft, "бірінші.pdf", PDF).status_code == 303
    full = seat.attach(draft, "екінші.pdf", PDF)
    assert "All files together may have" in text(full)
    (file,) = files_of(seat, draft)
    address = f"{draft}/files/{file.id}"
    seat.get(address)
    replaced = seat.upload(address, "үшінші.png", PNG, {"kind": "gift_contract", "number": "7"})
    assert replaced.status_code == 303
    (file,) = files_of(seat, draft)
    assert (file.name, file.kind, file.number, file.size) == ("үшінші.png", "gift_contract", "7", len(PNG))
    assert seat.post(f"{address}/remove", {}).status_code == 303
    assert files_of(seat, draft) == []


def test_a_good_file_is_kept_though_something_beside_it_is_wrong(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.ready(files=False)
    wrong = seat.attach(draft, "шарт.pdf", PDF, kind="", dated="40.40.2023")
    assert wrong.status_code == 400
    assert "There is no such day in the calendar." in text(wrong)
    assert "Already stored: шарт.pdf" in text(wrong)
    (file,) = files_of(seat, draft)
    assert "Say of every file which document it is." in text(seat.get(draft))
    refused = seat.follow(seat.get(f"{draft}/review"))
    assert "Needed for the signature: Attachments" in text(refused)
    seat.get(f"{draft}/files/{file.id}")
    told = {"kind": "guarantee_letter", "dated": "01.04.2023"}
    assert seat.post(f"{draft}/files/{file.id}", told).status_code == 303
    assert files_of(seat, draft)[0].dated == date(2023, 4, 1)
