"""Which posts a reader gets, in which order."""

from __future__ import annotations

import pytest

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.social import posting, timelines
from cityplus.social.models import Bar, Boost, Follow
from cityplus.social.tests.cast import reads, resident, say
from cityplus.social.timelines import PAGE, Place, Stretch

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["walked", "walked in vain", "gathered"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """All ways of reading a home give the same."""
    monkeypatch.setattr(timelines, "NEAR", 200 if request.param == "gathered" else 0)
    monkeypatch.setattr(timelines, "WALK", 3 if request.param == "walked in vain" else 4_000)


def posts(stretch: Stretch) -> list[int]:
    return [line.post for line in stretch.lines]


@pytest.mark.usefixtures("few")
def test_a_home_has_what_one_follows_and_oneself(thehague: City, shenzhen: City) -> None:
    ana, bo = resident("ana"), resident("bo")
    Follow.begin(ana, thehague.actor, by="ana")
    theirs, own = say(thehague.actor), say(ana)
    say(shenzhen.actor)
    say(bo)
    kept = say(thehague.actor, audience="followers")
    say(thehague.actor, audience="mentioned")
    assert posts(timelines.home(reads(ana))) == [kept.pk, own.pk, theirs.pk]


@pytest.mark.usefixtures("few")
def test_replies_are_shown_among_those_one_follows(thehague: City, shenzhen: City) -> None:
    ana, bo = resident("ana"), resident("bo")
    Follow.begin(ana, thehague.actor, by="ana")
    said = say(bo, "A question.")
    say(thehague.actor, "To somebody else.", reply_to=said)
    mine = say(ana)
    to_me = say(thehague.actor, "To you.", reply_to=mine)
    more = say(thehague.actor, "And more.", reply_to=to_me)
    assert posts(timelines.home(reads(ana))) == [more.pk, to_me.pk, mine.pk]


@pytest.mark.usefixtures("few")
def test_a_boost_repeats_nothing(thehague: City, shenzhen: City) -> None:
    ana = resident("ana")
    for city in (thehague, shenzhen):
        Follow.begin(ana, city.actor, by="ana")
    bo, cy = resident("bo"), resident("cy")
    old, new = say(bo), say(cy)
    Boost.put(thehague.actor, old, by="test")
    Boost.put(shenzhen.actor, old, by="test")
    own = say(shenzhen.actor)
    Boost.put(thehague.actor, own, by="test")
    Boost.put(shenzhen.actor, new, by="test")
    assert posts(timelines.home(reads(ana))) == [new.pk, own.pk, old.pk]
    Boost.take(shenzhen.actor, new, by="test")
    assert posts(timelines.home(reads(ana))) == [own.pk, old.pk]


@pytest.mark.usefixtures("few")
def test_pages_stay_where_they_were_when_others_post(thehague: City) -> None:
    ana = resident("ana")
    Follow.begin(ana, thehague.actor, by="ana")
    said = [say(thehague.actor).pk for _ in range(PAGE * 2 + 5)][::-1]
    first = timelines.home(reads(ana))
    assert (posts(first), first.older, first.newer) == (said[:PAGE], True, False)
    say(thehague.actor)
    second = timelines.home(reads(ana), Place(before=first.lines[-1].id))
    assert (posts(second), second.older, second.newer) == (said[PAGE : 2 * PAGE], True, True)
    last = timelines.home(reads(ana), Place(before=second.lines[-1].id))
    assert (posts(last), last.older) == (said[2 * PAGE :], False)
    back = timelines.home(reads(ana), Place(after=second.lines[0].id))
    assert (posts(back), back.newer) == (said[:PAGE], True)


@pytest.mark.usefixtures("few")
def test_who_is_muted_or_blocked_is_not_there(thehague: City, shenzhen: City) -> None:
    ana, bo = resident("ana"), resident("bo")
    for other in (thehague.actor, shenzhen.actor):
        Follow.begin(ana, other, by="ana")
    say(shenzhen.actor)
    Boost.put(thehague.actor, say(bo), by="test")
    assert len(timelines.home(reads(ana)).lines) == 2
    Bar.put(bo, ana, "block", by="bo")
    Bar.put(ana, shenzhen.actor, "mute", by="ana")
    assert posts(timelines.home(reads(ana))) == []
    assert posts(timelines.network(reads(ana))) == []


def test_what_is_taken_away_is_in_no_timeline_and_comes_back_to_its_place(thehague: City) -> None:
    bo = resident("bo")
    first, post, last = say(thehague.actor), say(thehague.actor, "See #DenHaag"), say(thehague.actor)
    Boost.put(bo, post, by="bo")

    def seen() -> list[list[int]]:
        nobody = reads(resident(f"r{Actor.objects.count()}"))
        found = timelines.network(nobody), timelines.of_actor(bo, nobody), timelines.tagged("denhaag", nobody)
        return [posts(stretch) for stretch in found]

    whole = [[last.pk, post.pk, first.pk], [post.pk], [post.pk]]
    assert seen() == whole
    for away, back in ((posting.hide, posting.show), (posting.withhold, posting.release)):
        away(post, by="test")
        assert seen() == [[last.pk, first.pk], [], []]
        back(post, by="test")
        assert seen() == whole
    posting.delete(post, by="test")
    assert seen() == [[last.pk, first.pk], [], []]


def test_a_pair_says_what_is_said_in_its_space_and_a_city_is_asked(thehague: City, shenzhen: City) -> None:
    pair = Actor.objects.create(handle="shenzhen+thehague", kind="pair", names=Text.of("en", en="Both"))
    ana, bo = resident("ana", shenzhen), resident("bo")
    Follow.begin(bo, pair, by="bo")
    Follow.begin(bo, thehague.actor, by="bo")
    question = say(ana, "Where is the sea?", asks=thehague.actor, space=pair)
    assert posts(timelines.of_actor(pair, reads(bo))) == [question.pk]
    assert posts(timelines.asked_of(thehague.actor, reads(bo))) == [question.pk]
    assert posts(timelines.of_actor(thehague.actor, reads(bo))) == []
    assert posts(timelines.home(reads(bo))) == [question.pk]
    assert posts(timelines.network(reads(bo), language="zh-Hans")) == []
