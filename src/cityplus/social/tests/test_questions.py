"""The life of a question: asked, answered, marked, closed and opened again; also when several do so at one time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.journal.models import Entry
from cityplus.social import posting
from cityplus.social.errors import Gone, NotAllowed
from cityplus.social.models import Matter, Post, Question
from cityplus.social.tests.cast import resident, say


@pytest.fixture
def mei(shenzhen: City) -> Actor:
    return resident("mei", shenzhen)


@pytest.fixture
def question(mei: Actor, thehague: City) -> Question:
    return Question.objects.get(post=say(mei, "Where is the sea?", asks=thehague.actor))


def answer(question: Question, author: Actor, words: str = "There.", **rest: str) -> Post:
    return say(author, words, reply_to=question.post, **rest)


def state(question: Question) -> tuple[str, str]:
    """Of the question, and of what the city's team has to see to."""
    question.refresh_from_db()
    return question.state, Matter.objects.get(post=question.post_id, city=question.city).state


@pytest.mark.django_db
def test_only_a_post_that_asks_is_a_question(mei: Actor, thehague: City) -> None:
    say(mei)
    assert not Question.objects.exists()
    post = say(mei, "在哪里?", language="zh-Hans", asks=thehague.actor)
    question = Question.objects.get()
    assert (question.post, question.city, question.language) == (post, thehague, "zh-Hans")
    entry = Entry.objects.get(verb="question.asked")
    assert (entry.handle, entry.by, entry.quiet) == ("thehague", "@mei", True)


@pytest.mark.django_db
def test_a_resident_or_the_city_answers_and_others_only_reply(question: Question, thehague: City) -> None:
    answer(question, resident("bo"))
    answer(question, question.post.author, "Anybody?")
    answer(question, resident("lo", thehague), "Between us.", audience="followers")
    assert state(question) == ("open", "waiting")
    assert question.answered_at is None
    first = answer(question, resident("piet", thehague))
    assert state(question) == ("answered", "done")
    answer(question, thehague.actor)
    question.refresh_from_db()
    assert question.answered_at == first.at
    assert [one.role for one in question.answers.order_by("post")] == ["asker", "resident", "city"]
    told = Entry.objects.get(verb="question.answered")
    assert (told.by, told.data["answer"]) == ("@piet", first.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("away", [posting.hide, posting.withhold, posting.delete])
def test_an_answer_that_goes_leaves_it_open(question: Question, thehague: City, away: Callable[..., None]) -> None:
    piet = resident("piet", thehague)
    post = answer(question, piet)
    question.mark(post, by="@mei")
    away(post, by="test")
    assert state(question) == ("open", "waiting")
    assert (question.helped, question.answered_at) == (None, None)
    second = answer(question, piet)
    assert state(question) == ("answered", "done")
    assert question.answered_at == second.at


@pytest.mark.django_db
def test_the_asker_marks_what_helped_and_may_change_it(question: Question, thehague: City) -> None:
    one, other = answer(question, thehague.actor), answer(question, resident("piet", thehague))
    before = one.revision
    question.mark(one, by="@mei")
    question.mark(one, by="@mei")
    one.refresh_from_db()
    assert question.helped and question.helped.post == one
    assert one.revision > before
    question.mark(other, by="@mei")
    assert question.helped.post == other
    assert Entry.objects.filter(verb="question.helped").count() == 2
    question.unmark(by="@mei")
    assert (question.helped, question.helped_at) == (None, None)
    assert state(question) == ("answered", "done")


@pytest.mark.django_db
def test_what_the_asker_found_out_can_be_what_helped(question: Question) -> None:
    own = answer(question, question.post.author, "I found it.")
    question.mark(own, by="@mei")
    assert state(question) == ("answered", "done")
    question.unmark(by="@mei")
    assert state(question) == ("open", "waiting")


@pytest.mark.django_db
def test_nothing_else_can_be_marked(question: Question, thehague: City) -> None:
    elsewhere = say(thehague.actor, "Elsewhere.")
    for post in (elsewhere, answer(question, resident("bo")), question.post):
        with pytest.raises(NotAllowed):
            question.mark(post, by="@mei")
    gone = answer(question, thehague.actor)
    posting.delete(gone, by="test")
    with pytest.raises(Gone):
        question.mark(gone, by="@mei")


@pytest.mark.django_db
def test_it_is_closed_and_opened_again(question: Question, thehague: City) -> None:
    question.close(by="editor")
    question.close(by="another")
    assert state(question) == ("closed", "done")
    assert question.closed_by == "editor"
    question.reopen(by="@mei")
    assert state(question) == ("open", "waiting")
    first = answer(question, thehague.actor)
    question.mark(first, by="@mei")
    question.reopen(by="@mei")
    assert state(question) == ("open", "waiting"), "the answers that there were did not help"
    assert (question.helped, question.answered_at) == (None, first.at)
    posting.hide(answer(question, resident("bo")), by="test")
    assert state(question) == ("open", "waiting")
    answer(question, thehague.actor)
    assert state(question) == ("answered", "done")
    question.close(by="@mei")
    answer(question, thehague.actor)
    assert state(question) == ("closed", "done")
    verbs = Entry.objects.filter(verb__startswith="question.").order_by("id").values_list("verb", flat=True)
    assert [verb.partition(".")[2] for verb in verbs] == [
        "asked", "closed", "reopened", "answered", "helped", "reopened", "answered", "closed",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_question_whose_post_goes_is_seen_by_nobody(question: Question) -> None:
    assert Question.objects.public().exists()
    posting.delete(question.post, by="mei")
    assert not Question.objects.public().exists()
    assert not Matter.objects.of(question.city).exists()


def at_one_time(*deeds: Callable[[], object]) -> list[object]:
    def once(deed: Callable[[], object]) -> object:
        try:
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as people:
        return list(people.map(once, deeds))


@pytest.mark.django_db(transaction=True)
def test_of_two_marks_at_one_time_one_holds_and_both_are_told(question: Question, thehague: City) -> None:
    one, other = answer(question, thehague.actor), answer(question, resident("piet", thehague))
    marks = [lambda post=post: Question.objects.get().mark(post, by="@mei") for post in (one, other) * 5]
    at_one_time(*marks)
    question.refresh_from_db()
    last = Entry.objects.filter(verb="question.helped").order_by("-id").first()
    assert question.helped and last
    assert question.helped.post_id == last.data["answer"]


@pytest.mark.django_db(transaction=True)
def test_answering_marking_hiding_and_closing_at_one_time_do_not_lock_each_other_out(
    question: Question, thehague: City
) -> None:
    piet = resident("piet", thehague)
    first, second = answer(question, thehague.actor), answer(question, piet)
    at_one_time(
        *[lambda: answer(question, piet)] * 4,
        *[lambda: Question.objects.get().mark(first, by="@mei")] * 3,
        *[lambda: posting.hide(second, by="test"), lambda: posting.show(second, by="test")] * 2,
        lambda: Question.objects.get().close(by="@mei"),
        lambda: Question.objects.get().reopen(by="@mei"),
    )
    question.refresh_from_db()
    assert question.answers.count() == 6
    assert question.answered_at == first.at
