"""Who is told of what: by letter and by notice, each once, from the entries of the journal. No letter has an address of the other side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cityplus import journal, notifications
from cityplus.actors.models import Actor
from cityplus.cities.rights import RIGHTS, Right
from cityplus.journal.models import Entry
from cityplus.languages import formats
from cityplus.languages.tags import reader_tag
from cityplus.languages.text import Text
from cityplus.opportunities import acting, filters
from cityplus.opportunities.acting import Act
from cityplus.opportunities.models import Care, Interest, Match, Message, Opportunity, Outcome, Search
from cityplus.opportunities.models.interest import GUEST, HOST
from cityplus.opportunities.notices import DEED, MATCH, OUTCOME, SAID
from cityplus.people import letters
from cityplus.people.letters import Known, Pattern
from cityplus.people.models import Person

SAMPLE = "sample"
"""Who did what a sample network is loaded with."""
_REVIEWERS = [role for role, rights in RIGHTS.items() if Right.REVIEW in rights]


def _page(known: Known) -> str:
    return str(known["page"])


PATTERNS = {
    "opportunities/said": Pattern(
        _("A message about an opportunity"),
        (
            _("%(who)s wrote to %(us)s about “%(title)s”:"),
            _("%(words)s"),
            _("Answer on the page. Your e-mail address is shown to nobody."),
        ),
        _("Read and answer"),
        _page,
    ),
    "opportunities/returned": Pattern(
        _("An opportunity was given back"),
        (_("The city gave “%(title)s” of %(us)s back: %(reason)s"), _("Change it, and ask again.")),
        _("Change it"),
        _page,
    ),
    "opportunities/public": Pattern(
        _("An opportunity is public"),
        (_("The city has looked over “%(title)s” of %(us)s: it is public, until %(day)s."),),
        _("See it"),
        _page,
    ),
    "opportunities/expiring": Pattern(
        _("Does this still hold?"),
        (
            _("“%(title)s” of %(us)s is open until %(day)s."),
            _("Say that it still holds, until another day, or close it. Without an answer it ends on its day."),
        ),
        _("Confirm or close it"),
        _page,
    ),
    "opportunities/told": Pattern(
        _("Can you confirm this outcome?"),
        (
            _("%(who)s told what came of “%(title)s”: %(kind)s, %(day)s."),
            _("It is counted only once %(us)s confirms it."),
        ),
        _("Look at it"),
        _page,
    ),
    "opportunities/unanswered": Pattern(
        _("Somebody waits for your answer"),
        (
            _("%(who)s wrote to %(us)s about “%(title)s” on %(day)s, and has no answer yet."),
            _("A few words are enough, or say on the page that it is closed for you. We remind you of it once."),
        ),
        _("Answer"),
        _page,
    ),
    "opportunities/care": Pattern(
        _("A reminder from your desk"),
        (_("You wanted to be reminded of %(who)s and “%(title)s”."),),
        _("Look at it"),
        _page,
    ),
}  # fmt: skip
LETTERS = {"public": "opportunities/public", "returned": "opportunities/returned", "expiring": "opportunities/expiring"}


def _write(letter: str, to: Iterable[Person], doer: str = "", **known: Any) -> None:
    """The same letter to each, in their language, but to who did it; an account without an address gets none. What a sample network
    is loaded with fills nobody's letter box."""
    for person in to:
        if person.email and doer not in {person.username, SAMPLE}:
            with translation.override(person.language):
                letters.write(letter, person.email, person, {name: _said(value) for name, value in known.items()})


def _said(value: Any) -> str:
    """A value as the reader of the letter reads it."""
    if isinstance(value, Text):
        return value.in_language(reader_tag())
    return formats.day(value, reader_tag()) if hasattr(value, "year") else str(value)


@journal.subscribe(
    "opportunities.hosts",
    "opportunity.submitted", "opportunity.public", "opportunity.returned", "opportunity.expiring", "opportunity.lapsed",
    "opportunity.closed", "opportunity.withheld",
)  # fmt: skip
def of_opportunities(entry: Entry) -> None:
    """Its city hears that it is asked; its host what became of it; whoever is interested that it is closed."""
    one = Opportunity.objects.select_related("host", "city__actor").filter(pk=entry.subject_id).first()
    if one is None:
        return
    verb = entry.verb.partition(".")[2]
    if verb == "submitted":
        team = one.city.team.filter(role__in=_REVIEWERS, person__is_active=True).select_related("person")
        _notify(entry, [member.person for member in team])
        return
    writers = acting.people(one.host, Act.WRITE)
    _notify(entry, writers)
    if kind := LETTERS.get(verb):
        page = reverse("opportunities:edit", args=[one.host.handle, one.slug])
        facts = {
            "title": one.title,
            "us": one.host.names,
            "day": _day(entry, one),
            "reason": entry.data.get("reason", ""),
        }
        _write(kind, writers, entry.by, page=page, **facts)
    if verb == "closed":
        for interest in one.interests.exclude(guest_state="closed").select_related("organisation__actor"):
            _notify(entry, acting.people(interest.organisation.actor, Act.DEAL))


def _day(entry: Entry, one: Opportunity) -> date:
    """Until when it is open, by the clocks of its city."""
    until = datetime.fromisoformat(entry.data["on"]) if "on" in entry.data else one.expires_at
    return until.astimezone(one.city.zone).date()


def _notify(entry: Entry, to: Iterable[Person]) -> None:
    notifications.give_many(DEED, to=to, subject=entry, at=entry.at, doer=entry.by)


