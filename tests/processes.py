"""Processes of CityPlus beside the test, on the test's own database and in a data folder that the test names."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def environment(data: Path, **more: str) -> dict[str, str]:
    """For a child that works on the test's database; the test must be one with real transactions."""
    plain = {
        key: value for key, value in os.environ.items() if key == "CITYPLUS_DATABASE" or not key.startswith("CITYPLUS_")
    }
    return plain | {
        "CITYPLUS_DATA": str(data),
        "CITYPLUS_SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        **more,
    }


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def served(data: Path) -> Iterator[tuple[int, int]]:
    """A real server; gives its port, and the process id of the worker that answers."""
    port = free_port()
    env = environment(data, CITYPLUS_PORT=str(port))
    process = subprocess.Popen([sys.executable, "-m", "cityplus", "serve"], env=env, cwd=ROOT)
    try:
        wait_for(port, process)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        yield port, max(map(int, children))
    finally:
        process.terminate()
        process.wait(20)


def wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Wait until somebody listens."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError("the server ended as it started")
        with socket.socket() as s:
            s.settimeout(1)
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the server does not listen")


def memory(pid: int) -> float:
    """Megabytes that a process holds now."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise LookupError(pid)
