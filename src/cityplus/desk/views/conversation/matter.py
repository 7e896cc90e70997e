"""One thing that the city is asked or told: what was said, who sees to it, notes of the team, and the answer of the city."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.conversation import answer as answers_
from cityplus.desk.conversation import queue as queues
from cityplus.languages.tags import UI_LANGUAGES, name_of, reader_tag
from cityplus.people.models import Person
from cityplus.social import posting
from cityplus.social.errors import Held, SocialError
from cityplus.social.models import Answering, Matter, Post, ReadyAnswer, TakenMeanwhile
from cityplus.social.speakers.reader import Reader
from cityplus.social.standings import root_of
from cityplus.social.views.held import waits

REPLIES = 50


@require_http_methods(["GET", "HEAD"])
@desk(Right.SPEAK)
def one(request: HttpRequest, at: Desk, matter: int) -> HttpResponse:
    """What was said, and the form by which the city answers. Who has it open is seen by the others who have."""
    found = _matter(at, matter)
    answer = answers_.blank(at, found)
    if "ready" in request.GET:
        answer = answers_.posted(at, found, {"ready": request.GET["ready"], "insert": "1", "seen": str(answer.seen)})
    return _page(request, at, found, answer)


@require_POST
@desk(Right.SPEAK)
def answers(request: HttpRequest, at: Desk, matter: int) -> HttpResponse:
    """Answer as the city; or put a ready answer in (``insert``), or one more language (``add``), and go on writing."""
    found = _matter(at, matter)
    if "insert" in request.POST or "add" in request.POST:
        return _page(request, at, found, answers_.posted(at, found, request.POST.dict()))
    try:
        answers_.post(at, found, request.POST.dict())
    except Held:
        return waits(request)
    except SocialError as wrong:
        typed = answers_.posted(at, found, request.POST.dict())
        taken = isinstance(wrong, TakenMeanwhile)
        seen = found.newest() if taken else typed.seen
        again = answers_.Answer(typed.words, seen, typed.ready, str(wrong), typed=True)
        return _page(request, at, found, again, HTTPStatus.CONFLICT if taken else HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("The city has answered @%(handle)s.") % {"handle": found.post.author.handle})
    return redirect(_queue(at))


@require_POST
@desk(Right.SPEAK)
def assignment(request: HttpRequest, at: Desk, matter: int) -> HttpResponse:
    """Give it to one of the team (``to``), or to nobody; ``was`` is the number of whom it was given to when the form was shown."""
    found, to, was = _matter(at, matter), request.POST.get("to", ""), request.POST.get("was", "")
    person = Person.objects.filter(username=to).first() if to else None
    try:
        if to and person is None:
            raise SocialError(_("There is nobody of this name in the team."))
        found.assign(person, by=at.by, was=int(was[:18]) if was.isascii() and was.isdecimal() else None)
    except SocialError as wrong:
        messages.error(request, str(wrong))
    else:
        said = _("%(name)s sees to it.") % {"name": to} if to else _("Nobody in particular sees to it.")
        messages.success(request, said)
    return _back(request, at, found)


@require_POST
@desk(Right.SPEAK)
def state(request: HttpRequest, at: Desk, matter: int) -> HttpResponse:
    """There is nothing more to do (``done=1``), or there is again (``done=0``)."""
    found = _matter(at, matter)
    if request.POST.get("done") == "1":
        found.finish(by=at.by)
        messages.success(request, _("It no longer waits."))
    else:
        found.resume(by=at.by)
        messages.success(request, _("It waits again."))
    return _back(request, at, found)


@require_POST
@desk(Right.SPEAK)
def notes(request: HttpRequest, at: Desk, matter: int) -> HttpResponse:
    """Write something for the team alone."""
    found = _matter(at, matter)
    try:
        found.note(request.POST.get("note", ""), by=at.by)
    except SocialError as wrong:
        context = {"note": request.POST.get("note", ""), "note_problem": str(wrong)}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(request, at, found, answers_.blank(at, found), status, **context)
    return redirect(f"{_url(at, found)}#notes")


@require_POST
@desk(Right.GOVERN)
def hiding(request: HttpRequest, at: Desk, matter: int) -> HttpResponse:
    """Hide a reply in a conversation that the city began."""
    found = _matter(at, matter)
    if _governs(at, found) and found.post.is_reply:
        posting.hide(found.post, by=at.by)
        messages.success(request, _("The reply is hidden. On the page of the conversation you can show it again."))
    else:
        messages.error(request, _("The city hides only what answers its own posts."))
    return redirect(_queue(at))


@require_POST
@desk(Right.GOVERN)
def freezing(request: HttpRequest, at: Desk, matter: int) -> HttpResponse:
    """Close a conversation that the city began to replies (``on=1``), or open it (``on=0``)."""
    found = _matter(at, matter)
    if not _governs(at, found):
        messages.error(request, _("The city closes only conversations that it began."))
    elif request.POST.get("on") == "1":
        posting.freeze(root_of(found.post), by=at.by)
        messages.success(request, _("Nobody can reply in this conversation any more."))
    else:
        posting.thaw(root_of(found.post), by=at.by)
        messages.success(request, _("Replies are welcome again."))
    return _back(request, at, found)


def _matter(at: Desk, number: int) -> Matter:
    found = Matter.objects.of(at.city).select_related("post__author", "post__space", "city__actor", "assigned")
    return get_object_or_404(found, pk=number)


def _page(
    request: HttpRequest, at: Desk, matter: Matter, answer: answers_.Answer, status: int = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    seen = Post.objects.visible_to(Reader(at.city.actor_id, frozenset({at.city.actor_id})))
    said = seen.filter(reply_to=matter.post, hidden_at=None).select_related("author", "answer").order_by("pk")
    root = root_of(matter.post)
    tags = dict.fromkeys([*at.city.languages, matter.language, *(one.tag for one in UI_LANGUAGES)])
    context: dict[str, Any] = {
        "desk": at,
        "matter": matter,
        "line": queues.lines(at, [matter])[0],
        "question": matter.question,
        "above": seen.filter(pk=matter.post.reply_to_id or 0).select_related("author").first(),
        "said": list(said[:REPLIES]),
        "answer": answer,
        "rows": [(tag, name_of(tag, reader_tag()), words) for tag, words in answer.words.items()],
        "more_languages": [(tag, name_of(tag, reader_tag())) for tag in tags if tag not in answer.words],
        "ready": ReadyAnswer.objects.filter(city=at.city),
        "notes": matter.notes.all(),
        "others": Answering.meet(matter, at.person),
        "team": queues.speakers(at.city),
        "governs": _governs(at, matter) and at.may(Right.GOVERN),
        "frozen": bool(root.frozen_at),
        **more,
    }
    return render(request, "desk/conversation/matter.html", context, status=status)


def _governs(at: Desk, matter: Matter) -> bool:
    return root_of(matter.post).author_id == at.city.actor_id


def _queue(at: Desk) -> str:
    return reverse("desk:conversation", args=[at.city.handle])


def _url(at: Desk, matter: Matter) -> str:
    return f"{_queue(at)}{matter.pk}/"


def _back(request: HttpRequest, at: Desk, matter: Matter) -> HttpResponse:
    """Where the button was pressed: the queue as it was filtered, or the page of the matter."""
    query = request.POST.get("queue")
    return redirect(_url(at, matter) if query is None else f"{_queue(at)}?{query[:200]}")
