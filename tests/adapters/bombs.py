"""Files of a few kilobytes that unfold to gigabytes, or that keep a reader busy for hours."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from tests.adapters.test_content_types import pdf

MEGABYTE = 1024 * 1024
PAGE = {
    1: b"<</Type/Catalog/Pages 2 0 R>>",
    2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
}


def swollen(megabytes: int, first: bytes = b"") -> bytes:
    """What zlib unfolds to `first` and so many megabytes of blanks; made at once, since all blocks are the same."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    begun = packer.compress(first) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(2):  # the second block says the same more shortly
        block = packer.compress(b" " * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + begun + block * megabytes + b"\x03\x00" + bytes(4)


def stream(told: bytes, packed: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    return b"<<%s/Filter%s/Length %d>>stream\n%s\nendstream" % (told, filters, len(packed), packed)


def written(objects: Mapping[int, bytes], more: bytes = b"") -> bytes:
    """A PDF of these objects with an honest table."""
    content, places = b"%PDF-1.5\n", {}
    for number, body in objects.items():
        places[number] = len(content)
        content += b"%d 0 obj%s\nendobj\n" % (number, body)
    size = max(objects) + 1
    rows = b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, size))
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows)
    end = b"trailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (size, more, len(content))
    return content + table + end


def table_of(packed: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """A PDF whose table of objects is this stream."""
    content = b"%PDF-1.5\n" + b"".join(b"%d 0 obj%s\nendobj\n" % each for each in PAGE.items())
    table = stream(b"/Type/XRef/Size 5/W[1 4 2]/Root 1 0 R", packed, filters)
    return content + b"4 0 obj" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF" % len(content)


def nested(packed: bytes, filters: bytes = b"/FlateDecode", told: bytes = b"/N 3/First 30") -> bytes:
    """A PDF whose catalogue and page lie in this stream of objects."""
    content = b"%PDF-1.5\n"
    inside = len(content)
    content += b"5 0 obj" + stream(b"/Type/ObjStm" + told, packed, filters) + b"\nendobj\n"
    table = len(content)
    rows = [(0, 0, 0), (2, 5, 0), (2, 5, 1), (2, 5, 2), (1, table, 0), (1, inside, 0)]
    packed = zlib.compress(b"".join(struct.pack(">BIH", *row) for row in rows))
    content += b"4 0 obj" + stream(b"/Type/XRef/Size 6/W[1 4 2]/Root 1 0 R", packed)
    return content + b"\nendobj\nstartxref\n%d\n%%%%EOF" % table


_INSIDE = b"1 0 2 40 3 80".ljust(30) + b"".join(body.ljust(40) for body in PAGE.values())


def png(width: int, height: int, packed: bytes, more: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header), more, chunk(b"IDAT", packed), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def archive_bomb() -> bytes:
    """A ZIP of archives, each of which unfolds to hundreds of megabytes."""
    inner, outer = BytesIO(), BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", bytes(20 * MEGABYTE))
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(50):
            archive.writestr(f"{number}.zip", inner.getvalue())
    return outer.getvalue()


def branching(depth: int) -> bytes:
    """Fields of a form that lead to two fields each, which are the same: a reader that walks on doubles at each."""
    fields = {5 + place: b"<</T(a)/Kids[%d 0 R %d 0 R]>>" % (4 + place, 4 + place) for place in range(depth)}
    catalogue = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[%d 0 R]>>>>" % (4 + depth)
    return written({**PAGE, 1: catalogue, 4: b"<</FT/Sig/T(a)>>", **fields})


def holding(value: bytes) -> bytes:
    """A PDF with a page whose catalogue holds this besides."""
    return written({**PAGE, 1: b"<</Type/Catalog/Pages 2 0 R/X %s>>" % value})


TWICE = b"[/FlateDecode/FlateDecode]"
UNFOLDING: Mapping[str, tuple[bytes, str]] = {
    "a table of 1.2 GB": (table_of(swollen(1200)), "damaged"),
    "a table packed twice": (table_of(zlib.compress(swollen(1200)), TWICE), "damaged"),
    "nested objects of 1.2 GB": (nested(swollen(1200, _INSIDE)), "damaged"),
    "nested objects packed twice": (nested(zlib.compress(swollen(1200, _INSIDE)), TWICE), "damaged"),
    "eight million nested objects": (
        nested(zlib.compress(b"1 0 " * 8_000_000, 9), told=b"/N 8000000/First 32000000"), "damaged"
    ),
    "letters that stand for four": (nested(b"z" * 6_000_000, b"/ASCII85Decode"), "damaged"),
    "a ZIP of archives in a PDF": (pdf(attachment=archive_bomb()), ""),
    "a picture of 30,000 by 30,000": (png(30_000, 30_000, swollen(2575)), "too_large"),
    "a gigabyte behind a small picture": (png(10, 10, zlib.compress(bytes(310)) + swollen(1200)), ""),
    "a gigabyte of comment in a picture": (
        png(10, 10, zlib.compress(bytes(310)), chunk(b"zTXt", b"a\0\0" + swollen(1200))), "damaged"
    ),
    "a gigabyte of colours in a picture": (
        png(10, 10, zlib.compress(bytes(310)), chunk(b"iCCP", b"a\0\0" + swollen(1200))), "damaged"
    ),
}  # fmt: skip
"""What each comes to where files are handed in; empty where it is taken as it stands."""
DRUDGERY: Mapping[str, bytes] = {
    "fields that branch": branching(30),
    "a number of a million digits": holding(b"9" * 1_000_000),
    "an array of 400,000 numbers": holding(b"[" + b"1 " * 400_000 + b"]"),
    "a name of a million letters": holding(b"/" + b"#41" * 330_000),
    "a text in 400,000 brackets": holding(b"(" * 400_000 + b")" * 400_000),
}
"""Small enough to be looked into everywhere, and made to be dear."""
