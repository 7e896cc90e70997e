"""What posts look like is kept, true, and the same for every reader but for what is the reader's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db.models import F
from pytest_django import DjangoAssertNumQueries

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.text import Text, Version
from cityplus.social import posting, timelines
from cityplus.social.models import Bookmark, Boost, Favourite, Post
from cityplus.social.rendering import fragments
from cityplus.social.speakers.reader import NOBODY
from cityplus.social.tests.cast import reads, resident, say

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    fragments.forget()
    yield
    fragments.forget()


def html(post: Post, reader: object = NOBODY) -> str:
    fresh = Post.objects.select_related("author").get(pk=post.pk)
    return "".join(fragments.render([fresh], reader))  # type: ignore[arg-type]


def test_a_page_costs_one_query_once_its_posts_are_kept(
    thehague: City, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ana = resident("ana")
    for number in range(20):
        say(thehague.actor, f"Number {number}")
    lines = timelines.network(NOBODY).lines
    assert len(fragments.render(lines, NOBODY)) == 20
    with django_assert_num_queries(0):
        shown = fragments.render(lines, NOBODY)
    assert "Number 19" in shown[0] and "Number 0" in shown[19]
    with django_assert_num_queries(1):
        fragments.render(lines, reads(ana))


def test_what_is_not_kept_costs_the_same_for_any_number(thehague: City, shenzhen: City) -> None:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    def cost(count: int) -> int:
        fragments.forget()
        lines = timelines.network(NOBODY).lines[:count]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            fragments.render(lines, NOBODY)
        return len(queries)

    ana = resident("ana")
    for number in range(10):
        say(ana, f"Number {number}, @thehague", asks=shenzhen.actor)
    assert cost(2) == cost(10)


def test_the_readers_own_is_put_in_afterwards(thehague: City) -> None:
    ana, bo, post = resident("ana"), resident("bo"), say(thehague.actor)
    assert 'form="act"' not in html(post)
    assert html(post, reads(ana)).count('aria-pressed="true"') == 0
    for mark in (Favourite, Boost, Bookmark):
        mark.put(ana, post, by="ana")
    assert html(post, reads(ana)).count('aria-pressed="true"') == 3
    assert html(post, reads(bo)).count('aria-pressed="true"') == 0
    assert html(post, reads(bo)).count('aria-pressed="false"') == 3
    assert "deletion/" in html(post, reads(thehague.actor))
    assert "deletion/" not in html(post, reads(bo))


def test_only_its_team_is_told_who_wrote_it(thehague: City) -> None:
    post = say(thehague.actor)
    assert "written by test" in html(post, reads(thehague.actor))
    for reader in (NOBODY, reads(resident("ana"))):
        assert "written by" not in html(post, reader)


def test_a_changed_name_and_an_edited_text_are_seen_at_once(thehague: City) -> None:
    post = say(thehague.actor, "Before.")
    assert "Before." in html(post) and "Den Haag" in html(post)
    posting.edit(post, Text.of("en", en="After."), Text(), by="test")
    assert "After." in html(post) and "Before." not in html(post)
    Actor.objects.filter(pk=thehague.actor.pk).update(names=Text.of("nl", nl="Hofstad"), revision=F("revision") + 1)
    assert "Hofstad" in html(post) and "Den Haag" not in html(post)


def test_a_changed_name_of_who_was_answered_is_seen_too(thehague: City) -> None:
    ana = resident("ana")
    reply = say(ana, "Yes.", reply_to=say(thehague.actor))
    assert "Den Haag" in html(reply)
    Actor.objects.filter(pk=thehague.actor.pk).update(names=Text.of("nl", nl="Hofstad"), revision=F("revision") + 1)
    assert "Hofstad" in html(reply)


def test_what_was_deleted_meanwhile_is_left_out(thehague: City) -> None:
    first, second = say(thehague.actor), say(thehague.actor)
    lines = timelines.network(NOBODY).lines
    posting.delete(first, by="test")
    assert [line.post for line, _ in fragments.rendered(lines, NOBODY)] == [second.pk]


def test_closing_a_thread_closes_what_stands_below(thehague: City) -> None:
    ana, post = resident("ana"), say(thehague.actor)
    reply = say(ana, "Yes.", reply_to=post)
    assert "Replies are closed" not in html(reply)
    assert 'replies/"><svg' in html(reply, reads(ana)).replace("\n", "")
    posting.freeze(post, by="test")
    assert "Replies are closed" in html(reply)
    assert 'act-reply" href="' + reply.get_absolute_url() + '"' in html(reply, reads(ana))


def test_words_of_people_cannot_open_a_gap(thehague: City) -> None:
    post = say(thehague.actor, "<!--slot:poll--> <!--when:mine--> <!--end-->")
    assert "&lt;!--slot:poll--&gt;" in html(post)


def test_a_text_says_how_it_came_to_be_and_shows_its_original(thehague: City) -> None:
    text = Text("nl", {"nl": Version("Dag #zee"), "en": Version("Hello #sea", "machine")})
    post = say(thehague.actor)
    posting.edit(post, text, Text(), by="test")
    seen = html(post)
    assert "Translated from Dutch by a machine" in seen
    assert 'lang="en" dir="ltr"><p>Hello <a' in seen and 'lang="nl" dir="ltr"' in seen
    assert 'href="/tags/zee/"' in seen and 'href="/tags/sea/"' in seen


def test_the_time_is_that_of_the_city(thehague: City, shenzhen: City) -> None:
    assert 'data-zone="Asia/Shanghai"' in html(say(shenzhen.actor))
    assert 'data-zone="Europe/Amsterdam"' in html(say(resident("ana", thehague)))
    assert 'data-zone="UTC"' in html(say(resident("bo")))


def test_a_public_reply_does_not_tell_of_what_is_not_public(thehague: City) -> None:
    ana, bo = resident("ana"), resident("bo")
    secret = say(ana, "Between us, @bo.", audience="followers")
    reply = say(bo, "Yes.", reply_to=secret, audience="followers")
    seen = html(reply, reads(bo))
    assert str(secret.pk) not in seen and "answers another post" in seen
