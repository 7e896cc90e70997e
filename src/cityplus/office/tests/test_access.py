"""Who comes to the office: persons of it, and nobody else learns what is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from conftest import sign_in
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.urls.converters import IntConverter
from django.utils import timezone

from cityplus.ceremonies.models import Ceremony, Guest, Taking
from cityplus.cities.models import Candidacy, City, Invitation
from cityplus.events.models import Event, Organiser, Paper, Presenter, Question, Registration, Session, Venue
from cityplus.languages.text import Text
from cityplus.moderation.models import Appeal, BlockedDomain, BlockedWord, Decision, Held, Report
from cityplus.office import urls
from cityplus.people.models import Person

DECIDED = ("report", "held", "decision", "appeal", "word", "domain")
PLANNED = ("event", "organiser", "venue", "session", "question", "presenter", "registration", "paper")
FILLED = {
    **{"pk": 1, "handle": "plovdiv", "ceremony": 1, "guest": 1, "city": "plovdiv", "actor": "plovdiv"},
    **dict.fromkeys((*DECIDED, *PLANNED), 1),
}


def addresses() -> Iterator[str]:
    """Every address of the office, from its own list."""
    for pattern in urls.urlpatterns:
        path = str(pattern.pattern)
        for name, converter in pattern.pattern.converters.items():
            told = f"<{'int' if isinstance(converter, IntConverter) else 'handle'}:{name}>"
            assert told in path
            path = path.replace(told, str(FILLED[name]))
        yield f"/office/{path}"


ADDRESSES = list(addresses())
SAID = {"answer": "decline", "reason": "In a letter of today."}
MAYOR = Text.of("en", en="The mayor")


@pytest.fixture
def something(plovdiv: City) -> None:
    """What the addresses name is there."""
    Invitation.objects.filter(pk=1).delete()
    invitation = Invitation.send(plovdiv, "a@plovdiv.example", "owner", by="foundation")
    Invitation.objects.filter(pk=invitation.pk).update(id=1)
    candidacy = Candidacy.objects.create(city=plovdiv, asked_by="a")
    Candidacy.objects.filter(pk=candidacy.pk).update(id=1)
    planned = Ceremony(pk=1, kind="launch", time_zone="Europe/Sofia", starts_at=timezone.now(), title=MAYOR)
    planned.save()
    Taking.objects.create(ceremony=planned, city=plovdiv, state="accepted")
    Guest.objects.create(pk=1, ceremony=planned, names=MAYOR)
    about = {"author": plovdiv.actor, "at": timezone.now()}
    Report.objects.create(pk=1, kind="post", subject_id=1, reason="spam", **about)
    Held.objects.create(pk=1, kind="sheet", subject_id=1, **about)
    made = Decision.objects.create(pk=1, kind="hide", subject_kind="post", subject_id=1, state="in_force", **about)
    Appeal.objects.create(pk=1, decision=made, at=timezone.now())
    BlockedWord.objects.create(pk=1, text="casino", folded="casino", at=timezone.now())
    BlockedDomain.objects.create(pk=1, name="evil.example", at=timezone.now())
    _event_with_parts(plovdiv)
    _count_on(Report, Held, Decision, Appeal, BlockedWord, BlockedDomain, Ceremony, Guest, Event, Venue, Session)


def _count_on(*models: type[Model]) -> None:
    """Let the next rows have other keys than those that were named here: PostgreSQL counts what it gave itself alone."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _event_with_parts(city: City) -> None:
    hours = {"starts_at": timezone.now() + timedelta(days=1), "ends_at": timezone.now() + timedelta(days=2)}
    event = Event.objects.create(pk=1, slug="meeting", kind="talk", title=MAYOR, **hours)
    asked = {"asked_by": "a", "agreed_at": timezone.now()}
    Organiser.objects.create(pk=1, event=event, actor=city.actor, place=0, **asked)
    venue = Venue.objects.create(pk=1, event=event, name=MAYOR, time_zone="Europe/Sofia")
    Session.objects.create(pk=1, event=event, title=MAYOR, **hours)
    Question.objects.create(pk=1, event=event, kind="yes", words=MAYOR)
    Presenter.objects.create(pk=1, slug="mayor", city=city, names=MAYOR)
    Paper.objects.create(pk=1, event=event, title="Slides", key="events/none.pdf", bytes=1)
    about = {"name": "A", "email": "a@plovdiv.example", "language": "en", "state": "asked", "digest": "d" * 64}
    Registration.objects.create(pk=1, event=event, venue=venue, **about)


@pytest.fixture
def office(db: None) -> Client:
    return sign_in(Person.enrol("foundation", "office@example.org", "a long password", office=True))


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("who", ["stranger", "visitor", "owner", "closed"])
def test_others_get_404_whatever_they_ask(
    address: str, who: str, something: None, visitor: Person, owner: Person
) -> None:
    client = Client()
    if who == "closed":
        visitor.entitle(active=False, office=True, by="test")
    if who != "stranger":
        client.force_login({"visitor": visitor, "owner": owner, "closed": visitor}[who])
    nowhere = client.get("/office/nowhere/").content
    for answer in (client.get(address), client.post(address, {"reason": "x", "verdict": "ready"})):
        assert answer.status_code == 404
    assert client.get(address).content == nowhere.replace(b"/office/nowhere/", address.encode())
    assert City.objects.get(actor__handle="plovdiv").stage == "invited"
    assert Invitation.objects.get().is_open


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_office_comes_everywhere(address: str, something: None, office: Client) -> None:
    """Without this the test above could pass on addresses that are nowhere."""
    answers = {office.get(address).status_code, office.post(address, SAID).status_code}
    assert answers & {200, 302, 422}, "422: the form is not filled in"


def test_every_view_says_that_it_is_the_offices() -> None:
    found = [pattern for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)]
    assert len(found) == len(urls.urlpatterns) >= 12
    assert all(getattr(pattern.callback, "office", False) for pattern in found)
    assert "office" in get_resolver().namespace_dict


def test_the_account_page_leads_persons_of_the_office_there(office: Client, visitor: Person) -> None:
    assert 'href="/office/"' in office.get("/account/").content.decode()
    assert 'href="/office/"' not in sign_in(visitor).get("/account/").content.decode()
