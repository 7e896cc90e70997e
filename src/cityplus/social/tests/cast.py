"""Who talks in the tests of this room, beside the known cast."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.people.models import Person
from cityplus.social import posting
from cityplus.social.models import Post, Profile
from cityplus.social.speakers.reader import Reader
from cityplus.social.writing import Writing


def resident(handle: str, home: City | None = None, **facts: Any) -> Actor:
    """A person with a profile of the same handle, who reads Chinese and English; their actor."""
    person = Person.objects.create_user(handle, password="a long password")
    profile = Profile.open(person, handle, Text.of("en", en=handle.capitalize()), ["zh-Hans", "en"], home)
    facts.setdefault("joined_at", timezone.now() - timedelta(days=30))  # the rules for new accounts are of moderation
    for name, value in facts.items():
        setattr(profile, name, value)
    profile.save()
    return profile.actor


def person_of(actor: Actor) -> Person:
    """The person whose profile this is; of a profile that has one."""
    person = actor.profile.person
    assert person
    return person


def say(author: Actor, words: str = "Hello.", **rest: Any) -> Post:
    """A post in English, unless its language is said."""
    language = rest.pop("language", "en")
    return posting.publish(author, Writing(Text.of(language, **{language.replace("-", "_"): words}), **rest), by="test")


def reads(actor: Actor) -> Reader:
    """Somebody who may speak for this actor alone."""
    return Reader(actor.pk, frozenset({actor.pk}), actor.handle)
