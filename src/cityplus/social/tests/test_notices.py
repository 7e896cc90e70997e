"""Notices of what is said: to whom it concerns, in whose name, and of nothing that they may not know of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone, translation

from cityplus.actors.models import Actor
from cityplus.cities.models import City, Member
from cityplus.journal.subscribers import deliver
from cityplus.languages.text import Text
from cityplus.notifications import reading
from cityplus.notifications.models import Notice
from cityplus.people.models import Person
from cityplus.social import posting
from cityplus.social.models import Bar, Boost, Favourite, Follow, FollowRequest, Post
from cityplus.social.tests.cast import resident, say

Open = Callable[[], object]


@pytest.fixture
def ana(db: None) -> Actor:
    return resident("ana")


@pytest.fixture
def bram(db: None) -> Actor:
    return resident("bram")


def heard_by(who: Actor | Person, language: str = "en") -> list[str]:
    """What stands on the page of somebody once the worker has delivered."""
    deliver()
    person = who if isinstance(who, Person) else Person.objects.get(profile__actor=who)
    with translation.override(language):
        lines, _ = reading.page(person)
    assert reading.unread(person) == len([line for line in lines if line.group.unread])
    return [line.said.text for line in lines]


def test_an_answer_is_told_to_whom_it_answers_and_once(ana: Actor, bram: Actor) -> None:
    post = say(ana)
    answer = say(bram, "Good morning @ana", reply_to=post)
    assert heard_by(ana) == ["Bram replied to you."], "it mentions her too, and is one notice all the same"
    (line,), _ = reading.page(Person.objects.get(profile__actor=ana))
    assert (line.said.path, line.said.excerpt) == (answer.get_absolute_url(), "Good morning @ana")
    assert heard_by(bram) == []


def test_who_is_named_or_quoted_is_told(ana: Actor, bram: Actor) -> None:
    post = say(ana)
    say(bram, "Look, @ana")
    say(bram, "As she says", quote=post)
    assert heard_by(ana) == ["Bram quoted you.", "Bram mentioned you."]


def test_a_mention_that_is_added_later_is_told_and_the_others_not_again(ana: Actor, bram: Actor) -> None:
    carla = resident("carla")
    post = say(bram, "Look, @ana")
    heard_by(ana)
    words = Text.of("en", en="Look, @ana and @carla")
    posting.edit(post, words, Text(), by="bram")
    assert heard_by(ana) == ["Bram mentioned you."]
    assert heard_by(carla) == ["Bram mentioned you."]


def test_favourites_boosts_and_follows_are_told_as_groups(ana: Actor, bram: Actor) -> None:
    post, carla = say(ana), resident("carla")
    for actor in (bram, carla):
        Favourite.put(actor, post, by=actor.handle)
        Follow.begin(actor, ana, by=actor.handle)
    Boost.put(bram, post, by="bram")
    assert sorted(heard_by(ana)) == [
        "Bram boosted your post.",
        "Carla and Bram favoured your post.",
        "Carla and Bram follow you.",
    ]


def test_what_one_does_oneself_is_no_news(ana: Actor) -> None:
    post = say(ana)
    say(ana, "And more", reply_to=post)
    Favourite.put(ana, post, by="ana")
    assert heard_by(ana) == []


def test_a_question_to_a_city_reaches_those_of_its_team_who_may_speak(
    ana: Actor, thehague: City, owner: Person, editor: Person, visitor: Person
) -> None:
    translator = Person.objects.create_user("translator")
    Member.objects.create(city=thehague, person=translator, role=Member.Role.TRANSLATOR)
    say(ana, "Where does the tram end?", asks=thehague.actor)
    for person in (owner, editor):
        assert heard_by(person) == ["Ana asks the people of The Hague."]
    for person in (translator, visitor):
        assert heard_by(person) == []
    assert heard_by(owner, "nl")[0].endswith("Den Haag.") or "Den Haag" in heard_by(owner, "nl")[0]


def test_who_did_it_for_the_city_is_not_told_and_the_others_of_the_team_are(
    ana: Actor, thehague: City, owner: Person, editor: Person
) -> None:
    post = say(thehague.actor)
    Favourite.put(ana, post, by="thehague-owner")
    assert heard_by(owner) == []
    assert heard_by(editor) == ["Ana favoured a post of The Hague."]


def test_who_leaves_the_team_hears_no_more_of_it(ana: Actor, thehague: City, owner: Person, editor: Person) -> None:
    say(ana, "Where does the tram end?", asks=thehague.actor)
    assert len(heard_by(editor)) == 1
    Member.objects.filter(person=editor).delete()
    assert heard_by(editor) == []


def _of(post: Post, ana: Actor, bram: Actor) -> dict[str, Open]:
    return {
        "deleted": lambda: posting.delete(post, by="bram"),
        "hidden": lambda: posting.hide(post, by="ana"),
        "withheld": lambda: posting.withhold(post, by="office"),
        "blocked by the reader": lambda: Bar.put(ana, bram, "block", by="ana"),
        "muted by the reader": lambda: Bar.put(ana, bram, "mute", by="ana"),
        "blocks the reader": lambda: Bar.put(bram, ana, "block", by="bram"),
        "limited": lambda: Actor.objects.filter(pk=bram.pk).update(limited_at=timezone.now()),
        "gone": lambda: Actor.objects.filter(pk=bram.pk).update(gone_at=timezone.now()),
    }


@pytest.mark.parametrize(
    "how",
    ["deleted", "hidden", "withheld", "blocked by the reader", "muted by the reader", "blocks the reader", "limited", "gone"],
)  # fmt: skip
def test_what_one_may_not_know_of_leaves_no_trace(ana: Actor, bram: Actor, how: str) -> None:
    answer = say(bram, "Rude words", reply_to=say(ana))
    assert heard_by(ana) == ["Bram replied to you."]
    _of(answer, ana, bram)[how]()
    assert heard_by(ana) == []
    assert Notice.objects.count() == 1, "it is kept, so that it is not given twice"


def test_a_limited_one_whom_one_follows_is_heard(ana: Actor, bram: Actor) -> None:
    Follow.begin(ana, bram, by="ana")
    say(bram, "Hello @ana")
    Actor.objects.filter(pk=bram.pk).update(limited_at=timezone.now())
    assert heard_by(ana) == ["Bram mentioned you."]


def test_a_mention_in_what_is_for_followers_is_seen_by_who_is_mentioned(ana: Actor, bram: Actor) -> None:
    say(bram, "Psst, @ana", audience=Post.Audience.MENTIONED)
    assert heard_by(ana) == ["Bram mentioned you."]


def test_a_quote_that_one_may_not_read_is_not_told(ana: Actor, bram: Actor) -> None:
    post = say(ana)
    say(bram, "Behind her back", quote=post, audience=Post.Audience.FOLLOWERS)
    assert heard_by(ana) == []
    Follow.begin(ana, bram, by="ana")
    assert heard_by(ana) == ["Bram quoted you."]
    Follow.end(ana, bram, by="ana")
    assert heard_by(ana) == []


def test_a_deed_that_was_taken_back_is_not_told_and_done_again_it_is_the_same(ana: Actor, bram: Actor) -> None:
    post = say(ana)
    Favourite.put(bram, post, by="bram")
    assert len(heard_by(ana)) == 1
    Favourite.take(bram, post, by="bram")
    assert heard_by(ana) == []
    Favourite.put(bram, post, by="bram")
    assert len(heard_by(ana)) == 1
    assert Notice.objects.count() == 1


def test_who_is_asked_and_who_may_follow_are_told(ana: Actor, bram: Actor) -> None:
    locked = resident("locked", locked=True)
    asked = Follow.begin(bram, locked, by="bram")
    assert isinstance(asked, FollowRequest)
    assert heard_by(locked) == ["Bram asks to follow you."]
    asked.accept(by="locked")
    assert heard_by(locked) == [], "the request is answered, and who let him follow needs not be told that he does"
    assert heard_by(bram) == ["Locked lets you follow."]


def test_a_content_note_stands_in_the_place_of_the_words(ana: Actor, bram: Actor) -> None:
    say(bram, "The butler did it, @ana", note=Text.of("en", en="The end of a book"))
    heard_by(ana)
    (line,), _ = reading.page(Person.objects.get(profile__actor=ana))
    assert line.said.excerpt == "The end of a book"


def test_the_page_asks_a_fixed_number_of_queries(
    ana: Actor, bram: Actor, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for n in range(12):
        say(bram, f"Number {n}, @ana")
    deliver()
    person = Person.objects.get(profile__actor=ana)
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        assert len(reading.page(person)[0]) == 12
