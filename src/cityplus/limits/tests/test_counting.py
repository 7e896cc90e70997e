"""Counting: exact at the written number, whoever counts at the same time, and known to nobody who reads the table."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest
from django.db import connection, connections, transaction

from cityplus import limits
from cityplus.limits import Limit, TooMany, counting
from cityplus.limits.models import Tally

THREE = Limit("test", times=3, seconds=60)
MANY = Limit("parallel", times=10, seconds=3600)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The clock of the counts, moved by hand."""
    clock = SimpleNamespace(now=1_000_000.0)
    monkeypatch.setattr(counting, "time", SimpleNamespace(time=lambda: clock.now))
    return clock


def allowed(*counts: limits.Count) -> bool:
    try:
        limits.take(*counts)
    except TooMany:
        return False
    return True


def test_exactly_so_many_and_no_more(db: None, clock: SimpleNamespace) -> None:
    assert [allowed(THREE.by("a")) for _ in range(6)] == [True] * 3 + [False] * 3


def test_the_refusal_says_for_how_long(db: None, clock: SimpleNamespace) -> None:
    for _ in range(3):
        limits.take(THREE.by("anna"))
    clock.now += 12.4
    with pytest.raises(TooMany, match=r"^test: too many; again in 48 s$") as refusal:
        limits.take(THREE.by("anna"))
    assert refusal.value.seconds == 48


def test_the_period_begins_with_the_first_time_and_then_anew(db: None, clock: SimpleNamespace) -> None:
    limits.take(THREE.by("a"))
    clock.now += 59
    assert [allowed(THREE.by("a")) for _ in range(3)] == [True, True, False]
    clock.now += 1
    assert [allowed(THREE.by("a")) for _ in range(4)] == [True, True, True, False]


def test_what_is_refused_does_not_prolong_the_wait(db: None, clock: SimpleNamespace) -> None:
    for _ in range(3):
        limits.take(THREE.by("a"))
    for _ in range(20):
        clock.now += 2
        assert not allowed(THREE.by("a"))
    clock.now += 20
    assert allowed(THREE.by("a"))


def test_keys_and_scopes_are_counted_apart(db: None, clock: SimpleNamespace) -> None:
    other = Limit("other", 3, 60)
    for count in (THREE.by("a"), THREE.by("b"), other.by("a"), THREE.by("a", "b"), THREE.by("ab")):
        assert [allowed(count) for _ in range(4)] == [True] * 3 + [False]


def test_the_first_that_is_full_shields_those_after_it(db: None, clock: SimpleNamespace) -> None:
    wide = Limit("wide", times=5, seconds=60)
    results = [allowed(THREE.by("evil", "anna"), wide.by("anna")) for _ in range(50)]
    assert results == [True] * 3 + [False] * 47
    assert [allowed(THREE.by("home", "anna"), wide.by("anna")) for _ in range(3)] == [True, True, False]


def test_what_was_taken_can_be_given_back_once_the_deed_is_right(db: None, clock: SimpleNamespace) -> None:
    for _ in range(20):
        limits.take(THREE.by("a")).give_back()
    assert [allowed(THREE.by("a")) for _ in range(4)] == [True] * 3 + [False]


def test_what_is_given_back_late_does_not_touch_the_next_period(db: None, clock: SimpleNamespace) -> None:
    taken = limits.take(THREE.by("a"))
    clock.now += 60
    limits.take(THREE.by("a"))
    taken.give_back()
    assert [allowed(THREE.by("a")) for _ in range(3)] == [True, True, False]


def test_the_table_holds_no_name_and_no_address(db: None, clock: SimpleNamespace) -> None:
    limits.take(THREE.by("203.0.113.7", "anna@example.org"))
    row = Tally.objects.values_list().get()
    assert "203.0.113.7" not in str(row)
    assert "anna" not in str(row)
    assert len(row[0]) == 32


def test_counts_that_ended_are_swept(db: None, clock: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_SWEEP_ONE_IN", 1)
    for number in range(600):
        Tally.objects.create(key=str(number), times=1, ends=int(clock.now * 1000) - 1)
    limits.take(THREE.by("a"))
    limits.take(THREE.by("a"))
    assert Tally.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_counting_within_a_transaction_is_refused() -> None:
    """The count would be taken back with it, and a guess that failed would have been no guess."""
    with pytest.raises(RuntimeError), transaction.atomic():
        limits.take(THREE.by("a"))


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_fails_was_tried_all_the_same() -> None:
    with pytest.raises(ZeroDivisionError):
        limits.take(THREE.by("a"))
        with transaction.atomic():
            raise ZeroDivisionError
    assert [allowed(THREE.by("a")) for _ in range(3)] == [True, True, False]


@pytest.mark.django_db(transaction=True)
def test_threads_that_count_together_get_exactly_so_many() -> None:
    results: list[bool] = []
    begin = threading.Barrier(8)

    def count() -> None:
        begin.wait()
        results.extend(allowed(MANY.by("all")) for _ in range(5))
        connections.close_all()

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(results), sum(results)) == (40, 10)


COUNT_IN_A_PROCESS = """
import os, sys, django
django.setup()
from django.conf import settings
from django.db import connection
connection.settings_dict["NAME"] = os.environ["TALLY_DATABASE"]
from cityplus import limits
limit = limits.Limit("parallel", times=10, seconds=3600)
print("ready", flush=True)
sys.stdin.readline()
allowed = 0
for _ in range(6):
    try:
        limits.take(limit.by("all"))
        allowed += 1
    except limits.TooMany:
        pass
print(allowed, flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_processes_that_count_together_get_exactly_so_many() -> None:
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cityplus.config.settings",
        "TALLY_DATABASE": str(connection.settings_dict["NAME"]),
    }
    command = [sys.executable, "-c", COUNT_IN_A_PROCESS]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen(command, env=env, **pipes) for _ in range(4)]  # type: ignore[call-overload]  # noqa: S603
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    allowed_each = [int(process.communicate()[0]) for process in processes]
    assert sum(allowed_each) == 10, allowed_each


@pytest.mark.django_db(transaction=True)
def test_what_is_counted_along_with_a_deed_stands_and_falls_with_it() -> None:
    for _ in range(5):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            limits.take_along(THREE.by("a"))
            raise ZeroDivisionError
    for _ in range(3):
        with transaction.atomic():
            limits.take_along(THREE.by("a"))
    with pytest.raises(TooMany), transaction.atomic():
        limits.take_along(THREE.by("a"))
    with pytest.raises(RuntimeError, match="inside its transaction"):
        limits.take_along(THREE.by("b"))
