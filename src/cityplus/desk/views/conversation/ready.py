"""Ready answers: what the team says often, kept in the languages in which it says it."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.social.composing.languages import offered
from cityplus.social.composing.writings import text_of
from cityplus.social.errors import SocialError
from cityplus.social.models import ReadyAnswer
from cityplus.social.models.ready import PLACES


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.SPEAK)
def every(request: HttpRequest, at: Desk) -> HttpResponse:
    """All of them, the title decides the order; POST keeps one more."""
    return _form(request, at, None)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.SPEAK)
def one(request: HttpRequest, at: Desk, ready: int) -> HttpResponse:
    """One of them; POST changes it."""
    return _form(request, at, get_object_or_404(ReadyAnswer, pk=ready, city=at.city))


@require_POST
@desk(Right.SPEAK)
def removal(request: HttpRequest, at: Desk, ready: int) -> HttpResponse:
    """Keep it no more."""
    found = get_object_or_404(ReadyAnswer, pk=ready, city=at.city)
    found.drop(by=at.by)
    messages.success(request, _("“%(title)s” is removed.") % {"title": found.title})
    return redirect("desk:ready-answers", at.city.handle)


def _form(request: HttpRequest, at: Desk, known: ReadyAnswer | None) -> HttpResponse:
    problem = ""
    if request.method == "POST":
        try:
            text = text_of(request.POST.dict(), original=known.text.original if known else "")
            kept = ReadyAnswer.keep(at.city, request.POST.get("title", ""), text, by=at.by, known=known)
        except SocialError as wrong:
            problem = str(wrong)
        else:
            messages.success(request, _("“%(title)s” is kept.") % {"title": kept.title})
            return redirect("desk:ready-answers", at.city.handle)
    words = {tag: version.text for tag, version in known.text.versions.items()} if known else {}
    if problem:
        words = {name[5:]: value for name, value in request.POST.dict().items() if name.startswith("text:")}
    context = {
        "desk": at,
        "known": known,
        "every": [] if known else ReadyAnswer.objects.filter(city=at.city),
        "title": request.POST.get("title", "") if problem else known.title if known else "",
        "rows": [(tag, name, words.get(tag, "")) for tag, name in _tags(at, list(words))],
        "places": PLACES,
        "problem": problem,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "desk/conversation/ready.html", context, status=status)


def _tags(at: Desk, written: list[str]) -> list[tuple[str, str]]:
    """The languages of the city and of the interface, those first that it is written in."""
    names = dict(offered(at.city))
    order = dict.fromkeys([*written, *at.city.languages, *names])
    return [(tag, names.get(tag, tag)) for tag in order]
