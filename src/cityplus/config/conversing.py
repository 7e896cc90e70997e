"""The conversation of a sample network: residents, whom they follow, and what is said, read from one file beside the packs.

All of the file is read and checked first. What is said keeps its moments, so that timelines begin where the file ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.packs.checks import handle as handle_of
from cityplus.packs.loading import read_file
from cityplus.packs.reading import Node
from cityplus.routes.models import Route, Stop
from cityplus.social import posting
from cityplus.social.models import Boost, Favourite, Follow, Post, Profile
from cityplus.social.writing import Writing

FORMAT = "cityplus-conversation/1"
BY = "sample"


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who lives in one of the cities."""

    handle: str
    home: str
    names: Text
    about: Text
    languages: list[str]


@dataclass(frozen=True, slots=True)
class Said:
    """One post. ``answers`` is the key of an earlier one; ``attached`` a route, or a stop and its number, of a city."""

    key: str
    by: str
    at: datetime
    text: Text
    answers: str
    asks: str
    space: str
    attached: tuple[str, str, str, int]
    favourites: Sequence[str]
    boosts: Sequence[str]
    node: Node


@dataclass(frozen=True, slots=True)
class Conversation:
    people: Sequence[Resident]
    follows: Mapping[str, Sequence[str]]
    posts: Sequence[Said]


def read(path: Path) -> Conversation:
    """Read the file.

    Raises:
        PackError: something in it is missing, unknown or wrong; the message names the line.
    """
    top = read_file(path, path.parent).mapping(["format", "original", "people", "follows", "posts"])
    top["format"].one_of([FORMAT])
    follows = top["follows"].value
    if not isinstance(follows, dict):
        raise top["follows"].fail("expected who follows, and a list of whom")
    found = Conversation(
        people=[_resident(node) for node in top["people"].items()],
        follows={who: [_name(one) for one in node.items()] for who, node in follows.items()},
        posts=[_said(node) for node in top["posts"].items()],
    )
    keys: dict[str, datetime] = {}
    for said in sorted(found.posts, key=lambda said: said.at):
        if said.key in keys:
            raise said.node.fail(f"the key {said.key} stands here for the second time")
        if said.answers and said.answers not in keys:
            raise said.node.fail(f"it answers {said.answers}, which is not said before it")
        keys[said.key] = said.at
    return found


def _name(node: Node) -> str:
    return node.word(r"[a-z0-9_+]+", "a handle", most=61)


def _names(top: Mapping[str, Node], key: str) -> list[str]:
    return [_name(node) for node in top[key].items()] if key in top else []


def _text(top: Mapping[str, Node], key: str) -> Text:
    return replace(top[key], original=top["original"].tag()).text()


def _resident(node: Node) -> Resident:
    top = node.mapping(["handle", "original", "home", "languages", "names", "about"])
    languages = [one.tag() for one in top["languages"].items()]
    names, about = _text(top, "names"), _text(top, "about")
    return Resident(handle_of(top["handle"]), handle_of(top["home"]), names, about, languages)


def _said(node: Node) -> Said:
    top = node.mapping(
        ["key", "by", "original", "at", "text"],
        ["answers", "asks", "space", "attached", "favourites", "boosts", "helped"],
    )
    return Said(
        key=top["key"].word(r"[a-z0-9-]+", "a key of small letters"),
        by=handle_of(top["by"]),
        at=_moment(top["at"]),
        text=_text(top, "text"),
        answers=top["answers"].word() if "answers" in top else "",
        asks=handle_of(top["asks"]) if "asks" in top else "",
        space=_name(top["space"]) if "space" in top else "",
        attached=_attached(top["attached"]) if "attached" in top else ("", "", "", 0),
        favourites=_names(top, "favourites"),
        boosts=_names(top, "boosts"),
        node=node.place,
    )


def _moment(node: Node) -> datetime:
    try:
        moment = datetime.fromisoformat(node.word())
    except ValueError:
        raise node.fail("expected a moment such as 2026-11-16T07:40:00Z") from None
    if moment.tzinfo is None:
        raise node.fail("say in which zone this is: 2026-11-16T07:40:00Z is in UTC")
    return moment


def _attached(node: Node) -> tuple[str, str, str, int]:
    top = node.mapping([], ["route", "stop"])
    if "route" in top:
        city, _, slug = top["route"].word(r"[a-z0-9_]+/[a-z0-9-]+", "a city and one of its routes").partition("/")
        return "route", city, slug, 0
    city, slug, number = top["stop"].word(r"[a-z0-9_]+/[a-z0-9-]+/\d+", "a city, a route and a stop").split("/")
    return "stop", city, slug, int(number)


# Writing


def bring(found: Conversation) -> int:
    """Write it all, in one transaction; returns how many posts there are.

    Raises:
        PackError: it names somebody or something that is not here; nothing has been written.
    """
    with transaction.atomic():
        for resident in found.people:
            home = City.objects.filter(actor__handle=resident.home).first()
            profile = Profile.open(None, resident.handle, resident.names, resident.languages, home)
            profile.about = resident.about
            profile.save(update_fields=["about"])
        actors = {actor.handle: actor for actor in Actor.objects.all()}
        for who, whom in found.follows.items():
            for other in whom:
                if who in actors and other in actors:
                    Follow.begin(actors[who], actors[other], by=BY)
        posts: dict[str, Post] = {}
        for said in sorted(found.posts, key=lambda said: said.at):
            posts[said.key] = _post(said, actors, posts)
    return len(posts)


def _post(said: Said, actors: Mapping[str, Actor], posts: Mapping[str, Post]) -> Post:
    for handle in filter(None, (said.by, said.asks, said.space)):
        if handle not in actors:
            raise said.node.fail(f"nobody here is called {handle}")
    writing = Writing(
        said.text,
        reply_to=posts[said.answers] if said.answers else None,
        asks=actors.get(said.asks),
        space=actors.get(said.space),
        attached=_found(said),
    )
    post = posting.publish(actors[said.by], writing, by=BY, at=said.at, judged=True)
    for mark, handles in ((Favourite, said.favourites), (Boost, said.boosts)):
        for number, handle in enumerate(handles, 1):
            if handle in actors:
                mark.put(actors[handle], post, by=BY, at=said.at + timedelta(minutes=17 * number))
    return post


def _found(said: Said) -> tuple[str, int]:
    kind, city, slug, number = said.attached
    where: dict[str, Any] = {"city__actor__handle": city, "slug": slug}
    if kind == "stop":
        where = {f"route__{name}": value for name, value in where.items()} | {"number": number}
    if not kind:
        return "", 0
    thing = (Stop if kind == "stop" else Route).objects.filter(**where).first()
    if thing is None:
        raise said.node.fail(f"there is no {kind} {city}/{slug}" + (f"/{number}" if number else ""))
    return kind, thing.pk
