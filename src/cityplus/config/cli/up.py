"""From nothing to a running network: check, migrate, load the sample, run server and worker until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from cityplus.config import env as environment
from cityplus.config.cli import Stop
from cityplus.config.cli.ready import check_folder
from cityplus.config.cli.serve import check_port, command


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--content", type=Path, help="folder of packs to load when the network is empty")
    parser.add_argument("--empty", action="store_true", help="load nothing")
    parser.add_argument("--ceremony", action="store_true", help="begin the rehearsal of a launch ceremony, to try it")
    parser.add_argument("--reload", action="store_true", help="start the server again when a file changes")


def run(options: argparse.Namespace) -> int:
    began = time.monotonic()
    env = environment.read()
    check_folder(env.data)
    check_port(env.host, env.port)
    _prepare(options)
    server = subprocess.Popen(command(env, reload=options.reload), start_new_session=True)
    worker = subprocess.Popen([sys.executable, "-m", "cityplus", "work"], start_new_session=True)
    children = {"server": server, "worker": worker}
    signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        _wait_until_ready(env, server)
        print(f"\n  CityPlus is running on {env.public_url}  ({time.monotonic() - began:.1f} s)\n")
        print(f"  Sign in on {env.public_url}/account/session/")
        if options.ceremony:
            subprocess.run([sys.executable, "-m", "cityplus.config.cli.trial"], check=False)
        print("  Ctrl-C stops it.", flush=True)
        _watch(children, env)
    except KeyboardInterrupt:
        print("\nStopping…", flush=True)
        return 0
    finally:
        _stop(children)
    return 1


def _prepare(options: argparse.Namespace) -> None:
    """Migrate and load in a child, so that what it needed in memory goes with it."""
    load = [sys.executable, "-m", "cityplus.config.cli.prepare"]
    if options.content:
        load += ["--content", str(options.content)]
    if options.empty:
        load += ["--empty"]
    if subprocess.run(load, check=False).returncode:
        raise Stop("the network could not be prepared; see above.")


def _as_interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _wait_until_ready(env: environment.Env, server: subprocess.Popen[bytes]) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy has no way to this machine
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise Stop("the server ended as it started; see above.")
        with contextlib.suppress(OSError), direct.open(f"{env.own_url}/readyz", timeout=2) as r:
            if r.status == 200:
                return
        time.sleep(0.05)
    raise Stop("the server did not answer within a minute; see above.")


def _watch(children: dict[str, subprocess.Popen[bytes]], env: environment.Env) -> None:
    """Tell how far the media are, then wait until a child ends by itself (which is an error)."""
    told = ""
    while all(child.poll() is None for child in children.values()):
        line = progress_line(env)
        if line != told and (line or told):
            print(line or "  Pictures, films and sounds are ready.", flush=True)
        told = line
        time.sleep(1 if line else 2)
    ended = ", ".join(name for name, child in children.items() if child.poll() is not None)
    print(f"cityplus: the {ended} ended by itself; stopping the rest.", file=sys.stderr)


def progress_line(env: environment.Env) -> str:
    """How many jobs are done, read with the bare driver (a supervisor need not load Django); empty when none is waiting."""
    if env.database:
        return ""
    import sqlite3  # noqa: PLC0415 - reading only: any version will do

    with contextlib.closing(sqlite3.connect(f"file:{env.data / 'cityplus.sqlite3'}?mode=ro", uri=True)) as db:
        rows = dict(db.execute("SELECT state, count(*) FROM jobs_job GROUP BY state").fetchall())
        percent = db.execute("SELECT coalesce(sum(percent), 0) FROM jobs_job WHERE state = 'running'").fetchone()[0]
    total, done = sum(rows.values()), rows.get("done", 0) + rows.get("dead", 0)
    if done == total:
        return ""
    return f"  Preparing pictures, films and sounds: {done} of {total} ({100 * done + percent} of {100 * total} points)"


def _stop(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for child in children.values():
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
    deadline = time.monotonic() + 20
    for child in children.values():
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
