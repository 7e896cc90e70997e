from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cityplus.backup.tests.server import ENGINE, FILL, Server, server
from cityplus.packs.tests.conftest import write_pack


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a city, people, jobs, a journal, and a table that no model describes. Tests do not change it."""
    folder = tmp_path_factory.mktemp("full")
    with server(folder / "data", ENGINE) as made:
        made.python(FILL, str(write_pack(folder / "delft")))
        yield made


@pytest.fixture(scope="session")
def archive(full: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it."""
    path = tmp_path_factory.mktemp("backup") / "network.zip"
    full.done("backup", "--out", str(path))
    return path


@pytest.fixture
def empty(full: Server, tmp_path: Path) -> Iterator[Server]:
    """A server of the same engine on which nothing ever ran."""
    with server(tmp_path / "data", full.engine) as made:
        yield made
