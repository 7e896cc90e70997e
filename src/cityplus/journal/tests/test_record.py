"""Writing the trail: only beside its deed, in the order of the deeds."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from cityplus import journal
from cityplus.cities.models import City
from cityplus.journal.models import Entry


@pytest.mark.django_db(transaction=True)
def test_a_trail_apart_from_its_deed_is_refused(thehague: City) -> None:
    before = journal.latest_id()
    with pytest.raises(RuntimeError, match=r"city\.painted: record a deed inside its transaction"):
        journal.record("city.painted", thehague)
    assert journal.latest_id() == before


def test_an_entry_says_who_did_what_to_which_thing(thehague: City) -> None:
    with transaction.atomic():
        entry = journal.record("city.painted", thehague, handle="thehague", by="owner", public=True, colour="green")
    entry = Entry.objects.get(pk=entry.pk)
    assert (entry.verb, entry.subject, entry.subject_id) == ("city.painted", "cities.city", thehague.pk)
    assert (entry.handle, entry.by, entry.public) == ("thehague", "owner", True)
    assert entry.data == {"colour": "green"}


def test_the_newest_id_grows_with_every_entry(thehague: City) -> None:
    seen = [journal.latest_id()]
    for _ in range(3):
        with transaction.atomic():
            journal.record("city.painted", thehague)
        seen.append(journal.latest_id())
    assert seen == sorted(set(seen))


def test_an_empty_journal_is_at_nought(db: None) -> None:
    assert journal.latest_id() == 0


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_failed_leaves_no_trail(thehague: City) -> None:
    before = journal.latest_id()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        journal.record("city.painted", thehague)
        raise ZeroDivisionError
    assert journal.latest_id() == before


@pytest.mark.django_db(transaction=True)
def test_entries_are_seen_in_the_order_of_their_ids(thehague: City) -> None:
    """A reader of the tail must never see entry 8 before entry 7: it would take 7 for read."""
    held, seen = threading.Event(), threading.Event()

    def first() -> None:
        with transaction.atomic():
            journal.record("city.painted", thehague, by="first")
            held.set()
            seen.wait(0.3)  # the other one has had its chance to overtake
        connection.close()

    def second() -> None:
        held.wait(5)
        with transaction.atomic():
            journal.record("city.painted", thehague, by="second")
        visible.extend(Entry.objects.filter(verb="city.painted").order_by("id").values_list("by", flat=True))
        seen.set()
        connection.close()

    visible: list[str] = []
    threads = [threading.Thread(target=deed) for deed in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert visible == ["first", "second"]
