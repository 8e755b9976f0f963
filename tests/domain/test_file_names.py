"""Names of attachments stay in the script in which they were given, and lead nobody astray (A1.9.2)."""

from __future__ import annotations

import pytest

from service.domain.files import FileKind, clean_file_name


@pytest.mark.law("A1.9.2")
@pytest.mark.parametrize(
    "name",
    [
        "Кепілдік хат № 5 (әғқңөұүһі).pdf",
        "合同 – 最终版.pdf",
        "عقد البيع.pdf",
        "חוזה.pdf",
        "שלום עולם 2026.pdf",
        "पत्र.pdf",
        "договор «купли-продажи», 12.04.2026.pdf",
        "семья 👩‍👩‍👧.pdf",
        "نامه\u200cها.pdf",
    ],
)
def test_a_name_in_any_script_is_kept_letter_by_letter(name: str) -> None:
    assert clean_file_name(name, FileKind.PDF) == name


@pytest.mark.law("A1.9.2")
@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("C:\\Құжаттар\\шарт.pdf", "шарт.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("/шарт.pdf", "шарт.pdf"),
        ("шарт\r\nSet-Cookie: a=b.pdf", "шарт Set-Cookie: a=b.pdf"),
        ("шарт\x00.pdf", "шарт .pdf"),
        ("\u202eexe.траш\u202c.pdf", "exe.траш.pdf"),
        ("\u2066шарт\u2069\ufeff\u200b.pdf", "шарт.pdf"),
        ("  шарт \t  көшірмесі .pdf ", "шарт көшірмесі .pdf"),
        ("...шарт.pdf", "шарт.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ("папка/", "file.pdf"),
        ("\ud800шарт.pdf", "шарт.pdf"),
        ("и\u0306.pdf", "й.pdf"),
        ("ШАРТ.PDF", "ШАРТ.PDF"),
        ("scan.png", "scan.png.pdf"),
        ("program.exe", "program.exe.pdf"),
    ],
)
def test_folders_control_characters_and_turning_marks_are_dropped(name: str, clean: str) -> None:
    assert clean_file_name(name, FileKind.PDF) == clean


@pytest.mark.law("A1.9.2")
@pytest.mark.parametrize("letter", ["a", "қ", "合", "👍", "и\u0306\u0301"])
def test_a_name_of_three_hundred_characters_is_cut_between_characters_and_keeps_its_ending(letter: str) -> None:
    clean = clean_file_name(letter * 300 + ".jpeg", FileKind.JPEG)
    assert clean.endswith(".jpeg")
    assert 240 <= len(clean.encode()) <= 255
    assert "\ufffd" not in clean


@pytest.mark.law("A1.9.2")
@pytest.mark.parametrize("shift", range(8))
def test_letters_do_not_lose_their_marks_when_a_name_is_cut(shift: int) -> None:
    marked = "q\u0308\u0301"
    clean = clean_file_name("x" * shift + marked * 100 + ".pdf", FileKind.PDF)
    letters = clean.removesuffix(".pdf").lstrip("x")
    assert letters == marked * (len(letters) // 3)


@pytest.mark.law("A1.9.2")
def test_both_endings_of_jpeg_are_its_own() -> None:
    assert clean_file_name("a.JPG", FileKind.JPEG) == "a.JPG"
    assert clean_file_name("a.jpeg", FileKind.JPEG) == "a.jpeg"
    assert clean_file_name("a", FileKind.JPEG) == "a.jpg"
    assert clean_file_name("a.exe") == "a.exe"
