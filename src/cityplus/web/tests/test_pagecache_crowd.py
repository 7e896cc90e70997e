"""When a page ends that many are asking for, one of them has it made and the others wait for that; nobody waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from cityplus.web import pagecache
from cityplus.web.pagecache import PageCache, keep

CROWD = 16


class House:
    """A page behind the cache, whose making a test holds up; the journal and the clock are moved by hand."""

    def __init__(self) -> None:
        self.made = 0
        self.revision, self.minute = 1, 0
        self.arrived = threading.Semaphore(0)
        self.open = threading.Event()
        self.fails: list[Exception] = []
        self.meanwhile: list[Callable[[], None]] = []
        self.cache = PageCache(self._answer)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        request.user = AnonymousUser()
        view = self.moving if request.path == "/moving/" else self.page
        return view(request)

    @property
    def page(self) -> Callable[[HttpRequest], HttpResponse]:
        return keep(self._page)

    @property
    def moving(self) -> Callable[[HttpRequest], HttpResponse]:
        return keep(clocks=False)(self._page)

    def _page(self, request: HttpRequest) -> HttpResponse:
        self.made += 1
        number = self.made
        self.arrived.release()
        assert self.open.wait(10)
        if self.meanwhile:
            self.meanwhile.pop()()
        if self.fails:
            raise self.fails.pop()
        return HttpResponse(f"made {number}" + " and so on" * 50)

    def ask(self, path: str = "/page/") -> str:
        return self.cache(RequestFactory().get(path)).content.decode()[:7].strip()


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    house = House()
    monkeypatch.setattr(pagecache, "latest_id", lambda: house.revision)
    monkeypatch.setattr(pagecache, "time", SimpleNamespace(time=lambda: house.minute * 60.0))
    return house


@pytest.fixture
def crowd() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(CROWD) as pool:
        yield pool


def waiting(house: House) -> int:
    """How many wait for a page that another makes."""
    making: list[Any] = list(house.cache.making.values())
    return sum(len(event._cond._waiters) for event in making)


def gathered(house: House, count: int) -> None:
    """Until so many wait for the one who makes the page."""
    turn = threading.Event()
    for _ in range(5000):
        if waiting(house) >= count:
            return
        turn.wait(0.002)
    raise AssertionError(f"only {waiting(house)} are waiting")


def test_of_sixteen_who_ask_at_a_time_one_has_the_page_made(house: House, crowd: ThreadPoolExecutor) -> None:
    asked = [crowd.submit(house.ask) for _ in range(CROWD)]
    gathered(house, CROWD - 1)
    house.open.set()
    assert {answer.result(10) for answer in asked} == {"made 1"}
    assert house.made == 1


@pytest.mark.parametrize("what", ["revision", "minute"])
def test_when_the_page_ends_it_is_made_once_more(house: House, crowd: ThreadPoolExecutor, what: str) -> None:
    house.open.set()
    assert house.ask() == "made 1"
    house.open.clear()
    setattr(house, what, getattr(house, what) + 1)
    asked = [crowd.submit(house.ask) for _ in range(CROWD)]
    gathered(house, CROWD - 1)
    house.open.set()
    assert {answer.result(10) for answer in asked} == {"made 2"}
    assert house.made == 2


def test_when_the_maker_fails_the_others_get_their_page(house: House, crowd: ThreadPoolExecutor) -> None:
    house.fails.append(RuntimeError("it rained"))
    asked = [crowd.submit(house.ask) for _ in range(CROWD)]
    gathered(house, CROWD - 1)
    house.open.set()
    done, late = wait(asked, timeout=10)
    assert not late
    failed = [answer for answer in done if answer.exception()]
    assert [str(answer.exception()) for answer in failed] == ["it rained"]
    assert {answer.result() for answer in done if answer not in failed} == {"made 2"}
    assert not house.cache.making


def test_a_page_that_nobody_can_make_keeps_nobody(house: House, crowd: ThreadPoolExecutor) -> None:
    house.fails += [Http404() for _ in range(CROWD)]
    house.open.set()
    asked = [crowd.submit(house.ask) for _ in range(CROWD)]
    done, late = wait(asked, timeout=10)
    assert not late and all(isinstance(answer.exception(), Http404) for answer in done)
    assert not house.cache.making


def test_who_came_after_something_happened_does_not_get_the_page_of_before(
    house: House, crowd: ThreadPoolExecutor
) -> None:
    first = crowd.submit(house.ask)
    assert house.arrived.acquire(timeout=10)
    house.revision = 2
    second = crowd.submit(house.ask)
    gathered(house, 1)
    house.open.set()
    assert (first.result(10), second.result(10)) == ("made 1", "made 2")
    assert house.ask() == "made 2"


def test_one_page_does_not_wait_for_another(house: House, crowd: ThreadPoolExecutor) -> None:
    asked = [crowd.submit(house.ask, path) for path in ("/page/", "/page/?after=3")]
    for _ in asked:
        assert house.arrived.acquire(timeout=10)  # both are being made
    house.open.set()
    assert {answer.result(10) for answer in asked} == {"made 1", "made 2"}


def test_nobody_waits_longer_than_their_patience(
    house: House, crowd: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagecache, "_PATIENCE", 0.01)
    asked = [crowd.submit(house.ask) for _ in range(2)]
    for _ in asked:
        assert house.arrived.acquire(timeout=10)  # the second makes the page for itself
    house.open.set()
    assert all(answer.result(10) for answer in asked)


def test_what_shows_no_clock_does_not_end_with_its_minute(house: House) -> None:
    house.open.set()
    assert house.ask("/moving/") == "made 1"
    house.minute += 1
    assert house.ask("/moving/") == "made 1"
    house.revision += 1
    assert house.ask("/moving/") == "made 2"
