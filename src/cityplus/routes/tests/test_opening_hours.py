"""Opening hours as a small table, in the reader's words."""

from __future__ import annotations

import re

from django.template import engines
from django.utils import translation

from cityplus.lib.hours import parse


def shown(hours: str, language: str = "en") -> str:
    source = engines["django"].from_string("{% load routes %}{% opening_hours hours %}")
    with translation.override(language):
        return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", source.render({"hours": parse(hours)}))).strip()


def test_days_and_times_in_english() -> None:
    assert shown("Mo 13:00-18:00; Tu-Su 10:00-18:00") == "Opening hours Mon 13:00 – 18:00 Tue–Sun 10:00 – 18:00"


def test_two_spans_and_closed_days() -> None:
    text = shown("Mo-Fr 08:00-12:00,14:00-19:00; PH off")
    assert "08:00 – 12:00 14:00 – 19:00" in text
    assert "public holidays closed" in text


def test_days_have_the_readers_names() -> None:
    assert "周一 13:00" in shown("Mo 13:00-18:00", "zh-hans")


def test_what_never_closes_says_so() -> None:
    assert shown("24/7") == "Always open"
