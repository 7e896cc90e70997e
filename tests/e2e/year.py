"""A year in the life of a network: a hall whose clock is moved, and the people who come to it, each with a browser."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page
from tests.e2e.conftest import ROOT, _wait_for
from tests.e2e.hall import Hall
from tests.e2e.test_joining import sign_in

CLOCK = """
const ahead = %d, Before = Date;
globalThis.Date = class extends Before {
  constructor(...said) { said.length ? super(...said) : super(Before.now() + ahead); }
  static now() { return Before.now() + ahead; }
};
"""
"""For browsers of a day that is still to come; their timers go on as ever."""


class Year(Hall):
    """The house and its clock. ``move`` moves it, and starts the worker anew: it does what the calendar asks for when it starts."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "network", "year_deeds")
        self._clock, self._letters = folder / "clock", folder / "letters"
        self._clock.write_text("0")
        self.env["MOVED_CLOCK"] = str(self._clock)
        self.env["PYTHONPATH"] = f"{Path(__file__).parent / 'moved'}:{ROOT}"

    def start(self) -> None:
        self._begin("serve")
        self._work()
        _wait_for(f"{self.address}/readyz")

    def _work(self) -> None:
        self._begin("work")

    def _begin(self, what: str) -> None:
        with self._letters.open("ab") as letters:  # without a mail server letters go to the terminal
            command = [sys.executable, "-m", "cityplus", what]
            self._processes.append(
                subprocess.Popen(command, env=self.env, cwd=ROOT, start_new_session=True, stderr=letters)
            )

    @property
    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self._clock.read_text()))

    def move(self, to: datetime) -> None:
        """Let it be that moment. The worker ends, and another begins."""
        worker = self._processes.pop()
        worker.terminate()
        worker.wait(20)
        self._clock.write_text(str((to - datetime.now(UTC)).total_seconds()))
        self._work()

    def count(self, query: str) -> int:
        """A number that the database gives."""
        with contextlib.closing(sqlite3.connect(Path(self.env["CITYPLUS_DATA"]) / "cityplus.sqlite3")) as rows:
            return int(rows.execute(query).fetchone()[0])

    def comes_to(self, number: int, query: str, seconds: float = 30) -> None:
        """The worker brings it about that the database gives this number; it is waited for."""
        deadline = time.monotonic() + seconds
        while (found := self.count(query)) != number:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{query}: {found}")
            time.sleep(0.05)

    def letter(self, to: str, words: str, seconds: float = 30) -> str:
        """The newest letter to this address with these words; it is waited for."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := self.letters(to, words):
                return found[-1]
            time.sleep(0.05)
        raise TimeoutError(f"no letter to {to} says “{words}”")

    def letters(self, to: str, words: str) -> list[str]:
        said = self._letters.read_text().split("\n--- a letter\n")
        return [one for one in said if f"\nTo: {to}\n" in one and words in one]

    def link(self, to: str, words: str, path: str) -> str:
        """The path of the link in that letter."""
        found = re.search(rf"://[^/]+(/\S*{path}\S*)", self.letter(to, words))
        assert found, path
        return found[1]


class People:
    """Everybody with a browser of their own. No page of theirs may log an error."""

    def __init__(self, browser: Browser, year: Year) -> None:
        self.browser, self.year = browser, year
        self.troubles: list[str] = []
        self._contexts: list[BrowserContext] = []

    def open(self, path: str = "/about/", *, width: int = 1440, name: str = "") -> Page:
        """A page in a new browser by the clock of the house; ``name`` signs in."""
        ahead = (self.year.now - datetime.now(UTC)) / timedelta(milliseconds=1)
        context = self.browser.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 900},
            reduced_motion="reduce",
            has_touch=width < 600,
        )
        context.add_init_script(CLOCK % ahead)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(f"{name or 'somebody'}, {page.url}: {error}"))
        if name:
            sign_in(page, self.year.address, name)
        self.go(page, path)
        return page

    def go(self, page: Page, path: str) -> None:
        answer = page.goto(self.year.address + path)
        assert answer, path
        assert answer.status == 200, f"{path}: {answer.status}"

    def leave(self) -> None:
        """All browsers are closed."""
        for context in self._contexts:
            context.close()
        self._contexts.clear()
