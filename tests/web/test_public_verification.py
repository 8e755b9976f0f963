"""Is this document ours, who signed it, is the permit in force: by its code and by its file (R2.4, A3.5)."""

import io
import re
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from werkzeug.test import TestResponse

from service.demo.people import pdf as made_up_pdf
from service.domain.decisions import IssuedDocument
from tests.web.ground_visitor import Visitor, heading
from tests.web.public_town import ENTREPRENEUR_IIN, Town, text

GENUINE = "The document is genuine"
OTHER_BYTES = "This is not the document that was issued"
FOREIGN = "This file was not issued by the ministry"


@pytest.fixture
def visitor(town: Town) -> Visitor:
    town.world.clock = town.program.clock.now
    visitor = town.visitor()
    visitor.get("/verify?lang=en")
    return visitor


def upload(visitor: Visitor, content: bytes, name: str = "permit.pdf") -> TestResponse:
    """Choose a file on the page and follow to what was found."""
    answer = visitor.post("/verify", {"file": (io.BytesIO(content), name)})
    return visitor.follow(answer) if answer.status_code == 303 else answer


def code_of(document: IssuedDocument) -> str:
    return document.verification_code


class TestCode:
    @pytest.mark.law("A3.5", "R2.4")
    def test_the_address_on_the_document_leads_to_what_we_know_of_it(self, town: Town, visitor: Visitor) -> None:
        printed = "".join(PdfReader(io.BytesIO(town.file(town.permit))).pages[0].extract_text().split())
        (path,) = set(re.findall(r"https://r\.test(/verify/[0-9A-Z-]{19})", printed))
        page = text(visitor.get(path))
        for fact in (
            "Such a document was issued",
            "Permit KZ-2023-000001",
            town.permit.signed_by,
            town.permit.certificate_serial,
            "12.09.2023, 10:0",
            "in force on 12 September 2023",
            "12 September 2026",
            "«Үлгі Активтер» ЖШС",
            "this document has no legal force",
        ):
            assert fact in page, fact

    @pytest.mark.law("A3.5", "R11.2")
    def test_the_day_of_the_status_stands_in_its_kazakh_sentence(self, town: Town, visitor: Visitor) -> None:
        page = text(visitor.get(f"/verify/{code_of(town.permit)}?lang=kk")).replace("\u00a0", " ")
        assert "2023 жылғы 12 қыркүйектегі жағдай бойынша" in page

    @pytest.mark.law("A3.5")
    def test_dashes_spaces_and_capitals_do_not_matter(self, town: Town, visitor: Visitor) -> None:
        code = code_of(town.permit)
        for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " "), f"  {code} "):
            found = visitor.get("/verify?code=" + typed.replace(" ", "%20"))
            assert found.location == f"/verify/{code}", typed
        found = visitor.get(f"/verify/{code.lower()}")
        assert found.location == f"/verify/{code}"

    @pytest.mark.law("A3.5")
    def test_letters_taken_for_each_other_are_forgiven_and_told(self, town: Town, visitor: Visitor) -> None:
        code = code_of(town.permit)
        first, *others = re.split(r"(?<=[8B5S2Z6GUV])", code, maxsplit=1)
        mistyped = first.translate(str.maketrans("8B5S2Z6GUV", "B8S5Z2G6VU")) + "".join(others)
        answer = visitor.get(f"/verify/{mistyped}")
        page = visitor.follow(answer) if mistyped != code else answer
        assert heading(page) == "Such a document was issued"
        assert mistyped == code or f"You entered {mistyped}; it was read as {code}." in text(page)

    @pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC-DDDD", "zzz", "%F0%9F%98%80", "a" * 300])
    def test_an_unknown_code_is_told_and_can_be_typed_again(self, visitor: Visitor, code: str) -> None:
        answer = visitor.get(f"/verify/{code}")
        assert answer.status_code == 404
        assert heading(answer) == "No document with this code was issued"
        assert 'href="/verify?code=' in answer.text

    @pytest.mark.parametrize(
        ("typed", "problem"),
        [("", "Enter the code"), ("AAAA-BBBB", "you entered 8"), ("A" * 17, "you entered 17")],
    )
    def test_a_code_of_another_length_is_told_at_the_field(self, visitor: Visitor, typed: str, problem: str) -> None:
        answer = visitor.get(f"/verify?code={typed}")
        assert answer.status_code == 400
        assert answer.text.count(problem) == 2
        assert 'href="#code"' in answer.text
        assert f'value="{typed}"' in answer.text or not typed

    @pytest.mark.law("R2.4", "A3.5")
    def test_programs_get_the_same_as_json(self, town: Town, visitor: Visitor) -> None:
        answer = visitor.client.get(f"/verify/{code_of(town.permit).lower()}.json")
        found = answer.get_json()
        assert found.pop("signed_at").startswith("2023-09-12T10:0")
        assert found == {
            "code": code_of(town.permit),
            "ours": True,
            "kind": "permit",
            "number": "KZ-2023-000001",
            "application": "P-2023-000001",
            "signed_by": town.permit.signed_by,
            "certificate": town.permit.certificate_serial,
            "test": True,
            "permit": {
                "holder": "«Үлгі Активтер» ЖШС",
                "status": "in_force",
                "date": "2023-09-12",
                "issued_on": "2023-09-12",
                "valid_until": "2026-09-12",
            },
        }
        unknown = visitor.client.get("/verify/AAAA-BBBB-CCCC-DDDD.json")
        assert (unknown.status_code, unknown.get_json()["ours"]) == (404, False)


