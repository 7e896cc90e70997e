"""The cast of the test over every address of desk and office: who comes, and what stands in the place of an address's parts.

A part of the desk that has things of its own adds them to :data:`VALUES`, under the name that the address gives them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from conftest import make_city
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.ceremonies.models import Ceremony, Guest
from cityplus.cities.models import Candidacy, City, Invitation, Member, Proof
from cityplus.drafts.models import Draft
from cityplus.events.models import Event, Organiser, Paper, Presenter, Registration, Session
from cityplus.events.models import Question as EventQuestion
from cityplus.languages.text import Text
from cityplus.media.models import Caption, Medium
from cityplus.moderation.models import Appeal, BlockedDomain, BlockedWord, Decision, Held, Report
from cityplus.opportunities.models import Interest, Opportunity
from cityplus.organisations.models import Organisation
from cityplus.packs.models import Export
from cityplus.people.models import Person
from cityplus.routes.models import Delivery, Route
from cityplus.social.models import Matter, ReadyAnswer
from cityplus.social.posting import publish
from cityplus.social.writing import Writing
from cityplus.ties.models import Common, Tie
from cityplus.translation.models import Term

ROLES = tuple(Member.Role.values)
OUTSIDE = ("anonymous", "stranger", "removed", "elsewhere", "office")
"""Who is not of the team: nobody signed in, somebody, who was of it, who is of another, and the network office."""


@dataclass
class Cast:
    """A city with one member of each role, and browsers for everybody by name."""

    city: City
    route: Route
    members: Mapping[str, Member]
    browsers: Mapping[str, Client]

    def fresh(self, role: str = "analyst") -> Member:
        """A further member, whom nobody needs afterwards."""
        person = Person.objects.create_user(f"fresh-{role}")
        return Member.objects.create(city=self.city, person=person, role=role)


WORD: dict[str, Any] = {"source_language": "nl", "source": "Pier", "target_language": "zh-Hans", "target": "码头"}
Value = Callable[[Cast], Any]


def _export(cast: Cast) -> int:
    key = "exports/one.zip"
    if not default_storage.exists(key):
        default_storage.save(key, ContentFile(b"a pack"))
    values = {"key": key, "state": "ready", "expires_at": timezone.now() + timedelta(hours=1)}
    return Export.objects.create(city=cast.city, by="owner", **values).pk


def _ceremony(cast: Cast) -> Ceremony:
    """The launch of the city, which its owner plans; made once for an address that names it and its guest."""
    return Ceremony.objects.filter(cities=cast.city).first() or Ceremony.plan(
        "launch", [cast.city], by="owner", time_zone="Europe/Sofia", starts_at=timezone.now()
    )


def _film(cast: Cast) -> int:
    owner = cast.city.actor
    facts = {"credit": "us", "licence": "CC0-1.0", "bytes": 1, "content_type": "video/mp4", "original": "originals/no"}
    film = Medium.objects.create(owner=owner, kind="film", name="film.mp4", sha256="0" * 64, **facts)
    Caption.objects.create(medium=film, language="fr", vtt="WEBVTT\n\n00:00.000 --> 00:01.000\nLa mer\n")
    return film.pk


def _proof(cast: Cast) -> int:
    return Proof.objects.create(city=cast.city, kind="dns", target="denhaag.example", made_by="owner").pk


def _first_owner(cast: Cast) -> int:
    """An invitation of a city that has no team yet."""
    city = make_city("tsukuba", Text.of("ja", ja="つくば"))
    return Invitation.send(city, "new@example.org", "owner", by="office").pk


def _report(cast: Cast) -> int:
    """A report about somebody, which lies with the team."""
    facts = {"author": _somebody(), "city": cast.city.actor, "forwarded": True, "at": timezone.now()}
    return Report.objects.create(kind="actor", subject_id=1, reason="spam", label="Somebody", **facts).pk


def _decision(cast: Cast) -> Decision:
    facts = {"author": _somebody(), "team": cast.city.actor, "by_name": "owner", "at": timezone.now()}
    return Decision.objects.create(
        kind="hide", subject_kind="post", subject_id=1, reason="So.", state="in_force", **facts
    )


def _held(cast: Cast) -> int:
    facts = {"author": _somebody(), "city": cast.city.actor, "why": "So.", "excerpt": "Hello.", "at": timezone.now()}
    return Held.objects.create(kind="sheet", subject_id=1, **facts).pk


def _appeal(cast: Cast) -> int:
    return Appeal.objects.create(decision=_decision(cast), words="No.", at=timezone.now()).pk


def _somebody() -> Actor:
    return Actor.objects.get_or_create(handle="somebody", kind=Actor.Kind.PERSON)[0]


def _matter(cast: Cast) -> int:
    """A question to the city by somebody of another one."""
    asker = Actor.objects.create(handle="asker", kind="person", names=Text.of("en", en="Asker"))
    post = publish(asker, Writing(Text.of("en", en="Where?"), asks=cast.city.actor), by="asker")
    return Matter.objects.get(post=post).pk


def _common(cast: Cast) -> int:
    """What a friend city has proposed."""
    friend = City.objects.exclude(pk=cast.city.pk).filter(stage="launched").first()
    assert friend
    tie = Tie.propose(friend, cast.city, by="owner")
    tie.accept(cast.city, by="owner")
    words = Text.of("en", en="Where?")
    return Common.objects.create(tie=tie, next_question=words, next_answer=words, next_by=friend).pk


def _event(cast: Cast) -> Event:
    """A public event of the city, made once for an address that names it and a part of it."""
    title = Text.of("en", en="Meeting")
    starts = timezone.now().replace(second=0, microsecond=0) + timedelta(days=30)
    facts = {"slug": "meeting", "kind": "promotion", "title": title, "starts_at": starts}
    found = Event.objects.filter(organisers=cast.city.actor).first()
    if found is None:
        found = Event.plan(cast.city.actor, by="owner", **facts, ends_at=starts + timedelta(hours=8))
        found.add_venue(by="owner", name=title, time_zone="Europe/Amsterdam")
        found.publish(by="owner")
    return found


def _registered(cast: Cast) -> int:
    made, _token = Registration.make(_event(cast).venues.all()[0], name="A", email="a@example.org", language="en")
    return made.pk


def _session(cast: Cast) -> int:
    event = _event(cast)
    facts: dict[str, Any] = {"title": event.title, "starts_at": event.starts_at, "ends_at": event.ends_at}
    return Session.add(event, by="owner", **facts).pk


def _asked_too(cast: Cast) -> int:
    other = City.objects.exclude(pk=cast.city.pk).first()
    assert other
    Organiser.ask(_event(cast), other.actor, by="owner")
    return Organiser.objects.get(event=_event(cast), actor=cast.city.actor).pk


def _paper(cast: Cast) -> int:
    return Paper.add(_event(cast), "Slides", "events/none.pdf", 1, by="owner").pk


def _opportunity(cast: Cast) -> Opportunity:
    """What the city offers, and asks its own team to look over."""
    words = Text.of("en", en="Quays")
    one = Opportunity.draft(
        cast.city.actor, "quays", by="owner", sectors=["H"], direction="offer", kind="trade", title=words, story=words
    )
    one.submit(by="owner")
    return one


def _interest(cast: Cast) -> int:
    """What an organisation of the city has answered to that."""
    founder = Person.objects.create_user("founder")
    firm = Organisation.found("firm", Text.of("en", en="Firm"), cast.city, "company", founder)
    talk = Interest.objects.create(opportunity=_opportunity(cast), organisation=firm, by="founder")
    talk.write(firm.actor, Text.of("en", en="Good day."), by="founder")
    return talk.pk


def _organisation(cast: Cast) -> int:
    """One that asks the city to verify it."""
    found = Organisation.found("lab", Text.of("en", en="Lab"), cast.city, "institute", None)
    found.ask(by="somebody")
    return found.pk


VALUES: dict[str, Value] = {
    "event": lambda cast: _event(cast).pk,
    "organiser": _asked_too,
    "venue": lambda cast: _event(cast).venues.all()[0].pk,
    "session": _session,
    "question": lambda cast: (
        EventQuestion.ask(_event(cast), by="owner", kind="yes", words=Text.of("en", en="Fish?")).pk
    ),
    "presenter": lambda cast: Presenter.introduce("ana", by="owner", city=cast.city, names=Text.of("en", en="Ana")).pk,
    "registration": _registered,
    "paper": _paper,
    "opportunity": lambda cast: _opportunity(cast).pk,
    "interest": _interest,
    "organisation": _organisation,
    "report": _report,
    "held": _held,
    "decision": lambda cast: _decision(cast).pk,
    "appeal": _appeal,
    "actor": lambda cast: _somebody().handle,
    "word": lambda cast: BlockedWord.add("casino", "hold", by="office").pk,
    "domain": lambda cast: BlockedDomain.add("evil.example", "hold", by="office").pk,
    "matter": _matter,
    "ready": lambda cast: ReadyAnswer.keep(cast.city, "Sea", Text.of("nl", nl="Lijn 9."), by="owner").pk,
    "common": _common,
    "handle": lambda cast: cast.city.handle,
    "piece": lambda cast: f"routes/{cast.route.slug}",
    "member": lambda cast: cast.fresh().pk,
    "invitation": lambda cast: Invitation.send(cast.city, "new@example.org", "editor", by="owner").pk,
    "export": _export,
    "number": lambda cast: 1,
    "tag": lambda cast: "fr",
    "ending": lambda cast: "po",
    "ceremony": lambda cast: _ceremony(cast).pk,
    "ceremony-consent.city": lambda cast: cast.city.handle,
    "guest": lambda cast: Guest.objects.create(ceremony=_ceremony(cast)).pk,
    "upload_id": lambda cast: "of-nobody",
    "pk": _film,
    "captions_file.ending": lambda cast: "vtt",
    "term": lambda cast: Term.keep(cast.city, by="owner", **WORD)[0].pk,
    "proof_check.pk": _proof,
    "proof_end.pk": _proof,
    "letter.pk": _first_owner,
    "revocation.pk": _first_owner,
    "decision.pk": lambda cast: Candidacy.objects.create(city=cast.city, asked_by="owner").pk,
    "delivery": lambda cast: Delivery.receive(cast.city, "", {}, by="owner", language="en", into=cast.route).pk,
}
"""What stands in the place of a part of an address, by its name in the address (``<int:member>``: member), or where that name
means many things by the address's own name too (``proof_check.pk``). It is made anew for each asking, and taken back after it."""


def value_of(address: str, part: str) -> Value | None:
    """What stands for this part of the address of this name (without its room)."""
    return VALUES.get(f"{address}.{part}") or VALUES.get(part)


def cast_of(city: City, other: City, route: Route) -> Cast:
    """Everybody, each in a browser of their own."""

    def browser(name: str, **facts: Any) -> Client:
        client = Client(raise_request_exception=True)
        client.force_login(Person.objects.create_user(name, password="a long password", **facts))
        return client

    browsers = {"anonymous": Client(), "office": browser("office", is_staff=True)}
    members = {}
    for name in (*ROLES, "stranger", "removed", "elsewhere"):
        browsers[name] = browser(name)
        person = Person.objects.get(username=name)
        if name in ROLES:
            members[name] = Member.join(city, person, name, by="test")
    Member.join(other, Person.objects.get(username="elsewhere"), "owner", by="test")
    Draft.on("route", route.pk, city.actor).keep(by="owner")  # so that there is a version number 1
    Member.join(city, Person.objects.get(username="removed"), "owner", by="test").remove(by="owner")
    return Cast(city, route, members, browsers)
