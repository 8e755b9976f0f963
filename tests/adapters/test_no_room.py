"""Files that the program makes for itself: where there is no room, nothing of them is left that spoils the next try."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.adapters.seals import SealFile
from service.adapters.system_key import SystemKey
from service.domain.chain import Seal
from service.settings import Settings
from tests.full_disk import room_for


@pytest.mark.law("A1.11.3")
def test_a_secret_that_had_no_room_is_made_whole_later(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path)
    with room_for(10), pytest.raises(OSError, match="large"):
        _ = settings.secret_key
    assert list(tmp_path.iterdir()) == []
    made = settings.secret_key
    assert (len(made), settings.secret_key) == (64, made)
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


@pytest.mark.law("L69.1")
def test_a_key_that_had_no_room_is_made_whole_later_by_the_same_process(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    with room_for(10), pytest.raises(OSError, match="large"):
        SystemKey.made(path)
    assert list(tmp_path.iterdir()) == []
    assert SystemKey.made(path).key_id == SystemKey.made(path).key_id


@pytest.mark.law("L69.1")
@pytest.mark.parametrize("missing", [1, 2, 100])
def test_a_seal_that_had_no_room_for_its_end_spoils_none_that_follows(tmp_path: Path, missing: int) -> None:
    file, at = SealFile(tmp_path / "seals.jsonl"), datetime(2023, 9, 12, tzinfo=UTC)
    seals = [Seal(number, at, "0" * 64, [], "key", hash=str(number) * 64, signature="x") for number in (1, 2, 3)]
    file.append(seals[:1])
    size = (tmp_path / "seals.jsonl").stat().st_size
    with room_for(2 * size - missing), pytest.raises(OSError, match="large"):
        file.append(seals[:2])
    file.append(seals[:2])
    file.append(seals)
    assert list(file.hashes()) == [(seal.number, seal.hash) for seal in seals]
