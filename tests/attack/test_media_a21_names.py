"""A21: names that would lead a file to another place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from tests.attack.conftest import Upload, rendered
from tests.attack.files import picture

NAMES = {
    "up": "../../x.py",
    "up and down": "..\\\\x",
    "nought": "x\x00.jpg",
    "absolute": "/etc/cron.d/x",
    "long": "n" * 300 + ".jpg",
    "device": "CON",
    "right to left": "gpj.\u202eexe",
    "bucket": "s3://other-bucket/x?versionId=1",
    "percent": "%2e%2e%2fx.py",
    "hidden": ".htaccess",
    "program": "x.php.jpg",
    "nothing": "",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_a21_a_file_s_name_leads_nowhere(upload: Upload, tmp_path: Path, name: str) -> None:
    before = outside(tmp_path)
    said = upload(picture(), name)
    assert outside(tmp_path) == before
    if said.status != 201:
        assert said.status == 400
        return
    assert said.medium
    assert re.fullmatch(r"uploads/[0-9a-f]{32}\.jpg", said.medium.name)
    assert re.fullmatch(r"originals/[0-9a-f]{2}/[0-9a-f]{64}\.jpg", said.medium.original)
    rendered(said.medium)
    for path in Path(default_storage.path("")).rglob("*"):
        assert re.fullmatch(r"[0-9a-z-]+(\.[a-z0-9]+)?|\.work", path.name), path


def test_a21_most_of_these_names_come_to_the_view_at_all(upload: Upload) -> None:
    assert upload(picture(), NAMES["up"]).status == 201


def outside(tmp_path: Path) -> list[Path]:
    """Everything near the store that is not in it."""
    store = Path(default_storage.path(""))
    return sorted(path for path in tmp_path.rglob("*") if store not in (path, *path.parents))
