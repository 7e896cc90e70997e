"""Cold start to the first page, and the memory of the whole embedded process tree at rest.

Goals: first page in less than 5 s; at most 350 MB. Memory is the proportional set size, which counts shared pages once.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

from bench.house import ROOT, environment, fill, free_port, wait_for

REST = 10
"""Seconds of quiet before memory is read."""


def tree(root: int) -> list[int]:
    """A process and all its descendants."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += parents.get(pid, [])
    return found


def proportional_megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def main() -> None:
    fill()
    port = free_port()
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "cityplus", "up"], env=environment(port), cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        print(f"cold start to the first page: {time.monotonic() - began:.2f} s (goal < 5)")
        for path in ("/", "/@thehague/", "/@thehague/routes/22-destinations/", "/ar/"):
            wait_for(f"http://127.0.0.1:{port}{path}")
        time.sleep(REST)
        parts = {pid: proportional_megabytes(pid) for pid in tree(process.pid)}
        for pid, size in parts.items():
            words = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").split()[1:5]
            print(f"  {size:6.1f} MB  {' '.join(words)}")
        print(f"memory of the tree at rest: {sum(parts.values()):.0f} MB (goal ≤ 350)")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
