"""Who comes to what on every address and in a case of every kind: one table.

A line is a method and an endpoint, then what people come to there. An address with a case in it has a column for each
kind of case (see `hostile_kinds.KINDS`), or one for all of them where they do not differ; any other address has one.

A cell names people by their letters: n nobody, o owner, x another applicant, c chancellery, u unit, h head, a of the
unit, has acted for the head, r reviewing body, s supervisor, e contact centre, m administrator; * everybody. Behind
them stands what they come to. A form is sent empty:

      the page, or the file
    > another page: there is nothing to do here, or it stands elsewhere
    ? 400: the form says which field is missing
    + 400 as well, and the own draft keeps what was typed
    ! it is done, since nothing has to be filled in; the review makes the application ready for its signature
    ~ 409: it is too late for it, somebody was faster, or the page is not the one that was shown
    ^ 409 as well, and the page shows the application anew, ready for its signature
    0 404: the case holds no such thing

Who is not named may not, though the form be filled in with all that it takes: officers are told so (403), what is
another's does not exist for an applicant (404), and both are lines of the journal; at a door that is not their own
people are asked to sign in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.web.hostile_kinds import KINDS
from tests.web.hostile_town import EVERYBODY

LETTERS = dict(zip("noxcuharsem", EVERYBODY, strict=True))
APPLICANTS, AT_THE_CABINET, AT_THE_OFFICE = "ox", "cabinet.", "officer."
COMES_TO: Mapping[str, tuple[int, ...]] = {
    "": (200,), ">": (301, 303), "?": (400,), "+": (400,), "!": (200, 303), "~": (409,), "^": (409,),
    "0": (404,),
}  # fmt: skip
CHANGES = ("!", "+", "^")

TABLE = """
                                    open   heard  closed withdrawn another permit complaint sent      posted
