from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from ninja import Path, Query
from pydantic import Field

from cityplus.actors.models import Actor
from cityplus.api import asking, posts, problems, public
from cityplus.api.asker import asker, speaker
from cityplus.api.asking import LanguageQuery, Reader, parameter
from cityplus.api.problems import Problem
from cityplus.api.resource import Resource
from cityplus.api.schemas.social import (
    ACTOR,
    ActorOut,
    ActorRef,
    AnyHandle,
    RelationshipList,
    RelationshipOut,
    SessionOut,
)  # fmt: skip
from cityplus.social.errors import SocialError
from cityplus.social.models import Bar, Follow, FollowRequest

operations = Resource("Actors", kept=False)
MOST = 40
"""Actors that one can ask of at once."""


class AsQuery(LanguageQuery):
    """As whom one asks."""

    as_: Annotated[str, Field(pattern=ACTOR, alias="as")] = parameter(
        "as", "the handle of an actor for whom you may speak", "As whom you read", examples=["thehague"]
    )


class RelationshipQuery(AsQuery):
    """To whom."""

    actors: Annotated[str, Field(pattern=rf"^{ACTOR[1:-1]}(,{ACTOR[1:-1]}){{0,{MOST - 1}}}$")] = Field(
        description=f"Handles of at most {MOST} actors, with commas between.", examples=["thehague,shenzhen"]
    )


@operations.reads(
    "/actors/{actor}",
    ActorOut,
    name="getActor",
    summary="An actor",
    about="Whoever can be followed: a city, a person, an organisation, a pair of cities.",
)
def get_actor(
    request: HttpRequest, response: HttpResponse, actor: Path[AnyHandle], query: Query[asking.Query]
) -> ActorOut:
    reader = Reader(request, response, query)
    found = public.actors().select_related("tally", "profile__home__actor").filter(handle=actor).first()
    if found is None:
        raise Problem(problems.NOT_FOUND)
    profile, tally = getattr(found, "profile", None), getattr(found, "tally", None)
    home = profile.home if profile else None
    return ActorOut(
        **posts.actor_ref(found, reader),
        locked=bool(profile and profile.locked),
        home=home.handle if home and public.cities().filter(pk=home.pk).exists() else None,
        about=reader.text(profile.about) if profile else None,
        followers=tally.followers if tally else 0,
        following=tally.following if tally else 0,
        posts=tally.posts if tally else 0,
    )


@operations.writes(
    ["PUT"],
    "/actors/{actor}/follow",
    RelationshipOut,
    name="putFollow",
    summary="Follow an actor",
    about="Or ask one that is locked whether one may. Needs a session and its token.",
)
def put_follow(
    request: HttpRequest, response: HttpResponse, actor: Path[AnyHandle], query: Query[AsQuery]
) -> RelationshipOut:
    asking.refuse_unknown(request, query)
    who, target = speaker(request, query.as_), known(actor)
    try:
        Follow.begin(who.speaking, target, by=who.reader.username)
    except SocialError:
        raise Problem(problems.REFUSED) from None
    return _relations(who.speaking, [target])[0]


@operations.writes(
    ["DELETE"],
    "/actors/{actor}/follow",
    RelationshipOut,
    name="deleteFollow",
    summary="Follow no longer",
    about="Nor wait to. Needs a session and its token.",
)
def delete_follow(
    request: HttpRequest, response: HttpResponse, actor: Path[AnyHandle], query: Query[AsQuery]
) -> RelationshipOut:
    asking.refuse_unknown(request, query)
    who, target = speaker(request, query.as_), known(actor)
    Follow.end(who.speaking, target, by=who.reader.username)
    return _relations(who.speaking, [target])[0]


@operations.reads(
    "/relationships",
    RelationshipList,
    name="listRelationships",
    summary="How one stands to others",
    about="Whether the actor as whom you ask follows these, and they it. Needs a session.",
)
def relationships(request: HttpRequest, response: HttpResponse, query: Query[RelationshipQuery]) -> RelationshipList:
    asking.refuse_unknown(request, query)
    who = asker(request, query.as_)
    me = who.speaking
    found = public.actors().filter(handle__in=query.actors.split(",")).order_by("handle")
    return RelationshipList(items=_relations(me, list(found)))


@operations.reads(
    "/session",
    SessionOut,
    name="getSession",
    summary="Who asks",
    about="For whom you may speak, and the token without which nothing that you write is believed.",
)
def session(request: HttpRequest, response: HttpResponse, query: Query[asking.Query]) -> SessionOut:
    reader, who = Reader(request, response, query), asker(request)
    name = who.reader.username
    return SessionOut(
        username=name or None,
        voices=[ActorRef(**posts.actor_ref(voice, reader)) for voice in who.voices],
        csrf=get_token(request) if name else None,
    )


def known(handle: str) -> Actor:
    """The actor of this handle, whom everybody may know of.

    Raises:
        Problem: there is none.
    """
    found = public.actors().filter(handle=handle).first()
    if found is None:
        raise Problem(problems.NOT_FOUND)
    return found


def _relations(me: Actor, others: list[Actor]) -> list[RelationshipOut]:
    """To each of these, in four queries."""
    follows = set(Follow.objects.filter(actor=me, target__in=others).values_list("target", flat=True))
    asked = set(FollowRequest.objects.filter(actor=me, target__in=others).values_list("target", flat=True))
    followed = set(Follow.objects.filter(target=me, actor__in=others).values_list("actor", flat=True))
    bars = set(Bar.objects.filter(actor=me, target__in=others).values_list("kind", "target"))
    return [
        RelationshipOut(
            handle=other.handle,
            following=other.pk in follows,
            requested=other.pk in asked,
            followed_by=other.pk in followed,
            blocking=(Bar.Kind.BLOCK, other.pk) in bars,
            muting=(Bar.Kind.MUTE, other.pk) in bars,
        )
        for other in others
    ]
