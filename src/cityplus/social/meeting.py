"""Whom a reader may know of."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.social.models import Bar, Follow
from cityplus.social.rendering.faces import FACE
from cityplus.social.speakers.reader import Reader


def knowable(reader: Reader) -> QuerySet[Actor]:
    """The actors of whom this reader may know: those that are there, cities from their launch on, and nobody who blocks them."""
    there = Actor.objects.there().filter(~Q(kind=Actor.Kind.CITY) | Q(city__stage__in=City.PUBLIC))
    if not reader.voices:
        return there
    blocked = Bar.objects.filter(kind=Bar.Kind.BLOCK, actor=OuterRef("pk"), target__in=reader.voices)
    return there.filter(Q(pk__in=reader.voices) | ~Exists(blocked))


def meet(reader: Reader, handle: str, *kinds: str) -> Actor:
    """The actor with this handle, for who may know of it.

    Raises:
        Http404: there is none, or not for this reader, or it is of another kind than these.
    """
    found = knowable(reader).filter(kind__in=kinds) if kinds else knowable(reader)
    return get_object_or_404(found.select_related(*FACE, "tally"), handle=handle)


def refuse_blocked(actor: Actor, reader: Reader) -> None:
    """Raises Http404 for who is blocked by this actor."""
    voices = reader.voices - {actor.pk}
    if voices and Bar.objects.filter(kind=Bar.Kind.BLOCK, actor=actor, target__in=voices).exists():
        raise Http404(f"there is no @{actor.handle}")


def shows_lists(actor: Actor, reader: Reader) -> bool:
    """Whether this reader is shown whom an actor follows and who follows it: of a locked person its followers are, and itself."""
    profile = getattr(actor, "profile", None)
    if profile is None or not profile.locked or actor.pk in reader.voices:
        return True
    return Follow.objects.filter(actor__in=reader.voices, target=actor).exists()
