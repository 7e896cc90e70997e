"""Whether a process lives, and whether it may be sent visitors."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from cityplus.config import health
from cityplus.config.log import LineFormatter


def test_a_process_lives_without_a_database(stranger: Client) -> None:
    """This test has no database: whoever asks for it here fails."""
    answer = stranger.get("/livez")
    assert (answer.status_code, answer.content) == (200, b"alive")


def test_ready(stranger: Client, db: None) -> None:
    answer = stranger.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready")


def test_not_ready_without_its_tables(stranger: Client, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry RENAME TO journal_away")
    answer = stranger.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"the database does not answer")


def test_not_ready_on_a_full_disk(stranger: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "MIN_FREE", 2**63)
    answer = stranger.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"the disk is full")


def test_not_ready_without_its_folder(stranger: Client, db: None, settings: Settings, tmp_path: Path) -> None:
    settings.CITYPLUS = replace(settings.CITYPLUS, data=tmp_path / "unmounted")
    answer = stranger.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"the data folder cannot be read")


def test_a_log_line_is_one_line_of_json() -> None:
    try:
        raise OSError("the sea\nis closed")
    except OSError as error:
        record = logging.LogRecord(
            "cityplus.jobs", logging.ERROR, "worker.py", 1, "job %s failed\n{}", ("a",), (OSError, error, None)
        )
    line = LineFormatter().format(record)
    assert "\n" not in line
    told = json.loads(line)
    assert (told["level"], told["logger"], told["message"]) == ("error", "cityplus.jobs", "job a failed\n{}")
    assert "the sea" in told["trace"]
    assert told["at"].endswith("+00:00")
