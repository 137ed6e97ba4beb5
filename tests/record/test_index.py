"""The compiled index says what the YAML says, is rebuilt when stale, and does without a cache."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import date
from pathlib import Path

import pytest

from detente import record as r
from detente.questions import status
from detente.record import index
from detente.record.folder import load_folder
from detente.record.index import freeze, thaw
from detente.record.view import View
from tests.record.test_hindsight import answers

SHIPPED = r.folder_of("us-china")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache directory of the test's own."""
    monkeypatch.setattr(index.platformdirs, "user_cache_dir", lambda _name: str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.parametrize("on", ["2018-10-01", "2025-06-06", "2026-11-23"])
def test_same_from_yaml_and_from_index(on: str, cache: Path) -> None:
    """The models and the compiled objects give the same answers."""
    day = date.fromisoformat(on)
    models = load_folder(SHIPPED).record()
    first, second = r.dispute("us-china"), r.dispute("us-china")
    assert list((cache / "records").glob("us-china-*.json"))
    texts = {str(answers(View(x, day, day))) for x in (models, first.record, second.record)}
    assert len(texts) == 1


def test_stale_index_is_rebuilt(tmp_path: Path, cache: Path) -> None:
    """An edit of the folder shows at once."""
    folder = tmp_path / "mine"
    shutil.copytree(SHIPPED, folder)
    on = date(2025, 6, 6)
    before = status(str(folder), on, on)
    file = folder / "instruments" / "usa-2025.yaml"
    text = file.read_text(encoding="utf-8")
    assert "suspend: 24pp, from: 2025-05-14, until: 2025-08-12" in text
    file.write_text(
        text.replace("suspend: 24pp, from: 2025-05-14", "suspend: 20pp, from: 2025-05-14"), encoding="utf-8"
    )
    after = status(str(folder), on, on)
    assert before.additional != after.additional


def test_unwritable_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be written the answer is the same."""
    blocked = tmp_path / "file"
    blocked.write_text("not a directory", encoding="utf-8")
    monkeypatch.setattr(index.platformdirs, "user_cache_dir", lambda _name: str(blocked))
    on = date(2025, 6, 6)
    assert status("us-china", on, on).truce is not None


def test_broken_index_is_ignored(cache: Path) -> None:
    """Half an index is no index."""
    r.dispute("us-china")
    file = next((cache / "records").glob("*.json"))
    file.write_text(file.read_text(encoding="utf-8")[:5000], encoding="utf-8")
    assert len(r.dispute("us-china").record.instruments) > 100


def test_read_only_folder(tmp_path: Path, cache: Path) -> None:
    """A record in a directory that cannot be written is read."""
    folder = tmp_path / "mine"
    shutil.copytree(SHIPPED, folder)
    for path in [folder, *folder.rglob("*")]:
        os.chmod(path, path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    try:
        assert r.dispute(str(folder)).record.header.id == "us-china"
    finally:
        for path in [folder, *folder.rglob("*")]:
            os.chmod(path, path.stat().st_mode | stat.S_IWUSR)


def test_thaw_keeps_every_field() -> None:
    """Nothing is lost on the way into the index and out again."""
    models = load_folder(SHIPPED).record()
    frozen = thaw(freeze(models))
    assert vars(frozen.instruments[0]).keys() == type(models.instruments[0]).model_fields.keys()
    assert frozen.codes == models.codes
    persons = [x.persons for t in frozen.talks for x in t.reports if x.persons]
    assert all(isinstance(p, dict) for p in persons)