@journal.subscribe("opportunities.talk", "interest.said")
def of_messages(entry: Entry) -> None:
    """The other side, and the cities that help, hear what was said."""
    message = Message.objects.select_related("author").filter(pk=entry.data["message"], state="said").first()
    interest = Interest.objects.whole().filter(pk=entry.subject_id).first()
    if message is None or interest is None:
        return
    for actor, page in _hearers(interest, message.author):
        people = acting.people(actor, Act.DEAL)
        facts = {
            "title": interest.opportunity.title,
            "words": message.text,
            "us": actor.names,
            "who": message.author.names,
        }
        _write("opportunities/said", people, entry.by, page=page, **facts)
        notifications.give_many(SAID, to=people, subject=message, by=message.author, at=entry.at, doer=entry.by)


def _hearers(interest: Interest, author: Actor) -> list[tuple[Actor, str]]:
    """Who hears what this actor said, and on which page: the sides, then the cities that help and are no side."""
    sides = [interest.actor_of(side) for side in (HOST, GUEST)]
    found = [(actor, interest.get_absolute_url()) for actor in sides if actor.pk != author.pk]
    for care in interest.cares.exclude(asked_at=None).select_related("city__actor"):
        city = care.city.actor
        if city.pk not in {author.pk, *(side.pk for side in sides)}:
            found.append((city, _desk(interest, city)))
    return found


def _desk(interest: Interest, city: Actor) -> str:
    """The page of an interest at the desk of a city, above this room: its address is part of the contract."""
    return f"/desk/@{city.handle}/interests/{interest.pk}/"


@journal.subscribe("opportunities.steps", "interest.moved", "interest.unanswered")
def of_steps(entry: Entry) -> None:
    """A side hears how far the other is, and that the other waits for it: by letter only the second."""
    interest = Interest.objects.whole().filter(pk=entry.subject_id).first()
    if interest is None:
        return
    side = entry.data["side"]
    if entry.verb == "interest.moved":
        _notify(entry, acting.people(interest.actor_of(_other(side)), Act.DEAL))
    elif interest.waits_for == side and interest.waits_since:
        us, them = interest.actor_of(side), interest.actor_of(_other(side))
        people = acting.people(us, Act.DEAL)
        _notify(entry, people)
        facts: dict[str, Any] = {"title": interest.opportunity.title, "us": us.names, "who": them.names}
        facts["day"] = interest.waits_since
        _write("opportunities/unanswered", people, page=interest.get_absolute_url(), **facts)


def _other(side: str) -> str:
    return GUEST if side == HOST else HOST


@journal.subscribe(
    "opportunities.outcomes", "outcome.told", "outcome.confirmed", "outcome.refused", "outcome.withdrawn"
)
def of_outcomes(entry: Entry) -> None:
    """The other side is asked to confirm, and hears that it was withdrawn; who told it hears the answer."""
    outcome = Outcome.objects.filter(pk=entry.subject_id).first()
    interest = Interest.objects.whole().filter(pk=entry.data["interest"]).first()
    if outcome is None or interest is None:
        return
    other = _other(outcome.side)
    if entry.verb != "outcome.told":
        hears = other if entry.verb == "outcome.withdrawn" else outcome.side
        hearers = acting.people(interest.actor_of(hears), Act.DEAL)
        _notify(entry, hearers)
        return
    us, them = interest.actor_of(other), interest.actor_of(outcome.side)
    people = acting.people(us, Act.DEAL)
    notifications.give_many(OUTCOME, to=people, subject=outcome, by=them, at=entry.at, doer=entry.by)
    facts = {"title": interest.opportunity.title, "us": us.names, "who": them.names, "day": outcome.on}
    page = interest.get_absolute_url()
    _write("opportunities/told", people, entry.by, page=page, kind=Outcome.Kind(outcome.kind).label, **facts)


@journal.subscribe("opportunities.care", "care.asked", "care.assigned", "care.due")
def of_care(entry: Entry) -> None:
    """A desk hears that it is asked for help; who sees to it that they do, and when their day has come: where nobody of the team does, all
    who deal for the city."""
    care = Care.objects.select_related("city__actor").filter(pk=entry.subject_id).first()
    if care is None:
        return
    if entry.verb == "care.asked":
        _notify(entry, acting.people(care.city.actor, Act.DEAL))
        return
    people = [
        member.person
        for member in care.city.team.select_related("person").filter(person=care.assigned_id, person__is_active=True)
    ]
    if entry.verb == "care.due" and not people:
        people = acting.people(care.city.actor, Act.DEAL)
    _notify(entry, people)
    if entry.verb == "care.due":
        interest = Interest.objects.whole().get(pk=care.interest_id)
        facts: dict[str, Any] = {"title": interest.opportunity.title, "who": interest.organisation.actor.names}
        _write("opportunities/care", people, page=_desk(interest, care.city.actor), **facts)


@journal.subscribe("opportunities.searches", "opportunity.public")
def of_searches(entry: Entry) -> None:
    """Whoever keeps a search that fits, and may see it, is told: once for each search, whatever is done with it later."""
    one = Opportunity.objects.shown().open().filter(pk=entry.subject_id).first()
    if one is None:
        return
    just = Opportunity.objects.filter(pk=one.pk)
    fits: dict[str, bool] = {}
    for search in Search.objects.filter(since__lte=entry.at).select_related("person").order_by("pk").iterator(500):
        if search.query not in fits:
            fits[search.query] = filters.fitting(just, search.filters).exists()
        if fits[search.query] and just.visible_to(search.person).exists():
            new = Match.objects.get_or_create(search=search, opportunity=one)[1]
            if new:
                notifications.give(MATCH, to=search.person, subject=one, at=entry.at, doer=entry.by)


def plug_in() -> None:
    for kind, pattern in PATTERNS.items():
        letters.plug(kind, pattern)
