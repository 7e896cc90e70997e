"""A tie: proposed by one city, accepted by the other, public when both have said so."""

from __future__ import annotations

import re

import pytest
from conftest import launch, make_city
from django.db import IntegrityError, transaction
from django.test import Client

from cityplus.cities.models import City
from cityplus.journal import record
from cityplus.journal.models import Entry
from cityplus.journal.subscribers import deliver
from cityplus.languages import formats
from cityplus.languages.text import Text
from cityplus.lib.geo import distance
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.ties.models import Tie
from cityplus.ties.tally import public_ties


@pytest.fixture
def proposed(thehague: City, shenzhen: City) -> Tie:
    return Tie.propose(thehague, shenzhen, by="mayor", since="2014", source="An article")


def test_a_proposal_waits_for_the_other(proposed: Tie, thehague: City, shenzhen: City) -> None:
    assert proposed.state == "proposed"
    assert (proposed.first, proposed.second) == (shenzhen, thehague)  # by the alphabet, whoever proposed
    assert proposed.proposed_by == thehague
    assert not Tie.objects.public().exists()
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.handle, entry.by, entry.public) == ("tie.proposed", "thehague", "mayor", False)


def test_the_other_accepts(proposed: Tie, thehague: City, shenzhen: City) -> None:
    proposed.accept(shenzhen, by="secretary")
    stored = Tie.objects.public().get()
    assert (stored.state, stored.since, stored.source) == ("accepted", "2014", "An article")
    assert stored.accepted_at == proposed.accepted_at
    assert (proposed.other(thehague), proposed.other(shenzhen)) == (shenzhen, thehague)
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.handle, entry.public) == ("tie.accepted", "shenzhen", True)
    assert entry.data == {"since": "2014"}


@pytest.mark.parametrize("who", ["thehague", "plovdiv"])
def test_nobody_else_accepts(proposed: Tie, plovdiv: City, who: str) -> None:
    entries = Entry.objects.count()
    with pytest.raises(ValueError, match=f"{who} is not the city that was asked"):
        proposed.accept(City.objects.get(actor__handle=who), by="mayor")
    assert Tie.objects.get().state == "proposed"
    assert Entry.objects.count() == entries


def test_an_accepted_tie_is_not_accepted_again(proposed: Tie, shenzhen: City) -> None:
    proposed.accept(shenzhen, by="secretary")
    with pytest.raises(LifeCycleError, match="from accepted one cannot go to accepted"):
        Tie.objects.get().accept(shenzhen, by="secretary")


def test_a_tie_is_proposed_once_from_whichever_side(proposed: Tie, thehague: City, shenzhen: City) -> None:
    for one, other in ((thehague, shenzhen), (shenzhen, thehague)):
        with pytest.raises(ValueError, match=r"shenzhen\+thehague exists already and is proposed"):
            Tie.propose(one, other, by="mayor")
    assert Tie.objects.count() == 1


def test_a_city_has_no_tie_with_itself(thehague: City) -> None:
    with pytest.raises(ValueError, match="no tie with itself"):
        Tie.propose(thehague, thehague, by="mayor")
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.create(first=thehague, second=thehague, proposed_by=thehague)


def test_a_tie_with_a_city_that_is_not_public_is_not_public(thehague: City, plovdiv: City) -> None:
    tie = Tie.propose(thehague, plovdiv, by="mayor")
    tie.accept(plovdiv, by="mayor")
    assert not Tie.objects.public().exists()
    assert list(Tie.objects.of(plovdiv)) == [tie]


def test_one_side_alone_makes_no_page(proposed: Tie, shenzhen: City, stranger: Client) -> None:
    assert stranger.get("/ties/shenzhen+thehague/").status_code == 404
    assert "shenzhen+thehague" not in stranger.get("/ties/").content.decode()
    proposed.accept(shenzhen, by="secretary")
    assert stranger.get("/ties/shenzhen+thehague/").status_code == 200
    assert 'href="/ties/shenzhen+thehague/"' in stranger.get("/ties/").content.decode()


