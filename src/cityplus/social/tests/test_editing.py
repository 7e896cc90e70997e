"""Changing a post: what it was before stays to be read by who may see it."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.text import Text, Version
from cityplus.media.models import Medium
from cityplus.people.models import Person
from cityplus.social import posting
from cityplus.social.models import Follow, Post, PostVersion
from cityplus.social.posting import with_machines
from cityplus.social.tests.cast import resident, say
from cityplus.social.tests.forms import form

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(thehague: City) -> Post:
    return say(resident("ana"), "First words.")


def browser_of(handle: str) -> Client:
    return sign_in(Person.objects.get(username=handle))


def test_its_author_changes_it_and_both_are_read(post: Post, stranger: Client) -> None:
    browser, address = browser_of("ana"), post.get_absolute_url()
    page = browser.get(f"{address}versions/new/").content.decode()
    assert "First words.</textarea>" in page
    assert 'name="audience"' not in page, "only words are changed"
    fields = form(deed="save", language=["en", "nl"], text__en="Second words.", text__nl="Tweede woorden.")
    assert browser.post(f"{address}versions/", fields)["Location"] == address
    post.refresh_from_db()
    assert (str(post.text), post.text.versions["nl"].state) == ("Second words.", "author")
    assert post.edited_at
    for reader, told in ((stranger, False), (browser, True)):
        history = reader.get(f"{address}versions/").content.decode()
        assert history.index("Second words.") < history.index("First words.")
        assert ("changed by ana" in history) is told, "who did it is told to the team alone"


def test_the_same_words_are_no_change(post: Post) -> None:
    browser, before = browser_of("ana"), Post.objects.get().revision
    for _ in range(2):
        browser.post(f"{post.get_absolute_url()}versions/", form(deed="save", text__en="First words.\r\n"))
    assert (Post.objects.get().revision, PostVersion.objects.count()) == (before, 0)


def test_nobody_else_changes_it(post: Post, stranger: Client, editor: Person) -> None:
    resident("bo")
    address = post.get_absolute_url()
    for browser, status in ((browser_of("bo"), 404), (sign_in(editor), 404), (stranger, 302)):
        assert browser.get(f"{address}versions/new/").status_code == status
        assert browser.post(f"{address}versions/", form(deed="save")).status_code == status
    assert str(Post.objects.get().text) == "First words."


@pytest.mark.parametrize("how", ["followers", "deleted"])
def test_versions_are_seen_by_who_sees_the_post(post: Post, stranger: Client, how: str) -> None:
    bo, ana = resident("bo"), post.author
    Follow.begin(bo, ana, by="bo")
    posting.edit(post, Text.of("en", en="Second."), Text(), by="ana")
    if how == "deleted":
        posting.delete(post, by="ana")
    else:
        Post.objects.update(audience="followers")
    address = f"{post.get_absolute_url()}versions/"
    assert stranger.get(address).status_code == 404
    assert browser_of("bo").get(address).status_code == (404 if how == "deleted" else 200)


def test_what_is_wrong_changes_nothing_and_nothing_is_lost(post: Post) -> None:
    typed = form(deed="save", text__en="x" * 5001, note__en="Note")
    answer = browser_of("ana").post(f"{post.get_absolute_url()}versions/", typed)
    assert answer.status_code == 400
    assert "x" * 5001 in answer.content.decode()
    assert 'value="Note"' in answer.content.decode()
    added = browser_of("ana").post(f"{post.get_absolute_url()}versions/", form(deed="language", more="bg"))
    assert 'name="text-bg"' in added.content.decode()
    assert (str(Post.objects.get().text), PostVersion.objects.count()) == ("First words.", 0)


def test_the_description_of_a_picture_is_changed_with_it_or_not_at_all(thehague: City) -> None:
    ana = resident("ana")
    medium = Medium.objects.create(
        owner=ana,
        kind="picture",
        name="media/a.jpg",
        bytes=1,
        alt=Text.of("en", en="Se"),
        credit="Ana",
        licence="CC-BY-4.0",
    )
    post = say(ana, "Look.", media=[medium])
    address, browser = f"{post.get_absolute_url()}versions/", browser_of("ana")
    fields = form(deed="save", text__en="Look.", medium=[medium.pk], **{f"alt-{medium.pk}-en": "Sea"})
    assert browser.post(address, fields | {"text-en": "x" * 5001}).status_code == 400
    assert str(Medium.objects.get().alt) == "Se"
    assert browser.post(address, fields).status_code == 302
    assert str(Medium.objects.get().alt) == "Sea"
    assert browser.post(address, fields | {f"alt-{medium.pk}-en": ""}).status_code == 400
    assert str(Medium.objects.get().alt) == "Sea"


def machine(words: str) -> Version:
    return Version(words, "machine")


def test_versions_of_machines_stay_as_long_as_their_original() -> None:
    old = Text("en", {"en": Version("Sea"), "nl": Version("Zee"), "fr": machine("Mer"), "bg": machine("More")})
    same = Text("en", {"en": Version("Sea"), "bg": Version("Море")})
    kept = with_machines(same, old)
    assert {tag: (v.text, v.state) for tag, v in kept.versions.items()} == {
        "en": ("Sea", "author"), "bg": ("Море", "author"), "fr": ("Mer", "machine"),
    }  # fmt: skip
    changed = Text("en", {"en": Version("Seas")})
    assert with_machines(changed, old) == changed
    assert with_machines(Text(), old) == Text()


def test_a_city_changes_what_one_of_its_team_has_posted(editor: Person, owner: Person, thehague: City) -> None:
    post = say(thehague.actor)
    answer = sign_in(owner).post(f"{post.get_absolute_url()}versions/", form(deed="save", text__en="Better."))
    assert answer.status_code == 302
    assert "changed by thehague-owner" in sign_in(editor).get(f"{post.get_absolute_url()}versions/").content.decode()
    assert isinstance(post.author, Actor)
