"""What the check of a signature costs, which is left out of the steps, and what a filing costs with it."""

from __future__ import annotations

from collections.abc import Iterator

from bench.figures import Figure, Stopwatch
from bench.town import Town
from service.demo.people import Cast
from service.domain.signatures import Requirement
from service.usecases.evidence import verified
from service.usecases.file_application import take_application

SIGNED = "The check of a signature, left out of the steps"
ROUNDS = 15
SIGNS = "company_head"


def measured(town: Town, database: str) -> Iterator[Figure]:
    """One CMS signature, each over another application, with the authority's answer asked over the loopback."""
    people, checks, filings, starts = Cast(town.real, town.world.pki), Stopwatch(), Stopwatch(), Stopwatch()
    applicant = people.applicant(SIGNS)
    for _ in range(ROUNDS):
        draft_id, _who = town.ready_draft(applicant)
        with town.program.reading() as uow:
            content = uow.drafts.of(applicant.iin, applicant.bin)[0].manifest
        cms = people.pki.sign_cms(SIGNS, content)
        wanted = Requirement.applicant(applicant.iin, applicant.bin)
        checks.run(verified, town.real, cms, content, wanted, purpose="application")
        filings.run(take_application, town.real, draft_id, applicant, cms)
        starts.run(town.file, *town.ready_draft())
    yield Figure(SIGNED, "check of one CMS signature", database, checks.typical, "ms", runs=checks.runs)
    yield Figure(SIGNED, "start of a case with its signature checked", database, filings.typical, "ms", runs=ROUNDS)
    yield Figure(SIGNED, "start of a case without", database, starts.typical, "ms", runs=ROUNDS)
    share = (filings.typical - starts.typical) / filings.typical * 100
    yield Figure(SIGNED, "share of the check in a start", database, share, "%", runs=ROUNDS)
