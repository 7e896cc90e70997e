"""What tests of notices share: a kind that looks at a small world of posts, people with actors, and what they gave each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils.translation import get_language
from pytest_django import Settings

from cityplus.actors.models import Actor
from cityplus.languages.text import Text
from cityplus.notifications import Group, Kind, Said, give, give_many, kinds, plug
from cityplus.notifications.models import Notice
from cityplus.people.models import Person
from cityplus.people.tests.mail_server import Mailbox, mail_server

MORNING = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
POST = "social.post"


class Posts:
    """Posts that others favour, as a room above would have them: some are gone, some are hidden from somebody."""

    def __init__(self, name: str = "favourite") -> None:
        self.name = name
        self.texts: dict[int, str] = {}
        self.hidden: set[tuple[int, int]] = set()
        self.blocked: set[tuple[int, int]] = set()
        self.asked = 0

    def may_see(self, person: Person, notices: Sequence[Notice]) -> Iterable[Notice]:
        self.asked += 1
        return [
            notice
            for notice in notices
            if notice.subject_id in self.texts
            and (person.pk, notice.subject_id) not in self.hidden
            and (person.pk, notice.actor) not in self.blocked
        ]

    def words(self, person: Person, groups: Sequence[Group]) -> Mapping[int, Said]:
        return {
            group.id: Said(
                f"[{get_language()}] {group.who} favoured your post {group.subject_id}.",
                f"/@{person.username}/posts/{group.subject_id}/",
                self.texts[group.subject_id],
            )
            for group in groups
        }

    def kind(self, **more: bool) -> Kind:
        return Kind(self.name, "Favourites", self.words, self.may_see, **more)


@pytest.fixture(autouse=True)
def _own_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test offers its kinds itself."""
    monkeypatch.setattr(kinds, "_kinds", {})


@pytest.fixture
def posts() -> Posts:
    """Post 1 of a reader, and the kind of notices about it, by every way."""
    found = Posts()
    found.texts[1] = "The sea begins where the tram ends."
    plug(found.kind(push=True))
    return found


@pytest.fixture
def reader(db: None) -> Person:
    """Somebody with a confirmed address who reads English."""
    return Person.enrol("reader", "reader@example.org", "a long password")


def actor(handle: str, name: str = "", tag: str = "en") -> Actor:
    names = Text.of(tag, **{tag.replace("-", "_"): name or handle.title()})
    return Actor.objects.create(handle=handle, kind=Actor.Kind.PERSON, names=names)


@pytest.fixture
def ana(db: None) -> Actor:
    return actor("ana")


@pytest.fixture
def bram(db: None) -> Actor:
    return actor("bram")


def favour(
    to: Person | Sequence[Person], by: Actor | None, post: int = 1, *, kind: str = "favourite", doer: str = ""
) -> int:
    """As the subscriber of a room above does it; returns how many notices were new."""
    with transaction.atomic():
        if isinstance(to, Person):
            return give(kind, to=to, subject=(POST, post), by=by, at=MORNING, doer=doer)
        return give_many(kind, to=to, subject=(POST, post), by=by, at=MORNING, doer=doer)


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    """What a mail server of our own receives."""
    with mail_server(settings) as box:
        yield box
