"""Nothing is posted for, pushed to or told to whom has closed their account; what waited is a draft when they come back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from cityplus import notifications
from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.jobs import worker
from cityplus.jobs.models import Job
from cityplus.moderation.models import Held
from cityplus.notifications import digests
from cityplus.notifications.models import Device, Digest
from cityplus.people.models import Letter, Person
from cityplus.social.accounts import leaving
from cityplus.social.composing import holding
from cityplus.social.models import Post, Profile, Sheet
from cityplus.social.tests.cast import resident

pytestmark = pytest.mark.django_db


def work() -> None:
    Job.objects.update(run_after=timezone.now())
    while worker.run_one("test"):
        pass


@pytest.fixture
def person() -> Person:
    found = Profile.objects.select_related("person").get(actor=resident("ana")).person
    assert found
    found.email = "ana@example.org"
    found.save()
    EmailAddress.objects.create(user=found, email=found.email, verified=True, primary=True)
    return found


def test_what_was_set_for_a_moment_is_not_posted_and_is_a_draft_afterwards(person: Person) -> None:
    ana = person.profile.actor
    document = {"text": {"en": "Later."}, "original": "en"}
    due = Sheet.objects.create(author=ana, by="ana", nonce="d" * 32, document=document)
    due.schedule(timezone.now() + timedelta(hours=1), by="ana")
    held = Sheet.objects.create(author=ana, by="ana", nonce="h" * 32, document=document)
    holding.hold(held, "a word")
    assert Held.objects.filter(state="waiting").count() == 1
    leaving.close(person, by="ana")
    work()
    holding.approve(held.pk, "officer")
    work()
    assert not Post.objects.exists() and not Held.objects.exists()
    leaving.reopen(person, by="ana")
    work()
    assert not Post.objects.exists()
    sheets = list(Sheet.objects.order_by("pk"))
    assert [(one.due_at, one.held_at, "was closed" in one.says) for one in sheets] == [(None, None, True)] * 2
    assert sheets[0].document == document


def test_nobody_is_told_anything_after_they_left(person: Person, thehague: City) -> None:
    ana, bo = person.profile.actor, resident("bo")
    Device.add(person, "https://push.example/1", "p", "a", session="s")
    with transaction.atomic():
        assert notifications.give("follow", to=person, subject=ana, by=bo) == 1
    due = Job.objects.get(kind="notifications.digest").args["due"]
    Letter.post(person.email, "a digest", "", "", {"List-Unsubscribe": "<x>"})
    Letter.post(person.email, "about the account", "", "")
    leaving.close(person, by="ana")
    assert [letter.subject for letter in Letter.objects.filter(to=person.email)] == ["about the account"]
    assert not Device.objects.exists()
    with transaction.atomic():
        assert notifications.give("follow", to=person, subject=ana, by=thehague.actor) == 0
    digests.make(person.pk, due)
    assert not Digest.objects.exists()
    leaving.reopen(person, by="ana")
    other = Actor.objects.create(handle="cy", kind="person", names=ana.names)
    with transaction.atomic():
        assert notifications.give("follow", to=person, subject=ana, by=other) == 1
    digests.make(person.pk, due)
    assert Digest.objects.exists()
