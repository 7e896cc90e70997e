"""Tools that read files of strangers, behind bars: bounded in time, memory and bytes, with no network and few files.

What holds: the kernel's limits on memory, processor time, the size of a file written and the number of open files, everywhere; no
network and no file but those named, where the kernel has network namespaces and Landlock. The tool dies with whoever started it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

LAUNCHER = Path(__file__).with_name("launcher.py")
_SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/nix/store", "/etc/ld.so.cache")
"""What a program needs to start: libraries, and nothing that is anybody's own."""
_ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of memory and of a file written, seconds of the clock and of the processor."""

    memory: int
    file: int
    seconds: float
    processor: int

    def as_order(self) -> dict[str, int]:
        return {
            "RLIMIT_AS": self.memory,
            "RLIMIT_FSIZE": self.file,
            "RLIMIT_CPU": self.processor,
            "RLIMIT_NOFILE": 64,
            "RLIMIT_CORE": 0,
        }


class Tool:
    """A tool at work. ``lines`` is what it says, both of its outputs in one: of two pipes, the one that nobody reads yet fills
    up and both sides wait for ever."""

    def __init__(self, process: subprocess.Popen[str], limits: Limits) -> None:
        self._process, self._limits = process, limits
        self.late = False

    @property
    def lines(self) -> IO[str]:
        assert self._process.stdout is not None  # noqa: S101 - it was opened with a pipe
        return self._process.stdout

    @property
    def status(self) -> int:
        """How it ended; waits for it."""
        return self._process.wait()

    @property
    def was_stopped(self) -> bool:
        """Whether it reached a limit rather than its end; waits for it."""
        return self.late or self.status in {
            -signal.SIGKILL,
            -signal.SIGXCPU,
            -signal.SIGXFSZ,
            -signal.SIGSEGV,
            -signal.SIGABRT,
        }

    def stop(self) -> None:
        self.late = True
        self._process.kill()


@contextmanager
def program(
    argv: Sequence[str],
    limits: Limits,
    *,
    reads: Sequence[Path] = (),
    writes: Sequence[Path] = (),
    handles: Sequence[int] = (),
) -> Iterator[Tool]:
    """Run a program, given by its whole path. ``handles`` are open files that it inherits under their numbers."""
    order: dict[str, object] = {"argv": list(argv), "reads": [argv[0], *_SYSTEM, *map(str, reads)]}
    with _started(["-S"], order, limits, writes, handles) as tool:
        yield tool


@contextmanager
def script(
    path: Path, task: object, limits: Limits, *, reads: Sequence[Path] = (), writes: Sequence[Path] = ()
) -> Iterator[Tool]:
    """Run a script of Python in an interpreter of its own; it gets its task in JSON, as its one argument."""
    order: dict[str, object] = {
        "script": str(path),
        "task": json.dumps(task),
        "reads": [str(path), *_SYSTEM, *_python(), *map(str, reads)],
    }
    with _started([], order, limits, writes, ()) as tool:
        yield tool


@contextmanager
def _started(
    flags: list[str], order: dict[str, object], limits: Limits, writes: Sequence[Path], handles: Sequence[int]
) -> Iterator[Tool]:
    order |= {"limits": limits.as_order(), "writes": [str(path) for path in writes], "parent": os.getpid()}
    with subprocess.Popen(  # noqa: S603 - our own interpreter and our own launcher
        [sys.executable, "-I", "-B", *flags, str(LAUNCHER), json.dumps(order)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=_ENVIRONMENT,
        pass_fds=handles,
    ) as process:
        tool = Tool(process, limits)
        watchdog = threading.Timer(limits.seconds, tool.stop)
        watchdog.start()
        try:
            yield tool
        except BaseException:
            process.kill()
            raise
        finally:
            watchdog.cancel()


@lru_cache(maxsize=1)
def _python() -> list[str]:
    """Where this interpreter and its libraries lie."""
    places = {
        sys.prefix,
        sys.base_prefix,
        sys.exec_prefix,
        *(place for place in sys.path if place.endswith("-packages")),
    }
    return sorted(places)


@lru_cache(maxsize=1)
def held() -> dict[str, object]:
    """What this machine's kernel holds: ``network`` is “namespace”, “landlock” or empty, ``files`` whether others are closed."""
    command = [sys.executable, "-I", "-B", "-S", str(LAUNCHER), "{}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)  # noqa: S603 - as above
    found: dict[str, object] = json.loads(done.stdout)
    return found
