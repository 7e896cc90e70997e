"""Forgetting: what was read long ago goes, what is unread stays, and what an actor did goes with the actor."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.notifications import reading
from cityplus.notifications.forgetting import forget
from cityplus.notifications.models import Notice, Wishes
from cityplus.notifications.tests.conftest import Posts, favour
from cityplus.people.models import Person


def long_ago(days: int) -> object:
    return timezone.now() - timedelta(days=days)


def test_what_was_read_long_ago_goes_and_what_is_unread_stays(
    reader: Person, posts: Posts, ana: Actor, bram: Actor
) -> None:
    posts.texts[2] = posts.texts[3] = "x"
    for n in (1, 2, 3):
        favour(reader, ana, post=n)
        favour(reader, bram, post=n)
    Notice.objects.update(given_at=long_ago(1000))
    Notice.objects.filter(subject_id=1).update(read_at=long_ago(181))
    Notice.objects.filter(subject_id=2).update(read_at=long_ago(179))
    forget()
    assert sorted(Notice.objects.values_list("subject_id", flat=True)) == [2, 2, 3, 3]


def test_what_no_page_shows_cannot_be_read_and_goes_by_its_age(
    reader: Person, posts: Posts, ana: Actor, bram: Actor
) -> None:
    Wishes.of(reader).choose({"favourite": ["mail"]})
    favour(reader, ana)
    Notice.objects.update(given_at=long_ago(181))
    favour(reader, bram)
    forget()
    assert [notice.actor for notice in Notice.objects.all()] == [bram.pk]


def test_what_an_actor_did_goes_with_the_actor_and_the_group_stays(
    reader: Person, posts: Posts, ana: Actor, bram: Actor
) -> None:
    favour(reader, None)
    favour(reader, ana)
    favour(reader, bram)
    bram.delete()
    forget()
    forget()
    head = Notice.objects.get(head=True)
    assert (head.actor, Notice.objects.count()) == (ana.pk, 2)
    assert len(reading.page(reader)[0]) == 1


def test_a_person_who_goes_takes_theirs_along(reader: Person, posts: Posts, ana: Actor) -> None:
    favour(reader, ana)
    reader.delete()
    assert not Notice.objects.exists()
