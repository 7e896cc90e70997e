from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cityplus import pulse
from cityplus.languages.tags import reader_tag
from cityplus.pulse import Subject
from cityplus.social.models import Question
from cityplus.ties.models import Common, Tie
from cityplus.web.addresses import absolute
from cityplus.web.pagecache import keep
from cityplus.web.structured import json_ld

MOST = 200
"""On the page."""


@require_safe
@keep(quiet=True)
def questions(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """What the publics of two cities ask often, with the answers on which both cities have agreed."""
    if first > second:
        return redirect("ties:questions", second, first, permanent=True)
    ties = Tie.objects.public().select_related("first__actor", "second__actor")
    tie = get_object_or_404(ties, first__actor__handle=first, second__actor__handle=second)
    pulse.counts(request, "common-questions", Subject.of("common-questions", tie.pk), *tie.subjects)
    found = list(Common.objects.public().filter(tie=tie).order_by("place", "pk")[:MOST])
    sources = Question.objects.public().filter(pk__in=[one.source_id for one in found])
    asked = {question.pk: question for question in sources.select_related("post__author", "city__actor")}
    context = {
        "tie": tie,
        "cities": [tie.first, tie.second],
        "questions": [{"common": one, "source": asked.get(one.source_id or 0)} for one in found],
        "structured": json_ld(_structured(found)) if found else "",
    }
    return render(request, "ties/questions.html", context)


def _structured(found: list[Common]) -> dict[str, Any]:
    """schema.org FAQPage, in the language of the page."""
    tag = reader_tag()
    entities = [
        {
            "@type": "Question",
            "name": one.question.in_language(tag),
            "url": absolute(one.get_absolute_url()),
            "acceptedAnswer": {"@type": "Answer", "text": one.answer.in_language(tag)},
        }
        for one in found
    ]
    return {"@type": "FAQPage", "inLanguage": tag, "mainEntity": entities}
