"""schemathesis, which knows the API by its document alone, asks a running network what it can think of, and finds nothing.

The server is the real one, with both doors, on a real socket; the sample network is in it. What is asked is the same in
every run (a fixed seed): a failure here can be seen again.
"""

from __future__ import annotations

import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

from cityplus.api.document import document

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = "15"
"""Cases an operation in each phase; the whole run asks about a thousand times."""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A data folder and a database of its own, on the engine that the tests run on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("CITYPLUS_", "DJANGO_"))}
    data = str(tmp_path_factory.mktemp("network"))
    made = plain | {"CITYPLUS_DATA": data, "CITYPLUS_PORT": str(port), "CITYPLUS_DEMO_PASSWORD": "a password for tests"}
    server = settings.CITYPLUS.database
    if not server:
        yield made
        return
    name = f"contract_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield made | {"CITYPLUS_DATABASE": urlsplit(server)._replace(path=f"/{name}").geturl()}
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def network(environment: dict[str, str]) -> Iterator[str]:
    """The address of the API of a running network."""
    prepare = [sys.executable, "-m", "cityplus.config.cli.prepare", "--content", str(ROOT / "content")]
    subprocess.run(prepare, env=environment, check=True)
    server = subprocess.Popen([sys.executable, "-m", "cityplus", "serve"], env=environment)
    address = f"http://localhost:{environment['CITYPLUS_PORT']}"
    try:
        _wait_for(f"{address}/readyz", server)
        yield f"{address}/api/cityplus/v1"
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(url)


def test_schemathesis_finds_nothing(network: str, tmp_path: Path) -> None:
    program = str(Path(sys.executable).with_name("schemathesis"))
    asked = ["--checks", "all", "--mode", "all", "--max-examples", EXAMPLES, "--seed", "1", "--no-color"]
    run = subprocess.run(
        [program, "run", f"{network}/openapi.json", *asked],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    report = run.stdout + run.stderr
    assert run.returncode == 0, report[-8000:]
    operations = sum(len(methods) for methods in document()["paths"].values())
    assert f"Tested: {operations}" in report, report[-3000:]
    counted = re.search(r"(\d+) generated, (\d+) passed", report)
    assert counted, report[-3000:]
    assert counted[1] == counted[2]
    assert int(counted[1]) > 50 * operations
