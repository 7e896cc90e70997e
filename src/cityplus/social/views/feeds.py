"""Feeds of an actor, a hashtag, a pair, and of the questions to a city's public."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cityplus.actors.models import Actor
from cityplus.languages.accepted import spelled
from cityplus.languages.tags import LanguageError, check_tag, reader_tag
from cityplus.social.feeds import atom, gathering, jsonfeed
from cityplus.social.feeds.places import TYPES
from cityplus.social.meeting import meet
from cityplus.social.models import Post, Tag
from cityplus.social.speakers.reader import NOBODY
from cityplus.social.words import fold
from cityplus.web.addresses import absolute

_LARGEST = 2**63 - 1


@require_safe
def of_actor(request: HttpRequest, handle: str, ending: str) -> HttpResponse:
    """What an actor posts, its answers to itself too, and none to others."""
    actor = meet(NOBODY, handle)
    posts = Post.objects.public().filter(Q(reply_to=None) | Q(reply_to__author=actor), author=actor)
    return _answer(request, posts, ending, str(actor.names), actor.get_absolute_url(), actor, f"actors/{actor.handle}")


@require_safe
def of_pair(request: HttpRequest, first: str, second: str, ending: str) -> HttpResponse:
    """What is said in the space of a pair."""
    pair = meet(NOBODY, f"{first}+{second}", Actor.Kind.PAIR)
    posts = _listed().filter(space=pair)
    return _answer(request, posts, ending, str(pair.names), pair.get_absolute_url(), pair, f"actors/{pair.handle}")


@require_safe
def of_questions(request: HttpRequest, handle: str, ending: str) -> HttpResponse:
    """The questions to the public of a city."""
    city = meet(NOBODY, handle, Actor.Kind.CITY)
    title = _("Questions to %(name)s") % {"name": str(city.names)}
    return _answer(
        request, _listed().filter(asks=city), ending, title, city.get_absolute_url(), city, f"questions/{handle}"
    )


@require_safe
def of_tag(request: HttpRequest, name: str, ending: str) -> HttpResponse:
    """Public posts with a hashtag."""
    tag = get_object_or_404(Tag, name=fold(name))
    posts = Post.objects.public().filter(taggings__tag=tag)
    return _answer(
        request, posts, ending, f"#{tag.shown}", reverse("social:tag", args=[tag.name]), tag, f"tags/{tag.name}"
    )


def _listed() -> QuerySet[Post]:
    """What public timelines have: no answers, and nothing of an actor that is limited."""
    return Post.objects.public().filter(thread=F("pk"))


def _answer(
    request: HttpRequest, posts: QuerySet[Post], ending: str, title: str, home: str, of: Actor | Tag, name: str
) -> HttpResponse:
    language, before = _asked(request)
    said = f"{ending} {language} {request.path} {title} {before}"
    try:
        sight = gathering.look(posts, before, said)
    except LookupError as nothing:
        raise Http404(str(nothing)) from None
    begun = of.made_at if isinstance(of, Actor) else datetime(2018, 12, 3, tzinfo=UTC)
    updated = sight.updated or begun
    etag = f'"{sight.mark}"'
    kept = get_conditional_response(request, etag=etag, last_modified=int(updated.timestamp()))
    response = kept or HttpResponse()
    if not kept:
        here = absolute(request.path)
        filters = {"lang": language} if language else {}
        older = {**filters, "before": str(sight.ids[-1])} if sight.older else {}
        feed = gathering.Feed(
            id=gathering.tag_uri(begun, name),
            title=title,
            language=language or reader_tag(),
            home=absolute(home),
            here=_address(here, {**filters, "before": str(before)} if before else filters),
            first=_address(here, filters) if before else "",
            previous="",
            next=_address(here, older) if older else "",
            updated=updated,
            items=gathering.items(sight.ids, language),
        )
        response.content = (atom if ending == "atom" else jsonfeed).written(feed)
        response.headers["Content-Type"] = f"{TYPES[ending]}; charset=utf-8"
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = updated.strftime("%a, %d %b %Y %H:%M:%S GMT")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _asked(request: HttpRequest) -> tuple[str, int | None]:
    """The language and the place; what is none is not found."""
    language, before = request.GET.get("lang", ""), request.GET.get("before", "")
    try:
        tag = check_tag(spelled(language[:35])) if language else ""
    except LanguageError:
        raise Http404(f"{language[:35]} is no language") from None
    if before and not (before.isascii() and before.isdigit() and int(before[:20]) <= _LARGEST):
        raise Http404("there is no such page")
    return tag, int(before) if before else None


def _address(here: str, query: dict[str, str]) -> str:
    return f"{here}?{urlencode(query)}" if query else here
