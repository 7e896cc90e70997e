"""A city asks for admission: when everything is there, and not before; what is decided is told with its reason."""

from __future__ import annotations

import pytest
from conftest import make_city
from django.core import mail

from cityplus.cities import checklist
from cityplus.cities.models import Candidacy, CandidacyError, City, Member, take_back_ready
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.media.models import Medium
from cityplus.people.models import Person
from cityplus.people.tests.conftest import Postman
from cityplus.routes.models import Route, Stop

pytestmark = pytest.mark.django_db


def complete(city: City, but: str = "") -> None:
    """Give a city what the list asks for, but for one thing."""
    both = Text.of("bg", bg="Варна", en="Varna")
    if but != "cover":
        fields = {"kind": "picture", "name": "cover", "original": "o/cover", "content_type": "image/png", "bytes": 1}
        city.cover = Medium.objects.create(owner=city.actor, **fields)
    city.tagline = Text() if but == "tagline" else both
    city.profile = Text.of("bg", bg="Варна") if but == "profile" else both
    city.save()
    if but == "names":
        city.actor.names = Text.of("bg", bg="Варна")
        city.actor.save()
    for number in range(2 if but == "strengths" else 3):
        city.strengths.create(section="ABC"[number], sentence=both, order=number)
    if but != "contact":
        city.contacts.create(kind="website", value="https://varna.example/")
    plain = {"summary": both, "theme": "sea", "mode": "walk", "difficulty": "easy", "minutes": 60}
    state = "draft" if but == "route" else "published"
    route = Route.objects.create(city=city, slug="sea", title=both, state=state, **plain)
    for number in (1, 2):
        place = {"lat": 43.2 + number / 100, "lon": 27.91, "title": both, "story": both, "slug": f"stop-{number}"}
        Stop.objects.create(route=route, number=number, **place)


@pytest.fixture
def varna(db: None) -> City:
    city = make_city("varna", Text.of("bg", bg="Варна", en="Varna"), country="BG")
    city.advance("preparing", by="ines")
    return city


@pytest.fixture
def ines(varna: City) -> Person:
    person = Person.enrol("ines", "ines@varna.example", "a long password")
    Member.objects.create(city=varna, person=person, role="owner")
    return person


def test_a_new_city_lacks_everything_but_its_name(varna: City) -> None:
    assert [item.key for item in checklist.missing(varna)] == [
        *("tagline", "profile", "cover", "strengths", "contact", "route")
    ]
    assert [item.key for item in checklist.of(varna) if item.advice] == ["official"]


@pytest.mark.parametrize("but", ["names", "tagline", "profile", "cover", "strengths", "contact", "route"])
def test_one_thing_that_is_missing_keeps_it_from_asking(varna: City, but: str) -> None:
    complete(varna, but)
    [item] = checklist.missing(varna)
    assert item.key == but
    with pytest.raises(CandidacyError, match="missing"):
        Candidacy.ask(varna, by="ines")
    assert not Candidacy.objects.exists()


def test_it_asks_once_and_becomes_ready(varna: City, ines: Person, postman: Postman) -> None:
    complete(varna)
    first = Candidacy.ask(varna, by="ines")
    assert Candidacy.ask(varna, by="ines") == first
    first.accept(by="foundation", reason="A fine route.")
    varna.refresh_from_db()
    assert varna.stage == "ready"
    assert [(step.stage, step.by, step.note) for step in varna.steps.all()][-1] == (
        "ready",
        "foundation",
        "A fine route.",
    )
    told = Entry.objects.order_by("id").values_list("verb", "by")
    assert list(told)[-3:] == [
        ("candidacy.asked", "ines"),
        ("candidacy.accepted", "foundation"),
        ("city.ready", "foundation"),
    ]
    [letter] = postman()
    assert letter.to == ["ines@varna.example"] and "A fine route." in str(letter.body)
    with pytest.raises(LifeCycleError):
        first.give_back(by="foundation", reason="After all not.")


def test_it_is_returned_with_a_reason_and_asks_again(varna: City, ines: Person, postman: Postman) -> None:
    complete(varna)
    ines.prefer("nl")
    candidacy = Candidacy.ask(varna, by="ines")
    with pytest.raises(CandidacyError, match="Say why"):
        candidacy.give_back(by="foundation", reason=" \n")
    assert Candidacy.objects.get().state == "asked"
    candidacy.give_back(by="foundation", reason="The route has one stop: 100% too few.")
    varna.refresh_from_db()
    assert varna.stage == "preparing"
    [letter] = postman()
    assert "100% too few" in str(letter.body)
    assert "/nl/desk/@varna/" in str(letter.body)
    assert Entry.objects.get(verb="candidacy.returned").data["reason"].startswith("The route")
    assert Candidacy.ask(varna, by="ines").pk != candidacy.pk


def test_only_a_city_that_prepares_asks(thehague: City) -> None:
    complete(thehague)
    with pytest.raises(CandidacyError, match="prepares"):
        Candidacy.ask(thehague, by="thehague-owner")


def test_a_ready_city_is_sent_back_with_a_reason(varna: City, ines: Person, postman: Postman) -> None:
    with pytest.raises(CandidacyError, match="ready"):
        take_back_ready(varna, by="foundation", reason="It is not ready anyway.")
    complete(varna)
    Candidacy.ask(varna, by="ines").accept(by="foundation")
    with pytest.raises(CandidacyError, match="Say why"):
        take_back_ready(varna, by="foundation", reason="")
    take_back_ready(varna, by="foundation", reason="The cover is of another city.")
    varna.refresh_from_db()
    assert varna.stage == "preparing"
    assert len(postman()) == 2
    assert Entry.objects.filter(verb="city.preparing").latest("id").data["note"] == "The cover is of another city."
    assert not mail.outbox