POST cabinet.again                  o!     o!     o!     o!        x!      o!     o0        o0        -
GET  cabinet.case                   o      o      o      o         x       o      o>        o>        -
GET  cabinet.case_cms               o      o      o      o         x       o      o         o         -
GET  cabinet.case_file              o      o      o      o         x       o      o0        o0        -
GET  cabinet.case_manifest          o      o      o      o         x       o      o         o         -
GET  cabinet.case_package           -      o      -      -         -       -      -         -         -
GET  cabinet.case_papers            o      o      o      o         x       o      o         o         -
POST cabinet.case_papers            o>     o!     o!     o!        x!      o!     o!        o!        -
GET  cabinet.complain               ox
GET  cabinet.complaint              o0     o0     o0     o0        x0      o0     o         o         -
GET  cabinet.complaint_receipt      o0     o0     o0     o0        x0      o0     o         o         -
GET  cabinet.complaint_review       o>
POST cabinet.complaint_review       o>
GET  cabinet.consent                o      o      o      o         x       o      o0        o0        -
POST cabinet.consent                o!     o!     o>     o>        x!      o>     o0        o0        -
GET  cabinet.discard                o
POST cabinet.discard                o!
GET  cabinet.document               o0     o      o      o0        x0      o      o0        o0        -
GET  cabinet.document_error         o0     o0     o      o0        x0      o      o0        o0        -
POST cabinet.document_error         o0     o0     o?     o0        x0      o?     o0        o0        -
GET  cabinet.draft                  o
GET  cabinet.file                   o
POST cabinet.file                   o+
GET  cabinet.file_content           o
GET  cabinet.filed_pdf              o      o      o      o         x       o      o         o         -
GET  cabinet.files                  o
POST cabinet.files                  o?
GET  cabinet.holder_file            o0     o0     o0     o0        x0      o      o0        o0        -
GET  cabinet.holder_position        o0     o0     o0     o0        x0      o      o0        o0        -
POST cabinet.holder_position        o0     o0     o0     o0        x0      o?     o0        o0        -
GET  cabinet.home                   ox
GET  cabinet.manifest_file          o
GET  cabinet.minutes_remark         o0     o      o0     o0        x0      o0     o0        o0        -
POST cabinet.minutes_remark         o0     o?     o0     o0        x0      o0     o0        o0        -
GET  cabinet.not_possible           ox
POST cabinet.open_complaint_draft   ox?
POST cabinet.open_draft             ox!
GET  cabinet.page                   o
POST cabinet.page                   o+
GET  cabinet.position               o0     o      o>     o>        x0      o>     o0        o0        -
POST cabinet.position               o0     o?     o~     o~        x0      o~     o0        o0        -
GET  cabinet.receipt                o      o      o      o         x       o      o>        o>        -
POST cabinet.remove_file            o!
GET  cabinet.review                 o!
POST cabinet.review                 o^
POST cabinet.save_page              o!
GET  cabinet.terms_json             o      o      o      o         x       o      o         o         -
GET  cabinet.terms_pdf              o      o      o      o         x       o      o         o         -
GET  cabinet.withdraw               o      o      o>     o>        x       o>     o         o         -
POST cabinet.withdraw               o!     o!     o~     o~        x!      o~     o!        o!        -
GET  officer.act_file               h
GET  officer.act_paper              h
GET  officer.acting                 m
POST officer.acting                 m?
GET  officer.end_acting             m
POST officer.end_acting             m?
POST officer.add_claim_document     uha?
GET  officer.answer_on_paper        c0     c0     c0     c0        c0      cr0    c0        cr0       cr
POST officer.answer_on_paper        c0     c0     c0     c0        c0      cr0    c0        cr0       cr?
POST officer.assign                 uh>    uh>    h>     ch>       uh>     h>     uh>       r>        r>
GET  officer.attachment             cuhas  cuhas  cuhas  cuhas     cuhas   cuhars cuhas0    cuhars0   cuhars0
GET  officer.beside                 cuhas  cuhas  cuhas  cuhas     cuhas   cuhars cuhas     cuhars    cuhars
GET  officer.case                   cuhas  cuhas  cuhas  cuhas     cuhas   cuhars cuhas     cuhars    cuhars
GET  officer.cases                  cuhars
POST officer.change                 h0     h0     h0     h0        h0      h?     h0        h0        h0
POST officer.claim                  u!a~   ua~    h~     c~        u!a~    h~     u!a~      r!        r!
GET  officer.claim_document         cuhas
GET  officer.claims                 cuhas
GET  officer.correct                h~     h~     h      h~        h~      r      h~        h~        r
POST officer.correct                h~     h~     h?     h~        h~      r?     h~        h~        r?
GET  officer.correct_court_claim    uha
POST officer.correct_court_claim    uha?
GET  officer.court_claim            cuhas
POST officer.dismiss                u!
GET  officer.document               cuhas  cuhas  cuhas  cuhas     cuhas   cuhars cuhas     cuhars    cuhars
GET  officer.drawing                cuhas  cuhas  cuhas  cuhas     cuhas   cuhars cuhas     cuhars    cuhars
GET  officer.duties                 cuharsm
GET  officer.duty                   uhas
POST officer.duty                   ua?
POST officer.end_claim              uha?
GET  officer.error_in_document      cuha0  cuha~  cuha   cuha0     cuha0   cuhar  cuha0     cuhar0    cuhar
POST officer.error_in_document      cuha0  cuha~  cuha?  cuha0     cuha0   cuhar? cuha0     cuhar0    cuhar?
GET  officer.extend                 h      h      h~     h~        h       h~     h~        h~        h~
POST officer.extend                 h?     h?     h~     h~        h?      h~     h~        h~        h~
POST officer.give_back              u!     ua~    h~     c~        u!      h~     u!        -         -
GET  officer.month                  hs
GET  officer.month_csv              hs
GET  officer.month_pdf              hs
GET  officer.new_claim              uha
POST officer.new_claim              uha?
GET  officer.office_journal         sm
GET  officer.overview               hs
GET  officer.package                h      h      h      h         h       hr     h         hr        hr
GET  officer.paper                  h
GET  officer.paper_file             h
GET  officer.password               cuharsem
POST officer.password               cuharsem?
GET  officer.permit                 cuhas0 cuhas0 cuhas0 cuhas0    cuhas0  cuhas  cuhas0    cuhas0    cuhas0
GET  officer.portal_break           m
POST officer.portal_break           m?
POST officer.prepare_act_again      h!
POST officer.prepare_again          h!
POST officer.retry                  hm>
POST officer.save_draft             u!a~   ua~    h~     c~        u!a~    h~     u!a~      r!        r!
GET  officer.sent_package           h0     h0     h0     h0        h0      hr0    h0        hr        hr0
GET  officer.setting                m
POST officer.setting                m?
GET  officer.settings               m
POST officer.sign                   h?
POST officer.sign_act_paper         h?
GET  officer.status                 e
POST officer.status                 e?
GET  officer.take_in                c
POST officer.take_in                c?
GET  officer.task                   uha    uha>   h>     ch>       uha     h>     uha       r         r
POST officer.task                   ua~    ua~    h~     c~        ua~     h~     ua~       r~        r~
GET  officer.terms_json             cuhas  cuhas  cuhas  cuhas     cuhas   cuhars cuhas     cuhars    cuhars
GET  officer.terms_pdf              cuhas  cuhas  cuhas  cuhas     cuhas   cuhars cuhas     cuhars    cuhars
GET  officer.told                   ch
POST officer.told                   ch?
GET  officer.unsent                 hm
POST officer.withdraw               m!
POST officer.withdraw_permit_change h0     h0     h0     h0        h0      h?     h0        h0        h0
GET  officer.worklist               cuhar,sem>
GET  favicon                        *>
GET  public.accessibility           *
GET  public.drawing                 *
GET  public.entry                   *
GET  public.entry_json              *
GET  public.health                  *
GET  public.help_page               *
GET  public.home                    *
GET  public.procedure               *
GET  public.proof                   *
GET  public.proof_json              *
GET  public.proof_key               *
GET  public.register                *
GET  public.register_csv            *
GET  public.register_json           *
GET  public.requirements            *
GET  public.rules                   *
GET  public.service                 *
GET  public.verified                *0
GET  public.verified_file           *0
GET  public.verified_json           *0
GET  public.verify                  *
POST public.verify_upload           *?
GET  static                         *
POST switches.switch                *>
GET  cabinet.sign_in                ncuharsem,ox>
POST cabinet.sign_in                *?
POST cabinet.sign_out               *>
GET  officer.sign_in                nox,cuharsem>
POST officer.sign_in                *?
POST officer.sign_out               *>
"""


@dataclass(frozen=True)
class Line:
    """What is asked for, and who comes to what, by the kind of the case; the empty kind where there is no case."""

    name: str
    cells: Mapping[str, Mapping[str, str]]

    def named(self, who: str, kind: str) -> str | None:
        """What somebody who may comes to; None for who may not."""
        return self.cells[kind if kind in self.cells else ""].get(who)

    def refused(self, who: str) -> str:
        """What somebody comes to who may not: "no", "hidden" or "in"."""
        if who in EVERYBODY[1:3] and AT_THE_CABINET in self.name:
            return "hidden"
        return "no" if who in EVERYBODY[3:] and AT_THE_OFFICE in self.name else "in"


def lines() -> Iterator[Line]:
    """The table, line by line."""
    head, *rest = TABLE.strip("\n").splitlines()
    assert tuple(head.split()) == KINDS
    for line in rest:
        method, endpoint, *cells = line.split()
        kinds = KINDS if len(cells) > 1 else ("",)
        yield Line(f"{method} {endpoint}", {kind: _people(cell) for kind, cell in zip(kinds, cells, strict=True)})


def _people(cell: str) -> Mapping[str, str]:
    """Each of those whom a cell names, and the sign of what they come to."""
    groups = re.findall(r"([a-z*]+)([>?+!~^0]?)", cell)
    assert "".join(map("".join, groups)) == cell.replace(",", "").strip("-"), cell
    return {
        LETTERS[letter]: sign
        for letters, sign in groups
        for letter in ("".join(LETTERS) if letters == "*" else letters)
    }