class TestFile:
    @pytest.mark.law("R2.4", "A3.5")
    def test_the_file_as_it_was_issued_is_genuine(self, town: Town, visitor: Visitor) -> None:
        page = upload(visitor, town.file(town.permit), "Рұқсат <1>.pdf")
        assert heading(page) == GENUINE
        said = text(page)
        for fact in ("The signature is valid", "Every byte is as it was issued", "in force on", "Рұқсат <1>.pdf"):
            assert fact in said
        assert "this document has no legal force" in said

    @pytest.mark.law("R2.4")
    @pytest.mark.parametrize("part", [0.02, 0.3, 0.5, 0.97])
    def test_one_changed_byte_is_found(self, town: Town, visitor: Visitor, part: float) -> None:
        content = bytearray(town.file(town.permit))
        content[int(len(content) * part)] ^= 1
        page = upload(visitor, bytes(content))
        assert heading(page) in (OTHER_BYTES, "The file was changed or is damaged", FOREIGN)
        assert "The signature is valid" not in text(page)

    @pytest.mark.law("R2.4")
    def test_what_is_appended_after_the_signature_is_found(self, town: Town, visitor: Visitor) -> None:
        content, out = town.file(town.permit), io.BytesIO()
        writer = PdfWriter(io.BytesIO(content), incremental=True)
        writer.add_metadata({"/Subject": "Басқа"})
        writer.write(out)
        assert out.getvalue().startswith(content)
        page = upload(visitor, out.getvalue())
        assert heading(page) == OTHER_BYTES
        said = text(page)
        assert "The signature is not valid" in said
        assert "the file was changed after it was signed" in said
        assert "Permit KZ-2023-000001" in said

    def test_a_file_cut_short_is_damaged(self, town: Town, visitor: Visitor) -> None:
        assert heading(upload(visitor, town.file(town.permit)[:5000])) == "The file was changed or is damaged"

    def test_a_locked_file_is_told(self, visitor: Visitor) -> None:
        writer, out = PdfWriter(clone_from=io.BytesIO(made_up_pdf("Хат", "1"))), io.BytesIO()
        writer.encrypt("secret", algorithm="RC4-128")
        writer.write(out)
        assert heading(upload(visitor, out.getvalue())) == "The file is locked with a password"

    def test_another_pdf_is_not_ours(self, visitor: Visitor) -> None:
        page = upload(visitor, made_up_pdf("Хат", "1"))
        assert heading(page) == FOREIGN
        assert "It holds no electronic signature" in text(page)
        assert "the signed file that comes with it is its proof. How a proof is checked" in text(page)

    @pytest.mark.law("R2.4")
    def test_a_signature_that_holds_does_not_make_a_file_ours(self, town: Town, visitor: Visitor) -> None:
        papers, at = town.program.papers, town.program.clock.now()
        prepared, start, end = papers.prepare(made_up_pdf("Хат", "1"), signer="X", reason="Y", at=at)
        cms = town.world.pki.sign_cms("company_head", prepared[:start] + prepared[end:])
        page = upload(visitor, papers.embed(prepared, start, end, cms))
        assert heading(page) == FOREIGN
        said = text(page)
        assert "The signature is valid" in said
        assert "«Үлгі Активтер» ЖШС" in said
        assert "Permit KZ" not in said

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            (b"", "Choose a PDF"),
            (b"hello", "This is not a PDF"),
            (b"\x89PNG\r\n\x1a\n", "This is not a PDF"),
            (b"%PDF-1.7" + bytes(20 * 1024 * 1024), "The file is larger than 20 MB"),
        ],
        ids=["none", "text", "picture", "large"],
    )
    def test_what_cannot_be_checked_is_told_at_the_field(self, visitor: Visitor, content: bytes, problem: str) -> None:
        answer = upload(visitor, content)
        assert answer.status_code == 400
        assert answer.text.count(problem) == 2
        assert 'href="#upload"' in answer.text

    def test_a_result_can_be_read_again_and_in_another_language(self, town: Town, visitor: Visitor) -> None:
        address = visitor.post("/verify", {"file": (io.BytesIO(town.file(town.permit)), "a.pdf")}).location
        assert heading(visitor.get(address)) == GENUINE
        assert heading(visitor.get(f"{address}?lang=kk")) == "Құжат түпнұсқа"
        gone = visitor.get("/verify/file/nothing?lang=en")
        assert gone.status_code == 404
        assert "no longer kept" in text(gone)

    def test_the_file_itself_is_not_kept(self, town: Town, visitor: Visitor) -> None:
        stored = set(Path(town.program.settings.instance, "files").rglob("*"))
        upload(visitor, made_up_pdf("Сақталмайтын", "1"))
        assert set(Path(town.program.settings.instance, "files").rglob("*")) == stored

    def test_only_a_form_of_ours_is_taken(self, town: Town) -> None:
        answer = town.visitor().client.post("/verify", data={"file": (io.BytesIO(b"%PDF-"), "a.pdf")})
        assert answer.status_code in (302, 303, 400)
        assert "/verify/file/" not in (answer.location or "")

    def test_too_many_uploads_have_to_wait(self, town: Town) -> None:
        visitor = town.visitor(limited=True)
        visitor.get("/verify?lang=en")
        statuses = [visitor.post("/verify", {"file": (io.BytesIO(b"x"), "a.pdf")}).status_code for _ in range(31)]
        assert statuses[:30] == [400] * 30
        assert statuses[30] == 429


