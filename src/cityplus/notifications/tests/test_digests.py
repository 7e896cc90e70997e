"""Digests: what they say and to whom, when they come, and that each comes once, to a real mail server."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.jobs import worker
from cityplus.jobs.models import Job
from cityplus.notifications.digests import catch_up, make
from cityplus.notifications.due import Rhythm
from cityplus.notifications.models import Digest, Notice, Wishes
from cityplus.notifications.tests.conftest import Posts, favour
from cityplus.people.models import Letter, Person
from cityplus.people.tests.mail_server import Mailbox

Postman = Callable[[], list[Letter]]


@pytest.fixture
def hour_comes(db: None) -> Postman:
    """Lets the moment come for which the digests wait: the worker makes them, and hands over the letters that it wrote."""

    def come() -> list[Letter]:
        Job.objects.filter(kind="notifications.digest", state="waiting").update(run_after=timezone.now())
        while Job.objects.filter(kind="notifications.digest").due(timezone.now()).exists():
            job = Job.objects.filter(kind="notifications.digest").take("test")
            assert job is not None
            make(**job.args)
            job.finish()
        return list(Letter.objects.order_by("pk"))

    return come


def test_it_arrives_with_words_links_and_a_way_out(
    mailbox: Mailbox, hour_comes: Postman, reader: Person, posts: Posts, ana: Actor, bram: Actor
) -> None:
    reader.prefer("nl")
    favour(reader, ana)
    favour(reader, bram)
    hour_comes()
    assert worker.run_one("postman", urgent=True)
    [(envelope, letter)] = mailbox.letters
    assert envelope.rcpt_tos == ["reader@example.org"]
    end = letter["List-Unsubscribe"].strip("<> ")
    assert end.startswith("http://localhost:8000/nl/account/notices/end/")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"] == f"<digest-{Digest.objects.get().pk}@localhost>"
    for kind in ("plain", "html"):
        part = letter.get_body((kind,))
        assert part is not None
        words = part.get_content()
        assert re.search("\\[nl\\] Bram (en|and) Ana favoured your post 1", words)
        assert "http://localhost:8000/@reader/posts/1/" in words
        assert "The sea begins where the tram ends." in words
        assert end in words
        assert "25 november 2026" in words
    assert not Letter.objects.exists()


def test_it_waits_for_the_hour_that_was_chosen(reader: Person, posts: Posts, ana: Actor) -> None:
    Wishes.of(reader).choose({}, digest="daily", hour=7, zone="Asia/Tokyo")
    favour(reader, ana)
    job = Job.objects.get(kind="notifications.digest")
    assert job.run_after.astimezone(UTC).hour == 22
    assert timedelta() < job.run_after - timezone.now() <= timedelta(days=1)
    assert not worker.run_one("worker"), "nothing is due yet"
    assert not Letter.objects.exists()


def test_several_notices_wait_for_one_digest(reader: Person, posts: Posts, ana: Actor, bram: Actor) -> None:
    favour(reader, ana)
    favour(reader, bram)
    assert Job.objects.filter(kind="notifications.digest").count() == 1


def test_what_was_read_is_not_told_and_nothing_is_no_letter(
    hour_comes: Postman, reader: Person, posts: Posts, ana: Actor
) -> None:
    favour(reader, ana)
    Notice.read(reader, Notice.objects.get().pk)
    assert hour_comes() == []
    assert Digest.objects.get().lines == 0


@pytest.mark.parametrize("how", ["deleted", "hidden", "blocked"])
def test_what_one_may_not_see_is_in_no_letter(
    hour_comes: Postman, reader: Person, posts: Posts, ana: Actor, bram: Actor, how: str
) -> None:
    posts.texts[2] = "A secret."
    favour(reader, ana)
    favour(reader, bram, post=2)
    meanwhile: dict[str, Callable[[], object]] = {
        "deleted": lambda: posts.texts.pop(2),
        "hidden": lambda: posts.hidden.add((reader.pk, 2)),
        "blocked": lambda: posts.blocked.add((reader.pk, bram.pk)),
    }
    meanwhile[how]()
    (letter,) = hour_comes()
    assert letter.subject == "1 notice from CityPlus"
    for words in (letter.text, letter.html):
        assert "Ana favoured your post 1" in words
        assert "secret" not in words
        assert "Bram" not in words
        assert "posts/2" not in words


def test_a_notice_is_in_one_digest_and_the_next_begins_behind_it(
    hour_comes: Postman, reader: Person, posts: Posts, ana: Actor, bram: Actor
) -> None:
    Wishes.of(reader).choose({}, digest="daily")
    for n in (2, 3):
        posts.texts[n] = f"Post {n}."
    favour(reader, ana)
    favour(reader, bram)
    favour(reader, ana, post=2)
    (first,) = hour_comes()
    assert ("Post 2." in first.text, first.subject) == (True, "2 notices from CityPlus")
    assert not Notice.objects.filter(mailed_at=None).exists(), "the older ones of a group are settled too"
    favour(reader, ana, post=3)
    due = Wishes.of(reader).next_due(timezone.now() + timedelta(days=1))  # a day later
    assert due is not None
    make(reader.pk, due.isoformat())
    second = Letter.objects.order_by("pk")[1]
    assert ("Post 3." in second.text, "Post 2." in second.text) == (True, False)


def test_a_kind_that_is_not_wanted_by_mail_is_not_in_it(
    hour_comes: Postman, reader: Person, posts: Posts, ana: Actor
) -> None:
    favour(reader, ana)
    Wishes.of(reader).choose({"favourite": ["page"]})
    assert hour_comes() == []


def test_who_chose_another_hour_gets_it_then_and_not_before(reader: Person, posts: Posts, ana: Actor) -> None:
    favour(reader, ana)
    old = Job.objects.get(kind="notifications.digest")
    Wishes.of(reader).choose({}, digest="daily", hour=3, zone="Pacific/Apia")
    assert Job.objects.filter(kind="notifications.digest").count() == 2, "what waits comes when it was chosen"
    make(**old.args)
    assert not Letter.objects.exists()
    make(**Job.objects.filter(kind="notifications.digest").exclude(pk=old.pk).get().args)
    assert Letter.objects.count() == 1


def test_who_wants_none_gets_none(hour_comes: Postman, reader: Person, posts: Posts, ana: Actor, bram: Actor) -> None:
    favour(reader, ana)
    Wishes.of(reader).choose({}, digest=Rhythm.NEVER)
    favour(reader, bram)
    assert hour_comes() == []
    assert Job.objects.filter(kind="notifications.digest").count() == 1, "the one that was on its way, and no other"


@pytest.mark.parametrize("lack", ["address", "confirmed", "open"])
def test_a_letter_goes_to_a_confirmed_address_of_an_open_account_alone(
    hour_comes: Postman, reader: Person, posts: Posts, ana: Actor, lack: str
) -> None:
    favour(reader, ana)
    if lack == "address":
        reader.emailaddress_set.all().delete()  # type: ignore[attr-defined]
    elif lack == "confirmed":
        reader.emailaddress_set.update(verified=False)  # type: ignore[attr-defined]
    else:
        Person.objects.update(is_active=False)
    assert hour_comes() == []


def test_a_long_one_is_bounded_and_says_how_many_more(
    hour_comes: Postman, reader: Person, posts: Posts, ana: Actor
) -> None:
    for n in range(1, 51):
        posts.texts[n] = "x"
        favour(reader, ana, post=n)
    (letter,) = hour_comes()
    assert letter.subject == "50 notices from CityPlus"
    assert letter.text.count("favoured your post") == 30
    assert "And 20 more" in letter.text
    assert "And 20 more" in letter.html


def test_words_of_others_are_words_in_the_letter_too(
    hour_comes: Postman, reader: Person, posts: Posts, ana: Actor
) -> None:
    posts.texts[1] = "<img src=x> & more\r\nBcc: everybody@example.org"
    favour(reader, ana)
    (letter,) = hour_comes()
    assert "&lt;img src=x&gt; &amp; more" in letter.html
    assert "\n" not in letter.subject


def test_what_fell_through_is_caught_up_with_and_old_digests_are_forgotten(
    reader: Person, posts: Posts, ana: Actor
) -> None:
    favour(reader, ana)
    Job.objects.all().delete()
    catch_up()
    assert not Job.objects.exists(), "what came just now has its job, or will have"
    Notice.objects.update(given_at=timezone.now() - timedelta(days=2))
    Digest.objects.create(person=reader, due=datetime(2020, 1, 1, tzinfo=UTC), made_at=datetime(2020, 1, 1, tzinfo=UTC))
    catch_up()
    catch_up()
    assert Job.objects.filter(kind="notifications.digest").count() == 1
    assert not Digest.objects.exists()
