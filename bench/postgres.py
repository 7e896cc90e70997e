"""A PostgreSQL server for benchmarks: its own folder and port, and durable (fsync on) as one in earnest."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.house import free_port


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server and yield its address; nothing is left of it.

    Raises:
        SystemExit: PostgreSQL is not installed.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if not found:
        raise SystemExit("this benchmark needs PostgreSQL: apt install postgresql")
    home = Path(tempfile.mkdtemp(prefix="cityplus-bench-postgres-"))
    port = free_port()
    as_postgres = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root; its package made this user
        shutil.chown(home, "postgres")
        as_postgres = ["runuser", "-u", "postgres", "--"]

    def run(program: str, *arguments: str) -> None:
        command = [*as_postgres, str(found[-1] / program), "-D", str(home / "db"), *arguments]
        subprocess.run(command, cwd=home, check=True, stdout=subprocess.DEVNULL)

    try:
        run("initdb", "-U", "cityplus", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {home} -c shared_buffers=256MB -c max_wal_size=4GB"
        run("pg_ctl", "-w", "-l", str(home / "log"), "-o", options, "start")
        yield f"postgresql://cityplus@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)
