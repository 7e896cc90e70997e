"""Every view that was acknowledged is stored, and every view is stored once: under kill -9, with several processes, and when
the database goes away in the middle. A crowd sends views and sends again what was not acknowledged, as the island does."""

from __future__ import annotations

import http.client
import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.faults.conftest import Killable

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HANDS = 12


class Crowd:
    """People, each of whom sees each page once; ``acknowledged`` counts the views that were said to be counted."""

    def __init__(self, network: Killable, tokens: list[str], people: int) -> None:
        self.network = network
        self.waiting = iter([(who, token) for who in range(people) for token in tokens])
        self.size = people * len(tokens)
        self.acknowledged = 0
        self.tries = 0
        self.given_up = False
        self.news = threading.Condition()
        self.hands = [threading.Thread(target=self._send_all) for _ in range(HANDS)]

    @contextmanager
    def out(self) -> Iterator[None]:
        """While the block runs the crowd sends; it ends when everything is acknowledged."""
        for hand in self.hands:
            hand.start()
        try:
            yield
        except BaseException:
            self.given_up = True  # a test that failed must end too
            raise
        for hand in self.hands:
            hand.join(120)
        assert self.acknowledged == self.size

    def wait_for(self, acknowledged: int) -> None:
        with self.news:
            assert self.news.wait_for(lambda: self.acknowledged >= acknowledged, 60)

    def _send_all(self) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.network.port, timeout=30)
        while True:
            with self.news:
                view = next(self.waiting, None)
            if view is None or self.given_up:
                line.close()
                return
            while not self.given_up and not self._send(line, *view):
                pass
            with self.news:
                self.acknowledged += 1
                self.news.notify_all()

    def _send(self, line: http.client.HTTPConnection, who: int, token: str) -> bool:
        """Whether the view was acknowledged."""
        with self.news:
            self.tries += 1
        headers = {"User-Agent": AGENT, "X-Forwarded-For": f"10.1.{who // 250}.{who % 250}"}
        try:
            line.request("POST", "/live/views/", token, headers)
            answer = line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            line.close()
            threading.Event().wait(0.01)  # the server is being killed or started: no need to burn the machine
            return False
        assert answer.status in {204, 503}, answer.status
        return answer.status == 204


def assert_exact(network: Killable, people: int, pages: int) -> None:
    """The total, the days, the hours, the pages and the languages all say the same."""
    assert network.views() == people * pages
    for table, only in (("day", ""), ("hour", ""), ("total", "AND language <> ''")):
        sums = network.ask(f"SELECT kind, sum(views), sum(visitors) FROM pulse_{table} WHERE true {only} GROUP BY kind")
        assert {kind: int(views) for kind, views, _ in sums} == {"network": people * pages, "page": people * pages}
        assert {kind: int(visitors) for kind, _, visitors in sums}["network"] == people


def test_killed_again_and_again_it_loses_nothing_and_counts_nothing_twice(killable: Killable) -> None:
    people = 300
    killable.start()
    tokens = killable.tokens()
    distinct = len({token.split(".")[3] for token in tokens})  # a page in two languages is one page
    crowd = Crowd(killable, tokens[:distinct], people)
    with crowd.out():
        for part in (0.2, 0.5, 0.8):
            crowd.wait_for(int(crowd.size * part))
            killable.kill()
            before = crowd.acknowledged
            assert killable.views() >= before  # nobody was told so who is not stored
            killable.start()
    assert crowd.tries > crowd.size  # some were sent again
    assert_exact(killable, people, distinct)


def test_two_processes_count_the_same_people_once(killable: Killable) -> None:
    """Each view is sent by several lines at once, which lead to both processes."""
    killable.start()
    tokens = killable.tokens()[:3]
    crowds = [Crowd(killable, tokens, 100) for _ in range(3)]
    with crowds[0].out(), crowds[1].out(), crowds[2].out():
        pass
    assert_exact(killable, 100, 3)


def test_a_database_that_throws_everybody_out_costs_no_view(killable: Killable) -> None:
    """PostgreSQL ends every connection of the server, several times. SQLite, which has none to end, is held by another."""
    killable.start()
    crowd = Crowd(killable, killable.tokens()[:5], 200)
    ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with crowd.out():
        for part in itertools.accumulate([0.2] * 4):
            crowd.wait_for(int(crowd.size * part))
            if killable.database:
                killable.ask(ends)
            else:
                hold(killable)
    assert_exact(killable, 200, 5)


def hold(network: Killable) -> None:
    """Write-lock the file for a moment."""
    import sqlite3  # noqa: PLC0415

    db = sqlite3.connect(f"{network.env['CITYPLUS_DATA']}/cityplus.sqlite3", 20, isolation_level=None)
    db.execute("BEGIN IMMEDIATE")
    threading.Event().wait(0.2)
    db.execute("ROLLBACK")
    db.close()
