"""The page of a person."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.social.acting import acting
from cityplus.social.feeds.places import alternates
from cityplus.social.meeting import meet
from cityplus.social.models import Bar, Follow, Profile, Silence
from cityplus.social.reader import Reader
from cityplus.web.pagecache import keep


@require_safe
@keep
def page(request: HttpRequest, handle: str) -> HttpResponse:
    """Who somebody is, and what they post."""
    reader, me = acting(request)
    actor = meet(reader, handle, Actor.Kind.PERSON)
    return render(request, "social/people/person.html", head_of(actor, reader, me))


def head_of(actor: Actor, reader: Reader, me: Actor | None) -> dict[str, Any]:
    """What ``social/people/head.html`` shows of a person to a reader who acts as ``me``.

    Raises:
        Http404: they have closed their profile.
    """
    profiles = Profile.objects.filter(actor=actor, closed_at=None).select_related("home__actor", "picture")
    profile = profiles.prefetch_related("picture__renditions").first()
    if profile is None:
        raise Http404
    actor.profile = profile  # type: ignore[assignment]
    bars: set[str] = set()
    follows_you = False
    if me and me.pk != actor.pk:
        bars = set(Bar.objects.filter(Silence.now(), actor=me, target=actor).values_list("kind", flat=True))
        follows_you = Follow.objects.filter(actor=actor, target=me).exists()
    return {
        "actor": actor,
        "profile": profile,
        "home": profile.home if profile.home and profile.home.stage in City.PUBLIC else None,
        "own": actor.pk in reader.voices,
        "muted": Bar.Kind.MUTE in bars,
        "blocked": Bar.Kind.BLOCK in bars,
        "follows_you": follows_you,
        "feeds": alternates(actor),
    }
