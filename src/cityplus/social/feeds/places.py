"""Which feeds there are, and where."""

from __future__ import annotations

from django.urls import reverse

from cityplus.actors.models import Actor

TYPES = {"atom": "application/atom+xml", "json": "application/feed+json"}


def alternates(actor: Actor) -> list[tuple[str, str]]:
    """The feeds of an actor, as the head of its page names them: media type and address."""
    name = "social:feed-of-pair" if actor.kind == Actor.Kind.PAIR else "social:feed"
    handles = actor.handle.split("+")
    return [(kind, reverse(name, args=[*handles, ending])) for ending, kind in TYPES.items()]


def alternates_of_tag(name: str) -> list[tuple[str, str]]:
    """The feeds of a hashtag, by its folded name."""
    return [(kind, reverse("social:feed-of-tag", args=[name, ending])) for ending, kind in TYPES.items()]


def alternates_of_questions(city: Actor) -> list[tuple[str, str]]:
    """The feeds of the questions to the public of a city."""
    return [(kind, reverse("social:feed-of-questions", args=[city.handle, ending])) for ending, kind in TYPES.items()]
