"""A question with its answers, as one reader gets it: for its own page, and for the page of its thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cityplus.actors.models import Actor
from cityplus.languages.tags import reader_tag
from cityplus.languages.text import Text
from cityplus.social.models import Answer, Post, Question
from cityplus.social.policies import may_reply
from cityplus.social.questions import answering
from cityplus.social.rendering.structured import author_of
from cityplus.social.speakers.reader import Reader
from cityplus.social.standings import standing
from cityplus.web.addresses import absolute

MOST = 200
"""Answers on the page of a question; its thread has all."""


@dataclass(frozen=True)
class Asked:
    """``answers`` have the one that helped first, then as they came. What the reader may do follows from as whom they act."""

    question: Question
    answers: Sequence[Answer]
    more: bool
    may_mark: bool = False
    may_close: bool = False
    may_reply: bool = False
    role: str = ""

    @property
    def helped(self) -> Answer | None:
        return next((answer for answer in self.answers if answer.pk == self.question.helped_id), None)

    @property
    def open(self) -> bool:
        return self.question.state == "open"


def asked(question: Question, reader: Reader, actor: Actor | None) -> Asked:
    """A question as this reader gets it, who acts as this actor."""
    there = question.answers.there().exclude(post__author__in=reader.shunned)
    found = list(there.select_related("post__author").order_by("post")[: MOST + 1])
    answers = sorted(found[:MOST], key=lambda answer: answer.pk != question.helped_id)
    if actor is None:
        return Asked(question, answers, len(found) > MOST)
    part = answering.part_of(question, actor)
    replies = may_reply(question.post, question.post, standing(question.post, question.post, reader, actor))
    return Asked(
        question,
        answers,
        len(found) > MOST,
        may_mark=answering.may_mark(part),
        may_close=answering.may_close(part),
        may_reply=replies,
        role=part.role,
    )


def of_thread(root: Post, reader: Reader, actor: Actor | None) -> Asked | None:
    """The question that a thread is about, for the page of that thread; None where it is about none that this reader may see."""
    found = Question.objects.visible_to(reader).select_related("post__author", "city__actor").filter(pk=root.pk).first()
    return asked(found, reader, actor) if found else None


def structured_question(found: Asked) -> dict[str, Any]:
    """What search engines read of a question (schema.org QAPage), with the answer that helped as the accepted one."""
    question, helped = found.question, found.helped
    others = [_answer(answer) for answer in found.answers if answer is not helped]
    words = plain(question.post.text)
    return {
        "@type": "QAPage",
        "mainEntity": {
            "@type": "Question",
            "name": words[:110],
            "text": words,
            "inLanguage": reader_tag(),
            "url": absolute(question.get_absolute_url()),
            "dateCreated": question.asked_at.isoformat(),
            "answerCount": len(found.answers),
            "author": author_of(question.post.author),
            "acceptedAnswer": _answer(helped) if helped else None,
            "suggestedAnswer": others,
        },
    }


def plain(text: Text) -> str:
    return text.in_language(reader_tag())


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "@type": "Answer",
        "text": plain(answer.post.text),
        "dateCreated": answer.post.at.isoformat(),
        "upvoteCount": answer.post.favourites,
        "url": absolute(answer.question.get_absolute_url()) + f"#post-{answer.post_id}",
        "author": author_of(answer.post.author),
    }
