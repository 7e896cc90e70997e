"""The program ``cityplus``. Each command is a module beside this one; Django loads only for those that need it."""

from __future__ import annotations

import argparse
import importlib
import sys

from cityplus import __version__
from cityplus.config.env import SettingError

COMMANDS = {
    "up": "prepare everything, load the sample network and run it",
    "serve": "run the server",
    "work": "run the worker: jobs and journal",
    "migrate": "bring the database to this version",
    "pack": "import packs",
    "user": "make people and set their passwords",
    "city": "list cities and their teams",
    "search": "build the search index anew",
    "doctor": "look whether this machine is fit, and print the settings",
}


class Stop(Exception):
    """Ends the program with one clear sentence on standard error, and status 1."""


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="cityplus", description="The network whose members are cities.")
    parser.add_argument("--version", action="version", version=f"cityplus {__version__}")
    subs = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, about in COMMANDS.items():
        module = importlib.import_module(f"cityplus.config.cli.{name}")
        module.arguments(subs.add_parser(name, help=about, description=about.capitalize() + "."))
    options = parser.parse_args(argv)
    try:
        return int(importlib.import_module(f"cityplus.config.cli.{options.command}").run(options) or 0)
    except (Stop, SettingError) as problem:
        print(f"cityplus: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
