"""Posts, people and hashtags are found: what everybody may see, and what is one's own."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.text import Text, Version
from cityplus.search import building, flows, index, suggest
from cityplus.search.engines import engine
from cityplus.search.tests.conftest import tell_the_index
from cityplus.social import posting
from cityplus.social.accounts import leaving
from cityplus.social.models import Bar, Silence
from cityplus.social.tests.cast import person_of, resident, say
from cityplus.social.tests.test_following import browser
from cityplus.social.writing import Writing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_index")]


@pytest.fixture
def empty_index(db: None) -> None:
    building.build({kind: iter(()) for kind in index.kinds().values()})


def found(q: str, by: Actor | None = None, kind: str = "post") -> str:
    tell_the_index()
    client = browser(by) if by else Client()
    return client.get("/search/", {"q": q, "kind": kind}).content.decode()


def test_posts_are_found_in_every_language_the_newest_first(thehague: City) -> None:
    words = Text("nl", {"nl": Version("Regen op het strand"), "zh-Hans": Version("沙滩上下雨了", "machine")})
    first = say(thehague.actor, "Strand en zee", language="nl")
    second = posting.publish(thehague.actor, Writing(words), by="test")
    page = found("strand")
    assert page.index(second.get_absolute_url()) < page.index(first.get_absolute_url())
    for q in ("STRAND zee", "zee"):
        assert first.get_absolute_url() in found(q), q
    for q in ("下雨", "沙滩", "雨", "regen"):
        assert second.get_absolute_url() in found(q), q
    assert second.get_absolute_url() not in found("下沙")
    assert second.get_absolute_url() in found("regen", kind="")  # beside all other kinds


def test_only_what_is_public_is_found_and_what_is_ones_own(thehague: City) -> None:
    ana, bo = resident("ana"), resident("bo")
    kept = say(ana, "Strawberries for friends", audience="followers")
    letter = say(ana, "Strawberries for @bo", audience="mentioned")
    for post in (kept, letter):
        assert post.get_absolute_url() in found("strawberries", ana)
        for other in (None, bo):
            assert post.get_absolute_url() not in found("strawberries", other)
    tell_the_index()
    assert engine().newest([["strawberries"]], 1 << 62, 10) == []  # not even in the index


def test_what_is_taken_away_is_not_found_from_that_moment_on(thehague: City) -> None:
    post = say(thehague.actor, "Strawberries")
    address = post.get_absolute_url()
    assert address in found("strawberries")
    for away, back in ((posting.hide, posting.show), (posting.withhold, posting.release)):
        away(post, by="test")
        assert (
            address not in Client().get("/search/?q=strawberries&kind=post").content.decode()
        )  # the index knows nothing yet
        assert address not in found("strawberries")
        back(post, by="test")
        assert address in found("strawberries")
    posting.edit(post, Text.of("en", en="Blueberries"), Text(), by="test")
    assert address not in found("strawberries")
    assert address in found("blueberries")
    posting.delete(post, by="test")
    assert engine().newest([["blueberries"]], 1 << 62, 10) != []
    tell_the_index()
    assert engine().newest([["blueberries"]], 1 << 62, 10) == []


def test_who_left_is_not_found_and_back_again(thehague: City) -> None:
    ana = resident("ana", findable=True)
    post = say(ana, "Strawberries #fruit")
    tell_the_index()
    leaving.close(person_of(ana), by="ana")
    assert post.get_absolute_url() not in Client().get("/search/?q=strawberries").content.decode()
    assert "/@ana/" not in Client().get("/search/?q=ana").content.decode()
    for q, kind in (("strawberries", "post"), ("ana", "person"), ("fruit", "tag")):
        assert "/@ana/" not in found(q, kind=kind)
        assert "/tags/fruit/" not in found(q, kind=kind)
    leaving.reopen(person_of(ana), by="ana")
    assert post.get_absolute_url() in found("strawberries")
    assert 'href="/@ana/"' in found("ana", kind="person")
    assert "/tags/fruit/" in found("fruit", kind="tag")


def test_a_list_goes_on_where_it_ended(thehague: City) -> None:
    said = [say(thehague.actor, f"Strand {number}").pk for number in range(25)][::-1]
    tell_the_index()
    first = flows.find("post", "strand", None)
    assert list(first.numbers) == said[:20]
    assert list(flows.find("post", "strand", None, before=first.next).numbers) == said[20:]
    page = found("strand")
    assert f"after={said[19]}" in page
    assert Client().get("/search/?q=strand&kind=post&after=x").status_code == 400


def test_old_posts_are_found_too(thehague: City) -> None:
    """Whatever span of time they lie in."""
    now = say(thehague.actor, "Strand now").pk
    old = [now - (1 << bits) * 3 for bits in (30, 39, 44, 49, 54)]
    engine().pour([(number, {"strand", "old"}) for number in sorted(old)])
    tell_the_index()
    assert engine().newest([["strand"]], 1 << 62, 10) == sorted([now, *old], reverse=True)
    assert engine().newest([["strand"], ["old"]], 1 << 62, 2) == sorted(old, reverse=True)[:2]
    assert engine().newest([["strand"]], old[2], 10) == sorted(old[3:], reverse=True)
    assert engine().newest([["nothing", "old"]], old[4], 10) == []


def test_a_rebuild_gives_what_following_gave(thehague: City) -> None:
    post = say(thehague.actor, "Strand #sea")
    gone = say(thehague.actor, "Strand")
    resident("ana", findable=True)
    tell_the_index()
    posting.delete(gone, by="test")
    building.rebuild()
    assert engine().newest([["strand"]], 1 << 62, 10) == [post.pk]
    assert 'href="/@ana/"' in found("ana", kind="person")
    assert "/tags/sea/" in found("sea", kind="tag")


def test_what_one_mutes_or_blocks_is_not_found(thehague: City) -> None:
    ana = resident("ana")
    post, other = say(thehague.actor, "Strand and rain"), say(resident("bo"), "Strand")
    Silence.keep(ana, "word", "rain", by="ana")
    Bar.put(ana, other.author, "block", by="ana")
    page = found("strand", ana)
    assert post.get_absolute_url() not in page
    assert other.get_absolute_url() not in page
    assert post.get_absolute_url() in found("strand")


def test_people_are_found_when_they_want_to(thehague: City) -> None:
    ana = resident("ana_lima", thehague)
    assert 'href="/@ana_lima/"' not in found("lima", kind="person")
    ana.profile.change(by="ana", findable=True)
    for q in ("lima", "ana_lima", "@ana_lima", "Den Haag"):
        assert 'href="/@ana_lima/"' in found(q, kind="person"), q
    ana.profile.change(by="ana", names=Text.of("bg", bg="Ана"))
    assert 'href="/@ana_lima/"' in found("Ана", kind="person")
    bo = resident("bo")
    Bar.put(ana, bo, "block", by="ana")
    assert 'href="/@ana_lima/"' not in found("Ана", bo, kind="person")
    ana.gone_at = timezone.now()
    ana.save()
    assert 'href="/@ana_lima/"' not in found("Ана", kind="person")


def test_suggestions_know_their_signs(thehague: City) -> None:
    resident("hagar", findable=True)
    say(thehague.actor, "To the #Haag")
    tell_the_index()
    kinds = {q: {suggestion.kind for suggestion in suggest(q)} for q in ("hag", "@hag", "#haa")}
    assert kinds == {"hag": {"city", "person"}, "@hag": {"city", "person"}, "#haa": {"tag"}}
    (tag,) = json.loads(Client().get("/search/suggestions/?q=%23haa").content)["suggestions"]
    assert (tag["name"], tag["url"]) == ("#Haag", "/tags/haag/")


def test_a_hashtag_that_stands_nowhere_is_not_found(thehague: City) -> None:
    post = say(thehague.actor, "To the #zee and #sea")
    assert "/tags/zee/" in found("#zee", kind="tag")
    posting.edit(post, Text.of("en", en="To the #sea"), Text(), by="test")
    assert "/tags/zee/" not in found("#zee", kind="tag")
    say(thehague.actor, "For friends #secret", audience="followers")
    assert "/tags/secret/" not in found("#secret", kind="tag")


@pytest.mark.parametrize(
    "q", ['"', "*", "a* OR b", "NEAR(a b)", "-strand", "'|!(", "strand*", "~t38_1", "雨*", "\x00", "a" * 200]
)
def test_nothing_in_a_question_is_an_operator(thehague: City, q: str) -> None:
    say(thehague.actor, "Strand")
    tell_the_index()
    assert Client().get("/search/", {"q": q, "kind": "post"}).status_code == 200
