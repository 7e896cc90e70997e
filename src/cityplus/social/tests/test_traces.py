"""What is not for everybody leaves no trace for those whom it is not for: every address, every reader."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.actors.models import Actor
from cityplus.cities.models import City, Member
from cityplus.people.models import Person
from cityplus.social.models import Bar, Bookmark, Boost, Favourite, Follow, Post
from cityplus.social.rendering import fragments
from cityplus.social.tests.cast import resident, say
from cityplus.ties.models import Tie

pytestmark = pytest.mark.django_db

SECRET = "a word that nobody else says"
READERS = ("nobody", "stranger", "follower", "mentioned", "team", "blocked")
SEES = {
    "public": set(READERS) - set(),
    "followers": {"follower", "mentioned", "team"},
    "mentioned": {"mentioned", "team"},
}
PAGES = (
    "/home/",
    "/home/bookmarks/",
    "/home/letters/",
    "/posts/",
    "/posts/?language=en",
    "/tags/secret/",
    "/@thehague/",
    "/@thehague/posts/",
    "/@thehague/posts/?with=replies",
    "/ties/shenzhen+thehague/",
    "/ties/shenzhen+thehague/posts/",
    "/sitemap.xml",
    "/home/followed.json",
)
"""Where it must not stand for those who may not see it; those that have a post in them are below."""
OF_POST = ("", "favourites/", "boosts/", "?hidden=1")
DEEDS = ("favourites/", "boosts/", "bookmarks/", "hiding/", "freezing/", "deletion/")


class Scene:
    """The Hague says something in the space of Shenzhen and itself, and everybody who may come looks for it."""

    def __init__(self, thehague: City, shenzhen: City) -> None:
        tie = Tie.propose(shenzhen, thehague, by="test")
        tie.accept(thehague, by="test")
        self.author, pair = thehague.actor, tie.actor
        people = {name: resident(name) for name in READERS[1:]}
        Follow.begin(people["follower"], self.author, by="follower")
        Follow.begin(people["blocked"], self.author, by="blocked")
        for name in ("stranger", "follower", "mentioned", "blocked"):
            Follow.begin(people[name], people["stranger"], by=name) if name != "stranger" else None
        Member.objects.create(city=thehague, person=Person.objects.get(username="team"), role=Member.Role.EDITOR)
        self.posts = {
            audience: say(self.author, f"{SECRET} {audience}: @mentioned #secret", audience=audience, space=pair)
            for audience in SEES
        }
        self.replies = {
            audience: say(self.author, f"{SECRET} again {audience}: @mentioned", audience=audience, reply_to=post)
            for audience, post in self.posts.items()
        }
        for post in self.posts.values():
            for mark in (Favourite, Bookmark):
                mark.put(people["mentioned"], post, by="mentioned")
            Bookmark.put(people["stranger"], post, by="stranger")
            Bookmark.put(people["blocked"], post, by="blocked")
        Boost.put(people["mentioned"], self.posts["public"], by="mentioned")
        Bar.put(self.author, people["blocked"], "block", by="team")
        self.people: dict[str, Actor] = people

    def browser(self, reader: str) -> Client:
        browser = Client() if reader == "nobody" else sign_in(Person.objects.get(username=reader))
        if reader == "team":
            browser.get("/home/?as=thehague")
        return browser


def text(browser: Client, path: str) -> str:
    """What somebody gets at an address, whatever it is."""
    return bytes(browser.get(path).getvalue()).decode()


@pytest.fixture
def scene(thehague: City, shenzhen: City) -> Scene:
    fragments.forget()
    return Scene(thehague, shenzhen)


@pytest.mark.parametrize("reader", READERS)
def test_no_page_has_a_trace(scene: Scene, reader: str) -> None:
    # First everybody who may see it looks at all of it, so that whatever is kept is kept.
    for other in READERS:
        for path in PAGES:
            scene.browser(other).get(path)
    browser = scene.browser(reader)
    for path in PAGES:
        page = text(browser, path)
        for audience, post in [*scene.posts.items(), *scene.replies.items()]:
            if reader not in SEES[audience]:
                assert f"{SECRET} {audience}" not in page and f"{SECRET} again {audience}" not in page, (path, audience)
                assert str(post.pk) not in page, (path, audience)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("audience", ["followers", "mentioned"])
def test_every_address_of_a_post_says_the_same_as_where_there_is_none(scene: Scene, reader: str, audience: str) -> None:
    post, browser = scene.posts[audience], scene.browser(reader)
    for path in OF_POST:
        status = browser.get(f"/@thehague/posts/{post.pk}/{path}").status_code
        assert status == (200 if reader in SEES[audience] else 404), path
        assert browser.get(f"/@thehague/posts/{post.pk + 1}/{path}").status_code == 404
    for path in DEEDS:
        if reader not in SEES[audience]:
            assert browser.post(f"/@thehague/posts/{post.pk}/{path}", {"on": "1"}).status_code == 404, path


@pytest.mark.parametrize("reader", READERS)
def test_a_thread_shows_what_its_reader_may_see_and_counts_nothing_else(scene: Scene, reader: str) -> None:
    public = scene.posts["public"]
    ana = resident("ana")
    hidden = {
        audience: say(scene.author, f"{SECRET} under {audience} @mentioned", reply_to=public, audience=audience)
        for audience in SEES
    }
    say(ana, "Aha.", reply_to=public)
    page = scene.browser(reader).get(f"/@thehague/posts/{public.pk}/").content.decode()
    for audience, reply in hidden.items():
        may = reader in SEES[audience] and reader != "blocked"
        assert (f"under {audience}" in page) == may, audience
        assert (str(reply.pk) in page) == may, audience
    if reader != "blocked":
        assert ">3<span" in page, "replies that everybody may see are counted: two, and that of the scene"


def test_who_sees_it_finds_it(scene: Scene) -> None:
    """The other side: the pages above do show it to those whom it is for."""

    def there(reader: str, path: str) -> set[str]:
        page = text(scene.browser(reader), path)
        return {
            audience
            for audience, post in scene.posts.items()
            if f"{SECRET} {audience}" in page and str(post.pk) in page
        }

    assert there("follower", "/home/") == {"public", "followers"}
    assert there("mentioned", "/home/letters/") == {"mentioned"}
    assert there("mentioned", "/home/bookmarks/") == {"public", "followers", "mentioned"}
    assert there("team", "/home/letters/") == {"mentioned"}
    assert there("team", "/home/") == {"public", "followers"}
    assert there("stranger", "/@thehague/posts/") == {"public"}
    assert there("nobody", "/ties/shenzhen+thehague/posts/") == {"public"}
    assert there("nobody", "/tags/secret/") == {"public"}
    assert there("stranger", "/home/bookmarks/") == {"public"}


def test_a_bookmark_of_what_one_may_see_no_longer_is_left_out(scene: Scene) -> None:
    browser = scene.browser("follower")
    post = scene.posts["followers"]
    browser.post(f"/@thehague/posts/{post.pk}/bookmarks/", {"on": "1"})
    assert str(post.pk) in browser.get("/home/bookmarks/").content.decode()
    Follow.end(scene.people["follower"], scene.author, by="follower")
    assert str(post.pk) not in browser.get("/home/bookmarks/").content.decode()
    assert Post.objects.filter(pk=post.pk).exists()


def test_search_engines_are_told_of_what_is_public_alone(scene: Scene) -> None:
    public, followers = scene.posts["public"], scene.posts["followers"]
    seen = scene.browser("nobody").get(f"/@thehague/posts/{public.pk}/")
    assert "SocialMediaPosting" in seen.content.decode() and "X-Robots-Tag" not in seen.headers
    kept = scene.browser("follower").get(f"/@thehague/posts/{followers.pk}/")
    assert kept.headers["X-Robots-Tag"] == "noindex"
    page = kept.content.decode()
    assert '<meta name="robots" content="noindex">' in page and "SocialMediaPosting" not in page
    head = page[: page.index("</head>")]
    assert SECRET not in head.replace(head[head.index("<title>") : head.index("</title>")], "").replace(
        head[head.index('<meta name="description"') :].split(">")[0], ""
    )
