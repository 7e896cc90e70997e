"""``cityplus up --ceremony`` tells where the screens of its rehearsal are, and they are there."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from cityplus.ceremonies.models import Run
from cityplus.cities.models import City
from cityplus.config.cli import trial


def test_the_addresses_that_it_prints_lead_to_the_screens(
    thehague: City, stranger: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    assert trial.main() == 0
    told = capsys.readouterr().out
    paths = [re.sub(r"https?://[^/]+", "", address) for address in re.findall(r"http\S+", told)]
    assert len(paths) == 6 and Run.objects.get().rehearsal
    console = next(path for path in paths if "console" in path)
    assert {stranger.get(path).status_code for path in paths if path != console} == {200}
    assert stranger.get(console).status_code == 404, "it asks to sign in first"
