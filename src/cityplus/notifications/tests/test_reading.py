"""Reading notices: as groups, in the reader's language, and of nothing that the reader may not know of."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cityplus.actors.models import Actor
from cityplus.notifications import bell, plug, reading
from cityplus.notifications.models import Notice
from cityplus.notifications.tests.conftest import Posts, actor, favour
from cityplus.people.models import Person


def says(person: Person, **more: object) -> list[str]:
    lines, _ = reading.page(person, **more)  # type: ignore[arg-type]
    return [line.said.text.removeprefix("[en] ") for line in lines]


def test_one_two_and_many(reader: Person, posts: Posts, ana: Actor, bram: Actor) -> None:
    favour(reader, ana)
    assert says(reader) == ["Ana favoured your post 1."]
    favour(reader, bram)
    assert says(reader) == ["Bram and Ana favoured your post 1."]
    for n in range(4):
        favour(reader, actor(f"a{n}", f"Nr {n}"))
    assert says(reader) == ["Nr 3 and 5 others favoured your post 1."]


def test_of_a_great_many_the_number_is_told(reader: Person, posts: Posts) -> None:
    for n in range(70):
        favour(reader, actor(f"a{n}", f"Nr {n}"))
    assert says(reader) == ["Nr 69 and 69 others favoured your post 1."]
    assert reading.unread(reader) == 1


def test_the_words_are_made_in_the_language_of_the_page(reader: Person, posts: Posts) -> None:
    favour(reader, actor("shenzhen", "深圳", "zh-Hans"))
    favour(reader, actor("sharjah", "الشارقة", "ar"))
    with translation.override("nl"):
        (line,), _ = reading.page(reader)
    assert line.said.text.startswith("[nl] \u2068الشارقة\u2069 "), "a name of the other direction is shut off"


@pytest.mark.parametrize("how", ["deleted", "hidden"])
def test_what_is_gone_leaves_no_trace(reader: Person, posts: Posts, ana: Actor, how: str) -> None:
    favour(reader, ana)
    posts.texts[2] = "Another."
    favour(reader, ana, post=2)
    assert reading.unread(reader) == 2
    if how == "deleted":
        del posts.texts[2]
    else:
        posts.hidden.add((reader.pk, 2))
    assert says(reader) == ["Ana favoured your post 1."]
    assert bell.of(reader).says == "Notices: 1 new"


def test_who_is_blocked_is_in_no_group(reader: Person, posts: Posts, ana: Actor, bram: Actor) -> None:
    favour(reader, ana)
    favour(reader, bram)
    posts.blocked.add((reader.pk, bram.pk))
    assert says(reader) == ["Ana favoured your post 1."]
    assert reading.unread(reader) == 1, "the head is of somebody who is blocked, and the group is there all the same"
    posts.blocked.add((reader.pk, ana.pk))
    assert says(reader) == []
    assert reading.unread(reader) == 0


def test_an_actor_that_is_gone_did_nothing(reader: Person, posts: Posts, ana: Actor, bram: Actor) -> None:
    favour(reader, ana)
    favour(reader, bram)
    bram.delete()
    assert says(reader) == ["Ana favoured your post 1."]
    assert reading.unread(reader) == 1


def test_a_kind_that_no_room_offers_any_more_is_not_shown(
    reader: Person, posts: Posts, ana: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    favour(reader, ana)
    monkeypatch.setattr("cityplus.notifications.kinds._kinds", {})
    assert says(reader) == []
    assert reading.unread(reader) == 0
    assert reading.kinds_of(reader) == []


def test_what_a_kind_was_not_asked_about_it_cannot_show(
    reader: Person, posts: Posts, ana: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Person.objects.create_user("other")
    favour(other, ana)
    favour(reader, ana)
    monkeypatch.setattr(posts, "may_see", lambda person, notices: Notice.objects.all())
    plug(posts.kind())
    assert [line.group.head.person_id for line in reading.page(reader)[0]] == [reader.pk]


def test_pages_hold_together_while_more_comes(reader: Person, posts: Posts, ana: Actor) -> None:
    for n in range(1, 48):
        posts.texts[n] = "x"
        favour(reader, ana, post=n)
    seen, after = [], None
    while True:
        lines, after = reading.page(reader, after=after)
        seen += [line.group.subject_id for line in lines]
        posts.texts[100 + len(seen)] = "new"
        favour(reader, ana, post=100 + len(seen))
        if after is None:
            break
    assert seen == list(range(47, 0, -1))


def test_what_is_hidden_leaves_no_gap_and_no_empty_page(reader: Person, posts: Posts, ana: Actor) -> None:
    for n in range(1, 101):
        posts.texts[n] = "x"
        favour(reader, ana, post=n)
    posts.hidden |= {(reader.pk, n) for n in range(11, 101)}
    lines, after = reading.page(reader, size=5)
    assert [line.group.subject_id for line in lines] == [10, 9, 8, 7, 6]
    lines, after = reading.page(reader, after=after, size=5)
    assert ([line.group.subject_id for line in lines], after) == ([5, 4, 3, 2, 1], None)


def test_the_bell_counts_to_99(reader: Person, posts: Posts, ana: Actor) -> None:
    for n in range(1, 105):
        posts.texts[n] = "x"
        favour(reader, ana, post=n)
        if n in {98, 99, 100}:
            assert bell.of(reader).shown == {98: "98", 99: "99", 100: "99+"}[n]
    assert bell.of(reader).says == "Notices: more than 99 new"


def test_the_bell_is_one_query_where_nothing_is_new(reader: Person, posts: Posts, ana: Actor) -> None:
    for n in range(1, 30):
        posts.texts[n] = "x"
        favour(reader, ana, post=n)
    with CaptureQueriesContext(connection) as some:
        assert reading.unread(reader) == 29
    assert len(some) == 2, "what is new, and whether those who did it are there"
    Notice.read(reader, Notice.objects.order_by("-id")[0].pk)
    with CaptureQueriesContext(connection) as none:
        assert reading.unread(reader) == 0
    assert len(none) == 1


def test_the_look_for_what_is_new_goes_into_its_index(reader: Person) -> None:
    plan = Notice.objects.of(reader).heads().unread().order_by("-id")[:100].explain()
    assert "notifications_bell" in plan or connection.vendor == "postgresql", plan


def test_a_page_is_read_by_a_fixed_number_of_queries(reader: Person, posts: Posts, ana: Actor, bram: Actor) -> None:
    counts = []
    for upto in (3, 15):
        for n in range(1, upto):
            posts.texts[n] = "x"
            favour(reader, ana, post=n)
            favour(reader, bram, post=n)
        with CaptureQueriesContext(connection) as queries:
            assert len(reading.page(reader)[0]) == upto - 1
        counts.append(len(queries))
    assert counts[0] == counts[1] == 3
