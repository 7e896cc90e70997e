from __future__ import annotations

import argparse
import errno
import os
import socket
import sys

from cityplus.config import env as environment
from cityplus.config.cli import Stop
from cityplus.config.cli.ready import check_folder

PAGES = 512
"""Connections a process takes beside the lines of streams; more wait in the system's queue."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reload", action="store_true", help="start again when a file changes (developers)")


def run(options: argparse.Namespace) -> None:
    """Become Granian: the server replaces this process, so that signals reach it and no parent costs memory."""
    env = environment.read()
    check_folder(env.data)
    check_port(env.host, env.port)
    os.execv(sys.executable, command(env, reload=options.reload))  # noqa: S606 - our own interpreter, our own arguments


def command(env: environment.Env, *, reload: bool = False) -> list[str]:
    """The command line that serves the app with these settings."""
    return [
        sys.executable, "-m", "granian", "--interface", "asgi", "--host", env.host, "--port", str(env.port),
        "--workers", str(env.workers), "--runtime-threads", "1", "--loop", "asyncio", "--no-ws",
        "--backpressure", str(env.listeners + PAGES), "--backlog", "2048",
        "--respawn-failed-workers", "--no-access-log", "--workers-kill-timeout", "3",
        "--log-level", "warning", *(["--reload"] if reload else []), "cityplus.config.asgi:application",
    ]  # fmt: skip


def check_port(host: str, port: int) -> None:
    """Raises :class:`Stop` when the port is taken or may not be used."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            why = {errno.EADDRINUSE: "is taken by another program", errno.EACCES: "may not be used by you"}
            raise Stop(
                f"port {port} on {host} {why.get(error.errno or 0, f'cannot be used ({error.strerror})')}. "
                f"Name another: CITYPLUS_PORT={port + 1 if port < 65535 else 8000}"
            ) from None
