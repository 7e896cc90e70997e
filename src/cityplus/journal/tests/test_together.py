"""Deeds of many threads in one transaction: each is told the truth about its own."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.utils import translation

from cityplus.journal import together
from cityplus.journal.models import Cursor


def in_thread(pool: ThreadPoolExecutor, deed: Callable[[], object]) -> Future[object]:
    def done() -> object:
        try:
            return together(deed)
        finally:
            connections.close_all()

    return pool.submit(done)


@pytest.mark.django_db(transaction=True)
def test_what_waits_is_done_together_and_what_fails_fails_alone() -> None:
    began, go = threading.Event(), threading.Event()
    by: dict[str, int] = {}

    def write(name: str) -> str:
        by[name] = threading.get_ident()
        Cursor.objects.create(subscriber=name)
        if name == "4":
            raise ValueError("not this one")
        return f"{name} in {translation.get_language()}"

    def first() -> str:
        began.set()
        assert go.wait(20)
        return write("first")

    with ThreadPoolExecutor(11) as pool:
        leader = in_thread(pool, first)
        assert began.wait(20)
        with translation.override("nl"):
            rest = {str(n): in_thread(pool, lambda n=n: write(str(n))) for n in range(9)}  # type: ignore[misc]
            while threading.active_count() < 11 or _queued() < 9:
                threading.Event().wait(0.005)
        go.set()
        assert leader.result() == "first in en"
        for name, deed in rest.items():
            if name == "4":
                with pytest.raises(ValueError, match="not this one"):
                    deed.result()
            else:
                assert str(deed.result()).startswith(f"{name} in ")
    assert set(Cursor.objects.values_list("subscriber", flat=True)) == {"first", *"01235678"}
    assert len({by[name] for name in rest}) == 1, "one thread did them all"


def _queued() -> int:
    # The door gives the function of this name; the queue stands in the module behind it.
    return len(sys.modules["cityplus.journal.together"]._queue)


@pytest.mark.django_db(transaction=True)
def test_when_the_commit_fails_nobody_is_told_that_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "_commit", refuse)
        with pytest.raises(OperationalError, match="full"):
            together(lambda: Cursor.objects.create(subscriber="lost"))
    assert not Cursor.objects.exists()
    together(lambda: Cursor.objects.create(subscriber="kept"))
    assert Cursor.objects.get().subscriber == "kept"


@pytest.mark.django_db
def test_in_an_open_transaction_it_is_a_part_of_that() -> None:
    class Back(Exception):
        pass

    with pytest.raises(Back), transaction.atomic():
        together(lambda: Cursor.objects.create(subscriber="with the rest"))
        raise Back
    assert not Cursor.objects.exists()
