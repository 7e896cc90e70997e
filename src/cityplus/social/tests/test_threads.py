"""A post in its conversation: what it answers, what answers it, and what is left out and said to be."""

from __future__ import annotations

import re

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.people.models import Person
from cityplus.social import beside, posting, threads
from cityplus.social.beside import Beside
from cityplus.social.models import Bar, Post
from cityplus.social.rendering import fragments
from cityplus.social.speakers.reader import NOBODY
from cityplus.social.tests.cast import reads, resident, say
from cityplus.social.threads import Node, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> tuple[Actor, Actor]:
    fragments.forget()
    return resident("ana"), resident("bo")


def tree(nodes: list[Node]) -> list[object]:
    """The ids, each followed by the list of what answers it."""
    return [part for node in nodes for part in ([node.post, tree(node.answers)] if node.answers else [node.post])]


def shown(post: Post, **asked: str) -> list[object]:
    found = Post.objects.select_related("author").get(pk=post.pk)
    return tree(list(thread(found, NOBODY, asked, hidden=False).replies))


def test_replies_are_a_tree_in_the_order_of_time(thehague: City, people: tuple[Actor, Actor]) -> None:
    ana, bo = people
    root = say(thehague.actor)
    one = say(ana, "1", reply_to=root)
    two = say(bo, "2", reply_to=root)
    below = say(bo, "1.1", reply_to=one)
    deeper = say(ana, "1.1.1", reply_to=below)
    last = say(ana, "1.2", reply_to=one)
    assert shown(root) == [one.pk, [below.pk, [deeper.pk], last.pk], two.pk]
    assert shown(one) == [below.pk, [deeper.pk], last.pk]


def test_what_was_said_before_stands_above(
    thehague: City, people: tuple[Actor, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, bo = people
    said = [say(thehague.actor)]
    for number in range(5):
        said.append(say(ana if number % 2 else bo, str(number), reply_to=said[-1]))
    last = Post.objects.select_related("author").get(pk=said[-1].pk)
    assert [node.post for node in thread(last, NOBODY, {}, hidden=False).above] == [post.pk for post in said[:-1]]
    monkeypatch.setattr(threads, "ABOVE", 2)
    found = thread(last, NOBODY, {}, hidden=False)
    assert [node.post for node in found.above] == [said[3].pk, said[4].pk] and found.cut


def test_deep_and_broad_threads_say_that_there_is_more(
    thehague: City, people: tuple[Actor, Actor], stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads, "DEPTH", 1)
    monkeypatch.setattr(threads, "REPLIES", 2)
    ana, _ = people
    root = say(thehague.actor)
    replies = [say(ana, str(number), reply_to=root) for number in range(3)]
    below = say(ana, "below", reply_to=replies[0])
    say(ana, "deeper", reply_to=below)
    found = thread(Post.objects.select_related("author").get(pk=root.pk), NOBODY, {}, hidden=False)
    assert tree(list(found.replies)) == [replies[0].pk, [below.pk], replies[1].pk]
    assert found.replies[0].answers[0].more and not found.replies[1].more
    assert shown(root, after=str(replies[1].pk)) == [replies[2].pk]
    page = stranger.get(root.get_absolute_url()).content.decode()
    assert f'href="{below.get_absolute_url()}#replies">More replies' in page
    assert f"?after={replies[1].pk}" in page


def test_hidden_replies_are_counted_and_stand_behind_a_link(
    thehague: City, people: tuple[Actor, Actor], stranger: Client
) -> None:
    ana, bo = people
    root = say(thehague.actor)
    rude, kind = say(bo, "Something rude", reply_to=root), say(ana, "Something kind", reply_to=root)
    posting.hide(rude, by="test")
    page = stranger.get(root.get_absolute_url()).content.decode()
    assert "Something rude" not in page and "Something kind" in page
    assert "1 reply was hidden by the team of @thehague" in page
    hidden = stranger.get(f"{root.get_absolute_url()}?hidden=1").content.decode()
    assert "Something rude" in hidden and "Something kind" not in hidden and "noindex" in hidden
    own = stranger.get(rude.get_absolute_url())
    assert "This reply was hidden by the team of @thehague" in own.content.decode()
    assert own.headers["X-Robots-Tag"] == "noindex"
    posting.show(rude, by="test")
    assert "Something rude" in stranger.get(root.get_absolute_url()).content.decode()
    assert kind.pk


def test_what_was_deleted_leaves_a_gap_only_where_somebody_answered(
    thehague: City, people: tuple[Actor, Actor], stranger: Client
) -> None:
    ana, bo = people
    root = say(thehague.actor)
    first, second = say(ana, "Gone words", reply_to=root), say(ana, "Gone too", reply_to=root)
    answer = say(bo, "To what is gone", reply_to=first)
    for post in (first, second):
        posting.delete(post, by="test")
    assert shown(root) == [first.pk, [answer.pk]]
    page = stranger.get(root.get_absolute_url()).content.decode()
    assert page.count("This post is not there any more") == 1 and "Gone" not in page and "To what is gone" in page
    above = stranger.get(answer.get_absolute_url()).content.decode()
    assert above.count("This post is not there any more") == 1
    posting.delete(root, by="test")
    assert stranger.get(root.get_absolute_url()).status_code == 404
    assert stranger.get(answer.get_absolute_url()).content.decode().count("This post is not there any more") == 2


def test_whom_one_mutes_is_not_among_the_replies(thehague: City, people: tuple[Actor, Actor]) -> None:
    ana, bo = people
    root = say(thehague.actor)
    say(bo, "Noise", reply_to=root)
    Bar.put(ana, bo, "mute", by="ana")
    found = Post.objects.select_related("author").get(pk=root.pk)
    assert not thread(found, reads(ana), {}, hidden=False).replies
    assert len(thread(found, NOBODY, {}, hidden=False).replies) == 1


def test_closed_replies_are_said_to_be(thehague: City, people: tuple[Actor, Actor], stranger: Client) -> None:
    ana, _ = people
    root = say(thehague.actor)
    say(ana, "Still here", reply_to=root)
    posting.freeze(root, by="test")
    page = stranger.get(root.get_absolute_url()).content.decode()
    assert page.count("Replies are closed") == 2 and "Still here" in page
    signed_in = sign_in(Person.objects.get(username="ana")).get(root.get_absolute_url()).content.decode()
    assert not re.search(r'href="[^"]+/replies/"', signed_in), "nobody is led to where they may not reply"


def test_what_knows_more_of_a_post_puts_its_replies_first(
    thehague: City, people: tuple[Actor, Actor], stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, bo = people
    root = say(thehague.actor)
    say(ana, "First said", reply_to=root)
    best = say(bo, "Best said", reply_to=root)
    known = Beside("<p>Known</p>", first=[best.pk], signs={best.pk: "This one helped"}, entity={"@type": "Question"})  # type: ignore[dict-item]
    monkeypatch.setitem(beside._sources, "test", lambda request, post, reader: known if post.pk == root.pk else None)
    page = stranger.get(root.get_absolute_url()).content.decode()
    assert page.index("This one helped") < page.index("Best said") < page.index("First said")
    assert page.count("Best said") == 1 and '"@type":"Question"' in page
