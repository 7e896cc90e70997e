"""A running CityPlus for benchmarks: sample network, embedded default, its own folder and port."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "build" / "bench-data"
"""Kept between runs: the sample network with its renditions takes minutes to make."""


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def environment(port: int, **more: str) -> dict[str, str]:
    return os.environ | {
        "CITYPLUS_DATA": str(DATA),
        "CITYPLUS_PORT": str(port),
        "PYTHONPATH": f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
        **more,
    }


def fill() -> None:
    """Make the data folder once: the sample network, every rendition made."""
    if (DATA / "filled").exists():
        return
    shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(parents=True)
    env = environment(free_port())
    print("filling the bench network with the sample (some minutes, once)…", flush=True)
    content = str(ROOT / "content")
    for command in (["cityplus.config.cli.prepare", "--content", content], ["cityplus", "work", "--once"]):
        subprocess.run([sys.executable, "-m", *command], env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    (DATA / "filled").touch()


@contextmanager
def served() -> Iterator[str]:
    """The server alone, with bench settings, as one process; yields its address."""
    fill()
    port = free_port()
    env = environment(port, DJANGO_SETTINGS_MODULE="bench.settings")
    process = subprocess.Popen([sys.executable, "-m", "cityplus", "serve"], env=env, cwd=ROOT)
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def wait_until_free(port: int) -> None:
    """Of processes that were killed together, one may live a moment longer than the one that is waited for."""
    while True:
        with socket.socket() as s:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                s.bind(("127.0.0.1", port))
                return
        time.sleep(0.01)


def wait_for(url: str, seconds: float = 60) -> float:
    """Wait until an address answers 200; returns the seconds it took."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
                if answer.status == 200:
                    return time.monotonic() - began
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(f"{url} did not answer within {seconds} s")
