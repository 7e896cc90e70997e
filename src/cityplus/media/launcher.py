"""Runs one tool behind bars: started as a script of its own, before the tool, in a process with one thread.

Only the standard library, and nothing of CityPlus: this file is given to a fresh interpreter (``python -I launcher.py ORDER``).
The order is JSON: ``limits`` for the kernel to hold, ``reads`` and ``writes`` (paths that may be opened), and either ``argv`` (a
program that takes this process over) or ``script`` and ``task`` (Python that runs in it, and its one argument). It fails before
the tool starts where a limit cannot be set; what the kernel cannot do at all is left out, and ``cityplus doctor`` says so.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import runpy
import signal
import struct
import sys
from typing import Any

_LIBC = ctypes.CDLL(None, use_errno=True)
_NEW_PRIVILEGES, _PARENT_DEATH = 38, 1  # prctl: PR_SET_NO_NEW_PRIVS, PR_SET_PDEATHSIG
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000
_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the system calls of Landlock, the same on every architecture
_READ, _READ_FOLDER, _RUN, _WRITE = 1 << 2, 1 << 3, 1 << 0, 1 << 1
_MAKE_FILE, _REMOVE_FILE, _TRUNCATE = 1 << 8, 1 << 5, 1 << 14
_OF_FILES = _READ | _RUN | _WRITE | _TRUNCATE | 1 << 15
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
"""How many of the rights over files each version of Landlock knows; later ones know 16."""


def main() -> None:
    order = json.loads(sys.argv[1])
    _die_with(order.get("parent", 0))
    for name, value in order.get("limits", {}).items():
        _limit(getattr(resource, name), value)
    _LIBC.prctl(_NEW_PRIVILEGES, 1, 0, 0, 0)
    network = _leave_the_network()
    version = _landlock(order.get("reads", []), order.get("writes", []))
    held = {"network": network or ("landlock" if version >= 4 else ""), "files": version > 0}
    if order.get("argv"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        os.execv(order["argv"][0], order["argv"])  # noqa: S606 - our own order
    if order.get("script"):
        sys.argv = [order["script"], order["task"]]
        runpy.run_path(order["script"], run_name="__main__")
    else:
        sys.stdout.write(json.dumps(held))


def _die_with(parent: int) -> None:
    """Whoever kills the worker has killed its tools: none works on for a job that another takes again."""
    _LIBC.prctl(_PARENT_DEATH, signal.SIGKILL, 0, 0, 0)
    if parent and os.getppid() != parent:
        raise SystemExit("the parent has ended")


def _limit(which: int, value: int) -> None:
    _, most = resource.getrlimit(which)
    value = value if most == resource.RLIM_INFINITY else min(value, most)
    resource.setrlimit(which, (value, value))


def _leave_the_network() -> str:
    """A network namespace with nothing in it, by itself or in a user namespace where only that is allowed."""
    for kind in (_NEW_NETWORK, _NEW_NETWORK | _NEW_USER):
        if hasattr(_LIBC, "unshare") and _LIBC.unshare(kind) == 0:
            return "namespace"
    return ""


def _landlock(reads: list[str], writes: list[str]) -> int:
    """Close the file system but for these paths; returns the version of Landlock, 0 where there is none."""
    version = int(_LIBC.syscall(_CREATE, None, 0, 1))
    if version < 1:
        return 0
    every = (1 << _RIGHTS.get(version, 16)) - 1
    closed = struct.pack("<QQQ", every, 3, 3)[: 24 if version >= 6 else 16 if version >= 4 else 8]
    rules = _LIBC.syscall(_CREATE, closed, ctypes.c_size_t(len(closed)), 0)
    if rules < 0:
        return 0
    for path in reads:
        _open_up(rules, path, (_READ | _READ_FOLDER | _RUN) & every)
    for path in writes:
        _open_up(rules, path, (_READ | _READ_FOLDER | _WRITE | _MAKE_FILE | _REMOVE_FILE | _TRUNCATE) & every)
    if _LIBC.syscall(_RESTRICT, rules, 0) != 0:
        raise OSError(ctypes.get_errno(), "Landlock could not be closed")
    os.close(rules)
    return version


def _open_up(rules: int, path: str, rights: int) -> None:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there needs no right
    try:
        if not os.path.isdir(path):  # noqa: PTH112 - pathlib costs every start some milliseconds
            rights &= _OF_FILES
        rule: Any = struct.pack("<Qi", rights, handle)
        if _LIBC.syscall(_ADD, rules, 1, rule, 0) != 0:
            raise OSError(ctypes.get_errno(), f"Landlock could not be told of {path}")
    finally:
        os.close(handle)


if __name__ == "__main__":
    main()