def test_the_page_of_a_pair_says_since_when_and_how_far(proposed: Tie, shenzhen: City, stranger: Client) -> None:
    proposed.accept(shenzhen, by="secretary")
    page = stranger.get("/ties/shenzhen+thehague/").content.decode().replace("\xa0", " ")
    apart = formats.distance(distance(proposed.first.point, proposed.second.point), "en")
    for words in ("Den Haag", "深圳", "2014", apart.replace("\xa0", " "), "An article"):
        assert words in page


@pytest.mark.parametrize("prefix", ["", "/nl"])
def test_the_wrong_order_leads_to_the_right_one(proposed: Tie, shenzhen: City, stranger: Client, prefix: str) -> None:
    proposed.accept(shenzhen, by="secretary")
    answer = stranger.get(f"{prefix}/ties/thehague+shenzhen/")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{prefix}/ties/shenzhen+thehague/")


@pytest.mark.parametrize("pair", ["shenzhen+shenzhen", "plovdiv+thehague", "nowhere+thehague", "shenzhen"])
def test_pairs_that_are_none(proposed: Tie, plovdiv: City, stranger: Client, pair: str) -> None:
    assert stranger.get(f"/ties/{pair}/").status_code == 404


@pytest.fixture
def many(thehague: City, shenzhen: City) -> list[str]:
    """Thirty ties of The Hague and one of Shenzhen with another, in the order of their years; two of the same year."""
    made = []
    for n in range(30):
        other = launch(make_city(f"friend{n:02}", Text.of("en", en=f"Friend {n}")))
        tie = Tie.propose(thehague, other, by="test", since="" if n == 0 else str(1970 + min(n, 28)))
        tie.accept(other, by="test")
        made.append(f"/ties/friend{n:02}+thehague/")
    tie = Tie.propose(shenzhen, City.objects.get(actor__handle="friend00"), by="test", since="2020")
    tie.accept(tie.other(shenzhen), by="test")
    return [*made, "/ties/friend00+shenzhen/"]


def ties_on(client: Client, query: str = "") -> list[str]:
    return re.findall(r'class="tie-link" href="([^"]+)"', client.get(f"/ties/{query}").content.decode())


def test_every_tie_is_on_one_page_the_oldest_first(stranger: Client, many: list[str]) -> None:
    first = ties_on(stranger)
    assert len(first) == 24
    last = Tie.objects.get(first__actor__handle="friend23")
    assert [*first, *ties_on(stranger, f"?after={last.pk}")] == many
    page = stranger.get("/ties/").content.decode()
    assert f'rel="next" href="?after={last.pk}"' in page
    assert "31 friendships" in page


def test_the_ties_of_one_city(stranger: Client, many: list[str]) -> None:
    assert ties_on(stranger, "?of=shenzhen") == many[-1:]
    assert len(ties_on(stranger, "?of=thehague")) == 24
    assert len(ties_on(stranger, "?of=thehague&before=end")) == 24
    assert "Friendships of The Hague" in stranger.get("/ties/?of=thehague").content.decode()
    assert stranger.get("/ties/?of=nowhere").status_code == 404


def test_the_count_follows_ties_and_cities(proposed: Tie, shenzhen: City, thehague: City) -> None:
    assert public_ties() == 0
    proposed.accept(shenzhen, by="test")
    assert public_ties() == 1
    thehague.advance("dormant", by="test")
    assert public_ties() == 1
    ended = Tie.objects.get()
    ended.state = "ended"
    ended.save()
    with transaction.atomic():
        record("tie.ended", ended)
    assert public_ties() == 0


def test_a_pair_is_called_what_its_cities_are_called(proposed: Tie, thehague: City, shenzhen: City) -> None:
    proposed.accept(shenzhen, by="li")
    deliver()
    pair = proposed.actor
    assert pair
    thehague.actor.names = Text.of("nl", nl="'s-Gravenhage", en="The Hague")
    thehague.actor.save()
    with transaction.atomic():
        record("city.changed", thehague, handle="thehague")
    deliver()
    renamed = proposed.actor
    assert renamed
    assert renamed.names.in_language("nl").endswith(" · 's-Gravenhage")
    assert renamed.revision == pair.revision + 1
    with transaction.atomic():
        record("city.changed", thehague, handle="thehague")
    deliver()
    assert proposed.actor == renamed
    assert proposed.actor.revision == renamed.revision
