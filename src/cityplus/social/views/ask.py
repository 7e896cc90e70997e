"""Asking the public of a city: first what was answered before is shown, then the question is posted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.tags import reader_tag
from cityplus.lib.ids import id_at
from cityplus.social import posting
from cityplus.social.composing import writings
from cityplus.social.composing.holding import hold_writing
from cityplus.social.composing.languages import offered
from cityplus.social.errors import BadPost, Held, NotAllowed, SocialError
from cityplus.social.models import Bar, Question
from cityplus.social.questions import asking
from cityplus.social.questions.similar import similar
from cityplus.social.speakers import voices
from cityplus.social.speakers.acting import acting
from cityplus.social.speakers.reader import Reader
from cityplus.social.views.held import waits
from cityplus.social.views.questions import city_of, html_of
from cityplus.social.writing import LONGEST, Writing

TWICE = timedelta(minutes=10)
"""In which the same words to the same city are one question, sent twice."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def new(request: HttpRequest, handle: str) -> HttpResponse:
    """Ask. POST shows what is like it and was answered; sent again from there (``looked``), or where nothing is, it is posted."""
    city = city_of(handle)
    reader, actor = acting(request)
    if request.method != "POST" or actor is None:
        return _page(request, city, actor, {"typed": request.GET.get("text", "")[:LONGEST]})
    known: list[Question] = []
    try:
        writing = Writing(writings.text_of(request.POST), asks=city.actor)
        writing.check(actor)
        if not request.POST.get("looked"):
            known = similar(city, request.POST.get("text", ""), reader)
        if not known:
            return redirect(_asked(city, actor, writing, reader).get_absolute_url())
    except Held as why:
        hold_writing(actor, writing, by=reader.username, why=str(why))
        return waits(request)
    except SocialError as wrong:
        where = wrong.where if isinstance(wrong, BadPost) else "text"
        return _page(request, city, actor, {"wrong": str(wrong), "where": where}, status=422)
    return _page(request, city, actor, {"similar": known, "html": html_of(known, reader)})


def _asked(city: City, actor: Actor, writing: Writing, reader: Reader) -> Question:
    """The question, posted; the one there is when it was sent twice.

    Raises:
        SocialError: it cannot be posted.
    """
    if actor.pk == city.actor_id:
        raise NotAllowed(_("A city does not ask its own public here; post it instead."))
    if Bar.between(actor.pk, city.actor_id):
        raise NotAllowed(_("You cannot ask this city: one of you has blocked the other."))
    recent = Question.objects.public().filter(city=city, post__author=actor, pk__gt=id_at(timezone.now() - TWICE))
    words = {tag: version.text for tag, version in writing.text.versions.items()}
    for question in recent.select_related("post", "city__actor"):
        if {tag: version.text for tag, version in question.post.text.versions.items()} == words:
            return question
    post = posting.publish(actor, writing, by=reader.username)
    return Question.objects.select_related("city__actor").get(pk=post.pk)


def _page(
    request: HttpRequest, city: City, actor: Actor | None, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {
        "city": city,
        "voice": actor,
        "voices": voices.of(request.user),
        "space": asking.space_of(actor, city.actor) if actor else None,
        "languages": offered(city),
        "typed": request.POST.get("text", ""),
        "typed_language": request.POST.get("language") or reader_tag(),
        "longest": LONGEST,
        **more,
    }
    return render(request, "social/ask.html", context, status=status)
