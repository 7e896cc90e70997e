"""What waits for a city in its conversation: who sees to it, the answer, notes, and two of the team at one time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from conftest import sign_in
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.cities.models import City, Member, Rules
from cityplus.desk import waiting
from cityplus.desk.access import Desk
from cityplus.lib.ids import id_at
from cityplus.people.models import Person
from cityplus.social import posting
from cityplus.social.errors import SocialError
from cityplus.social.models import Answering, Bar, Matter, Post, Question, TakenMeanwhile
from cityplus.social.tests.cast import resident, say

pytestmark = pytest.mark.django_db
QUEUE = "/desk/@thehague/conversation/"


@pytest.fixture
def mei(shenzhen: City) -> Actor:
    return resident("mei", shenzhen)


@pytest.fixture
def client(editor: Person) -> Client:
    return sign_in(editor)


@pytest.fixture
def matter(mei: Actor, thehague: City) -> Matter:
    return Matter.objects.get(post=say(mei, "Where is the sea?", asks=thehague.actor))


def shown(client: Client, query: str = "") -> str:
    return client.get(QUEUE + query).content.decode()


def url(matter: Matter, deed: str = "") -> str:
    return f"{QUEUE}{matter.pk}/{deed}"


def test_the_queue_has_what_the_city_is_asked_told_and_called(client: Client, mei: Actor, thehague: City) -> None:
    ours = say(thehague.actor, "Hello.")
    said: dict[str, dict[str, Any]] = {
        "A question": {"asks": thehague.actor},
        "A reply": {"reply_to": ours},
        "A mention of @thehague": {},
        "Between us, @thehague": {"audience": "mentioned"},
    }
    for words, rest in said.items():
        say(mei, words, **rest)
    say(mei, "Nothing to do with it")
    say(mei, "Among my friends", reply_to=ours, audience="followers")
    say(thehague.actor, "We answer ourselves, @thehague", reply_to=ours)
    page = shown(client)
    for words in ("A question", "A reply", "A mention of", "Between us"):
        assert words in page
    for words in ("Nothing to do", "Among my friends", "We answer ourselves"):
        assert words not in page
    assert page.index("A question") < page.index("A reply") < page.index("A mention of")
    assert "A reply" not in shown(client, "?kind=question")
    assert "A question" in shown(client, "?kind=question")
    assert "A question" not in shown(client, "?language=nl")
    assert shown(client, "?kind=x&show=y&language=Dutch").count("talk-matter") == 4


def test_what_goes_or_is_by_who_is_blocked_waits_no_more(client: Client, mei: Actor, thehague: City) -> None:
    ours, bo = say(thehague.actor, "Hello."), resident("bo")
    hidden, gone = say(mei, "Hide me", reply_to=ours), say(mei, "Delete me", reply_to=ours)
    say(bo, "Block me", reply_to=ours)
    posting.hide(hidden, by="test")
    posting.delete(gone, by="mei")
    Bar.put(thehague.actor, bo, "block", by="test")
    page = shown(client)
    assert [words for words in ("Hide me", "Delete me", "Block me") if words in page] == []


def test_the_queries_of_the_queue_do_not_grow(client: Client, mei: Actor, thehague: City) -> None:
    def asks() -> int:
        say(mei, "Where?", asks=thehague.actor)
        with CaptureQueriesContext(connection) as found:
            shown(client)
        return len(found)

    asks()
    few = asks()
    assert [asks() for _ in range(4)] == [few] * 4


def test_the_city_answers_and_it_waits_no_more(client: Client, matter: Matter, editor: Person) -> None:
    page = client.get(url(matter)).content.decode()
    assert 'name="text:nl"' in page
    assert 'name="text:en"' in page, "the language of who asks"
    answer = client.post(url(matter, "answers/"), {"text:nl": "Lijn 9.", "text:en": "Line 9.", "seen": "0"})
    assert answer["Location"] == QUEUE
    reply = Post.objects.get(reply_to=matter.post)
    assert (reply.author.handle, reply.by, reply.text.original) == ("thehague", "thehague-editor", "nl")
    assert {tag: version.state for tag, version in reply.text.versions.items()} == {"nl": "author", "en": "author"}
    matter.refresh_from_db()
    assert (matter.state, Question.objects.get().state) == ("done", "answered")
    assert "Where is the sea?" not in shown(client)
    assert "Where is the sea?" in shown(client, "?show=done")


def test_a_reply_is_done_when_the_city_replies(client: Client, mei: Actor, thehague: City) -> None:
    reply = say(mei, "And by tram?", reply_to=say(thehague.actor, "Hello."))
    matter = Matter.objects.get(post=reply)
    client.post(url(matter, "answers/"), {"text:nl": "Ook.", "seen": "0"})
    matter.refresh_from_db()
    assert (matter.state, matter.done_by) == ("done", "thehague-editor")


def test_what_is_not_public_is_answered_as_not_public(client: Client, mei: Actor, thehague: City) -> None:
    post = say(mei, "Between us, @thehague", audience="mentioned")
    client.post(url(Matter.objects.get(post=post), "answers/"), {"text:nl": "Goed.", "seen": "0"})
    reply = Post.objects.get(reply_to=post)
    assert reply.audience == "mentioned"
    assert reply.mentions.get().actor == mei, "else nobody but the city could read it"
    assert not Post.objects.public().filter(pk=reply.pk).exists()


@pytest.mark.parametrize("typed", [{"text:nl": " "}, {"text:nl": "x" * 5001}, {"text:Dutch": "Daar."}])
def test_what_cannot_be_posted_is_kept_in_the_form(client: Client, matter: Matter, typed: dict[str, str]) -> None:
    answer = client.post(url(matter, "answers/"), {**typed, "seen": "0"})
    assert answer.status_code == 422
    ((_name, words),) = typed.items()
    assert words.strip() in answer.content.decode()
    assert not Post.objects.filter(reply_to=matter.post).exists()


def test_who_answers_after_another_is_told_first(client: Client, matter: Matter, thehague: City) -> None:
    typed = {"text:nl": "Lijn 9.", "seen": "0"}
    first = say(resident("piet", thehague), "By tram.", reply_to=matter.post)
    answer = client.post(url(matter, "answers/"), typed)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Meanwhile somebody has answered" in page
    assert "By tram." in page
    assert "Lijn 9.</textarea>" in page
    assert f'name="seen" value="{first.pk}"' in page
    assert client.post(url(matter, "answers/"), {**typed, "seen": str(first.pk)}).status_code == 302


def test_who_has_it_open_is_seen_by_the_others(client: Client, matter: Matter, owner: Person) -> None:
    assert "has this open too" not in client.get(url(matter)).content.decode()
    assert "thehague-editor has this open too" in sign_in(owner).get(url(matter)).content.decode()
    Answering.objects.update(seen_at=timezone.now() - Answering.HERE)
    assert "has this open too" not in client.get(url(matter)).content.decode()


def test_it_is_given_to_one_of_the_team(client: Client, matter: Matter, editor: Person, mei: Actor) -> None:
    client.post(url(matter, "assignment/"), {"to": "thehague-editor", "was": ""})
    matter.refresh_from_db()
    assert (matter.assigned, matter.assigned_by) == (editor, "thehague-editor")
    assert "Where is the sea?" in shown(client, "?show=mine")
    assert "Where is the sea?" not in shown(client, "?show=nobody")
    for wrong in (
        {"to": "mei", "was": str(editor.pk)},
        {"to": "nobody-there", "was": str(editor.pk)},
        {"to": "", "was": ""},
    ):
        client.post(url(matter, "assignment/"), wrong)
        matter.refresh_from_db()
        assert matter.assigned == editor
    answer = client.post(url(matter, "assignment/"), {"to": "", "was": str(editor.pk), "queue": "show=mine"})
    assert answer["Location"] == f"{QUEUE}?show=mine"
    matter.refresh_from_db()
    assert matter.assigned is None


def test_what_was_given_to_who_left_is_nobodys(client: Client, matter: Matter, owner: Person, editor: Person) -> None:
    matter.assign(owner, by="thehague-owner", was=None)
    assert "Where is the sea?" not in shown(client, "?show=nobody")
    Member.objects.filter(person=owner).delete()
    assert "Where is the sea?" in shown(client, "?show=nobody")


def test_who_hands_over_hands_over_what_waits(matter: Matter, owner: Person, editor: Person) -> None:
    matter.assign(editor, by="thehague-editor", was=None)
    Member.objects.get(person=editor).hand_over(to=Member.objects.get(person=owner), by="thehague-editor")
    matter.refresh_from_db()
    assert matter.assigned == owner


def test_it_is_set_aside_and_taken_up_again(client: Client, matter: Matter, mei: Actor) -> None:
    mention = Matter.objects.get(post=say(mei, "Lovely @thehague"))
    for one in (mention, matter):
        client.post(url(one, "state/"), {"done": "1"})
        one.refresh_from_db()
        assert one.state == "done"
    assert Question.objects.get().state == "closed"
    for one in (mention, matter):
        client.post(url(one, "state/"), {"done": "0"})
        one.refresh_from_db()
        assert one.state == "waiting"
    assert Question.objects.get().state == "open"


def test_notes_are_for_the_team_alone(client: Client, matter: Matter, stranger: Client) -> None:
    client.post(url(matter, "notes/"), {"note": "Ask the tram company."})
    assert "Ask the tram company." in client.get(url(matter)).content.decode()
    assert client.post(url(matter, "notes/"), {"note": " "}).status_code == 422
    assert client.post(url(matter, "notes/"), {"note": "x" * 2001}).status_code == 422
    assert matter.notes.count() == 1
    for path in (matter.post.get_absolute_url(), Question.objects.get().get_absolute_url()):
        assert "tram company" not in stranger.get(path).content.decode()


def test_the_city_hides_and_closes_only_what_it_began(
    client: Client, matter: Matter, mei: Actor, thehague: City
) -> None:
    client.post(url(matter, "freezing/"), {"on": "1"})
    matter.post.refresh_from_db()
    assert matter.post.frozen_at is None
    ours = say(thehague.actor, "Hello.")
    reply = Matter.objects.get(post=say(mei, "Rude.", reply_to=ours))
    client.post(url(reply, "freezing/"), {"on": "1"})
    ours.refresh_from_db()
    assert ours.frozen_at
    assert "Replies are closed." in client.get(url(reply)).content.decode()
    client.post(url(reply, "freezing/"), {"on": "0"})
    client.post(url(reply, "hiding/"))
    reply.post.refresh_from_db()
    assert reply.post.hidden_at
    assert client.get(url(reply)).status_code == 404


def test_what_is_overdue_and_nobodys_waits_on_the_first_page(matter: Matter, thehague: City, editor: Person) -> None:
    desk = Desk(thehague, editor, "editor")
    words = [one.words for one in waiting.for_person(desk)]
    assert words == ["1 person waits for an answer, and nobody sees to it."]
    Rules.of(thehague).set(by="test", answer_hours=2)
    late = id_at(timezone.now() - timedelta(hours=3))
    Post.objects.filter(pk=matter.post_id).update(thread=late)
    assert not any(one.urgent for one in waiting.for_person(desk))
    old = Post.objects.create(id=late, author=matter.post.author, by="mei", text=matter.post.text, thread=late)
    Matter.objects.filter(pk=matter.pk).update(post=old)
    found = waiting.for_person(desk)
    assert found[0].words == "1 person has waited for an answer longer than 2 hours."
    assert found[0].urgent
    assert list(waiting.for_person(Desk(thehague, editor, "translator"))) == []
    page = shown(sign_in(editor), "?show=overdue")
    assert "Overdue" in page
    assert "3 hours ago" in page
    Rules.of(thehague).set(by="test", answer_hours=0)
    assert not any(one.urgent for one in waiting.for_person(desk))


def test_the_trail_tells_it_in_words(client: Client, matter: Matter, editor: Person) -> None:
    matter.assign(editor, by="thehague-editor", was=None)
    matter.note("Hm.", by="thehague-editor")
    client.post(url(matter, "answers/"), {"text:nl": "Lijn 9.", "seen": "0"})
    page = client.get("/desk/@thehague/trail/").content.decode()
    for words in ("asked the public of the city: ", "wrote a note on ", "answered the question "):
        assert words in page
    assert "“Where is the sea?”" in page
    posting.delete(matter.post, by="mei")
    assert "Where is the sea?" not in client.get("/desk/@thehague/trail/").content.decode()


def test_another_citys_matter_is_not_there(matter: Matter, shenzhen: City) -> None:
    other = Person.objects.create_user("shenzhen-owner")
    Member.join(shenzhen, other, "owner", by="test")
    client = sign_in(other)
    assert client.get(f"/desk/@shenzhen/conversation/{matter.pk}/").status_code == 404
    assert client.post(f"/desk/@shenzhen/conversation/{matter.pk}/answers/", {"text:nl": "x"}).status_code == 404


def at_one_time(*deeds: Callable[[], object]) -> list[type]:
    """What each came to: None, or the error."""

    def once(deed: Callable[[], object]) -> type:
        try:
            deed()
        except SocialError as error:
            return type(error)
        finally:
            connections.close_all()
        return type(None)

    with ThreadPoolExecutor(len(deeds)) as people:
        return list(people.map(once, deeds))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_at_one_time_one_has_it_and_the_other_is_told(
    matter: Matter, owner: Person, editor: Person
) -> None:
    takes = [
        lambda who=who: Matter.objects.get(pk=matter.pk).assign(who, by=who.username, was=None)
        for who in (owner, editor)
    ]
    assert sorted(at_one_time(*takes), key=str) == sorted([type(None), TakenMeanwhile], key=str)
    matter.refresh_from_db()
    assert matter.assigned in {owner, editor}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_post_an_answer_at_one_time_one_does(
    matter: Matter, owner: Person, editor: Person, thehague: City
) -> None:
    browsers = [sign_in(owner), sign_in(editor)]
    typed = {"text:nl": "Lijn 9.", "seen": "0"}
    statuses: list[int] = []
    posts = [lambda one=one: statuses.append(one.post(url(matter, "answers/"), typed).status_code) for one in browsers]
    at_one_time(*posts)
    assert sorted(statuses) == [302, 409]
    assert Post.objects.filter(reply_to=matter.post).count() == 1
