"""Is this document ours, who signed it, is the permit in force? By its code or by the file itself (A3.5, R2.4)."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from service.domain.deadlines import local
from service.domain.look_alikes import CODE_LENGTH, code_letters, grouped, readings
from service.usecases.verify_document import NOT_A_PDF, Checked, verify_code, verify_file
from service.web import permit_states
from service.web.document_names import document_name
from service.web.public import findings, names
from service.web.public.door import program, public
from service.web.public.findings import Finding
from service.web.security import limiter

LARGEST = 20 * 1024 * 1024
LONGEST_CODE = 64
UPLOADS = "30 per minute; 200 per hour"
"""Enough for an office behind one address, little enough to keep the processor for everybody."""


@public.get("/verify")
def verify() -> ResponseReturnValue:
    """Ask for the code that is printed on the document, or for the file."""
    typed = request.args.get("code")
    if typed is None:
        return _asking()
    letters = code_letters(typed[:LONGEST_CODE])
    if len(letters) != CODE_LENGTH:
        return _asking(typed=typed[:LONGEST_CODE], code_problem=_wrong_length(len(letters))), 400
    return redirect(url_for("public.verified", code=grouped(letters)))


@public.get("/verify/<code>")
def verified(code: str) -> ResponseReturnValue:
    """What we know of the document with this code; the QR on the document leads here."""
    meant = _meant(code)
    if meant and meant != code:
        is_mended = code_letters(code) != code_letters(meant)
        return redirect(url_for("public.verified", code=meant, typed=code[:LONGEST_CODE] if is_mended else None))
    checked = _known(meant)
    page = render_template(
        "public/verified.html",
        checked=checked,
        finding=None,
        code=code,
        typed=request.args.get("typed", ""),
        **_names(),
    )
    return page, 200 if checked.document else 404


@public.get("/verify/<code>.json")
def verified_json(code: str) -> Response:
    """The same for programs; exactly the fields that stand here, an unknown code gives 404."""
    meant = _meant(code)
    checked = _known(meant)
    content = json.dumps(_record(checked, meant or code), ensure_ascii=False, indent=1)
    return Response(content, 200 if checked.document else 404, mimetype="application/json")


@public.post("/verify")
@limiter.limit(UPLOADS)
def verify_upload() -> ResponseReturnValue:
    """Check a PDF: every byte of it and the signature inside. The file is not kept, what was found is, for an hour."""
    file = request.files.get("file")
    content = file.read(LARGEST + 1) if file else b""
    problem = _refused(content)
    if problem or file is None:
        return _asking(file_problem=problem), 400
    checked = verify_file(program(), content)
    if checked.unreadable == NOT_A_PDF:
        return _asking(
            file_problem=_("This is not a PDF. Choose the file that you received, not a scan or a picture.")
        ), 400
    name = findings.keep(Finding.of(checked, _shown_name(file)))
    return redirect(url_for("public.verified_file", name=name), 303)


@public.get("/verify/file/<name>")
def verified_file(name: str) -> ResponseReturnValue:
    """What the check of a file has found."""
    finding = findings.kept(name)
    if finding is None:
        gone = _("This result is no longer kept. Choose the file again.")
        return _asking(file_problem=gone), 404
    checked = _known(finding.code)
    return render_template(
        "public/verified.html", checked=checked, finding=finding, code=finding.code, typed="", **_names()
    )


def _asking(typed: str = "", code_problem: str = "", file_problem: str = "") -> str:
    return render_template("public/verify.html", typed=typed, code_problem=code_problem, file_problem=file_problem)


def _meant(typed: str) -> str | None:
    """The code of a document of ours that was meant: as typed, or with look-alike letters read as each other."""
    codes = list(readings(typed))
    literal = codes[:1]
    return program().queries.code_among(literal) or program().queries.code_among(codes) if codes else None


def _known(code: str | None) -> Checked:
    return verify_code(program(), code) if code else Checked(False, False)


def _refused(content: bytes) -> str:
    if not content:
        return str(_("Choose a PDF"))
    return str(_("The file is larger than 20 MB")) if len(content) > LARGEST else ""


def _wrong_length(length: int) -> str:
    if not length:
        return str(_("Enter the code that is printed on the document"))
    return str(_("The code has 16 letters and digits; you entered %(number)s", number=length))


def _shown_name(file: FileStorage) -> str:
    return (file.filename or "").rsplit("/", 1)[-1].rsplit("\\", 1)[-1][:200]


def _names() -> dict[str, Any]:
    return {
        "document_name": document_name,
        "verdict_name": names.verdict_name,
        "reason_name": names.reason_name,
        "status_name": permit_states.status_name,
        "shapes": permit_states.STATUS_SHAPES,
    }


def _record(checked: Checked, code: str) -> dict[str, Any]:
    document, entry = checked.document, checked.entry
    if document is None:
        return {"code": code, "ours": False}
    record: dict[str, Any] = {
        "code": document.verification_code,
        "ours": True,
        "kind": document.kind,
        "number": document.number,
        "application": checked.case_number,
        "signed_by": document.signed_by,
        "signed_at": local(document.signed_at).isoformat(),
        "certificate": document.certificate_serial,
        "test": checked.test,
    }
    if checked.corrected_by is not None:
        record["corrected_by"] = checked.corrected_by.verification_code
    if checked.corrects is not None:
        record["corrects"] = checked.corrects.verification_code
    if document.annulled_at is not None:
        record["cancelled"] = {"at": local(document.annulled_at).isoformat(), "by": document.annulled_by}
    if entry is not None and checked.status is not None and checked.on is not None:
        record["permit"] = {
            "holder": entry.holder_name,
            "status": checked.status.value,
            "date": checked.on.isoformat(),
            "issued_on": entry.issued_on.isoformat(),
            "valid_until": entry.valid_until.isoformat(),
        }
    return record
