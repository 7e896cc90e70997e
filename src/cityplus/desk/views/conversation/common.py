"""The common questions of a city with its friends: what waits for its agreement, what may be proposed, and their words."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.languages.tags import name_of, reader_tag
from cityplus.social.models import Question
from cityplus.ties.models import Common, CommonError, Tie
from cityplus.ties.wording import tags_of, worded

PROPOSABLE = 20
MOST = 500


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.SPEAK)
def every(request: HttpRequest, at: Desk) -> HttpResponse:
    """All of them, by friend; POST proposes one more (``question``)."""
    if request.method == "POST":
        return _proposed(request, at)
    found = Common.objects.of(at.city).select_related("tie__first__actor", "tie__second__actor", "next_by__actor")
    waiting = set(Common.objects.waiting_for(at.city).values_list("pk", flat=True))
    rows: list[dict[str, Any]] = [
        {"common": one, "friend": one.tie.other(at.city), "ours": one.pk in waiting}
        for one in found.order_by("tie", "place", "pk")[:MOST]
    ]
    rows.sort(key=lambda row: (not row["ours"], row["common"].state == "withdrawn"))
    context = {"desk": at, "rows": rows, "proposable": _proposable(at)}
    return render(request, "desk/conversation/common.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.SPEAK)
def one(request: HttpRequest, at: Desk, common: int) -> HttpResponse:
    """The words, what they were, and who is to agree; POST changes them."""
    found = _common(at, common)
    if request.method != "POST":
        return _page(request, at, found)
    form = request.POST.dict()
    question = worded(found.shown_question, form, "question", at.city)
    answer = worded(found.shown_answer, form, "answer", at.city)
    try:
        found.word(at.city, question, answer, by=at.by, seen=_seen(request))
    except CommonError as wrong:
        return _page(request, at, found, str(wrong), form)
    messages.success(request, _("The words are kept. They are public once the other city agrees."))
    return redirect("desk:common-question", at.city.handle, found.pk)


@require_POST
@desk(Right.SPEAK)
def agreement(request: HttpRequest, at: Desk, common: int) -> HttpResponse:
    """Agree to the new words, as of the revision that was read (``seen``)."""
    found = _common(at, common)
    try:
        found.agree(at.city, by=at.by, seen=_seen(request))
    except CommonError as wrong:
        messages.error(request, str(wrong))
        return redirect("desk:common-question", at.city.handle, found.pk)
    messages.success(request, _("Both cities agree: everybody can read it now."))
    return redirect("desk:common-questions", at.city.handle)


@require_POST
@desk(Right.SPEAK)
def withdrawal(request: HttpRequest, at: Desk, common: int) -> HttpResponse:
    """Take it back; either city may."""
    _common(at, common).withdraw(at.city, by=at.by)
    messages.success(request, _("It is withdrawn."))
    return redirect("desk:common-questions", at.city.handle)


@require_POST
@desk(Right.SPEAK)
def place(request: HttpRequest, at: Desk, common: int) -> HttpResponse:
    """Have it stand at another place of the list."""
    said = request.POST.get("place", "")
    if said.isascii() and said.isdecimal() and len(said) < 6:
        _common(at, common).move(at.city, int(said), by=at.by)
    else:
        messages.error(request, _("Say at which place it shall stand, as a number."))
    return redirect("desk:common-questions", at.city.handle)


def _common(at: Desk, number: int) -> Common:
    found = Common.objects.of(at.city).select_related(
        "tie__first__actor", "tie__second__actor", "source__post", "source__city__actor", "next_by__actor"
    )
    return get_object_or_404(found, pk=number)


def _proposable(at: Desk) -> list[Question]:
    """Questions in the spaces of this city and its friends that helped, and are not common yet."""
    spaces = [str(tie) for tie in Tie.objects.public().of(at.city).with_cities()[:MOST]]
    helped = Question.objects.public().filter(helped__isnull=False, common=None, post__space__handle__in=spaces)
    return list(helped.select_related("post__space", "helped__post").order_by("-pk")[:PROPOSABLE])


def _proposed(request: HttpRequest, at: Desk) -> HttpResponse:
    said = request.POST.get("question", "")
    number = int(said[:19]) if said.isascii() and said.isdecimal() else 0
    question = Question.objects.public().filter(pk=number).select_related("post__space", "helped__post").first()
    ties = Tie.objects.public().of(at.city).with_cities()
    space = question.post.space.handle if question and question.post.space else ""
    tie = next((tie for tie in ties if str(tie) == space), None)
    try:
        if question is None or tie is None:
            raise CommonError(_("There is no such question in the space of this city and a friend."))
        made = Common.propose(tie, at.city, question, by=at.by)
    except CommonError as wrong:
        messages.error(request, str(wrong))
        return redirect("desk:common-questions", at.city.handle)
    messages.success(request, _("It is proposed. Look over its words; it is public once the other city agrees."))
    return redirect("desk:common-question", at.city.handle, made.pk)


def _seen(request: HttpRequest) -> int:
    said = request.POST.get("seen", "")
    return int(said[:9]) if said.isascii() and said.isdecimal() else 0


def _page(
    request: HttpRequest, at: Desk, common: Common, problem: str = "", form: dict[str, str] | None = None
) -> HttpResponse:
    typed = form or {}
    friend = common.tie.other(at.city)

    def row(tag: str) -> dict[str, Any]:
        texts = {"question": common.shown_question, "answer": common.shown_answer}
        found: dict[str, Any] = {"tag": tag, "name": name_of(tag, reader_tag())}
        for field, text in texts.items():
            version = text.versions.get(tag)
            found[field] = typed.get(f"{field}:{tag}", version.text if version else "")
            found[f"{field}_state"] = version.state if version else ""
            found[f"{field}_original"] = tag == text.original
        return found

    tags = tags_of(at.city, friend, common.shown_question, common.shown_answer)
    context = {
        "desk": at,
        "common": common,
        "friend": friend,
        "rows": [row(tag) for tag in tags],
        "ours": common.next_by_id is not None and common.next_by_id != at.city.pk and common.state != "withdrawn",
        "problem": problem,
        "seen": request.POST.get("seen", "") if problem else common.revision,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "desk/conversation/common_one.html", context, status=status)
