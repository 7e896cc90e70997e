"""Rendered pages for visitors who are not signed in, kept in memory for as long as they are true.

A page is kept with the journal's newest id at the time it was made: whatever changes a public page writes an entry, so one
indexed ``max(id)`` tells whether the page still holds. It also ends with its minute, for pages show the clocks of cities.
When a page ends that many are asking for, one of them has it made, and the others wait for that.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, overload

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cityplus.journal import latest_id
from cityplus.web import kept
from cityplus.web.context import theme_of
from cityplus.web.kept import Truth

BUDGET = 64 * 1024 * 1024
"""Bytes of kept pages a process."""
_MARK, _FLIGHT = "_cityplus_keep", "_cityplus_flight"
_DEPENDS = "cityplus.depends"
_CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
"""How a page may be packed, the smaller first: browsers ask for Brotli over https and on localhost, and for gzip elsewhere."""
_OFFER = re.compile(r"([\w*-]+)\s*(?:;\s*q=(\d(?:\.\d{1,3})?))?", re.ASCII)
_TURNS = 3
"""How often a visitor waits for a page that another makes, before they make it themselves."""
_PATIENCE = 20
"""Seconds that a visitor waits for one making at most."""

View = Callable[..., HttpResponse]
Key = tuple[str, str, str]
"""Host, address, and what else the answer depends on."""


def _newest(quiet: bool) -> int:
    return latest_id(quiet=True) if quiet else latest_id()


def _minute() -> int:
    return int(time.time() // 60)


@overload
def keep(view: View) -> View: ...
@overload
def keep(*, clocks: bool = True, quiet: bool = False) -> Callable[[View], View]: ...
def keep(view: View | None = None, *, clocks: bool = True, quiet: bool = False) -> View | Callable[[View], View]:
    """Let the answers of this view be kept: it must depend on nothing but address, theme and what the journal covers.

    An answer that shows no ``clocks`` does not end with its minute. One that shows what ``quiet`` entries tell of, posts above all,
    ends with those too.
    """
    return _kept(view, clocks, quiet) if view else lambda given: _kept(given, clocks, quiet)


def _kept(view: View, clocks: bool, quiet: bool) -> View:
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        revision = _newest(quiet)  # before the page is made: what happens meanwhile must end it
        flight: _Flight | None = getattr(request, _FLIGHT, None)
        made = flight.by_another(revision) if flight else None
        if made:
            return _Made(made)
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.OK:
            setattr(response, _MARK, (revision, clocks, quiet))
        return response

    return wrapped


def depend(request: HttpRequest, on: str, vary: str) -> None:
    """Say, above this middleware, what an answer depends on beside its address in place of theme and cookies, and by which
    headers it varies."""
    request.META[_DEPENDS] = (on, vary)


@dataclass(frozen=True, slots=True)
class _Page:
    revision: int
    quiet: bool
    minute: int | None  # None: it shows no clock
    body: bytes
    packed: Mapping[str, bytes]
    etag: str
    headers: tuple[tuple[str, str], ...]

    @property
    def weight(self) -> int:
        return len(self.body) + sum(map(len, self.packed.values()))

    def holds(self, revision: int) -> bool:
        return self.revision >= revision and self.minute in {None, _minute()}


class _Made(HttpResponse):
    """Stands in, on the way out to the cache, for a page that another visitor has just had made."""

    def __init__(self, page: _Page) -> None:
        super().__init__()
        self.page = page


class _Flight:
    """One visitor's asking for one page: of all who ask at a time one makes it, the others wait for that one.

    The page is made when its view says that it may be kept, which only the view knows; hence the two ends of a flight stand in
    the view's decorator and in the middleware.
    """

    def __init__(self, cache: PageCache, key: Key) -> None:
        self.cache, self.key = cache, key
        self.own: threading.Event | None = None

    def by_another(self, revision: int) -> _Page | None:
        """The page as another has made it, after waiting for it; None when it is for this visitor to make."""
        for _ in range(_TURNS):
            with self.cache.lock:
                page = self.cache.pages.get(self.key)
                if page and page.holds(revision):
                    return page
                making = self.cache.making.get(self.key)
                if making is None:
                    self.own = self.cache.making[self.key] = threading.Event()
                    return None
            making.wait(_PATIENCE)
        return None  # it failed for others, or things happen faster than it is made

    def land(self) -> None:
        """Let the others go on, whether there is a page now or not."""
        if self.own:
            with self.cache.lock:
                del self.cache.making[self.key]
            self.own.set()


class PageCache:
    """Middleware, above sessions: who carries a session cookie never gets a kept page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.pages: OrderedDict[Key, _Page] = OrderedDict()
        self.making: dict[Key, threading.Event] = {}
        self.weight = 0
        self.lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.get_response(request)
        depends, _ = _dependence(request)
        key = (request.get_host(), request.get_full_path(), depends)
        page = self.pages.get(key)
        if page and page.holds(_newest(page.quiet)):
            return self._answer(request, page)
        flight = _Flight(self, key)
        setattr(request, _FLIGHT, flight)
        minute = _minute()
        try:
            response = self.get_response(request)
            if isinstance(response, _Made):
                return self._answer(request, response.page)
            mark: tuple[int, bool, bool] | None = getattr(response, _MARK, None)
            if mark is None or response.cookies:
                return response
            revision, clocks, quiet = mark
            return self._answer(request, self._remember(key, response, revision, quiet, minute if clocks else None))
        finally:
            flight.land()

    def _remember(self, key: Key, response: HttpResponse, revision: int, quiet: bool, minute: int | None) -> _Page:
        body = response.content
        page = _Page(
            revision,
            quiet,
            minute,
            body,
            {coding: pack(body) for coding, pack in _CODINGS.items()},
            f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"',
            tuple((k, v) for k, v in response.items() if k not in {"Content-Length", "Vary", "Set-Cookie"}),
        )
        with self.lock:
            old = self.pages.pop(key, None)
            self.weight += page.weight - (old.weight if old else 0)
            self.pages[key] = page
            while self.weight > BUDGET and len(self.pages) > 1:
                _, gone = self.pages.popitem(last=False)
                self.weight -= gone.weight
        return page

    @staticmethod
    def _answer(request: HttpRequest, page: _Page) -> HttpResponse:
        if page.etag in request.headers.get("If-None-Match", ""):
            response = HttpResponse(status=304)
        else:
            coding = _coding(request.headers.get("Accept-Encoding", ""))
            response = HttpResponse(page.packed[coding] if coding else page.body)
            if coding:
                response.headers["Content-Encoding"] = coding
        for name, value in page.headers:
            response.headers[name] = value
        response.headers["ETag"] = page.etag
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Vary"] = f"{_dependence(request)[1]}, Accept-Encoding"
        kept.mark(response, Truth(page.revision, page.quiet, page.minute))
        return response


def _dependence(request: HttpRequest) -> tuple[str, str]:
    on, vary = request.META.get(_DEPENDS) or (theme_of(request), "Cookie")
    return str(on), str(vary)


def _coding(accepted: str) -> str:
    """The first of our codings that a client takes; a weight of 0 is a refusal."""
    offered = {name.lower() for name, weight in _OFFER.findall(accepted) if not weight or float(weight) > 0}
    return next((coding for coding in _CODINGS if coding in offered), "")
