"""The page of notices, the bell, and having read them: for their person alone, and without a script."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.actors.models import Actor
from cityplus.notifications import plug
from cityplus.notifications.models import Notice, Wishes
from cityplus.notifications.tests.conftest import Posts, favour
from cityplus.people.models import Person


@pytest.fixture
def at_home(reader: Person) -> Client:
    return sign_in(reader)


def body(client: Client, path: str = "/notices/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("path", ["/notices/", "/notices/count/", "/account/notices/", "/zh-hans/notices/"])
def test_a_stranger_sees_nothing(stranger: Client, db: None, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 404 or "/account/session/" in answer.headers["Location"]
    assert "notice-bell" not in stranger.get("/").content.decode()


def test_a_notice_stands_in_the_page_with_words_link_and_time(
    at_home: Client, reader: Person, posts: Posts, ana: Actor
) -> None:
    posts.texts[1] = "<script>alert(1)</script>"
    favour(reader, ana)
    Wishes.of(reader).choose({}, zone="Asia/Shanghai")
    page = body(at_home)
    assert '<a href="/@reader/posts/1/">[en] Ana favoured your post 1.</a>' in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "November 25, 2026, 5:00" in page, "nine in the morning UTC is five in the afternoon there"
    assert "no-store" in at_home.get("/notices/").headers["Cache-Control"]


def test_nobody_sees_those_of_somebody_else(reader: Person, posts: Posts, ana: Actor, visitor: Person) -> None:
    favour(reader, ana)
    theirs = sign_in(visitor)
    assert "favoured" not in body(theirs)
    assert theirs.get("/notices/count/").json()["count"] == 0
    theirs.post("/notices/reading/", {"only": Notice.objects.get().pk})
    assert Notice.objects.get().read_at is None


def test_the_bell_is_on_every_page_and_says_how_many(at_home: Client, reader: Person, posts: Posts, ana: Actor) -> None:
    assert '<span class="bell-count" aria-hidden="true"></span>' in body(at_home, "/about/")
    favour(reader, ana)
    page = body(at_home, "/about/")
    assert '<span class="bell-count" aria-hidden="true">1</span>' in page
    assert "Notices: 1 new" in page
    assert f'data-stream="/live/notices/{reader.pk}/"' in page
    assert at_home.get("/notices/count/").json() == {"count": 1, "shown": "1", "says": "Notices: 1 new"}


def test_looking_reads_nothing_and_a_button_reads_one_or_all(
    at_home: Client, reader: Person, posts: Posts, ana: Actor
) -> None:
    posts.texts[2] = posts.texts[3] = "x"
    for n in (1, 2, 3):
        favour(reader, ana, post=n)
    body(at_home)
    assert at_home.get("/notices/reading/").status_code == 405
    assert Notice.objects.unread().count() == 3
    one = Notice.objects.get(subject_id=2)
    assert at_home.post("/notices/reading/", {"only": one.pk}).headers["Location"] == "/notices/"
    assert {notice.subject_id for notice in Notice.objects.unread()} == {1, 3}
    through = Notice.objects.get(subject_id=3).pk
    posts.texts[4] = "x"
    favour(reader, ana, post=4)  # came after the page was made
    at_home.post("/notices/reading/", {"through": through})
    assert {notice.subject_id for notice in Notice.objects.unread()} == {4}


def test_a_script_that_reads_gets_no_page(at_home: Client, reader: Person, posts: Posts, ana: Actor) -> None:
    favour(reader, ana)
    answer = at_home.post("/notices/reading/", {"only": Notice.objects.get().pk}, headers={"Sec-Fetch-Mode": "cors"})
    assert (answer.status_code, answer.content) == (204, b"")


def test_one_kind_can_be_looked_at_and_read(at_home: Client, reader: Person, posts: Posts, ana: Actor) -> None:
    follows = Posts("follow")
    follows.texts[1] = ""
    plug(follows.kind())
    favour(reader, ana)
    favour(reader, ana, kind="follow")
    assert body(at_home).count('class="notice ') == 2
    page = body(at_home, "/notices/?kind=follow")
    assert page.count('class="notice ') == 1
    assert 'href="?kind=favourite"' in page
    at_home.post("/notices/reading/", {"through": Notice.objects.order_by("-id")[0].pk, "kind": "follow"})
    assert [notice.kind for notice in Notice.objects.unread()] == ["favourite"]


def test_what_is_wanted_by_mail_alone_is_not_in_the_page(
    at_home: Client, reader: Person, posts: Posts, ana: Actor
) -> None:
    Wishes.of(reader).choose({"favourite": ["mail"]})
    favour(reader, ana)
    assert "favoured" not in body(at_home)
    assert at_home.get("/notices/count/").json()["count"] == 0


def test_a_long_list_goes_on_behind_what_one_has_seen(
    at_home: Client, reader: Person, posts: Posts, ana: Actor
) -> None:
    for n in range(1, 30):
        posts.texts[n] = "x"
        favour(reader, ana, post=n)
    first = body(at_home)
    assert (first.count('class="notice '), "your post 10." in first, "your post 9." in first) == (20, True, False)
    after = Notice.objects.get(subject_id=10).pk
    assert f'rel="next" href="?after={after}"' in first
    assert body(at_home, f"/notices/?after={after}").count('class="notice ') == 9


@pytest.mark.parametrize("query", ["after=x", "after=-1", "after=99999999999999999999", "kind=nothing"])
def test_a_wrong_question_finds_nothing(at_home: Client, query: str) -> None:
    assert at_home.get(f"/notices/?{query}").status_code == 404


@pytest.mark.parametrize("told", [{}, {"only": "x"}, {"through": ""}, {"only": "1", "kind": "nothing"}])
def test_a_wrong_word_reads_nothing(at_home: Client, told: dict[str, str]) -> None:
    assert at_home.post("/notices/reading/", told).status_code == 404


def test_reading_takes_a_form_of_ours(reader: Person, posts: Posts, ana: Actor) -> None:
    favour(reader, ana)
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(reader)
    assert forged.post("/notices/reading/", {"only": Notice.objects.get().pk}).status_code == 403
    assert Notice.objects.get().read_at is None


def test_an_empty_page_says_so(at_home: Client) -> None:
    assert "Nothing yet." in body(at_home)
