"""kill -9 of the server while a file comes over the line."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from tests.attack.conftest import WORDS
from tests.attack.files import picture
from tests.attack.forms import form
from tests.attack.test_media_a30_floods import FORM, MEDIA, Server, answer, server

from cityplus.media import store, sweeping
from cityplus.media.models import Medium

__all__ = ["server"]  # the fixture


def upload(server: Server, body: bytes) -> int:
    with server.open(MEDIA, {"Content-Type": FORM, "Content-Length": str(len(body))}) as line:
        line.sendall(body)
        return answer(line)[0]


def bytes_at_work(server: Server) -> int:
    return sum(path.stat().st_size for path in (server.data / "media/.work").rglob("file"))


def test_an_upload_that_is_cut_by_kill_9_leaves_nothing_and_can_be_sent_again(server: Server, settings: object) -> None:
    body = form(WORDS, ("file", "x.jpg", "image/jpeg", picture() + bytes(5_000_000)))
    line = server.open(MEDIA, {"Content-Type": FORM, "Content-Length": str(len(body))})
    line.sendall(body[: len(body) // 2])
    deadline = time.monotonic() + 30
    while not bytes_at_work(server):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.kill(server.pid, signal.SIGKILL)
    assert answer(line)[0] == 0  # nobody said yes
    line.close()
    assert not Medium.objects.exists()
    use_the_store_of(server.data)
    benches = list(store.benches().iterdir())
    assert len(benches) == 1
    os.utime(benches[0], (0, 0))
    assert sweeping.sweep().benches == 1
    assert server.left() == []
    whole = form(WORDS, ("file", "x.jpg", "image/jpeg", picture()))
    deadline = time.monotonic() + 60
    while (status := _try(server, whole)) == 0:  # the server is coming back
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert status == 201
    assert upload(server, whole) == 201
    assert Medium.objects.count() == 1
    assert list(sweeping.missing(deep=True)) == []


def _try(server: Server, body: bytes) -> int:
    try:
        return upload(server, body)
    except OSError:
        return 0


def use_the_store_of(data: Path) -> None:
    """Look into the server's own store from here."""
    from django.core.files.storage import FileSystemStorage, default_storage  # noqa: PLC0415

    default_storage._wrapped = FileSystemStorage(data / "media")  # type: ignore[attr-defined]
