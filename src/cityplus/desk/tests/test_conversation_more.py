"""Ready answers, the numbers of the conversation, and common questions at the desk."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.cities.models import City, Member, Rules
from cityplus.desk.conversation.numbers import WEEKS, as_csv, numbers
from cityplus.languages.text import Text
from cityplus.lib.ids import id_at
from cityplus.moderation.models import BlockedWord, Held
from cityplus.people.models import Person
from cityplus.social import posting
from cityplus.social.models import Answer, Matter, Post, Question, ReadyAnswer, Sheet
from cityplus.social.tests.cast import resident, say
from cityplus.ties.models import Common, Tie

pytestmark = pytest.mark.django_db
DESK = "/desk/@thehague/"
READY = f"{DESK}conversation/ready/"
WORDS = {"title": "De zee", "text:nl": "Dag {name}, welkom in {city}!", "text:zh-Hans": "{name}，欢迎来到{city}！"}


@pytest.fixture
def client(editor: Person) -> Client:
    return sign_in(editor)


def test_a_ready_answer_is_kept_changed_and_removed(client: Client) -> None:
    client.post(READY, WORDS)
    kept = ReadyAnswer.objects.get()
    assert (kept.text.original, sorted(kept.text.versions)) == ("nl", ["nl", "zh-Hans"])
    assert "De zee" in client.get(READY).content.decode()
    page = client.get(f"{READY}{kept.pk}/").content.decode()
    assert "welkom in {city}!</textarea>" in page
    client.post(f"{READY}{kept.pk}/", {**WORDS, "title": "Zee", "text:zh-Hans": ""})
    kept.refresh_from_db()
    assert (kept.title, sorted(kept.text.versions)) == ("Zee", ["nl"])
    client.post(f"{READY}{kept.pk}/removal/")
    assert not ReadyAnswer.objects.exists()


@pytest.mark.parametrize("wrong", [{"title": " "}, {"text:nl": "", "text:zh-Hans": ""}, {"text:nl": "x" * 5001}])
def test_what_is_wrong_with_one_is_said(client: Client, wrong: dict[str, str]) -> None:
    answer = client.post(READY, {**WORDS, **wrong})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not ReadyAnswer.objects.exists()


def test_it_is_put_in_with_the_names_in_each_language_and_counted(client: Client, thehague: City) -> None:
    client.post(READY, WORDS)
    kept, mei = ReadyAnswer.objects.get(), resident("mei")
    matter = Matter.objects.get(post=say(mei, "在哪里？", language="zh-Hans", asks=thehague.actor))
    url = f"{DESK}conversation/{matter.pk}/answers/"
    page = client.post(url, {"insert": "1", "ready": kept.pk, "text:nl": "", "seen": "0"}).content.decode()
    assert "Dag Mei, welkom in Den Haag!</textarea>" in page
    assert "Mei，欢迎来到海牙！</textarea>" in page
    assert not Post.objects.filter(reply_to=matter.post).exists()
    typed = {
        "text:nl": "Dag Mei, welkom in Den Haag!",
        "text:zh-Hans": "Mei，欢迎来到海牙！",
        "ready": kept.pk,
        "seen": "0",
    }
    assert client.post(url, typed).status_code == 302
    kept.refresh_from_db()
    assert kept.used == 1
    assert sorted(Post.objects.get(reply_to=matter.post).text.versions) == ["nl", "zh-Hans"]


def test_a_language_more_keeps_what_was_typed(client: Client, thehague: City) -> None:
    matter = Matter.objects.get(post=say(resident("mei"), asks=thehague.actor))
    typed = {"add": "1", "more": "fr", "text:nl": "Dag!", "seen": "0"}
    page = client.post(f"{DESK}conversation/{matter.pk}/answers/", typed).content.decode()
    assert 'name="text:fr"' in page
    assert "Dag!</textarea>" in page


def asked(city: City, at: datetime, hours: float | None) -> Question:
    """A question that was asked at a moment and answered so many hours later."""
    author = city.actor
    facts = {"author": author, "by": "t", "text": say(author).text}
    number = id_at(at) + Post.objects.count()
    post = Post.objects.create(id=number, thread=number, **facts)
    question = Question.objects.create(post=post, city=city, language="en", open_since=number)
    if hours is not None:
        number = id_at(at + timedelta(hours=hours)) + Post.objects.count()
        reply = Post.objects.create(id=number, thread=post.pk, reply_to=post, **facts)
        Answer.objects.create(question=question, post=reply, role="city")
        question.follow()
    return question


def test_the_numbers_are_those_of_the_weeks_of_the_city(thehague: City) -> None:
    Rules.of(thehague).set(by="test", answer_hours=10)
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    monday = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # half past midnight on Monday in The Hague
    for hours in (1, 3, 20, None):
        asked(thehague, monday, hours)
    asked(thehague, monday - timedelta(hours=1), 4)
    asked(thehague, now - timedelta(weeks=60), 400)
    found = numbers(thehague, now)
    assert len(found.weeks) == WEEKS
    this, last = found.weeks[:2]
    assert (this.first.isoformat(), this.asked, this.answered, this.hours, this.within, this.open) == (
        "2026-11-23", 4, 3, 3.0, 2, 1,
    )  # fmt: skip
    assert (last.asked, last.hours) == (1, 4.0)
    assert found.hours == 3.5
    rows = list(csv.reader(io.StringIO("".join(as_csv(found)).removeprefix("\ufeff"))))
    assert rows[0][:4] == ["week", "asked", "answered", "median_hours"]
    assert rows[1] == ["2026-11-23", "4", "3", "3.0", "2", "10", "0", "1"]


def test_who_may_see_the_desk_reads_the_numbers(thehague: City) -> None:
    analyst = Person.objects.create_user("analyst")
    Member.join(thehague, analyst, "analyst", by="test")
    client = sign_in(analyst)
    assert client.get(f"{DESK}conversation/numbers/").status_code == 200
    file = client.get(f"{DESK}conversation/numbers/questions.csv")
    assert b"".join(file.streaming_content).startswith(b"\xef\xbb\xbf")  # type: ignore[attr-defined]
    assert client.get(f"{DESK}conversation/").status_code == 403


def test_two_teams_make_a_common_question(client: Client, thehague: City, shenzhen: City, tie: Tie) -> None:
    mei, piet = resident("mei", shenzhen), resident("piet", thehague)
    post = say(mei, "海滩怎么走？", language="zh-Hans", asks=thehague.actor)
    Question.objects.get().mark(say(piet, "Met lijn 9.", language="nl", reply_to=post), by="@mei")
    theirs = Person.objects.create_user("shenzhen-owner")
    Member.join(shenzhen, theirs, "owner", by="test")
    other, there = sign_in(theirs), "/desk/@shenzhen/common/"
    assert "海滩怎么走？" in client.get(f"{DESK}common/").content.decode()
    client.post(f"{DESK}common/", {"question": post.pk})
    common = Common.objects.get()
    one = f"{DESK}common/{common.pk}/"
    assert 'name="question:nl"' in client.get(one).content.decode()
    words = {
        "question:zh-Hans": "海滩怎么走？",
        "question:nl": "Hoe kom ik bij het strand?",
        "answer:nl": "Met lijn 9.",
    }
    assert client.post(one, {**words, "answer:zh-Hans": "乘九路车。", "seen": common.revision}).status_code == 302
    assert client.post(one, {**words, "seen": common.revision}).status_code == 422
    common.refresh_from_db()
    assert "waits for you to agree" in other.get(there).content.decode()
    assert "asks you to agree to the common question" in other.get("/desk/@shenzhen/").content.decode()
    assert client.post(f"{one}agreement/", {"seen": common.revision}).status_code == 302
    assert not Common.objects.public().exists()
    other.post(f"{there}{common.pk}/agreement/", {"seen": common.revision})
    common.refresh_from_db()
    assert (common.state, common.question.in_language("nl")) == ("public", "Hoe kom ik bij het strand?")
    assert "Both cities agree" in client.get(one).content.decode()
    client.post(f"{one}place/", {"place": "x"})
    client.post(f"{one}withdrawal/")
    assert not Common.objects.public().exists()


def test_a_city_that_is_no_friend_proposes_nothing(client: Client, thehague: City, plovdiv: City) -> None:
    question = Question.objects.get(post=say(resident("mei"), asks=thehague.actor))
    client.post(f"{DESK}common/", {"question": question.pk})
    client.post(f"{DESK}common/", {"question": "x"})
    assert not Common.objects.exists()


def test_an_answer_that_moderation_looks_at_first_is_kept(client: Client, thehague: City) -> None:
    BlockedWord.add("lottery", "hold", by="office")
    matter = Matter.objects.get(post=say(resident("mei"), asks=thehague.actor))
    typed = {"text:en": "No lottery here.", "seen": "0"}
    answer = client.post(f"{DESK}conversation/{matter.pk}/answers/", typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/posts/drafts/")
    assert "No lottery here." in client.get("/posts/drafts/").content.decode()
    assert not Post.objects.filter(reply_to=matter.post).exists()
    assert Held.objects.get().author == thehague.actor


def test_the_trail_tells_who_posted_and_who_hid_a_reply(client: Client, thehague: City) -> None:
    post = say(thehague.actor, "The sea is warm.")
    reply = say(resident("mei"), "It is not.", reply_to=post)
    secret = say(resident("bo"), "Between us.", reply_to=post, audience=Post.Audience.FOLLOWERS)
    posting.hide(reply, by="thehague-editor")
    posting.hide(secret, by="thehague-editor")
    page = client.get(f"{DESK}trail/").content.decode()
    lines = [" ".join(re.sub(r"<[^>]+>", "", line).split()) for line in re.findall(r"<li><p>(.*?)</p>", page)]
    assert "test posted “The sea is warm.”" in lines
    assert "Somebody replied to the city: “It is not.”" in lines
    assert "thehague-editor hid the reply “It is not.”" in lines
    assert "Between us" not in page
    posting.delete(post, by="thehague-editor")
    assert "The sea is warm." not in client.get(f"{DESK}trail/").content.decode()


def test_a_mention_is_told_once_however_often_the_post_is_edited(client: Client, thehague: City) -> None:
    post = say(resident("mei"), "Dear @thehague.")
    for words in ("Dear @thehague!", "Dearest @thehague!"):
        posting.edit(post, Text.of("en", en=words), Text(), by="mei")
    assert client.get(f"{DESK}trail/").content.decode().count("The city is mentioned: ") == 1


def test_the_trail_tells_what_is_set_for_a_moment(client: Client, thehague: City) -> None:
    moment = datetime.now(UTC) + timedelta(days=2)
    document = {"original": "nl", "text": {"nl": "Morgen feest"}}
    sheet = Sheet.write(thehague.actor, document, by="anna", nonce="n" * 32, voices=[thehague.actor.pk])
    assert sheet
    sheet.schedule(moment, by="anna")
    page = client.get(f"{DESK}trail/").content.decode()
    assert "set a post to be sent on " in page
    assert "“Morgen feest”" in page
