"""At least once, by several at a time: two workers that tell the same, and what was told already."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.db import connection, connections, transaction

from cityplus import journal
from cityplus.jobs.models import Job
from cityplus.journal import subscribers
from cityplus.journal.models import Cursor, Entry
from cityplus.notifications import give
from cityplus.notifications.digests import make
from cityplus.notifications.models import Digest, Notice, Wishes
from cityplus.notifications.tests.conftest import Posts, actor, favour
from cityplus.people.models import Letter, Person

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], object]) -> list[BaseException]:
    """Do these in threads that begin together, each with a connection of its own; gives what went wrong."""
    start, wrong = threading.Barrier(len(deeds)), list[BaseException]()

    def run(deed: Callable[[], object]) -> None:
        try:
            start.wait(30)
            deed()
        except BaseException as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return wrong


@pytest.fixture
def people() -> tuple[Person, Person]:
    return Person.enrol("reader", "reader@example.org", "a long password"), Person.enrol("other", "", "a long password")


def test_eight_who_tell_the_same_give_it_once(posts: Posts, people: tuple[Person, Person]) -> None:
    reader, other = people
    ana = actor("ana")
    assert at_once(*[partial(favour, [reader, other], ana), partial(favour, [other, reader], ana)] * 4) == []
    assert Notice.objects.count() == 2
    assert Job.objects.filter(kind="notifications.digest").count() == 1 + 1, "each has one digest to come"


def test_many_who_do_it_at_a_time_are_all_told_in_one_group(posts: Posts, people: tuple[Person, Person]) -> None:
    reader, _ = people
    actors = [actor(f"ana{n}") for n in range(8)]
    assert at_once(*[partial(favour, reader, one) for one in actors]) == []
    assert Notice.objects.of(reader).count() == 8
    head = Notice.objects.of(reader).heads().get()
    assert head.pk == max(Notice.objects.values_list("pk", flat=True))


def test_reading_while_it_comes_loses_no_line(posts: Posts, people: tuple[Person, Person]) -> None:
    reader, _ = people
    ana = actor("ana")
    for n in range(5):
        favour(reader, ana)
        seen = Notice.objects.order_by("-pk").values_list("pk", flat=True)[0]
        late = actor(f"late{n}")
        assert at_once(partial(Notice.read, reader, seen + 1), partial(favour, reader, late)) == []
        keys = {notice.key for notice in Notice.objects.all()}
        assert {notice.key for notice in Notice.objects.filter(head=True)} == keys, "every group has its head"
        Notice.objects.all().delete()


@pytest.fixture
def told(posts: Posts, people: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A subscriber as a room above has it."""
    reader, _ = people
    ana = actor("ana")
    monkeypatch.setattr(subscribers, "_handlers", {})

    @journal.subscribe("tests.notices", "post.favoured")
    def tell(entry: Entry) -> None:
        give("favourite", to=reader, subject=(entry.subject, entry.subject_id), by=ana, at=entry.at, doer=entry.by)

    yield


def test_two_workers_deliver_one_entry(told: None, people: tuple[Person, Person]) -> None:
    with transaction.atomic():
        journal.record("post.favoured", people[1], by="other")
    assert at_once(subscribers.deliver, subscribers.deliver) == []
    assert Notice.objects.count() == 1
    Cursor.objects.update(last_id=0)  # as when a worker dies before it has written down how far it came
    assert subscribers.deliver() == 1
    assert Notice.objects.count() == 1


def test_a_digest_that_many_make_is_one_letter(posts: Posts, people: tuple[Person, Person]) -> None:
    reader, _ = people
    favour(reader, actor("ana"))
    job = Job.objects.get(kind="notifications.digest")
    assert at_once(*[partial(make, **job.args)] * 6) == []
    assert Letter.objects.count() == 1
    assert Digest.objects.get().lines == 1
    make(**job.args)
    assert Letter.objects.count() == 1


def test_on_postgresql_notices_appear_in_the_order_of_their_ids(posts: Posts, people: tuple[Person, Person]) -> None:
    """The stream reads on from the last id that it saw: one that came into sight later with a smaller id would not be told."""
    reader, other = people
    Wishes.of(reader).end_digests()
    Wishes.of(other).end_digests()
    ana, first, second = actor("ana"), threading.Event(), threading.Event()
    order: list[str] = []

    def slow() -> None:
        with transaction.atomic():
            give("favourite", to=reader, subject=("social.post", 1), by=ana)
            first.set()
            second.wait(0.3)  # long enough for the other to come first if it could
            order.append("slow")

    def quick() -> None:
        first.wait(30)
        with transaction.atomic():
            give("favourite", to=other, subject=("social.post", 1), by=ana)
            order.append("quick")
        second.set()

    assert at_once(slow, quick) == []
    assert order == ["slow", "quick"], connection.vendor
