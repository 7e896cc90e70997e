"""Who is told of what on their pages: followers of an event that is announced, who is registered of what becomes of it, organisers of
invitations and answers. The letters are written by :mod:`cityplus.events.telling`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from cityplus import jobs, journal, notifications
from cityplus.actors.models import Actor
from cityplus.cities.rights import Right
from cityplus.events.models import Event, Registration
from cityplus.events.models.seat import OPEN
from cityplus.events.notices import ANNOUNCED, ORGANISING, PLACE
from cityplus.events.telling import CALM
from cityplus.journal.models import Entry
from cityplus.organisations.roles import Right as DelegateRight
from cityplus.organisations.roles import roles_with
from cityplus.people.models import Person
from cityplus.social.speakers.speaking import teams_with

PART = 500
"""People who are told in one transaction."""


@journal.subscribe(
    "events.notices.places", *(f"registration.{verb}" for verb in ("confirmed", "waiting", "refused", "cancelled"))
)
def of_registration(entry: Entry) -> None:
    """Who is registered with an account hears what others have decided, and that a place became free."""
    row = Registration.objects.select_related("person").filter(pk=entry.subject_id).first()
    if row and row.person:
        notifications.give(PLACE, to=row.person, subject=entry, at=entry.at, doer=entry.by)


@journal.subscribe(
    "events.notices.events",
    "event.published",
    "event.cancelled",
    "event.changed",
    "event.venue_changed",
    "event.venue_removed",
)
def of_event(entry: Entry) -> None:
    """Have followers told that it is announced, and who is registered that it has changed or is called off."""
    event = Event.objects.filter(pk=entry.subject_id).first()
    if event is None or event.ends_at <= timezone.now():
        return
    about: dict[str, Any] = {"event": event.pk, "entry": entry.pk}
    if entry.verb == "event.published":
        jobs.enqueue("events.announce", key=f"{entry.pk}:0", **about, after=0)
    elif entry.verb == "event.cancelled":
        jobs.enqueue("events.notice", key=f"{entry.pk}:0", **about, after=0)
    elif entry.data.get("heard"):
        later = timezone.now() + CALM
        key = f"{event.pk}:{event.sequence}"
        jobs.enqueue("events.notice_change", key=key, not_before=later, **about, sequence=event.sequence)


@journal.subscribe(
    "events.notices.organisers", "event.organiser_asked", "event.organiser_agreed", "event.organiser_left"
)
def of_organisers(entry: Entry) -> None:
    """Who is asked to hold an event too hears it, and the organisers what became of that."""
    event = Event.objects.filter(pk=entry.subject_id).first()
    other = Actor.objects.there().filter(handle=entry.data["actor"]).first()
    if event is None or other is None:
        return
    asked = entry.verb == "event.organiser_asked"
    holding = Actor.objects.there().filter(hosting__event=event, hosting__agreed_at__isnull=False).exclude(pk=other.pk)
    for voice in [other] if asked else holding.order_by("hosting__place").distinct():
        by, at = event.host if asked else other, entry.at
        notifications.give_many(ORGANISING, to=planners(voice), subject=entry, by=by, voice=voice, at=at, doer=entry.by)


def planners(actor: Actor) -> Iterable[Person]:
    """Who answers for an actor whether it holds an event."""
    if actor.kind == Actor.Kind.CITY:
        return Person.objects.filter(teams_with(Right.PUBLISH, actor)).distinct()
    theirs = {"delegations__organisation__actor": actor, "delegations__organisation__state": "verified"}
    return Person.objects.filter(
        **theirs, delegations__role__in=roles_with(DelegateRight.WRITE), is_active=True
    ).distinct()


@jobs.job("events.announce")
def announce(event: int, entry: int, after: int) -> None:
    """Tell a part of those who follow one of the organisers, and have the next part told; done twice, it tells once."""
    with transaction.atomic():
        found, told = Event.objects.public().filter(pk=event, state="published").first(), _entry(entry)
        if found is None or told is None:
            return
        holding = found.hosting.filter(agreed_at__isnull=False).values("actor")
        following = Person.objects.filter(profile__actor__follows__target__in=holding, is_active=True, pk__gt=after)
        part = list(following.order_by("pk").distinct()[:PART])
        notifications.give_many(ANNOUNCED, to=part, subject=found, by=found.host, at=told.at, doer=told.by)
        if len(part) == PART:
            last = part[-1].pk
            jobs.enqueue("events.announce", key=f"{entry}:{last}", event=event, entry=entry, after=last)


@jobs.job("events.notice_change")
def notice_change(event: int, entry: int, sequence: int) -> None:
    """Have everybody told that hours or place changed, unless they have changed again since: then that is told."""
    if Event.objects.filter(pk=event, state="published", sequence=sequence, ends_at__gt=timezone.now()).exists():
        with transaction.atomic():
            jobs.enqueue("events.notice", key=f"{entry}:0", event=event, entry=entry, after=0)


@jobs.job("events.notice")
def notice(event: int, entry: int, after: int) -> None:
    """Tell a part of those who are registered with an account, and have the next part told; done twice, it tells once."""
    with transaction.atomic():
        told = _entry(entry)
        rows = Registration.objects.filter(event=event, state__in=OPEN, person__isnull=False, pk__gt=after)
        part = list(rows.select_related("person").order_by("pk")[:PART])
        if told is None or not part:
            return
        people = {row.person_id: row.person for row in part if row.person}
        notifications.give_many(PLACE, to=people.values(), subject=told, at=told.at, doer=told.by)
        if len(part) == PART:
            last = part[-1].pk
            jobs.enqueue("events.notice", key=f"{entry}:{last}", event=event, entry=entry, after=last)


def _entry(number: int) -> Entry | None:
    return Entry.objects.filter(pk=number).first()
