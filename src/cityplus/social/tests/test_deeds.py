"""What one does with a post on its page: once is enough, and only who may."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.cities.models import City, Member
from cityplus.people.models import Person
from cityplus.social import posting
from cityplus.social.models import Bar, Bookmark, Boost, Favourite, Follow, Post
from cityplus.social.tests.cast import resident, say

pytestmark = pytest.mark.django_db


def browser(username: str) -> Client:
    return sign_in(Person.objects.get(username=username))


@pytest.mark.parametrize(("mark", "where"), [(Favourite, "favourites/"), (Boost, "boosts/"), (Bookmark, "bookmarks/")])
def test_a_mark_is_made_once_and_taken_away_once(thehague: City, mark: type[Favourite], where: str) -> None:
    ana, post = resident("ana"), say(thehague.actor)
    client, address = browser("ana"), f"{post.get_absolute_url()}{where}"
    for _ in range(2):
        assert client.post(address, {"on": "1"}).status_code == 302
        assert list(mark.objects.values_list("actor", "post")) == [(ana.pk, post.pk)]
    for _ in range(2):
        client.post(address, {"on": "0"})
        assert not mark.objects.exists()
    assert client.post(address, {"on": "perhaps"}).status_code == 404
    assert client.post(address).status_code == 404


def test_one_comes_back_to_the_post_on_the_page_that_one_was_on(thehague: City) -> None:
    resident("ana")
    post = say(thehague.actor)
    address = f"{post.get_absolute_url()}favourites/"

    def goes(to: str) -> str:
        return str(browser("ana").post(address, {"on": "1", "next": to}).headers["Location"])

    assert goes("/nl/posts/?before=7") == f"/nl/posts/?before=7#post-{post.pk}"
    assert goes("https://example.com/") == post.get_absolute_url()
    assert goes("//example.com/") == post.get_absolute_url()


def test_a_page_with_a_script_gets_the_part_alone(thehague: City) -> None:
    resident("ana")
    post = say(thehague.actor, "Look.")
    address = f"{post.get_absolute_url()}favourites/"
    part = browser("ana").post(address, {"on": "1"}, headers={"X-Part": "post"})
    words = part.content.decode()
    assert part.status_code == 200 and words.startswith("<article") and "Look." in words
    assert words.count('aria-pressed="true"') == 1
    whole = browser("ana").post(address, {"on": "0"}, headers={"X-Part": "post-whole"}).content.decode()
    assert "post-whole" in whole and 'aria-pressed="true"' not in whole


def test_who_is_not_signed_in_is_asked_to(stranger: Client, thehague: City) -> None:
    post = say(thehague.actor)
    for where in ("favourites/", "boosts/", "bookmarks/", "hiding/", "freezing/"):
        answer = stranger.post(f"{post.get_absolute_url()}{where}", {"on": "1"})
        assert answer.status_code == 302 and "/account/session/?next=" in answer.headers["Location"]
    assert not Favourite.objects.exists() and not Boost.objects.exists() and not Bookmark.objects.exists()


def test_only_who_may_passes_it_on(thehague: City) -> None:
    ana, post = resident("ana"), say(thehague.actor, who_boosts="followers")
    address = f"{post.get_absolute_url()}boosts/"
    refusal = browser("ana").post(address, {"on": "1"})
    assert refusal.status_code == 403 and "you are not among them" in refusal.content.decode()
    part = browser("ana").post(address, {"on": "1"}, headers={"X-Part": "post"})
    assert (part.status_code, part.headers["Content-Type"]) == (403, "text/plain; charset=utf-8")
    assert not Boost.objects.exists()
    Follow.begin(ana, thehague.actor, by="ana")
    assert browser("ana").post(address, {"on": "1"}).status_code == 302
    assert Boost.objects.count() == 1


def test_whom_one_blocks_one_marks_no_longer_but_can_take_a_mark_away(thehague: City) -> None:
    ana, post = resident("ana"), say(thehague.actor)
    Favourite.put(ana, post, by="ana")
    Bar.put(ana, thehague.actor, "block", by="ana")
    address = f"{post.get_absolute_url()}favourites/"
    assert browser("ana").post(address, {"on": "1"}).status_code == 403
    assert browser("ana").post(address, {"on": "0"}).status_code == 302
    assert not Favourite.objects.exists()


@pytest.fixture
def talk(thehague: City, owner: Person, editor: Person) -> tuple[Post, Post]:
    """A post of The Hague, and Bo's reply to it."""
    post = say(thehague.actor)
    return post, say(resident("bo"), "Really?", reply_to=post)


