"""Who gets in where: every address of the workplace of an organisation, for everybody who may come.

The addresses come from the resolver, whatever room they are of, so none can be forgotten; what each takes is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from cityplus.cities.models import City, Member
from cityplus.events.models import Event, Paper, Presenter, Question, Registration, Session
from cityplus.languages.text import Text
from cityplus.opportunities.models import Opportunity
from cityplus.opportunities.models import Paper as OpportunityPaper
from cityplus.organisations.models import Delegate, Invitation, Organisation
from cityplus.organisations.roles import Right, Role, may
from cityplus.people.models import Person

ROOT = "work/@<handle:handle>/"
WORDS = Text.of("en", en="Meeting")
ROLES = tuple(Role.values)
OUTSIDE = ("anonymous", "stranger", "removed", "elsewhere", "city", "office")
"""Who does not act for it: nobody signed in, somebody, who did, who acts for another, its city's owner, and the network office."""
HOW = "{name} is in no row of the table: which right does GET take, which POST?"


@dataclass(frozen=True)
class Row:
    """The right that reading (GET) and sending (POST) take; None: the address is not asked so, and says 405. Those of rooms above are there
    once the organisation is ``verified``; before, and for delegates who lack the right, there may be no such page."""

    get: Right | None
    post: Right | None = None
    verified: bool = False


SEEN = Row(Right.SEE, Right.WRITE, verified=True)
SENT = Row(None, Right.WRITE, verified=True)
WRITTEN = Row(Right.WRITE, Right.WRITE, verified=True)
TABLE = {
    "events:events": SEEN,
    "events:event-new": Row(Right.WRITE, verified=True),
    "events:event": SEEN,
    "events:event-publication": SENT,
    "events:event-cancellation": WRITTEN,
    "events:event-organisers": SENT,
    "events:event-agreement": SENT,
    "events:event-venues": SEEN,
    "events:event-venue": SEEN,
    "events:event-venue-removal": SENT,
    "events:event-sessions": SEEN,
    "events:event-session": SEEN,
    "events:event-session-removal": SENT,
    "events:event-questions": SEEN,
    "events:event-question": SEEN,
    "events:event-question-removal": SENT,
    "events:event-presenters": SEEN,
    "events:event-presenter": WRITTEN,
    "events:event-registrations": Row(Right.WRITE, verified=True),
    "events:event-decision": SENT,
    "events:event-afterwards": SEEN,
    "events:event-papers": SENT,
    "events:event-paper-removal": SENT,
    "meetings:work": Row(Right.DEAL, verified=True),
    "opportunities:work": Row(Right.WRITE, verified=True),
    "opportunities:work-interests": Row(Right.DEAL, verified=True),
    "opportunities:new": WRITTEN,
    "opportunities:edit": WRITTEN,
    "opportunities:submission": SENT,
    "opportunities:return": SENT,
    "opportunities:renewal": SENT,
    "opportunities:closing": SENT,
    "opportunities:papers": SENT,
    "opportunities:paper-removal": SENT,
    "organisations:work": Row(Right.SEE),
    "organisations:work-page": Row(Right.WRITE, Right.WRITE),
    "organisations:work-activities": Row(Right.WRITE, Right.WRITE),
    "organisations:work-logo": Row(None, Right.WRITE),
    "organisations:work-logo-removal": Row(None, Right.WRITE),
    "organisations:work-asking": Row(None, Right.WRITE),
    "organisations:work-withdrawal": Row(None, Right.WRITE),
    "organisations:work-closing": Row(Right.TEAM, Right.TEAM),
    "organisations:work-delegates": Row(Right.SEE, Right.TEAM),
    "organisations:work-delegate-role": Row(None, Right.TEAM),
    "organisations:work-delegate-removal": Row(None, Right.TEAM),
    "organisations:work-invitation-letter": Row(None, Right.TEAM),
    "organisations:work-invitation-revocation": Row(None, Right.TEAM),
    "suggestions:suggestions": Row(Right.SEE),
}


def addresses() -> dict[str, URLPattern]:
    """Every address of a workplace, by its name."""
    found: dict[str, URLPattern] = {}

    def walk(patterns: list[Any], room: str, before: str) -> Iterator[tuple[str, str, URLPattern]]:
        for one in patterns:
            at = before + str(one.pattern).lstrip("^")
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, one.namespace or room, "" if at == "en/" else at)
            elif isinstance(one, URLPattern):
                yield f"{room}:{one.name}", at, one

    for name, at, pattern in walk(get_resolver().url_patterns, "", ""):
        if at.startswith(ROOT):
            found[name] = pattern
    return found


ADDRESSES = addresses()


def test_every_address_has_a_row() -> None:
    assert not [HOW.format(name=name) for name in ADDRESSES if name not in TABLE]
    assert set(TABLE) <= set(ADDRESSES), "there is no such address any more"
    assert len(ADDRESSES) > 10, "the search finds addresses at all"


@dataclass
class Cast:
    """An organisation with a delegate of each role, and browsers for everybody by name."""

    organisation: Organisation
    browsers: dict[str, Client]


def _found(handle: str, city: City, owner: Person) -> Organisation:
    return Organisation.found(handle, Text.of("en", en=f"Works {handle}"), city, "company", owner)


@pytest.fixture(params=["draft", "verified"])
def cast(request: pytest.FixtureRequest, thehague: City) -> Cast:
    people = {name: Person.objects.create_user(name) for name in (*ROLES, *OUTSIDE[1:])}
    people["office"].is_staff = True
    people["office"].save()
    Member.join(thehague, people["city"], "owner", by="test")
    organisation = _found("acme", thehague, people["owner"])
    _found("other", thehague, people["elsewhere"])
    for role in ROLES[1:]:
        Delegate.join(organisation, people[role], role, by="owner")
    Delegate.join(organisation, people["removed"], "editor", by="owner").remove(by="owner")
    if request.param == "verified":
        organisation.ask(by="owner")
        organisation.verify(by="city")
    browsers = {"anonymous": Client()}
    for name, person in people.items():
        browsers[name] = Client()
        browsers[name].force_login(person)
    return Cast(organisation, browsers)


