"""The filters of the network stand before everything that is posted, from the form as from elsewhere."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.urls import reverse

from cityplus.cities.models import City
from cityplus.jobs import worker
from cityplus.moderation.models import BlockedWord
from cityplus.moderation.models import Held as Waiting
from cityplus.people.models import Person
from cityplus.social.errors import BadPost, Held
from cityplus.social.models import Post, Sheet
from cityplus.social.tests.cast import resident, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Person:
    return Person.objects.create_user("officer", is_staff=True)


def block(word: str, action: str, officer: Person) -> None:
    BlockedWord.add(word, action, by=officer.username)


def test_what_is_refused_is_not_posted(officer: Person) -> None:
    block("casino", "refuse", officer)
    with pytest.raises(BadPost, match="casino"):
        say(resident("ana"), "Come to my CASINO!")
    assert not Post.objects.exists()


def test_what_is_held_waits_and_is_posted_once_it_is_approved(officer: Person, thehague: City) -> None:
    block("lottery", "hold", officer)
    ana = resident("ana")
    with pytest.raises(Held):
        say(ana, "A lottery?")
    form = {
        "language": "en",
        "original": "en",
        "text-en": "A lottery, is it allowed?",
        "asks": "thehague",
        "nonce": "n" * 32,
    }
    answer = sign_in(Person.objects.get(username="ana")).post(reverse("social:new"), {**form, "deed": "post"})
    assert answer.status_code in {200, 302}, answer.content
    assert not Post.objects.exists()
    waiting = Waiting.objects.get()
    assert (waiting.city, waiting.author) == (thehague.actor, ana)
    assert "is it allowed" in waiting.excerpt
    waiting.approve(by=officer)
    while worker.run_one("test"):
        pass
    assert str(Post.objects.get(author=ana).text) == "A lottery, is it allowed?"
    assert not Sheet.objects.exists()
