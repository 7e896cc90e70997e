"""The pages of timelines."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cityplus import pulse
from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.tags import UI_LANGUAGES, LanguageError, check_tag
from cityplus.pulse import Subject
from cityplus.social import timelines
from cityplus.social.meeting import refuse_blocked
from cityplus.social.models import Follow, Tag
from cityplus.social.rendering import showing
from cityplus.social.rendering.faces import FACE
from cityplus.social.rendering.showing import place, show
from cityplus.social.speakers import voices
from cityplus.social.speakers.acting import acting
from cityplus.social.words import fold
from cityplus.web.pagecache import keep

SUGGESTED = 9
MOST_FOLLOWED = 10_000
"""Whom a page is told that one follows, so that it can count what is new; who follows more is told of the newest of these."""


@require_safe
@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What those post whom one follows; a newcomer gets the cities to begin with."""
    reader, voice = acting(request)
    if voice is None:
        return render(request, "social/voiceless.html", {"suggested": _suggested(reader.voices), "here": "home"})
    timeline = show(timelines.home(reader, place(request)), reader)
    new = not timeline.items and not Follow.objects.filter(actor=voice).exists()
    context = {
        "suggested": _suggested(reader.voices) if new else [],
        "voice": voice,
        "voices": voices.of(request.user) if len(reader.voices) > 1 else [],
        "here": "home",
    }
    return render(request, "social/home.html", {"timeline": timeline, **context})


@require_safe
@never_cache
@login_required
def followed(request: HttpRequest) -> HttpResponse:
    """For one's own page alone: the numbers of those whom one follows, so that it knows which news are for it."""
    _, voice = acting(request)
    if voice is None:
        raise Http404
    rows = Follow.objects.filter(actor=voice).order_by("-id").values_list("target", flat=True)
    return JsonResponse({"actors": [voice.pk, *rows[:MOST_FOLLOWED]]})


@require_safe
@keep(quiet=True)
@pulse.counted("posts")
def network(request: HttpRequest) -> HttpResponse:
    """What everybody posts for everybody, in all languages or one."""
    reader, voice = acting(request)
    language = request.GET.get("language", "")
    if language:
        try:
            check_tag(language)
        except LanguageError as error:
            raise Http404(str(error)) from None
    stretch = timelines.network(reader, place(request), language)
    context = {"language": language, "languages": [one.tag for one in UI_LANGUAGES], "voice": voice, "here": "network"}
    return render(
        request, "social/network.html", {"timeline": show(stretch, reader, {"language": language}), **context}
    )


@require_safe
@keep(quiet=True)
def tagged(request: HttpRequest, name: str) -> HttpResponse:
    """Public posts with a hashtag. A hashtag that nobody has used yet has an empty page."""
    if fold(name) != name:
        raise Http404(f"a hashtag in an address is folded: {fold(name)[:40]}")
    reader, voice = acting(request)
    timeline = show(timelines.tagged(name, reader, place(request)), reader)
    tag = Tag.objects.filter(name=name).first() if timeline.items else None
    if tag:
        pulse.counts(request, "tag", Subject.of("tag", tag.pk))
    return render(request, "social/tag.html", {"timeline": timeline, "tag": tag or Tag(shown=name), "voice": voice})


@require_safe
@keep(quiet=True)
def of_actor(request: HttpRequest, handle: str) -> HttpResponse:
    """What an actor posts and passes on; ``?with=replies`` its replies too."""
    reader, voice = acting(request)
    actor = actor_seen(handle, request.user)
    refuse_blocked(actor, reader)
    count_page(request, "posts", actor)
    return render(request, "social/posts.html", {**showing.of_actor(request, actor, reader), "voice": voice})


def actor_seen(handle: str, person: Any) -> Actor:
    """An actor whose page this person may see.

    Raises:
        Http404: there is none.
    """
    actor = get_object_or_404(Actor.objects.there().select_related(*FACE), handle=handle)
    city: City | None = getattr(actor, "city", None)
    if city and not City.objects.visible_to(person).filter(pk=city.pk).exists():
        raise Http404(f"there is no @{handle}")
    return actor


def count_page(request: HttpRequest, name: str, actor: Actor) -> None:
    """Have a page about an actor counted, for itself and for the city that it is about."""
    city: City | None = getattr(actor, "city", None)
    about = city.subjects if city else (Subject.of("actor", actor.pk),)
    if city is None or city.stage in City.PUBLIC:
        pulse.counts(request, name, Subject.of(name, actor.pk), *about)


def _suggested(but: frozenset[int]) -> list[City]:
    """The first members of the network."""
    launched = City.objects.filter(stage="launched").exclude(actor__in=but)
    return list(launched.for_cards().order_by("number")[:SUGGESTED])