VALUES: dict[str, Callable[[Cast], Any]] = {
    "handle": lambda cast: cast.organisation.actor.handle,
    "delegate": lambda cast: (
        Delegate.join(cast.organisation, Person.objects.create_user("fresh"), "editor", by="owner").pk
    ),
    "invitation": lambda cast: Invitation.send(cast.organisation, "new@example.org", "editor", by="owner").pk,
    "event": lambda cast: _event(cast).pk,
    "organiser": lambda cast: _event(cast).hosting.all()[0].pk,
    "venue": lambda cast: _event(cast).venues.all()[0].pk,
    "session": lambda cast: _session(_event(cast)),
    "question": lambda cast: Question.ask(_event(cast), by="owner", kind="yes", words=WORDS).pk,
    "presenter": lambda cast: _presenter(cast),  # noqa: PLW0108 - it stands below
    "registration": lambda cast: (
        Registration.make(_event(cast).venues.all()[0], name="A", email="a@example.org", language="en")[0].pk
    ),
    "paper": lambda cast: Paper.add(_event(cast), "Slides", "events/none.pdf", 1, by="owner").pk,
    "slug": lambda cast: _opportunity(cast).slug if _is_verified(cast) else "quays",
    "number": lambda cast: _opportunity_paper(cast) if _is_verified(cast) else 1,
}


def _event(cast: Cast) -> Event:
    """One that the organisation holds, made once for an address that names it and a part of it."""
    host, starts = cast.organisation.actor, timezone.now().replace(second=0, microsecond=0) + timedelta(days=30)
    found = Event.objects.filter(organisers=host).first()
    if found is None:
        facts: dict[str, Any] = {"slug": "meeting", "kind": "promotion", "title": WORDS, "starts_at": starts}
        found = Event.plan(host, by="owner", **facts, ends_at=starts + timedelta(hours=8))
        found.add_venue(by="owner", name=WORDS, time_zone="Europe/Amsterdam")
        found.publish(by="owner")
    return found


def _presenter(cast: Cast) -> int:
    whose: dict[str, Any] = {"city": cast.organisation.city, "introduced_for": cast.organisation.actor}
    return Presenter.introduce("ana", by="owner", names=WORDS, **whose).pk


def _session(event: Event) -> int:
    facts: dict[str, Any] = {"title": WORDS, "starts_at": event.starts_at, "ends_at": event.ends_at}
    return Session.add(event, by="owner", **facts).pk


def _opportunity(cast: Cast) -> Opportunity:
    found = Opportunity.objects.first()
    facts: dict[str, Any] = {"direction": "offer", "kind": "trade", "title": WORDS, "story": WORDS}
    return found or Opportunity.draft(cast.organisation.actor, "quays", by="owner", sectors=["H"], **facts)


def _opportunity_paper(cast: Cast) -> int:
    return OpportunityPaper.add(_opportunity(cast), "Slides", b"%PDF-1", by="owner").pk


def _is_verified(cast: Cast) -> bool:
    return cast.organisation.state == "verified"


def _answer(cast: Cast, name: str, who: str, method: str) -> int:
    """What somebody is answered, after which everything is as it was before."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined] # limits insist on a transaction of their own, but in tests
    with block:
        parts = {part: VALUES[part](cast) for part in ADDRESSES[name].pattern.converters}
        response = getattr(cast.browsers[who], method.lower())(reverse(name, kwargs=parts))
        transaction.set_rollback(True)
    return int(response.status_code)


def _fits(status: int, row: Row, who: str, method: str, *, verified: bool) -> bool:
    right = row.get if method == "GET" else row.post
    if row.verified and (not verified or (right and not may(who, right))):
        return status in ({404, 405} if right is None else {403, 404})
    if right is None:
        return status in ({404, 405} if who in OUTSIDE else {405})
    if who in OUTSIDE:
        return status == 404
    return status not in {403, 404} and status < 500 if may(who, right) else status == 403


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in ADDRESSES if name in TABLE])
def test_everybody_gets_what_the_table_says(name: str, cast: Cast) -> None:
    wrong = []
    for method in ("GET", "POST"):
        for who in (*OUTSIDE, *ROLES):
            status = _answer(cast, name, who, method)
            if not _fits(status, TABLE[name], who, method, verified=_is_verified(cast)):
                wrong.append(f"{method} as {who}: {status}")
    assert not wrong, f"{name}: " + "; ".join(wrong)


@pytest.mark.django_db
def test_what_there_is_not_is_answered_as_what_there_is(cast: Cast) -> None:
    real, invented = (cast.browsers["stranger"].get(f"/work/@{handle}/") for handle in ("acme", "nobody"))
    assert (real.status_code, invented.status_code) == (404, 404)
    shown = [page.content.decode().replace("acme", "nobody") for page in (real, invented)]
    assert shown[0] == shown[1]


@pytest.mark.django_db
def test_of_a_closed_one_all_is_read_and_nothing_done(cast: Cast) -> None:
    cast.organisation.close(by="owner")
    owner = cast.browsers["owner"]
    assert owner.get("/work/@acme/").status_code == 200
    assert owner.get("/work/@acme/page/").status_code == 403
    assert owner.post("/work/@acme/delegates/", {"email": "a@example.org"}).status_code == 403
    assert "closed" in owner.get("/work/@acme/page/").content.decode()
