"""The questions to the public of a city: all of them, one with its answers, and what is done with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from cityplus import pulse
from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.tags import LanguageError, check_tag, reader_tag
from cityplus.pulse import Subject
from cityplus.social import posting
from cityplus.social.composing import writings
from cityplus.social.composing.holding import hold_writing
from cityplus.social.composing.languages import offered
from cityplus.social.errors import BadPost, Held, SocialError
from cityplus.social.models import Answer, Post, Question
from cityplus.social.questions import answering
from cityplus.social.questions.asked import asked, structured_question
from cityplus.social.rendering import fragments
from cityplus.social.speakers.acting import acting
from cityplus.social.speakers.reader import Reader
from cityplus.social.views.deeds import back
from cityplus.social.views.held import waits
from cityplus.social.writing import Writing
from cityplus.web.pagecache import keep
from cityplus.web.paging import page_of

SIZE = 20
SHOWS: dict[str, dict[str, Any]] = {
    "": {},
    "open": {"state": "open"},
    "answered": {"state": "answered"},
    "helped": {"helped__isnull": False},
}


@require_safe
@keep(quiet=True)
def index(request: HttpRequest, handle: str) -> HttpResponse:
    """The questions to a city, the newest first: all, or those that are open, answered, or whose asker was helped; in one language."""
    city = city_of(handle)
    reader, actor = acting(request)
    show, language = request.GET.get("show", ""), _language(request.GET.get("language", ""))
    if show not in SHOWS:
        raise Http404
    pulse.counts(request, "questions", Subject.of("questions", city.pk), *city.subjects)
    found = with_answers(Question.objects.visible_to(reader).filter(city=city, **SHOWS[show]))
    if language:
        found = found.filter(language=language)
    page = page_of(found, request.GET, ("-pk",), size=SIZE, filters={"show": show, "language": language})
    context = {
        "city": city,
        "page": page,
        "html": html_of(page.items, reader),
        "voice": actor,
        "show": show,
        "shows": [
            ("", pgettext("questions", "All")),
            ("open", pgettext("a question", "Open")),
            ("answered", pgettext("a question", "Answered")),
            ("helped", pgettext("a question", "Helped")),
        ],
        "language": language,
        "languages": offered(city),
    }
    return render(request, "social/questions.html", context)


@require_safe
@keep(quiet=True)
def one(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    """A question with its answers, the one that helped first."""
    reader, actor, question = _asked_for(request, handle, number)
    pulse.counts(request, "question", Subject.of("question", question.pk), *question.city.subjects)
    return _page(request, question, reader, actor)


@require_POST
@login_required
def answers(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    """Reply to a question; who it is decides whether that is an answer."""
    reader, actor, question = _asked_for(request, handle, number)
    found = asked(question, reader, actor)
    if actor is None or not found.may_reply:
        raise Http404
    try:
        writing = Writing(writings.text_of(request.POST), reply_to=question.post)
        reply = posting.publish(actor, writing, by=reader.username)
    except Held as why:
        hold_writing(actor, writing, by=reader.username, why=str(why))
        return waits(request)
    except SocialError as wrong:
        return _page(request, question, reader, actor, wrong)
    return redirect(f"{question.get_absolute_url()}#post-{reply.pk}")


@require_POST
@login_required
def help_(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    """Say which answer helped (``answer``), or that none did after all."""
    _reader, actor, question = _asked_for(request, handle, number)
    if not answering.may_mark(answering.part_of(question, actor)):
        raise Http404
    by, chosen = f"@{actor.handle if actor else ''}", request.POST.get("answer", "")
    try:
        if chosen:
            marked = get_object_or_404(Post, pk=int(chosen) if chosen.isascii() and chosen.isdecimal() else 0)
            question.mark(marked, by=by)
            messages.success(request, _("Thank you: others see what helped you."))
        else:
            question.unmark(by=by)
    except SocialError as wrong:
        messages.error(request, str(wrong))
    return redirect(back(request) or question.get_absolute_url())


@require_POST
@login_required
def closing(request: HttpRequest, handle: str, number: int) -> HttpResponse:
    """Say that it needs no answer any more (``on=1``), or that it does again (``on=0``)."""
    reader, actor, question = _asked_for(request, handle, number)
    part = answering.part_of(question, actor)
    if actor is None or not answering.may_close(part):
        raise Http404
    by = reader.username if part.city and not part.asker else f"@{actor.handle}"
    if request.POST.get("on") == "1":
        question.close(by=by)
    else:
        question.reopen(by=by)
    return redirect(back(request) or question.get_absolute_url())


def city_of(handle: str) -> City:
    """A city whose public can be asked."""
    cities = City.objects.public().filter(actor__gone_at=None).select_related("actor", "cover")
    return get_object_or_404(cities, actor__handle=handle)


def with_answers(found: QuerySet[Question]) -> QuerySet[Question]:
    """With author, what helped, and how many answers everybody can read."""
    there = Answer.objects.there().filter(question=OuterRef("pk")).order_by().values("question")
    count = Subquery(there.annotate(n=Count("pk")).values("n"))
    return found.select_related("post__author", "city__actor", "helped__post__author").annotate(
        answer_count=Coalesce(count, 0)
    )


def html_of(questions: Iterable[Question], reader: Reader) -> dict[int, SafeString]:
    """What these look like to this reader, and what helped with them, by the ids of the posts."""
    posts = [post for one in questions for post in (one.post, one.helped and one.helped.post) if post]
    return dict(_rendered(posts, reader))


def _rendered(posts: Sequence[Post], reader: Reader) -> list[tuple[int, SafeString]]:
    return [(line.post, html) for line, html in fragments.rendered(posts, reader)]


def _asked_for(request: HttpRequest, handle: str, number: int) -> tuple[Reader, Actor | None, Question]:
    reader, actor = acting(request)
    found = Question.objects.visible_to(reader).select_related("post__author", "city__actor", "helped__post")
    return reader, actor, get_object_or_404(found, pk=number, city=city_of(handle))


def _page(
    request: HttpRequest, question: Question, reader: Reader, actor: Actor | None, wrong: SocialError | None = None
) -> HttpResponse:
    found = asked(question, reader, actor)
    context: dict[str, Any] = {
        "asked": found,
        "html": dict(_rendered([question.post, *(answer.post for answer in found.answers)], reader)),
        "question": question,
        "city": question.city,
        "voice": actor,
        "languages": offered(question.city),
        "typed": request.POST.get("text", "") if wrong else "",
        "typed_language": request.POST.get("language") if wrong else reader_tag(),
        "wrong": str(wrong or ""),
        "where": wrong.where if isinstance(wrong, BadPost) else "text",
        "structured": structured_question(found),
    }
    return render(request, "social/question.html", context, status=422 if wrong else 200)


def _language(asked_for: str) -> str:
    try:
        return check_tag(asked_for) if asked_for else ""
    except LanguageError:
        raise Http404(f"{asked_for[:40]} is no language") from None
