"""A hall: a network of its own with a planned ceremony, its server and worker as processes that may be killed, and lines that may be
cut between them and a screen."""

from __future__ import annotations

import atexit
import contextlib
import functools
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.request
from pathlib import Path
from typing import Any

from tests.e2e.conftest import ROOT, _free_port, _wait_for


class Hall:
    """``begin`` starts it; ``address`` is the server's; ``deeds`` is the module with what is done beside it, first of all its ``plan``."""

    def __init__(self, data: Path, deeds: str = "hall_deeds") -> None:
        self.deeds = deeds
        plain = {key: value for key, value in os.environ.items() if not key.startswith(("CITYPLUS_", "DJANGO_"))}
        self.port = _free_port()
        self.env = plain | {"CITYPLUS_DATA": str(data), "CITYPLUS_PORT": str(self.port), "PYTHONPATH": str(ROOT)}
        self.address = f"http://localhost:{self.port}"
        self._processes: list[subprocess.Popen[bytes]] = []
        shutil.copytree(_blank(), data, dirs_exist_ok=True)
        self.plan = self.deed("plan")

    def _run(self, *arguments: str) -> bytes:
        done = subprocess.run([sys.executable, *arguments], env=self.env, cwd=ROOT, check=True, stdout=subprocess.PIPE)
        return done.stdout

    def deed(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._run("-m", f"tests.e2e.{self.deeds}", name))
        return found

    def start(self) -> None:
        for what in ("serve", "work"):
            command = [sys.executable, "-m", "cityplus", what]
            self._processes.append(subprocess.Popen(command, env=self.env, cwd=ROOT, start_new_session=True))
        _wait_for(f"{self.address}/readyz")

    def kill(self) -> None:
        """The whole house falls, as when the power does."""
        for process in self._processes:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._processes.clear()

    def stop(self) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.wait(20)

    def path(self, rest: str, language: str = "") -> str:
        return f"{language}/ceremonies/{self.plan['ceremony']}/{rest}"

    def hall(self, rest: str, language: str = "") -> str:
        """The same by the word of the hall."""
        return f"{self.path(rest, language)}?key={self.plan['key']}"

    def stream(self, until: int) -> list[dict[str, Any]]:
        """What a new wall hears from the very beginning, up to a beat."""
        url = f"{self.address}/live/walls/{self.plan['ceremony']}/"
        asked = urllib.request.Request(url, headers={"Last-Event-ID": "0"})  # noqa: S310
        found: list[dict[str, Any]] = []
        with urllib.request.urlopen(asked, timeout=20) as line:  # noqa: S310
            beat = 0
            while not found or beat < until:
                text = line.readline().decode()
                if text.startswith("id: "):
                    beat = int(text[4:])
                    found.append(json.loads(line.readline().decode().removeprefix("data: ")) | {"id": beat})
        return found


@functools.cache
def _blank() -> Path:
    """The folder of a network with nothing in it: each hall begins with a copy."""
    folder = Path(tempfile.mkdtemp(prefix="cityplus-blank-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("CITYPLUS_", "DJANGO_"))}
    migrate = [sys.executable, "-m", "cityplus", "migrate"]
    subprocess.run(migrate, env=plain | {"CITYPLUS_DATA": str(folder)}, check=True, stdout=subprocess.PIPE)
    return folder


class Line:
    """A network line to a server that can be cut: every connection on it ends, and none is taken, until it is mended."""

    def __init__(self, to: int) -> None:
        self._to = to
        self.port = _free_port()
        self._open: set[socket.socket] = set()
        self._door: socket.socket | None = None
        self.mend()

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def mend(self) -> None:
        self._door = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._take, args=(self._door,), daemon=True).start()

    def cut(self) -> None:
        door, self._door = self._door, None
        if door:
            with contextlib.suppress(OSError):
                door.shutdown(socket.SHUT_RDWR)
            door.close()
        for one in tuple(self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _take(self, door: socket.socket) -> None:
        while True:
            try:
                near, _ = door.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with near:
            try:
                far = socket.create_connection(("127.0.0.1", self._to), 10)
            except OSError:
                return
            with far:
                ends = {near: far, far: near}
                self._open |= ends.keys()
                with contextlib.suppress(OSError, ValueError):
                    while ready := select.select(list(ends), [], [])[0]:
                        for one in ready:
                            data = one.recv(65536)
                            if not data:
                                raise OSError
                            ends[one].sendall(data)
                self._open -= ends.keys()
