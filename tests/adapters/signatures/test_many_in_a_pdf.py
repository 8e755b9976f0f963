"""A small file that says it bears thousands of signatures is not copied as often (R2.4, L74.1)."""

from __future__ import annotations

import tracemalloc

import pytest

from service.adapters.papers import PdfPapers
from tests.adapters.bombs import MEGABYTE, written
from tests.sandbox.world import World

FIELD = b"4 0 R "


def many(world: World, times: int) -> bytes:
    """A file of a megabyte that names one field with one signature so often; the signed part ends before its end."""
    told = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 %d]/Contents<%s>>>"
    cms = world.pki.sign_cms("entrepreneur", b"")
    fields = FIELD * times
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R/AcroForm 3 0 R>>",
        2: b"<</Type/Pages/Kids[]/Count 0>>",
        3: b"<</SigFlags 3/Fields[%s]>>" % fields,
        4: b"<</FT/Sig/T(a)/V 5 0 R>>",
        5: told % (MEGABYTE // 2, cms.hex().encode()),
    }
    return written({**objects, 6: b"(%s)" % (b"a" * (MEGABYTE - len(fields)))})


@pytest.mark.law("R2.4", "L74.1")
def test_only_the_files_of_the_first_signers_are_made(world: World) -> None:
    file, papers = many(world, 200), PdfPapers()
    assert len(papers.revisions(file, 200)) == 200
    tracemalloc.start()
    try:
        first = papers.revisions(file, 1)
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [len(each) for each in first] == [MEGABYTE // 2 + 2]
    assert most < 10 * MEGABYTE
