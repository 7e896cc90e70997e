"""What the page of a thread shows of the question that it is about: its state, what may be done with it, and what helped first."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from cityplus.social.beside import Beside
from cityplus.social.models import Post
from cityplus.social.questions.asked import of_thread, structured_question
from cityplus.social.speakers.acting import acting
from cityplus.social.speakers.reader import Reader


def beside(request: HttpRequest, post: Post, reader: Reader) -> Beside | None:
    """Plugged into ``social.beside``."""
    if not post.asks_id:
        return None
    _reader, actor = acting(request)
    found = of_thread(post, reader, actor)
    if found is None:
        return None
    html = render_to_string("social/parts/question_beside.html", {"asked": found}, request)
    signs = {
        answer.post_id: render_to_string("social/parts/answer_mark.html", {"asked": found, "answer": answer}, request)
        for answer in found.answers
    }
    return Beside(
        html=html,
        first=[found.helped.post_id] if found.helped else [],
        signs={pk: mark_safe(sign) for pk, sign in signs.items()},  # noqa: S308 - a template of our own
        entity={"mainEntity": structured_question(found)["mainEntity"]},
    )
