"""The database as Django wants it told, from the one address that the operator gives."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from cityplus.config.env import Env


def database(env: Env) -> dict[str, Any]:
    """SQLite in the data folder, or the PostgreSQL that the settings name; what stands after its ``?`` (``sslmode=require``)
    goes to libpq as it is."""
    return _postgresql(env) if env.database else _sqlite(env)


def _sqlite(env: Env) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": env.data / "cityplus.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000;"
            ),
        },
    }


def _postgresql(env: Env) -> dict[str, Any]:
    parts = urlsplit(env.database)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {
            **dict(parse_qsl(parts.query)),
            # The pool never runs dry, so who waits waits for a database that is away: not for long.
            "pool": {"min_size": 1, "max_size": env.threads + 2, "timeout": 10},
        },
    }
