"""The pages of timelines: they lead on without losing anything, and say what is so."""

from __future__ import annotations

import re

import pytest
from conftest import sign_in
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.people.models import Person
from cityplus.social import posting
from cityplus.social.models import Bookmark, Boost, Favourite, Follow, Post, Profile
from cityplus.social.rendering import fragments
from cityplus.social.tests.cast import resident, say
from cityplus.ties.models import Tie

pytestmark = pytest.mark.django_db
ENTRY = re.compile(r'data-entry="(\d+)"')


def browser(username: str) -> Client:
    return sign_in(Person.objects.get(username=username))


def way(page: str, rel: str) -> str:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    return found[1].replace("&amp;", "&") if found else ""


@pytest.mark.parametrize("path", ["/posts/", "/posts/?language=en", "/tags/sea/", "/@thehague/posts/", "/home/"])
def test_one_reads_on_to_the_end_and_back_again(thehague: City, path: str) -> None:
    ana = resident("ana")
    Follow.begin(ana, thehague.actor, by="ana")
    said = [say(thehague.actor, f"{number} #sea").pk for number in range(45)][::-1]
    client, base = browser("ana"), path.split("?", 1)[0]
    page = client.get(path).content.decode()
    seen = [int(n) for n in ENTRY.findall(page)]
    say(thehague.actor, "Meanwhile #sea")
    while address := way(page, "next"):
        page = client.get(base + address).content.decode()
        seen += [int(n) for n in ENTRY.findall(page)]
    assert seen == said
    back = [int(n) for n in ENTRY.findall(page)]
    while address := way(page, "prev"):
        page = client.get(base + address).content.decode()
        back = [int(n) for n in ENTRY.findall(page)] + back
    assert back[-45:] == said and len(back) == 46
    assert ("language=en" in way(client.get(path).content.decode(), "next")) == ("language" in path)


NO_PLACES = ["?before=x", "?after=-1", "?before=99999999999999999999", "?language=../"]


@pytest.mark.parametrize("path", [*(f"/posts/{where}" for where in NO_PLACES), "/tags/SEA/"])
def test_what_is_no_place_is_not_found(stranger: Client, path: str) -> None:
    assert stranger.get(path).status_code == 404


def test_a_newcomer_is_shown_cities_to_begin_with(thehague: City, shenzhen: City) -> None:
    ana = resident("ana")
    page = browser("ana").get("/home/").content.decode()
    assert "Follow The Hague" in page and 'formaction="/@shenzhen/followers/"' in page
    Follow.begin(ana, thehague.actor, by="ana")
    assert "Nothing here yet" in browser("ana").get("/home/").content.decode()


def test_who_has_no_profile_is_told_what_to_do(visitor: Person, thehague: City) -> None:
    for path in ("/home/", "/home/letters/", "/home/bookmarks/"):
        page = sign_in(visitor).get(path)
        assert page.status_code == 200 and 'href="/account/profile/"' in page.content.decode()
    assert sign_in(visitor).get("/home/followed.json").status_code == 404
    assert sign_in(visitor).get("/posts/").status_code == 200


def test_who_is_not_signed_in_has_no_home(stranger: Client) -> None:
    for path in ("/home/", "/home/letters/", "/home/bookmarks/", "/home/followed.json"):
        assert stranger.get(path).headers["Location"] == f"/account/session/?next={path}"


def test_one_language_at_a_time(thehague: City, stranger: Client) -> None:
    say(thehague.actor, "Hello.")
    say(thehague.actor, "Dag.", language="nl")
    page = stranger.get("/posts/?language=nl").content.decode()
    assert "Dag." in page and "Hello." not in page
    assert "noindex" in page and "noindex" not in stranger.get("/posts/").content.decode()


def test_replies_stand_where_they_are_asked_for(thehague: City, stranger: Client) -> None:
    ana, post = resident("ana"), say(thehague.actor, "First.")
    say(ana, "Second.", reply_to=post)
    assert "Second." not in stranger.get("/@ana/posts/").content.decode()
    assert "Second." in stranger.get("/@ana/posts/?with=replies").content.decode()
    assert stranger.get("/@ana/").status_code == 200


