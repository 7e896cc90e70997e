"""What is forgotten when a day is over, and what is not."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from cityplus.jobs.models import Job
from cityplus.jobs.worker import run_one
from cityplus.pulse import Count, counting, forgetting
from cityplus.pulse.calendar import day_of
from cityplus.pulse.models import Day, Hour, Salt, Seen
from cityplus.pulse.tests.conftest import STOP, network, token
from cityplus.pulse.tokens import read
from cityplus.pulse.writer import Beacon

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def people(many: int, at: datetime) -> None:
    page = read(token("stop", *STOP), time.time())
    counting.count([Beacon(page, f"198.51.100.{n}", "Firefox") for n in range(many)], at)


def test_yesterday_s_salt_and_people_go_and_the_numbers_stay() -> None:
    people(7, NOW - timedelta(days=1))
    forgetting.forget()
    assert not Seen.objects.exists()
    salt = Salt.objects.get()
    assert (salt.day, bytes(salt.value)) == (0, bytes(32))
    assert network() == Count(7, 7)
    assert Day.objects.count() == Hour.objects.count() == 6


def test_today_goes_on_as_it_was() -> None:
    people(7, NOW)
    forgetting.forget()
    people(7, NOW)
    assert network() == Count(7, 7)
    assert Seen.objects.count() == 7 * 6


def test_the_worker_does_it() -> None:
    people(7, NOW - timedelta(days=1))  # whose job is ripe
    assert run_one("worker-1")
    assert not Seen.objects.exists()
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


def test_many_rows_go_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "PIECE", 10)
    people(30, NOW - timedelta(days=2))
    people(30, NOW - timedelta(days=1))
    assert forgetting._forget_visitors(day_of(NOW))
    assert 0 < Seen.objects.count() < 60 * 6
    forgetting.forget()
    assert not Seen.objects.exists()


def test_hours_go_after_a_month_and_days_stay() -> None:
    people(1, NOW - timedelta(days=32))
    people(1, NOW - timedelta(days=30))
    forgetting.forget()
    assert Hour.objects.filter(kind="network").count() == 1
    assert Day.objects.filter(kind="network").count() == 2


def test_each_day_leaves_the_job_that_forgets_it_for_the_first_minute_of_the_next() -> None:
    people(1, NOW)
    people(2, NOW)
    job = Job.objects.get(kind="pulse.forget")
    assert job.run_after == datetime.combine(NOW.date() + timedelta(days=1), datetime.min.time(), UTC) + timedelta(
        minutes=1
    )
    people(1, NOW + timedelta(days=1))
    assert Job.objects.filter(kind="pulse.forget").count() == 2
