"""Giving notices: each once, to whom it concerns, and not to who did it."""

from __future__ import annotations

import pytest
from django.db import transaction

from cityplus.actors.models import Actor
from cityplus.jobs.models import Job
from cityplus.notifications import give, give_many
from cityplus.notifications.models import Device, Notice, Wishes
from cityplus.notifications.tests.conftest import MORNING, Posts, actor, favour
from cityplus.people.models import Person


def test_what_is_told_again_is_not_given_again(reader: Person, posts: Posts, ana: Actor) -> None:
    assert favour(reader, ana) == 1
    assert favour(reader, ana) == 0
    Notice.read(reader, Notice.objects.get().pk)
    assert favour(reader, ana) == 0, "reading it does not make it new"
    notice = Notice.objects.get()
    assert (notice.at, notice.subject, notice.subject_id, notice.actor) == (MORNING, "social.post", 1, ana.pk)


def test_nobody_hears_of_what_they_did_themselves(reader: Person, posts: Posts, ana: Actor) -> None:
    assert favour(reader, ana, doer="reader") == 0
    assert favour(reader, ana, doer="somebody-else") == 1


def test_a_closed_account_gets_nothing(reader: Person, posts: Posts, ana: Actor) -> None:
    reader.is_active = False
    reader.save()
    assert favour(reader, ana) == 0


def test_a_deed_of_the_network_is_of_no_actor_and_is_given_once_too(reader: Person, posts: Posts) -> None:
    assert favour(reader, None) == 1
    assert favour(reader, None) == 0
    assert Notice.objects.get().actor == 0


def test_to_a_team_each_gets_one_and_it_says_for_whom(reader: Person, posts: Posts, ana: Actor) -> None:
    city = actor("thehague")
    team = [reader, *(Person.objects.create_user(f"editor-{n}") for n in range(3))]
    with transaction.atomic():
        given = give_many("favourite", to=team, subject=ana, by=ana, voice=city, at=MORNING, doer="editor-1")
    assert given == 3
    assert {notice.person.username for notice in Notice.objects.all()} == {"reader", "editor-0", "editor-2"}
    assert {(notice.voice, notice.subject) for notice in Notice.objects.all()} == {(city.pk, "actors.actor")}


def test_a_thousand_people_are_told_by_a_fixed_number_of_queries_a_piece(
    posts: Posts, ana: Actor, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    Person.objects.bulk_create(Person(username=f"p{n}", password="x") for n in range(1000))
    everybody = list(Person.objects.order_by("pk"))
    Device.objects.bulk_create(Device(person=one, digest=one.username, session="s") for one in everybody[:400])
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        assert favour(everybody, ana) == 1000
    assert Job.objects.filter(kind="notifications.digest").count() == 1000
    assert Job.objects.filter(kind="notifications.push").count() == 400
    assert favour(everybody, ana) == 0


def test_who_wants_it_by_no_way_gets_none_and_by_mail_alone_none_in_the_page(
    reader: Person, posts: Posts, ana: Actor, bram: Actor
) -> None:
    Wishes.of(reader).choose({"favourite": []})
    assert favour(reader, ana) == 0
    Wishes.of(reader).choose({"favourite": ["mail"]})
    assert favour(reader, bram) == 1
    assert not Notice.objects.get().shown
    assert Job.objects.filter(kind="notifications.digest").count() == 1


def test_it_is_given_in_the_transaction_of_its_subscriber(reader: Person, posts: Posts, ana: Actor) -> None:
    class BrokenError(Exception):
        pass

    def deliver() -> None:
        with transaction.atomic():
            give("favourite", to=reader, subject=ana, by=ana)
            raise BrokenError

    with pytest.raises(BrokenError):
        deliver()
    assert not Notice.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_nothing_is_given(posts: Posts) -> None:
    ana, reader = actor("ana"), Person.enrol("reader", "", "a long password")
    with pytest.raises(RuntimeError, match="inside the transaction"):
        give("favourite", to=reader, subject=ana, by=ana)


def test_a_kind_that_nobody_offers_is_refused(reader: Person, posts: Posts, ana: Actor) -> None:
    with pytest.raises(LookupError, match="kind wave"):
        favour(reader, ana, kind="wave")


def test_each_group_has_one_head_and_it_is_the_newest(reader: Person, posts: Posts, ana: Actor, bram: Actor) -> None:
    favour(reader, ana)
    favour(reader, bram)
    favour(reader, ana, post=2)
    heads = Notice.objects.of(reader).heads().order_by("-id")
    assert [(head.subject_id, head.actor) for head in heads] == [(2, ana.pk), (1, bram.pk)]


def test_what_comes_after_reading_is_a_group_of_its_own(reader: Person, posts: Posts, ana: Actor, bram: Actor) -> None:
    favour(reader, ana)
    head = Notice.objects.get().pk
    assert Notice.read(reader, head) == 1
    favour(reader, bram)
    heads = Notice.objects.of(reader).heads().order_by("-id")
    assert [(head.actor, head.read_at is None) for head in heads] == [(bram.pk, True), (ana.pk, False)]


def test_a_group_that_grew_unseen_is_not_read(reader: Person, posts: Posts, ana: Actor, bram: Actor) -> None:
    favour(reader, ana)
    seen = Notice.objects.get().pk
    favour(reader, bram)
    assert Notice.read(reader, seen) == 0
    assert Notice.read(reader, seen, only=True) == 0
    assert Notice.read(reader, seen + 1) == 2


def test_nobody_reads_for_somebody_else(reader: Person, posts: Posts, ana: Actor) -> None:
    favour(reader, ana)
    other = Person.objects.create_user("other")
    assert Notice.read(other, Notice.objects.get().pk, only=True) == 0
    assert Notice.objects.get().read_at is None
