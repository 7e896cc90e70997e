"""An organisation is there for as long as its city vouches for it: page, follows, posts, search, sitemap."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import sign_in, sitemap
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cityplus.cities.models import City
from cityplus.journal.subscribers import deliver
from cityplus.languages.text import Text
from cityplus.media.tests.conftest import add, photo, work
from cityplus.moderation import voices as answering
from cityplus.moderation.models import Standing
from cityplus.organisations.models import Organisation
from cityplus.people.models import Person
from cityplus.search import find
from cityplus.social.models import Entry, Follow
from cityplus.social.rendering.cards import cards
from cityplus.social.speakers import voices
from cityplus.social.templatetags.posts import face
from cityplus.social.tests.cast import person_of, resident, say

pytestmark = pytest.mark.django_db


def on_the_network(stranger: Client) -> bool:
    return "Boats ahoy" in stranger.get("/posts/").content.decode()


def test_its_page_says_all_of_it_and_who_vouches(verified: Organisation, stranger: Client) -> None:
    page = stranger.get("/nl/@dune_yard/").content.decode()
    for words in ("Duinwerf", "Bouwt boten.", "Den Haag", "?branch=30", "Boats"):
        assert words in page, words
    structured = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert structured
    thing: dict[str, Any] = json.loads(structured[1])
    assert thing["@type"] == ["Organization", "Corporation"]
    assert thing["isicV4"] == ["30", "52"]
    assert thing["numberOfEmployees"] == {"@type": "QuantitativeValue", "minValue": 10, "maxValue": 49}
    assert thing["name"] == "Duinwerf"
    assert verified.actor.handle in thing["url"]


def test_a_draft_is_not_the_business_of_its_city(works: Organisation, owner: Person, boss: Person) -> None:
    def knows(person: Person) -> bool:
        return Organisation.objects.visible_to(person).filter(pk=works.pk).exists()

    assert (knows(boss), knows(owner)) == (True, False)
    works.ask(by="boss")
    assert knows(owner)
    works.give_back("It has moved.", by="thehague-owner")
    assert knows(owner), "what it gave back it may look at"


def test_it_speaks_and_falls_silent_with_the_word_of_its_city(
    verified: Organisation, boss: Person, stranger: Client
) -> None:
    assert voices.of(boss) == [verified.actor]
    say(verified.actor, "Boats ahoy")
    assert on_the_network(stranger)
    verified.give_back("It has moved.", by="thehague-owner")
    assert voices.of(boss) == []
    assert not on_the_network(stranger)
    assert not Entry.objects.filter(actor=verified.actor).exists()
    assert stranger.get("/@dune_yard/").status_code == 404
    verified.ask(by="boss")
    verified.verify(by="thehague-owner")
    assert on_the_network(stranger)
    assert "Boats ahoy" in stranger.get("/@dune_yard/").content.decode()


def test_who_is_suspended_stays_away_though_the_city_vouches(works: Organisation, stranger: Client) -> None:
    works.ask(by="boss")
    Standing.settle(works.actor, "suspended", by="office")
    works.verify(by="thehague-owner")
    assert stranger.get("/@dune_yard/").status_code == 404
    Standing.settle(works.actor, "good", by="office")
    assert stranger.get("/@dune_yard/").status_code == 200
    works.give_back("No.", by="thehague-owner")
    Standing.settle(works.actor, "suspended", by="office")
    Standing.settle(works.actor, "good", by="office")
    assert stranger.get("/@dune_yard/").status_code == 404, "moderation brings nobody back for whom no city vouches"


def test_one_follows_it_and_its_delegates_hear_of_it(verified: Organisation, boss: Person) -> None:
    ana = resident("ana")
    page = sign_in(person_of(ana)).get("/@dune_yard/").content.decode()
    assert 'formaction="/@dune_yard/followers/"' in page or "/@dune_yard/followers/" in page
    Follow.begin(ana, verified.actor, by="ana")
    deliver()
    assert "Ana" in sign_in(boss).get("/notices/").content.decode()


def test_it_is_found_by_words_of_its_branch_in_every_language(verified: Organisation) -> None:
    deliver()
    for words, language in (
        ("Duinwerf", "nl"),
        ("沙丘", "zh-Hans"),
        ("boats", "en"),
        ("aircraft", "en"),
        ("dune_yard", "en"),
    ):
        hits = find(words, language=language, kinds=["organisation"]).hits
        assert [hit.item.object_id for hit in hits] == [verified.pk], words
    verified.give_back("It has moved.", by="thehague-owner")
    deliver()
    assert not find("Duinwerf", kinds=["organisation"]).hits


def test_it_goes_from_search_with_its_city(verified: Organisation, thehague: City, stranger: Client) -> None:
    deliver()
    assert "Duinwerf" in stranger.get("/search/?q=Duinwerf").content.decode()
    assert "/@dune_yard/" in sitemap(stranger, "organisations")
    assert "Dune Yard" in stranger.get("/@thehague/").content.decode()
    verified.close(by="boss")
    deliver()
    assert not find("Duinwerf", kinds=["organisation"]).hits
    assert sitemap(stranger, "organisations") == ""
    assert "Dune Yard" not in stranger.get("/@thehague/").content.decode()


def test_moderation_knows_who_answers_for_it(
    verified: Organisation, visitor: Person, boss: Person, thehague: City
) -> None:
    assert answering.people_of(verified.actor) == [boss]
    voice = answering.of_kind("organisation")
    assert voice and voice.city(verified.actor) == thehague.actor_id
    assert voice.may_see(visitor, verified.actor) and not voice.closed(verified.actor)
    verified.give_back("No.", by="thehague-owner")
    assert not voice.may_see(visitor, verified.actor) and voice.closed(verified.actor)


def test_its_logo_stands_beside_what_it_says_and_costs_no_query_a_post(
    verified: Organisation, shenzhen: City, stranger: Client, tmp_path: Path
) -> None:
    say(verified.actor, "Boats ahoy")
    assert "face-letter" in stranger.get("/posts/").content.decode()
    yard = Organisation.found("pearl_yard", Text.of("en", en="Pearl Yard"), shenzhen, "company", None)
    yard.ask(by="test")
    yard.verify(by="test")
    for number, one in enumerate((verified, yard)):
        one.change(by="test", logo=add(one.actor, photo(tmp_path / f"logo{number}.png", (500 + number, 500))))
    work()
    shown = stranger.get("/posts/").content.decode()
    assert "face-picture" in shown and "face-letter" not in shown
    posts = [say(one.actor, "More").pk for one in (verified, yard, yard, verified)]
    with CaptureQueriesContext(connection) as alone:
        faces = [face(card.post.author) for card in cards(posts[:1]).values()]
    with CaptureQueriesContext(connection) as together:
        faces = [face(card.post.author) for card in cards(posts).values()]
    assert {one["picture"].owner_id for one in faces} == {verified.actor_id, yard.actor_id}
    assert len(together) == len(alone)
