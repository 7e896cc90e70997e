"""Blocking and muting: accounts, words, languages."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cityplus.actors.models import Actor
from cityplus.languages.tags import LanguageError
from cityplus.social.errors import SocialError
from cityplus.social.going_back import as_somebody, back
from cityplus.social.meeting import meet
from cityplus.social.models import Bar, Silence
from cityplus.social.rendering.faces import FACE
from cityplus.social.speakers.reader import Reader
from cityplus.social.tongues import tongues
from cityplus.web.paging import page_of

SIZE = 40
DAYS = ("1", "7", "30", "90")


@require_POST
@as_somebody
def block(request: HttpRequest, reader: Reader, actor: Actor, handle: str) -> HttpResponse:
    """Block an account (``on`` 1), or no longer. Neither sees the other from then on."""
    return _bar(request, reader, actor, handle, Bar.Kind.BLOCK)


@require_POST
@as_somebody
def mute(request: HttpRequest, reader: Reader, actor: Actor, handle: str) -> HttpResponse:
    """Mute an account (``on`` 1), for so many days as ``days`` says or without an end; or no longer. It is not told."""
    return _bar(request, reader, actor, handle, Bar.Kind.MUTE)


def _bar(request: HttpRequest, reader: Reader, actor: Actor, handle: str, kind: str) -> HttpResponse:
    by = request.user.get_username()
    if request.POST.get("on") == "0":  # also of who is gone, or blocks in turn: what one put one can lift
        for bar in Bar.objects.filter(actor=actor, target__handle=handle, kind=kind).select_related("target"):
            Bar.lift(actor, bar.target, kind, by=by)
        return back(request, "/account/bars/")
    target = meet(reader, handle)
    if target.pk in reader.voices:
        raise Http404("nobody blocks themselves")
    Bar.put(actor, target, kind, by=by, until=_until(request) if kind == Bar.Kind.MUTE else None)
    return back(request, target.get_absolute_url())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@as_somebody
def bars(request: HttpRequest, reader: Reader, actor: Actor) -> HttpResponse:
    """Whom one blocks and mutes, and which words and languages. POST mutes a word or a language."""
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        if kind not in Silence.Kind.values:
            raise Http404("words and languages are muted here")
        try:
            Silence.keep(
                actor, kind, request.POST.get("what", "")[:100], by=request.user.get_username(), until=_until(request)
            )
        except (SocialError, LanguageError):
            messages.error(request, _("That cannot be muted. Say one word, or choose a language."))
        return redirect("social:bars")
    rows = Bar.objects.filter(actor=actor, target__gone_at=None).filter(Silence.now())
    rows = rows.select_related(*(f"target__{name}" for name in FACE))
    context = {
        "actor": actor,
        "page": page_of(rows, request.GET, ["-id"], size=SIZE),
        "silences": Silence.objects.filter(Silence.now(), actor=actor).order_by("kind", "what"),
        "tongues": tongues(),
        "days": DAYS,
    }
    return render(request, "social/people/bars.html", context)


@require_POST
@as_somebody
def silence(request: HttpRequest, reader: Reader, actor: Actor, number: int) -> HttpResponse:
    """Hear a word or a language again."""
    if not Silence.broken(actor, min(number, 2**63 - 1), by=request.user.get_username()):
        raise Http404
    return redirect("social:bars")


def _until(request: HttpRequest) -> datetime | None:
    days = request.POST.get("days", "")
    return timezone.now() + timedelta(days=int(days)) if days in DAYS else None