def test_a_city_and_a_pair_show_the_latest(thehague: City, shenzhen: City, stranger: Client) -> None:
    tie = Tie.propose(shenzhen, thehague, by="test")
    tie.accept(thehague, by="test")
    say(thehague.actor, "In our space.", space=tie.actor)
    for path in ("/@thehague/", "/ties/shenzhen+thehague/"):
        page = stranger.get(path).content.decode()
        assert "In our space." in page and f'href="{path}posts/"' in page
    assert "In our space." in stranger.get("/ties/shenzhen+thehague/posts/").content.decode()
    swapped = stranger.get("/ties/thehague+shenzhen/posts/")
    assert swapped.headers["Location"] == "/ties/shenzhen+thehague/posts/"


def test_nobody_learns_of_a_city_that_is_not_public_yet(plovdiv: City, stranger: Client) -> None:
    say(plovdiv.actor)
    for path in ("/@plovdiv/posts/", "/@nobody/posts/"):
        assert stranger.get(path).status_code == 404


def test_who_is_gone_has_no_page(stranger: Client) -> None:
    ana = resident("ana")
    post = say(ana)
    Actor.objects.filter(pk=ana.pk).update(gone_at="2026-01-01T00:00Z")
    for path in ("/@ana/", "/@ana/posts/", post.get_absolute_url()):
        assert stranger.get(path).status_code == 404


def test_a_kept_page_ends_with_what_is_quiet_too(thehague: City, stranger: Client) -> None:
    ana, post = resident("ana"), say(thehague.actor, "Before.")
    for path in ("/posts/", "/@thehague/posts/", post.get_absolute_url()):
        assert "Before." in stranger.get(path).content.decode()
        with CaptureQueriesContext(connection) as queries:
            stranger.get(path)
        assert len(queries) == 1, "it was kept"
    Favourite.put(ana, post, by="ana")
    say(thehague.actor, "After.")
    assert "After." in stranger.get("/posts/").content.decode()
    assert 'favourites/">1<' in stranger.get(post.get_absolute_url()).content.decode()
    posting.delete(post, by="test")
    assert "Before." not in stranger.get("/posts/").content.decode()
    assert stranger.get(post.get_absolute_url()).status_code == 404


def test_every_address_is_there_in_every_language(thehague: City, stranger: Client) -> None:
    path = say(thehague.actor).get_absolute_url()
    page = stranger.get(f"/zh-hans{path}").content.decode()
    assert f'hreflang="nl" href="http://localhost:8000/nl{path}"' in page
    assert 'href="/zh-hans/@thehague/"' in page


COSTS = {
    "/posts/": 8, "/home/": 13, "/tags/sea/": 9, "/@thehague/posts/": 12, "/@ana/": 16, "/home/bookmarks/": 7,
    "/home/letters/": 8, "post": 15,
}  # fmt: skip
"""Queries of a page whose posts are kept, for who is signed in: session, person, voices and all."""


@pytest.mark.parametrize("path", COSTS)
def test_a_page_costs_the_same_whatever_stands_on_it(thehague: City, shenzhen: City, path: str) -> None:
    ana = resident("ana", shenzhen)
    Follow.begin(ana, thehague.actor, by="ana")
    root = say(thehague.actor, "Root #sea")
    client = browser("ana")

    def costs() -> int:
        address = root.get_absolute_url() if path == "post" else path
        fragments.forget()
        client.get(address)  # now its posts are kept
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    _talk(ana, thehague.actor, root, 1)
    few = costs()
    _talk(ana, thehague.actor, root, 6)
    assert costs() == few
    assert few <= COSTS[path]


def _talk(ana: Actor, city: Actor, root: Post, times: int) -> None:
    for number in range(times):
        post = say(city, f"{number} #sea @ana", language="nl")
        Bookmark.put(ana, post, by="ana")
        Boost.put(ana, post, by="ana")
        say(city, f"{number} @ana", audience="mentioned")
        reply = say(ana, f"Reply {number}", reply_to=root)
        say(city, f"Again {number}", reply_to=reply)
    assert Profile.objects.filter(actor=ana, home__isnull=False).exists()
