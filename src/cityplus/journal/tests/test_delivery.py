"""Telling subscribers: at least once, in order, whatever fails."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from cityplus import journal
from cityplus.cities.models import City
from cityplus.journal import subscribers
from cityplus.journal.models import Cursor, Entry
from cityplus.journal.subscribers import deliver


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only the subscribers of a test are told."""
    monkeypatch.setattr(subscribers, "_handlers", {})
    yield


def paint(city: City, *colours: str) -> None:
    for colour in colours:
        with transaction.atomic():
            journal.record("city.painted", city, colour=colour)


def listener(name: str, *verbs: str) -> list[str]:
    """Subscribe; what is told gathers in the list."""
    told: list[str] = []
    journal.subscribe(name, *verbs)(lambda entry: told.append(entry.data["colour"]))
    return told


def test_everything_is_told_in_order_and_once(thehague: City) -> None:
    told = listener("painter", "city.painted")
    paint(thehague, "red", "green", "blue")
    assert deliver() == 3
    assert deliver() == 0
    paint(thehague, "gold")
    assert deliver() == 1
    assert told == ["red", "green", "blue", "gold"]


def test_only_the_verbs_that_were_asked_for_are_told(thehague: City) -> None:
    told = listener("sweeper", "city.swept")
    paint(thehague, "red")
    with transaction.atomic():
        journal.record("city.swept", thehague, colour="clean")
    assert deliver() == 1
    assert told == ["clean"]
    assert Cursor.objects.get(subscriber="sweeper").last_id == journal.latest_id()


def test_the_cursor_passes_what_does_not_concern_it(thehague: City) -> None:
    listener("sweeper", "city.swept")
    paint(thehague, "red")
    assert deliver() == 0
    assert Cursor.objects.get(subscriber="sweeper").last_id == journal.latest_id()


def test_a_long_trail_is_told_in_pieces_without_a_gap(thehague: City) -> None:
    told = listener("painter", "city.painted")
    paint(thehague, *"abcde")
    assert [deliver(limit=2), deliver(limit=2), deliver(limit=2), deliver(limit=2)] == [2, 2, 1, 0]
    assert told == list("abcde")


def test_a_late_subscriber_starts_from_the_beginning(thehague: City) -> None:
    paint(thehague, "red", "green")
    deliver()
    told = listener("latecomer", "city.painted")
    deliver()
    assert told == ["red", "green"]


def test_a_handler_that_fails_loses_nothing_and_its_cursor_stays(
    thehague: City, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    broken = True

    @journal.subscribe("painter", "city.painted")
    def paint_it(entry: Entry) -> None:
        Cursor.objects.create(subscriber=f"wrote {entry.data['colour']}")  # any row of the handler's own
        if broken and entry.data["colour"] == "green":
            raise OSError("no green left")
        told.append(entry.data["colour"])

    paint(thehague, "red", "green", "blue")
    assert deliver() == 0
    assert "subscriber painter failed" in caplog.text
    assert not Cursor.objects.filter(subscriber__startswith="wrote").exists()  # its rows went with its cursor
    assert Cursor.objects.filter(subscriber="painter", last_id__gt=0).count() == 0
    broken = False
    told.clear()
    assert deliver() == 3
    assert told == ["red", "green", "blue"]


def test_the_others_do_not_wait_for_one_that_fails(thehague: City, caplog: pytest.LogCaptureFixture) -> None:
    @journal.subscribe("broken", "city.painted")
    def fail(entry: Entry) -> None:
        raise OSError(str(entry))

    told = listener("painter", "city.painted")
    paint(thehague, "red")
    assert deliver() == 1
    assert told == ["red"]
    assert "subscriber broken failed" in caplog.text


def test_two_subscribers_of_one_name_are_refused() -> None:
    listener("painter", "city.painted")

    def other(entry: Entry) -> None:
        del entry

    with pytest.raises(ValueError, match="two subscribers are called painter"):
        journal.subscribe("painter", "city.painted")(other)


@pytest.mark.django_db(transaction=True)
def test_two_deliverers_at_once_tell_once(thehague: City) -> None:
    told = listener("painter", "city.painted")
    colours = [str(number) for number in range(40)]
    paint(thehague, *colours)
    start, counts = threading.Barrier(3), []

    def run() -> None:
        start.wait(5)
        for _ in range(5):
            counts.append(deliver(limit=11))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    start.wait(5)
    for thread in threads:
        thread.join(30)
    assert told == colours
    assert sum(counts) == 40
