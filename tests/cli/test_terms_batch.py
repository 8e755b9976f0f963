"""`ruqsat deadlines --batch`: one line for each line, and each bad line by itself."""

import json
from pathlib import Path

import pytest

from tests.cli.test_terms import RECEIVED, dates, refused, run


def test_a_batch_gives_one_line_for_each_line(tmp_path: Path) -> None:
    lines = [
        {"received": RECEIVED, "complete": "2023-09-12", "notice": None},
        {"received": "2024-02-29T12:30:01Z"},
        {"complaint": "2023-09-29T18:30:01+06:00"},
    ]
    batch = tmp_path / "cases.jsonl"
    batch.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    result = run("deadlines", "--batch", str(batch))
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert found[0] == dates("--received", RECEIVED, "--complete", "2023-09-12")
    assert [each["registered_on"] for each in found] == ["2023-09-12", "2024-03-01", None]
    assert found[2]["complaint_authority_due"] == "2023-10-23"
    assert run("deadlines", "--batch", "-", given=batch.read_text(encoding="utf-8")).stdout == result.stdout


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ("{}", "received or complaint"),
        ('{"received": "2023-09-12T10:00:00"}', "received: 2023-09-12T10:00:00: the offset"),
        ('{"received": 5}', "received: 5: is not a time"),
        ('{"received": "2023-09-12T10:00:00Z", "recieved": 1}', "recieved: unknown key"),
        ('{"received": "2023-09-12T10:00:00Z", "received": null}', "received: the key stands twice"),
        ('{"received": "2023-09-12T10:00:00Z", "complete": "2023-02-30"}', "complete: 2023-02-30"),
        ('{"received": "2023-09-12T10:00:00Z", "complete": "2023-09-01"}', "before the day of registration"),
        ('{"received": "2040-09-12T10:00:00Z"}', "outside the years"),
        ("[" * 100_000, "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_bad_line_of_a_batch_is_named_by_its_number(line: str | bytes, says: str) -> None:
    bad = line if isinstance(line, bytes) else line.encode()
    good = json.dumps({"received": RECEIVED}).encode()
    lines = good + b"\n\n" + bad + b"\n" + good
    told = refused("deadlines", "--batch", "-", given=lines)
    assert "line 3" in told
    assert says in told
    answered = run("deadlines", "--batch", "-", given=lines).stdout.splitlines()
    assert [json.loads(each)["service_due"] for each in answered] == ["2023-09-19", "2023-09-19"]


def test_a_line_without_end_is_told_and_ends_the_batch(tmp_path: Path) -> None:
    endless = tmp_path / "endless.jsonl"
    with endless.open("wb") as sparse:
        sparse.write(json.dumps({"received": RECEIVED}).encode() + b"\n")
        sparse.truncate(2**40)
    result = run("deadlines", "--batch", str(endless), "--lang", "en")
    assert (result.exit_code, result.stdout.count("\n")) == (2, 1)
    assert result.stderr == "ruqsat: line 2: is longer than 1 MB; nothing after it was read\n"


def test_each_bad_line_of_a_batch_is_told_by_itself() -> None:
    result = run("deadlines", "--batch", "-", "--lang", "ru", given="{}\n[]\n" + json.dumps({"received": RECEIVED}))
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "ruqsat: строка 1: нужно received или complaint",
        "ruqsat: строка 2: не объект JSON",
    ]
    assert json.loads(result.stdout)["service_due"] == "2023-09-19"
