"""The page of a person."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.social.meeting import meet
from cityplus.social.models import Bar, Follow, Profile, Silence
from cityplus.social.rendering import showing
from cityplus.social.speakers.acting import acting
from cityplus.social.speakers.reader import Reader
from cityplus.social.views.timelines import count_page
from cityplus.web.pagecache import keep


@keep(quiet=True)
def page(request: HttpRequest, handle: str) -> HttpResponse:
    """The page of a person: who it is, and what they say."""
    reader, voice = acting(request)
    actor = meet(reader, handle, Actor.Kind.PERSON)
    count_page(request, "person", actor)
    context = {**showing.of_actor(request, actor, reader), **head_of(actor, reader, voice), "voice": voice}
    return render(request, "social/person.html", context)


def head_of(actor: Actor, reader: Reader, voice: Actor | None) -> dict[str, Any]:
    """What ``social/people/head.html`` shows of a person to a reader who acts as ``voice``.

    Raises:
        Http404: they have closed their profile.
    """
    profile: Profile | None = getattr(actor, "profile", None)
    if profile and profile.closed_at:
        raise Http404(f"there is no @{actor.handle}")
    bars: set[str] = set()
    follows_you = False
    if voice and voice.pk != actor.pk:
        bars = set(Bar.objects.filter(Silence.now(), actor=voice, target=actor).values_list("kind", flat=True))
        follows_you = Follow.objects.filter(actor=actor, target=voice).exists()
    home = profile.home if profile else None
    return {
        "actor": actor,
        "profile": profile,
        "home": home if home and home.stage in City.PUBLIC else None,
        "own": actor.pk in reader.voices,
        "muted": Bar.Kind.MUTE in bars,
        "blocked": Bar.Kind.BLOCK in bars,
        "follows_you": follows_you,
    }
