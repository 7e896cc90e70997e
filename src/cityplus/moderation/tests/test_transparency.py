"""The yearly count: exact, public, and without a name."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cityplus.moderation import transparency
from cityplus.moderation.models import Appeal, Decision, Report
from cityplus.moderation.tests.conftest import Cast
from cityplus.social.tests.cast import say

pytestmark = pytest.mark.django_db
ADDRESS = "/about/transparency/"


def decided(cast: Cast, hours: float, kind: str = "dismiss", reason: str = "spam") -> Decision:
    post = say(cast.writer)
    report = Report.make(cast.reader, "post", post.pk, reason=reason)
    Report.objects.filter(pk=report.pk).update(at=timezone.now() - timedelta(hours=hours))
    report.refresh_from_db()
    return report.decide(kind, by=cast.first, reason="=HYPERLINK()")


def test_a_year_is_counted(cast: Cast) -> None:
    for hours in (1, 2, 30):
        decided(cast, hours)
    hidden = decided(cast, 4, "hide", "hate")
    Appeal.make(hidden, cast.wrote, "No.").reverse(by=cast.second, reason="So.")
    waiting = Decision.about_actor(cast.city.actor, "suspend", by=cast.first, reason="So.")
    assert waiting.state == "proposed"
    year = transparency.years()[0]
    assert (year.reports["spam"], year.reports["hate"], year.total) == (3, 1, 4)
    assert (year.decisions["dismiss"], year.decisions["hide"], year.decisions["suspend"]) == (3, 1, 0)
    assert year.appeals == {"received": 0, "upheld": 0, "reversed": 1}
    assert year.hours == 3.0, "the median of 1, 2, 4 and 30"


def test_every_year_since_the_first_is_there(cast: Cast) -> None:
    report = cast.report()
    Report.objects.filter(pk=report.pk).update(at=datetime(timezone.now().year - 2, 12, 31, 23, 59, tzinfo=UTC))
    years = transparency.years()
    assert [year.total for year in years] == [0, 0, 1]
    assert [year.hours for year in years] == [None] * 3


def test_page_and_file_are_public_and_name_nobody(cast: Cast) -> None:
    decided(cast, 2)
    page, file = Client().get(ADDRESS), Client().get(f"{ADDRESS}transparency.csv")
    assert page.status_code == file.status_code == 200
    for answer in (page.content.decode(), file.content.decode()):
        assert not any(name in answer for name in ("wim", "first", "HYPERLINK", "Hello."))
    rows = list(csv.reader(io.StringIO(file.content.decode().removeprefix("\ufeff"))))
    assert tuple(rows[0]) == transparency.COLUMNS
    assert [str(timezone.now().year), "reports", "spam", "1"] in rows
    assert [str(timezone.now().year), "reports", "median_hours", "2.0"] in rows
    assert "attachment" in file.headers["Content-Disposition"]


def test_with_nothing_decided_the_page_stands() -> None:
    assert Client().get(ADDRESS).status_code == 200


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "＝1", "\r=1"])
def test_no_spreadsheet_takes_a_cell_for_a_formula(value: str) -> None:
    assert transparency.cell(value) == f"'{value}"
    assert transparency.cell("12") == "12"