class TestPersonalData:
    @pytest.mark.law("R11.2")
    def test_the_iin_of_a_sole_proprietor_stands_nowhere(self, town: Town, visitor: Visitor) -> None:
        code = code_of(town.own)
        pages = [
            visitor.get(f"/verify/{code}").text,
            visitor.client.get(f"/verify/{code}.json").text,
            upload(visitor, town.file(town.own)).text,
        ]
        assert [page for page in pages if ENTREPRENEUR_IIN in page] == []
        assert (
            town.program.queries.register(date(2023, 9, 12), search=ENTREPRENEUR_IIN).rows[0].entry.holder_name
            in pages[0]
        )

    @pytest.mark.law("R2.4")
    def test_the_iin_of_the_officer_who_signed_stands_nowhere(self, town: Town, visitor: Visitor) -> None:
        head = next(officer for officer in town.program.queries.officers() if officer.login == "head")
        assert head.iin not in upload(visitor, town.file(town.permit)).text


class TestApplication:
    @pytest.mark.law("R2.4", "R3.3", "A3.5")
    def test_the_application_is_recognised_by_its_code_and_by_its_file(self, town: Town, visitor: Visitor) -> None:
        filed = town.program.queries.case(town.permit.case_id).application
        assert filed is not None
        by_code = text(visitor.get(f"/verify/{filed.verification_code}"))
        assert f"Such an application was filed Application {filed.number}" in by_code
        assert "The application as it was filed" in by_code
        by_file = text(upload(visitor, town.file(filed), "application.pdf"))
        assert "The application is genuine" in by_file
        assert "The applicant's signature The applicant has signed the data and the list of files" in by_file
        assert "The signature is valid" in by_file
        assert filed.signed_by in by_file
        assert OTHER_BYTES in text(upload(visitor, town.file(filed) + b" ", "application.pdf"))
