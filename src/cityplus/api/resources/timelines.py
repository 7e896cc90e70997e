from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query
from pydantic import Field

from cityplus.api import cursors, posts
from cityplus.api.addresses import same_with
from cityplus.api.asker import Asker, asker
from cityplus.api.asking import PagedQuery, Reader, parameter
from cityplus.api.cursors import Place
from cityplus.api.resource import Resource
from cityplus.api.resources.actors import known
from cityplus.api.resources.ties import Pair
from cityplus.api.schemas.choice import OneOf
from cityplus.api.schemas.social import ACTOR, AnyHandle, TimelineOut
from cityplus.api.schemas.texts import TAG
from cityplus.social import timelines
from cityplus.social.timelines import Stretch
from cityplus.social.words import fold
from cityplus.web.kept import for_oneself

operations = Resource("Timelines", quiet=True)
operations.add_decorator(for_oneself, mode="view")

Tag = Annotated[str, Field(pattern=r"^[^\s/#\x00-\x1f]{1,100}$", examples=["DenHaag"])]


class TimelineQuery(PagedQuery):
    """What a timeline can be asked: for what is older by ``after``, as in every list, or for what is newer by ``before``."""

    before: Annotated[str, Field(pattern=cursors.PATTERN)] = parameter(
        "before",
        "a cursor from “previous”, as it was given",
        "Where the page ends",
        examples=["AAAAAAAAAAkAAAAAAAAACQ"],
    )
    as_: Annotated[str, Field(pattern=ACTOR, alias="as")] = parameter(
        "as", "the handle of an actor for whom you may speak", "As whom you read", examples=["thehague"]
    )

    @property
    def there(self) -> timelines.Place:
        older, newer = cursors.read(self.after), cursors.read(self.before)
        if newer:
            return timelines.Place(after=newer.key, size=self.limit)
        return timelines.Place(before=older.key if older else None, size=self.limit)


class NetworkQuery(TimelineQuery):
    """What the timeline of the network can be asked."""

    written: Annotated[str, Field(pattern=TAG)] = parameter(
        "written",
        "a language tag of BCP 47, such as nl or zh-Hans",
        "Only what was written in a language",
        examples=["nl"],
    )


class ActorQuery(TimelineQuery):
    """What the timeline of an actor can be asked."""

    replies: Annotated[str, OneOf("all")] = parameter("replies", "the word all", "Whether answers to others come too")


@operations.reads(
    "/timelines/network",
    TimelineOut,
    name="listPosts",
    summary="What everybody says",
    about="Public posts of all actors, the newest first. Answers are not among them.",
)
def network(request: HttpRequest, response: HttpResponse, query: Query[NetworkQuery]) -> HttpResponse:
    who = asker(request, query.as_)
    return _answer(request, response, query, who, lambda: timelines.network(who.reader, query.there, query.written))


@operations.reads(
    "/timelines/home",
    TimelineOut,
    name="listHomePosts",
    summary="What those say whom one follows",
    about="What the actors post and boost whom the actor as whom you ask follows, and its own. Needs a session.",
)
def home(request: HttpRequest, response: HttpResponse, query: Query[TimelineQuery]) -> HttpResponse:
    who = asker(request, query.as_)
    _ = who.speaking
    return _answer(request, response, query, who, lambda: timelines.home(who.reader, query.there))


@operations.reads(
    "/timelines/tags/{tag}",
    TimelineOut,
    name="listTaggedPosts",
    summary="Posts with a hashtag",
    about="Public posts with this hashtag, however it is written. Nobody has to have made it before.",
)
def tagged(request: HttpRequest, response: HttpResponse, tag: Path[Tag], query: Query[TimelineQuery]) -> HttpResponse:
    who = asker(request, query.as_)
    return _answer(request, response, query, who, lambda: timelines.tagged(fold(tag), who.reader, query.there))


@operations.reads(
    "/timelines/actors/{actor}",
    TimelineOut,
    name="listPostsOfActor",
    summary="What an actor says",
    about="What an actor posts and boosts, as far as you may see it.",
)
def of_actor(
    request: HttpRequest, response: HttpResponse, actor: Path[AnyHandle], query: Query[ActorQuery]
) -> HttpResponse:
    who, whose = asker(request, query.as_), known(actor)
    replies = bool(query.replies)
    return _answer(
        request, response, query, who, lambda: timelines.of_actor(whose, who.reader, query.there, replies=replies)
    )


@operations.reads(
    "/timelines/pairs/{pair}",
    TimelineOut,
    name="listPostsOfPair",
    summary="What is said in the space of a pair",
    about="The conversation of two cities that are tied to each other.",
)
def of_pair(
    request: HttpRequest, response: HttpResponse, pair: Path[Pair], query: Query[TimelineQuery]
) -> HttpResponse:
    who, whose = asker(request, query.as_), known("+".join(sorted(pair.split("+"))))
    return _answer(request, response, query, who, lambda: timelines.of_actor(whose, who.reader, query.there))


def _answer(
    request: HttpRequest, response: HttpResponse, query: TimelineQuery, who: Asker, fetch: Callable[[], Stretch]
) -> HttpResponse:
    reader = Reader(request, response, query)
    stretch = fetch()
    told = posts.of_lines(stretch.lines, reader)
    lines = [one for one in stretch.lines if one.post in told]
    mine = posts.mine([one.post for one in lines], who.actor)
    by = posts.bringers(lines, reader)
    items = b",".join(posts.line(one, told[one.post], mine[one.post], by.get(one.id, b"null")) for one in lines)
    older, newer = _addresses(request, stretch)
    body = b'{"next":%s,"items":[%s],"previous":%s}' % (posts.dump(older), items, posts.dump(newer))
    links = [f'<{address}>; rel="{rel}"' for address, rel in ((older, "next"), (newer, "prev")) if address]
    return _with_headers(HttpResponse(body, content_type="application/json; charset=utf-8"), response, links)


def _addresses(request: HttpRequest, stretch: Stretch) -> tuple[str | None, str | None]:
    """Of what is older and what is newer."""
    if not stretch.lines:
        return None, None
    older = same_with(request, before=None, after=cursors.write(Place(stretch.lines[-1].id))) if stretch.older else None
    newer = same_with(request, after=None, before=cursors.write(Place(stretch.lines[0].id))) if stretch.newer else None
    return older, newer


def _with_headers(made: HttpResponse, given: HttpResponse, links: list[str]) -> HttpResponse:
    """The framework passes the headers of the ``response`` that it gave on to answers that it makes itself only."""
    if links:
        made.headers["Link"] = ", ".join(links)
    if "Content-Language" in given.headers:
        made.headers["Content-Language"] = given.headers["Content-Language"]
    return made
