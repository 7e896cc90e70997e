"""A value in memory that follows the journal: made once, brought on by what came since."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from cityplus.journal import Following, following
from cityplus.journal.models import Entry

pytestmark = pytest.mark.django_db


class Verbs:
    """Follows which verbs were told of, and counts its makings."""

    def __init__(self) -> None:
        self.makings = 0
        self.value = Following(self._make, self._follow)

    def _make(self) -> list[str]:
        self.makings += 1
        return [*Entry.objects.order_by("id").values_list("verb", flat=True)]

    def _follow(self, old: list[str], entries: Sequence[Entry]) -> list[str] | None:
        return None if any(e.verb == "all.changed" for e in entries) else [*old, *(e.verb for e in entries)]


def happens(verb: str) -> None:
    Entry.objects.create(verb=verb, subject="test.thing", subject_id=1)


def test_it_is_made_once_and_follows_from_then_on() -> None:
    verbs = Verbs()
    assert verbs.value.now() == []
    happens("a.done")
    happens("b.done")
    assert verbs.value.now() == ["a.done", "b.done"]
    assert verbs.value.now() == ["a.done", "b.done"]
    assert verbs.makings == 1


def test_it_can_ask_to_be_made_anew() -> None:
    verbs = Verbs()
    verbs.value.now()
    happens("all.changed")
    assert verbs.value.now() == ["all.changed"]
    assert verbs.makings == 2


def test_after_many_entries_it_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MOST", 3)
    verbs = Verbs()
    verbs.value.now()
    for _ in range(3):
        happens("a.done")
    verbs.value.now()
    assert verbs.makings == 1
    for _ in range(4):
        happens("a.done")
    assert len(verbs.value.now()) == 7
    assert verbs.makings == 2


def test_a_journal_that_went_back_is_another_journal() -> None:
    verbs = Verbs()
    happens("a.done")
    verbs.value.now()
    Entry.objects.all().delete()
    assert verbs.value.now() == []
    assert verbs.makings == 2


def test_when_it_cannot_be_made_the_next_one_tries_again() -> None:
    fails = [ValueError("it rained")]

    def make() -> int:
        if fails:
            raise fails.pop()
        return 5

    value = Following(make, lambda old, _: old)
    with pytest.raises(ValueError, match="it rained"):
        value.now()
    assert value.now() == 5


def test_while_one_makes_it_the_others_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "latest_id", lambda: 7)
    begun, let = threading.Event(), threading.Event()
    makings: list[int] = []

    def make() -> int:
        makings.append(1)
        begun.set()
        assert let.wait(10)
        return 42

    value = Following(make, lambda old, _: old)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(value.now)
        assert begun.wait(10)
        others = [pool.submit(value.now) for _ in range(3)]
        let.set()
        assert [one.result(10) for one in (first, *others)] == [42] * 4
    assert len(makings) == 1
