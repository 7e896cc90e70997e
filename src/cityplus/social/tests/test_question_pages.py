"""The pages of questions: who gets what, and what is done there without a script."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from conftest import sign_in
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.text import Text, Version
from cityplus.social import posting
from cityplus.social.models import Bar, Post, Question
from cityplus.social.tests.cast import resident, say

pytestmark = pytest.mark.django_db
LIST = "/@thehague/questions/"
NEW = f"{LIST}new/"


@pytest.fixture
def mei(shenzhen: City) -> Actor:
    return resident("mei", shenzhen)


@pytest.fixture
def piet(thehague: City) -> Actor:
    return resident("piet", thehague)


@pytest.fixture
def question(mei: Actor, thehague: City) -> Question:
    return Question.objects.get(post=say(mei, "Where is the sea?", asks=thehague.actor))


def browser(actor: Actor) -> Client:
    return sign_in(actor.profile.person)


def shown(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def structured(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found
    return dict(json.loads(found[1]))


def test_the_list_has_questions_by_what_became_of_them_and_by_language(
    stranger: Client, question: Question, mei: Actor, piet: Actor, thehague: City
) -> None:
    answered, helped = (
        say(mei, "How far is it?", asks=thehague.actor),
        say(mei, "哪里?", language="zh-Hans", asks=thehague.actor),
    )
    say(piet, "Near.", reply_to=answered)
    Question.objects.get(pk=helped.pk).mark(say(piet, "Daar.", reply_to=helped, language="nl"), by="@mei")
    words = ["Where is the sea?", "How far is it?", "哪里?"]

    def found(query: str) -> list[bool]:
        page = shown(stranger, LIST + query)
        return [one in page for one in words]

    assert found("") == [True] * 3
    assert found("?show=open") == [True, False, False]
    assert found("?show=answered") == [False, True, True]
    assert found("?show=helped") == [False, False, True]
    assert found("?language=zh-Hans") == [False, False, True]
    assert "Daar." in shown(stranger, f"{LIST}?show=helped")
    assert stranger.get(f"{LIST}?show=all").status_code == 404
    assert stranger.get(f"{LIST}?language=Dutch").status_code == 404


def test_the_queries_of_the_list_do_not_grow(stranger: Client, mei: Actor, piet: Actor, thehague: City) -> None:
    def ask() -> None:
        post = say(mei, "Where?", asks=thehague.actor)
        Question.objects.get(post=post).mark(say(piet, "There.", reply_to=post), by="@mei")

    def asks(query: str) -> int:
        with CaptureQueriesContext(connection) as found:
            stranger.get(LIST + query)
        return len(found)

    ask()
    asks("")
    few = asks("?show=answered")
    for _ in range(12):
        ask()
    asks("?v=2")
    assert asks("?show=helped") == few == 4


def test_an_answer_is_read_in_ones_own_language_beside_its_original(
    stranger: Client, question: Question, piet: Actor
) -> None:
    reply = say(piet, "Aan het eind van lijn 9.", language="nl", reply_to=question.post)
    url = f"/zh-hans{question.get_absolute_url()}"
    page = shown(stranger, url)
    assert 'lang="nl" dir="ltr"><p>Aan het eind van lijn 9.' in page
    assert "九路车的终点站。" not in page
    text = reply.text.with_version("zh-Hans", Version("九路车的终点站。", "machine"))
    Post.objects.filter(pk=reply.pk).update(text=text)
    reply.touch()
    page = shown(stranger, f"{url}?v=1")
    assert re.search(r'lang="zh-Hans" dir="ltr"><p>九路车的终点站。', page)
    assert "Aan het eind van lijn 9." in page


def test_what_helped_stands_first_and_search_engines_read_it_as_accepted(
    stranger: Client, question: Question, piet: Actor, thehague: City
) -> None:
    say(thehague.actor, "Perhaps there.", reply_to=question.post)
    best = say(piet, "At the end of line 9.", reply_to=question.post)
    question.mark(best, by="@mei")
    page = shown(stranger, question.get_absolute_url())
    assert page.index("<bdi") and page.index("At the end of line 9.</p>") < page.index("Perhaps there.</p>")
    read = structured(page)
    assert read["@type"] == "QAPage"
    assert read["mainEntity"]["acceptedAnswer"]["text"] == "At the end of line 9."
    assert [one["text"] for one in read["mainEntity"]["suggestedAnswer"]] == ["Perhaps there."]
    assert read["mainEntity"]["answerCount"] == 2


def test_the_asker_marks_and_nobody_else_may(question: Question, mei: Actor, piet: Actor, thehague: City) -> None:
    reply, url = say(piet, "There.", reply_to=question.post), question.get_absolute_url()
    for other in (piet, resident("bo")):
        assert browser(other).post(f"{url}help/", {"answer": reply.pk}).status_code == 404
        assert browser(other).post(f"{url}closing/", {"on": "1"}).status_code == 404
        assert "This helped me" not in shown(browser(other), url)
    assert Client().post(f"{url}help/", {"answer": reply.pk}).status_code == 302
    question.refresh_from_db()
    assert (question.helped, question.state) == (None, "answered")
    own = browser(mei)
    assert "This helped me" in shown(own, url)
    assert own.post(f"{url}help/", {"answer": reply.pk}).status_code == 302
    assert "This helped you" in shown(own, url)
    assert own.post(f"{url}help/", {"answer": "x"}).status_code == 404
    assert own.post(f"{url}closing/", {"on": "1"}).status_code == 302
    question.refresh_from_db()
    assert (question.helped and question.helped.post, question.state) == (reply, "closed")
    own.post(f"{url}help/")
    own.post(f"{url}closing/", {"on": "0"})
    question.refresh_from_db()
    assert (question.helped, question.state) == (None, "open")


def test_one_answers_on_the_page_of_the_question(question: Question, piet: Actor) -> None:
    client, url = browser(piet), f"{question.get_absolute_url()}answers/"
    assert client.post(url, {"language": "nl", "text": " "}).status_code == 422
    wrong = client.post(url, {"language": "Dutch", "text": "Daar."})
    assert wrong.status_code == 422
    assert "Daar.</textarea>" in wrong.content.decode()
    assert client.post(url, {"language": "nl", "text": "Daar."}).status_code == 302
    reply = question.answers.get().post
    assert (reply.author, reply.by, str(reply.text), reply.text.original) == (piet, "piet", "Daar.", "nl")


def test_who_may_not_reply_finds_no_form(question: Question, piet: Actor, mei: Actor) -> None:
    Bar.put(mei, piet, "block", by="mei")
    url = question.get_absolute_url()
    assert browser(piet).get(url).status_code == 404
    assert browser(piet).post(f"{url}answers/", {"language": "nl", "text": "Daar."}).status_code == 404
    posting.freeze(question.post, by="mei")
    assert browser(resident("bo")).post(f"{url}answers/", {"language": "nl", "text": "Daar."}).status_code == 404
    assert question.post.replies == 0


def test_what_is_not_public_leaves_no_trace(stranger: Client, question: Question, piet: Actor) -> None:
    say(piet, "Between us, @mei", reply_to=question.post, audience="mentioned")
    say(piet, "Among friends", reply_to=question.post, audience="followers")
    page = shown(stranger, question.get_absolute_url()) + shown(stranger, LIST)
    assert "Between us" not in page
    assert "Among friends" not in page
    assert "1 answer" not in page
    posting.withhold(question.post, by="office")
    client = browser(piet)
    for path in ("", "answers/", "help/", "closing/"):
        for one in (stranger, client):
            url = question.get_absolute_url() + path
            assert (one.post(url) if path else one.get(url)).status_code in {302 if one is stranger and path else 404}
    assert "Where is the sea?" not in shown(client, LIST)


def test_asking_shows_first_what_was_answered(mei: Actor, piet: Actor, thehague: City) -> None:
    known = say(mei, "海牙的海滩怎么走？", language="zh-Hans", asks=thehague.actor)
    say(piet, "Lijn 9.", language="nl", reply_to=known)
    for n in range(20):
        other = say(mei, f"Is museum number {n} open on Mondays?", asks=thehague.actor)
        say(piet, "Yes.", reply_to=other)
    bo = browser(resident("bo"))
    asks = {"language": "zh-Hans", "text": "请问去海牙海滩怎么走"}
    page = bo.post(NEW, asks).content.decode()
    assert "海牙的海滩怎么走？" in page
    assert "museum number" not in page
    assert Question.objects.count() == 21
    answer = bo.post(NEW, {**asks, "looked": "1"})
    question = Question.objects.order_by("-pk")[0]
    assert answer["Location"] == question.get_absolute_url()
    assert str(question.post.text) == "请问去海牙海滩怎么走"
    bo.post(NEW, {**asks, "looked": "1"})
    assert Question.objects.count() == 22, "sent twice is asked once"


def test_what_is_like_nothing_is_asked_at_once(thehague: City) -> None:
    bo = browser(resident("bo"))
    assert bo.get(NEW).status_code == 200
    assert bo.post(NEW, {"language": "fr", "text": "Où est la mer ?"}).status_code == 302
    assert Question.objects.get().language == "fr"


@pytest.mark.parametrize("wrong", [{"text": ""}, {"language": "x"}, {"text": "x" * 5001}])
def test_what_cannot_be_asked_is_said_and_kept(thehague: City, wrong: dict[str, str]) -> None:
    said = {"language": "fr", "text": "Où ?", **wrong}
    answer = browser(resident("bo")).post(NEW, said)
    assert answer.status_code == 422
    assert f"{said['text']}</textarea>" in answer.content.decode()
    assert not Question.objects.exists()


def test_asking_takes_an_account_a_profile_and_peace(stranger: Client, thehague: City, visitor: object) -> None:
    assert stranger.get(NEW)["Location"].startswith("/account/session/")
    without = sign_in(visitor)  # type: ignore[arg-type]
    assert "you need a profile" in shown(without, NEW)
    without.post(NEW, {"language": "fr", "text": "Où ?"})
    bo = resident("bo")
    Bar.put(thehague.actor, bo, "block", by="test")
    assert browser(bo).post(NEW, {"language": "fr", "text": "Où ?"}).status_code == 422
    assert not Question.objects.exists()


def test_of_a_city_that_is_not_public_there_are_no_questions(stranger: Client, plovdiv: City) -> None:
    assert stranger.get("/@plovdiv/questions/").status_code == 404
    assert browser(resident("bo")).get("/@plovdiv/questions/new/").status_code == 404


def test_a_question_of_a_tied_city_stands_in_the_pair_and_says_so(mei: Actor, thehague: City) -> None:
    Actor.objects.create(handle="shenzhen+thehague", kind="pair", names=Text.of("en", en="Shenzhen · The Hague"))
    client = browser(mei)
    assert "It stands in the space of Shenzhen · The Hague too." in shown(client, NEW)
    client.post(NEW, {"language": "zh-Hans", "text": "哪里？"})
    space = Question.objects.get().post.space
    assert space and space.handle == "shenzhen+thehague"


def test_the_page_of_a_city_leads_there(stranger: Client, thehague: City) -> None:
    page = shown(stranger, "/@thehague/")
    assert f'href="{NEW}"' in page
    assert f'href="{LIST}"' in page
