"""Common questions: proposed by one city, public once both agree to the words, withdrawn by either."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.journal.models import Entry
from cityplus.languages.text import Text, Version
from cityplus.social import posting
from cityplus.social.models import Question
from cityplus.social.tests.cast import resident, say
from cityplus.ties.models import Common, CommonError, Tie
from cityplus.ties.wording import worded

pytestmark = pytest.mark.django_db
PAGE = "/ties/shenzhen+thehague/questions/"


@pytest.fixture
def tie(thehague: City, shenzhen: City) -> Tie:
    tie = Tie.propose(thehague, shenzhen, by="test")
    tie.accept(shenzhen, by="test")
    return tie


@pytest.fixture
def question(tie: Tie, thehague: City, shenzhen: City) -> Question:
    """What Mei of Shenzhen asked in Chinese, and Piet of The Hague answered in Dutch."""
    mei, piet = resident("mei", shenzhen), resident("piet", thehague)
    post = say(mei, "海滩怎么走？", language="zh-Hans", asks=thehague.actor)
    Question.objects.get(post=post).mark(say(piet, "Met lijn 9.", language="nl", reply_to=post), by="@mei")
    return Question.objects.select_related("post__space", "helped__post").get(post=post)


@pytest.fixture
def common(tie: Tie, thehague: City, question: Question) -> Common:
    return Common.propose(tie, thehague, question, by="editor")


def shown() -> str:
    return Client().get(f"{PAGE}?v={Entry.objects.count()}").content.decode()


def agree(common: Common, city: City) -> None:
    common.agree(city, by="test", seen=common.revision)


def test_it_begins_with_the_words_of_asker_and_answerer_and_nobody_sees_it(common: Common, thehague: City) -> None:
    assert (str(common.shown_question), common.shown_question.original) == ("海滩怎么走？", "zh-Hans")
    assert (str(common.shown_answer), common.shown_answer.original) == ("Met lijn 9.", "nl")
    assert (common.state, common.next_by) == ("proposed", thehague)
    assert "Met lijn 9." not in shown()


def test_it_is_public_once_the_other_city_agrees(common: Common, thehague: City, shenzhen: City) -> None:
    with pytest.raises(CommonError, match="Your own city"):
        agree(common, thehague)
    agree(common, shenzhen)
    assert common.state == "public"
    page = shown()
    assert f'id="q{common.pk}"' in page
    assert "海滩怎么走？" in page
    assert "Met lijn 9." in page
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.S)[1])  # type: ignore[index]
    assert data["@type"] == "FAQPage"
    assert data["mainEntity"][0]["acceptedAnswer"]["text"] == "Met lijn 9."
    with pytest.raises(CommonError, match="no new words"):
        agree(common, shenzhen)


def test_new_words_wait_while_the_old_ones_are_read(common: Common, thehague: City, shenzhen: City) -> None:
    agree(common, shenzhen)
    words = Text("nl", {"nl": Version("Met lijn 1 of 9.")})
    common.word(shenzhen, common.shown_question, words, by="test", seen=common.revision)
    assert "Met lijn 9." in shown()
    assert "lijn 1 of 9" not in shown()
    assert list(Common.objects.waiting_for(thehague)) == [common]
    assert list(Common.objects.waiting_for(shenzhen)) == []
    agree(common, thehague)
    assert "lijn 1 of 9" in shown()


def test_one_agrees_to_what_one_has_read(common: Common, thehague: City, shenzhen: City) -> None:
    read = common.revision
    common.word(thehague, common.shown_question, Text.of("nl", nl="Anders."), by="test", seen=read)
    with pytest.raises(CommonError, match="Meanwhile the words were changed"):
        common.agree(shenzhen, by="test", seen=read)
    with pytest.raises(CommonError, match="Meanwhile the words were changed"):
        common.word(shenzhen, common.shown_question, Text.of("nl", nl="Zo."), by="test", seen=read)
    assert not Common.objects.public().exists()


def test_who_answers_with_other_words_has_the_first_agree(common: Common, thehague: City, shenzhen: City) -> None:
    common.word(shenzhen, common.shown_question, Text.of("nl", nl="Anders."), by="test", seen=common.revision)
    with pytest.raises(CommonError):
        agree(common, shenzhen)
    agree(common, thehague)
    assert str(common.answer) == "Anders."


def test_agreeing_reviews_what_machines_made_in_ones_own_languages(
    common: Common, thehague: City, shenzhen: City
) -> None:
    text = common.shown_answer.with_version("zh-Hans", Version("乘九路车。", "machine")).with_version(
        "en", Version("Line 9.", "machine")
    )
    common.word(thehague, common.shown_question, text, by="test", seen=common.revision)
    agree(common, shenzhen)
    states = {tag: (version.state, version.by) for tag, version in common.answer.versions.items()}
    assert states == {"nl": ("author", ""), "zh-Hans": ("reviewed", "shenzhen"), "en": ("machine", "")}


def test_either_city_withdraws_it_alone_and_new_words_propose_it_again(
    common: Common, thehague: City, shenzhen: City
) -> None:
    agree(common, shenzhen)
    common.withdraw(shenzhen, by="test")
    common.withdraw(thehague, by="test")
    assert Entry.objects.filter(verb="common.withdrawn").count() == 1
    assert not Entry.objects.get(verb="common.withdrawn").quiet, "kept pages end with it"
    assert "Met lijn 9." not in shown()
    common.word(thehague, common.shown_question, common.shown_answer, by="test", seen=common.revision)
    assert common.state == "proposed"
    agree(common, shenzhen)
    assert "Met lijn 9." in shown()


def test_only_what_helped_in_the_space_of_the_two_is_proposed_and_once(
    common: Common, tie: Tie, thehague: City, question: Question
) -> None:
    with pytest.raises(CommonError, match="already"):
        Common.propose(tie, thehague, question, by="test")
    bo = resident("bo")
    elsewhere = Question.objects.get(post=say(bo, "Where?", asks=thehague.actor))
    with pytest.raises(CommonError, match="space"):
        Common.propose(tie, thehague, elsewhere, by="test")
    mei = Actor.objects.get(handle="mei")
    helpless = Question.objects.get(post=say(mei, "Where?", asks=thehague.actor))
    with pytest.raises(CommonError, match="helped"):
        Common.propose(tie, thehague, helpless, by="test")


def test_they_stand_in_the_order_that_the_teams_give_them(
    common: Common, tie: Tie, thehague: City, shenzhen: City, question: Question
) -> None:
    words = Text.of("en", en="More?")
    others = [Common.objects.create(tie=tie, place=n, state="public", question=words, answer=words) for n in (2, 3)]
    others[1].move(shenzhen, 1, by="test")
    assert list(Common.objects.filter(tie=tie)) == [others[1], common, others[0]]
    assert [one.place for one in Common.objects.filter(tie=tie)] == [1, 2, 3]


def test_what_was_asked_is_named_as_long_as_it_is_there(common: Common, shenzhen: City, question: Question) -> None:
    agree(common, shenzhen)
    assert "Asked by Mei" in shown()
    posting.delete(question.post, by="mei")
    page = shown()
    assert "Asked by Mei" not in page
    assert "Met lijn 9." in page, "the words are the two cities' own"


def test_of_a_tie_that_is_not_public_there_is_no_page(thehague: City, shenzhen: City) -> None:
    assert Client().get(PAGE).status_code == 404
    Tie.propose(thehague, shenzhen, by="test")
    assert Client().get(PAGE).status_code == 404
    assert Client().get("/ties/thehague+shenzhen/questions/")["Location"] == PAGE


def test_words_that_stay_keep_who_wrote_them(thehague: City) -> None:
    old = Text(
        "nl", {"nl": Version("Zee", "author", "piet"), "zh-Hans": Version("海", "machine"), "en": Version("Sea")}
    )
    form = {"answer:nl": "Zee", "answer:zh-Hans": "大海", "answer:en": "", "answer:x!": "x", "question:nl": "Nee"}
    new = worded(old, form, "answer", thehague)
    assert new.versions["nl"] == old.versions["nl"]
    assert (new.versions["zh-Hans"].text, new.versions["zh-Hans"].state) == ("大海", "reviewed")
    assert sorted(new.versions) == ["nl", "zh-Hans"]
    assert worded(old, {"answer:nl": ""}, "answer", thehague).versions["nl"].text == "Zee"
