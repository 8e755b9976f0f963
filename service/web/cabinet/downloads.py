"""What an applicant can download from a case: papers with their signatures, own files, the application as filed."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from service.domain.decisions import SignatureRecord
from service.domain.errors import NotFound
from service.domain.views import CaseView
from service.web.cabinet.door import program
from service.web.cabinet.own import of_case
from service.web.sending import sent

CMS = "application/pkcs7-signature"


@of_case("/documents/<int:document_id>")
def document(view: CaseView, document_id: int) -> ResponseReturnValue:
    """A signed document that came to this cabinet, byte for byte, its signature inside (R9.2)."""
    found = next((each for each in view.in_cabinet if each.id == document_id), None)
    if found is None:
        raise NotFound(what="document")
    return sent(program().files.read(found.sha256), f"{found.number}.pdf", "application/pdf")


@of_case("/files/<int:attachment_id>")
def case_file(view: CaseView, attachment_id: int) -> ResponseReturnValue:
    """A file that the applicant has handed in; papers of the officers are not among them."""
    own, of_holder = ("application", "position"), {said.attachment_id for said in view.positions if said.of_holder}
    mine = (each for each in view.attachments if each.purpose in own and each.id not in of_holder)
    found = next((each for each in mine if each.id == attachment_id), None)
    if found is None:
        raise NotFound(what="attachment")
    return sent(program().files.read(found.sha256), found.name, found.media_type)


@of_case("/filed.pdf")
def filed_pdf(view: CaseView) -> ResponseReturnValue:
    """The application in the form of annex 2, or the complaint, byte for byte as filed (R3.2, R13.2, A2.1)."""
    if view.application is None:
        raise NotFound(what="document")
    return sent(program().files.read(view.application.sha256), f"{view.case.number}.pdf", "application/pdf")


@of_case("/manifest.json")
def case_manifest(view: CaseView) -> ResponseReturnValue:
    """The manifest that was signed, byte for byte (R3.3)."""
    return sent(view.case.manifest, f"{view.case.number}.json", "application/json")


@of_case("/manifest.json.p7s")
def case_cms(view: CaseView) -> ResponseReturnValue:
    """The signature over the manifest, detached (R3.3)."""
    return sent(signature_of_application(view).cms, f"{view.case.number}.json.p7s", CMS)


def signature_of_application(view: CaseView) -> SignatureRecord:
    """The evidence of the applicant's signature. `NotFound`."""
    found = [row for row in view.signatures if row.purpose in ("application", "complaint")]
    if not found:
        raise NotFound(what="signature")
    return found[-1]
