"""The opportunities of a sample network, who is interested in them and what came of it, read from one file beside the packs.

All of the file is read and checked first. Its days are counted back from the day of loading, so that a sample is never over. What
names a host or a guest that is not here is left out: a network may bring the cities and not their organisations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.cities.isic import DIVISIONS, SECTIONS
from cityplus.languages.text import Text
from cityplus.opportunities.models import Interest, Message, Opportunity, Outcome
from cityplus.opportunities.money import CURRENCIES, LARGEST
from cityplus.opportunities.telling import SAMPLE as BY
from cityplus.organisations.models import Organisation
from cityplus.packs.checks import handle as handle_of
from cityplus.packs.loading import read_file
from cityplus.packs.reading import Node

FORMAT = "cityplus-opportunities/1"
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Came:
    """An outcome that both sides told."""

    ago: int
    facts: Facts


@dataclass(frozen=True, slots=True)
class Answered:
    """An interest: who, how many days ago, with what words, how far each side is, and what came of it."""

    by: str
    ago: int
    says: Text
    states: tuple[str, str]
    outcomes: Sequence[Came]


@dataclass(frozen=True, slots=True)
class Told:
    """One opportunity; its days from now on and until now."""

    host: str
    slug: str
    ago: int
    open: int
    facts: Facts
    interests: Sequence[Answered]


def read(path: Path) -> Sequence[Told]:
    """Read the file.

    Raises:
        PackError: something in it is missing, unknown or wrong; the message names the line.
    """
    top = read_file(path, path.parent).mapping(["format", "original", "opportunities"])
    top["format"].one_of([FORMAT])
    found: dict[tuple[str, str], Told] = {}
    for node in top["opportunities"].items():
        told = _told(node)
        if (told.host, told.slug) in found:
            raise node.fail(f"{told.host} has an opportunity {told.slug} already")
        found[told.host, told.slug] = told
    return list(found.values())


def _told(node: Node) -> Told:
    needed = ["host", "slug", "original", "direction", "kind", "sectors", "languages", "open", "ago", "title", "story"]
    top = node.mapping(needed, ["size", "audience", "value", "place", "lat", "lon", "interests"])
    facts: Facts = {
        "direction": top["direction"].one_of(Opportunity.Direction.values),
        "kind": top["kind"].one_of(Opportunity.Kind.values),
        "sectors": [one.one_of([*SECTIONS, *DIVISIONS]) for one in top["sectors"].items()],
        "tongues": [one.tag() for one in top["languages"].items()],
        "size": top["size"].one_of(Opportunity.Size.values) if "size" in top else "",
        "audience": top["audience"].one_of(Opportunity.Audience.values) if "audience" in top else "all",
        **{name: _text(top[name], top["original"].tag()) for name in ("title", "story", "place") if name in top},
        **{name: top[name].number(-most, most) for name, most in (("lat", 90), ("lon", 180)) if name in top},
        **(_value(top["value"]) if "value" in top else {}),
    }
    ago = top["ago"].whole(1, 365)
    interests = [_answered(one, ago) for one in top["interests"].items()] if "interests" in top else []
    slug = top["slug"].word(r"[a-z0-9-]+", "small letters, digits and hyphens", most=80)
    return Told(handle_of(top["host"]), slug, ago, top["open"].whole(1, 365), facts, interests)


def _answered(node: Node, since: int) -> Answered:
    top = node.mapping(["by", "ago", "says", "states"], ["outcomes"])
    states = [one.one_of(Interest.State.values) for one in top["states"].items()]
    if len(states) != 2:
        raise top["states"].fail("expected two states: of the host, and of who answers")
    ago = top["ago"].whole(1, since)
    outcomes = [_came(one, ago) for one in top["outcomes"].items()] if "outcomes" in top else []
    return Answered(handle_of(top["by"]), ago, _text(top["says"]), (states[0], states[1]), outcomes)


def _came(node: Node, since: int) -> Came:
    top = node.mapping(["kind", "ago"], ["value", "words"])
    facts: Facts = {"kind": top["kind"].one_of(Outcome.Kind.values), **(_value(top["value"]) if "value" in top else {})}
    if "words" in top:
        facts["words"] = _text(top["words"])
    return Came(top["ago"].whole(0, since), facts)


def _text(node: Node, original: str = "") -> Text:
    """A text; where nobody says which language is the original, it is the first."""
    first = next(iter(node.value)) if isinstance(node.value, Mapping) and node.value else "en"
    return replace(node, original=original or str(first)).text()


def _value(node: Node) -> Facts:
    """``[from, to, currency]``, in whole numbers of its smallest unit, and ``public`` where everybody may see it."""
    said = node.items()
    if len(said) not in {3, 4}:
        raise node.fail("expected [from, to, currency], and perhaps public")
    low, high = (one.whole(0, LARGEST) for one in said[:2])
    if low > high:
        raise node.fail("this ends before it begins")
    public = len(said) == 4 and bool(said[3].one_of(["public"]))
    return {"value_from": low, "value_to": high, "currency": said[2].one_of(CURRENCIES), "value_public": public}


def bring(found: Sequence[Told]) -> int:
    """Write it all, in one transaction; returns how many opportunities there are now."""
    now = timezone.now()
    with transaction.atomic():
        actors = {actor.handle: actor for actor in Actor.objects.filter(kind__in=("city", "organisation"))}
        guests = {one.actor.handle: one for one in Organisation.objects.public().select_related("actor", "city__actor")}
        hosts = [told for told in found if _is_there(told.host, actors, guests)]
        for told in sorted(hosts, key=lambda one: -one.ago):
            one = _host(told, actors[told.host], now)
            for answered in told.interests:
                if answered.by in guests:
                    _answer(one, guests[answered.by], answered, now)
    return len(hosts)


def _is_there(handle: str, actors: Mapping[str, Actor], guests: Mapping[str, Organisation]) -> bool:
    return handle in guests or (handle in actors and actors[handle].kind == Actor.Kind.CITY)


def _host(told: Told, host: Actor, now: datetime) -> Opportunity:
    until, at = now + timedelta(days=told.open), now - timedelta(days=told.ago)
    one = Opportunity.draft(host, told.slug, by=BY, sample=True, expires_at=until, **told.facts)
    one.submit(by=BY)
    one.publish(by=BY)
    moments = dict.fromkeys(("made_at", "submitted_at", "published_at", "changed_at"), at)
    Opportunity.objects.filter(pk=one.pk).update(**moments)
    return one


def _answer(one: Opportunity, guest: Organisation, answered: Answered, now: datetime) -> None:
    at = now - timedelta(days=answered.ago)
    interest = Interest.say(one, guest, answered.says, by=BY)
    host, theirs = answered.states
    Message.objects.filter(interest=interest).update(at=at)
    states = {"host_state": host, "guest_state": theirs, "waits_for": "", "waits_since": None}
    Interest.objects.filter(pk=interest.pk).update(at=at, moved_at=at, **states)
    for came in answered.outcomes:
        day = (now - timedelta(days=came.ago)).date()
        outcome = Outcome.tell(interest, "guest", by=BY, on=day, **came.facts)
        outcome.confirm("host", by=f"{BY}, the host")  # nobody confirms their own word