WHO_GOVERNS = {"bo": 403, "ana": 403, "thehague-owner": 302, "thehague-editor": 302}


@pytest.mark.parametrize("who", WHO_GOVERNS)
def test_the_team_of_who_began_it_hides_and_shows_a_reply(talk: tuple[Post, Post], who: str) -> None:
    resident("ana")
    _, reply = talk
    client = browser(who)
    _speak_as_the_city(client, who)
    address = f"{reply.get_absolute_url()}hiding/"
    assert client.post(address, {"on": "1"}).status_code == WHO_GOVERNS[who]
    reply.refresh_from_db()
    assert bool(reply.hidden_at) == (WHO_GOVERNS[who] == 302)
    client.post(address, {"on": "0"})
    reply.refresh_from_db()
    assert not reply.hidden_at


@pytest.mark.parametrize("who", WHO_GOVERNS)
def test_the_team_of_who_began_it_closes_and_opens_the_replies(talk: tuple[Post, Post], who: str) -> None:
    resident("ana")
    post, _ = talk
    client = browser(who)
    _speak_as_the_city(client, who)
    for on in ("1", "0"):
        assert client.post(f"{post.get_absolute_url()}freezing/", {"on": on}).status_code == WHO_GOVERNS[who]
        post.refresh_from_db()
        assert bool(post.frozen_at) == (on == "1" and WHO_GOVERNS[who] == 302)


def test_what_began_a_thread_is_not_hidden(talk: tuple[Post, Post]) -> None:
    post, _ = talk
    client = browser("thehague-owner")
    _speak_as_the_city(client, "thehague-owner")
    assert client.post(f"{post.get_absolute_url()}hiding/", {"on": "1"}).status_code == 403


def test_an_author_deletes_after_one_has_been_asked(talk: tuple[Post, Post]) -> None:
    _, reply = talk
    address = f"{reply.get_absolute_url()}deletion/"
    assert browser("thehague-owner").post(address).status_code == 403, "not even the host of the thread"
    client = browser("bo")
    assert "cannot be undone" in client.get(address).content.decode()
    reply.refresh_from_db()
    assert not reply.gone_at, "asking deletes nothing"
    answer = client.post(address, {"next": "/posts/"})
    assert answer.headers["Location"] == "/posts/"
    reply.refresh_from_db()
    assert reply.gone_at
    assert client.get(address).status_code == 404


def test_any_voice_of_the_team_deletes_what_the_city_said(talk: tuple[Post, Post], thehague: City) -> None:
    post, _ = talk
    person = Person.objects.create_user("presenter", password="a long password")
    Member.objects.create(city=thehague, person=person, role=Member.Role.PRESENTER)
    assert browser("presenter").post(f"{post.get_absolute_url()}deletion/").status_code == 403
    post.refresh_from_db()
    assert not post.gone_at, "who presents does not speak for the city"
    browser("thehague-editor").post(f"{post.get_absolute_url()}deletion/")
    post.refresh_from_db()
    assert post.gone_at


def test_who_marked_a_post_is_listed_but_for_whom_one_does_not_see(thehague: City, stranger: Client) -> None:
    ana, bo, post = resident("ana"), resident("bo"), say(thehague.actor)
    for actor in (ana, bo):
        Favourite.put(actor, post, by="test")
        Boost.put(actor, post, by="test")
    for where in ("favourites/", "boosts/"):
        page = stranger.get(f"{post.get_absolute_url()}{where}").content.decode()
        assert "@ana" in page and "@bo" in page
    Bar.put(bo, ana, "block", by="bo")
    page = browser("ana").get(f"{post.get_absolute_url()}favourites/").content.decode()
    assert "@bo" not in page
    posting.withhold(post, by="test")
    assert stranger.get(f"{post.get_absolute_url()}favourites/").status_code == 404


def _speak_as_the_city(client: Client, who: str) -> None:
    if who.startswith("thehague"):
        client.get("/home/?as=thehague")
