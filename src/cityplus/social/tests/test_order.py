"""What a verb has when it waits for the order of the journal is nothing that who has that order could want."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from PIL import Image

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.cities.models import City, Member
from cityplus.jobs.models import Job
from cityplus.languages.text import Text
from cityplus.media.models import Caption, Medium
from cityplus.media.probe import probe
from cityplus.moderation.models import Decision, Held
from cityplus.people.models import Person
from cityplus.social import machine, posting
from cityplus.social.accounts import leaving
from cityplus.social.composing import sending
from cityplus.social.models import Boost, Closing, Favourite, Post, Profile, Sheet, Takeout
from cityplus.social.tests.cast import resident, say
from cityplus.social.writing import Writing

pytestmark = pytest.mark.django_db(transaction=True)
_WAITS = """
    SELECT count(*) FROM pg_locks
    WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
Deed = Callable[[], object]


@dataclass
class World:
    city: City
    ana: Actor
    bo: Actor
    post: Post
    medium: Medium
    editor: Person

    @property
    def person(self) -> Person:
        return Person.objects.get(username="ana")

    def write(self, words: str) -> Sheet:
        document = {"languages": ["en"], "original": "en", "text": {"en": words}}
        kept = Sheet.write(self.ana, document, by="ana", nonce="a-form", voices={self.ana.pk})
        assert kept
        return kept

    def ask(self) -> Post:
        return say(self.bo, "Where is the sea?", asks=self.city.actor)


@pytest.fixture
def world(thehague: City, editor: Person, tmp_path: Path) -> World:
    ana, bo = resident("ana", thehague), resident("bo")
    path = tmp_path / "sea.png"
    Image.new("RGB", (40, 30), (0, 90, 200)).save(path)
    medium = Medium.add(thehague.actor, path, credit="The city", licence="CC-BY-4.0")
    return World(thehague, ana, bo, say(ana), medium, editor)


def until_it_waits(other: Future[object]) -> None:
    """On SQLite whoever writes has everything to itself: the other waits there before its first row."""
    while connection.vendor == "postgresql" and not wait([other], 0.02).done:
        with connection.cursor() as cursor:
            cursor.execute(_WAITS)
            if cursor.fetchone() != (0,):
                return


def meet(verb: Deed, deed: Deed) -> None:
    """Do something while another does the verb and waits for the order of the journal, which is ours."""

    def other() -> object:
        try:
            return verb()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            journal.queue_up()
            doing = pool.submit(other)
            until_it_waits(doing)
            deed()
        doing.result(60)


def test_a_machine_and_a_reply(world: World) -> None:
    said = {"text": "Hallo."}
    meet(lambda: machine._write(world.post, "nl", said, {"text": "Hello."}), lambda: say(world.bo, reply_to=world.post))
    world.post.refresh_from_db()
    assert world.post.replies == 1 and "nl" in world.post.text.versions


def test_a_sheet_that_is_set_for_a_moment_and_written_on(world: World) -> None:
    sheet, moment = world.write("Half a th"), timezone.now() + timedelta(days=1)
    meet(lambda: sheet.schedule(moment, by="ana"), lambda: world.write("Half a thought"))
    sheet.refresh_from_db()
    assert sheet.due_at == moment and "thought" in str(sheet.document)


def test_a_sheet_that_is_posted_and_written_on(world: World) -> None:
    sheet, moment = world.write("Half a th"), timezone.now()
    sheet.schedule(moment, by="ana")
    meet(lambda: sending.send_due(sheet.pk, moment.isoformat()), lambda: world.write("Half a thought"))
    assert Post.objects.filter(author=world.ana).count() == 2 or Sheet.objects.get().problem


def test_a_form_that_is_sent_twice(world: World) -> None:
    writing = Writing(Text.of("en", en="Once."))

    def send() -> Post:
        return posting.publish(world.ana, writing, by="ana", nonce="a-form")

    meet(send, send)
    assert Post.objects.filter(author=world.ana).count() == 2


def test_a_picture_that_is_described_and_described_with_a_post(world: World) -> None:
    meet(
        lambda: world.medium.describe(by="editor", credit="Somebody"),
        lambda: Medium.objects.get(pk=world.medium.pk).describe(by="bo", alt=Text.of("en", en="The sea")),
    )
    medium = Medium.objects.get()
    assert (medium.credit, str(medium.alt)) == ("Somebody", "The sea")


def test_captions_and_a_post_with_the_film(world: World) -> None:
    world.medium.describe(by="editor", alt=Text.of("en", en="The sea"))
    meet(
        lambda: Caption.write(world.medium, "en", "WEBVTT\n", "original", by="editor"),
        lambda: say(world.city.actor, media=[world.medium]),
    )
    assert Caption.objects.exists() and Post.objects.filter(author=world.city.actor).exists()


@pytest.mark.parametrize("verb", ["receive", "change", "advance", "takeout"])
def test_what_locks_a_city_or_a_person_and_a_question(world: World, verb: str, tmp_path: Path) -> None:
    path = tmp_path / "dune.png"
    Image.new("RGB", (40, 30), (200, 190, 90)).save(path)
    verbs: dict[str, Deed] = {
        "receive": lambda: Medium.receive(world.city.actor, path, "dune.png", by="editor", facts=probe(path)),
        "change": lambda: Member.objects.get(person=world.editor).change("translator", by="office"),
        "advance": lambda: world.city.advance("dormant", by="office"),
        "takeout": lambda: Takeout.ask(world.person),
    }
    meet(verbs[verb], world.ask)
    assert world.city.questions.count() == 1


def test_a_suspension_and_a_post_that_is_deleted(world: World) -> None:
    officer = Person.enrol("officer", "officer@office.example", "a long password", office=True)
    meet(
        lambda: Decision.about_actor(world.ana, "suspend", by=officer, reason="So."),
        lambda: posting.delete(world.post, by="ana"),
    )
    world.ana.refresh_from_db()
    assert world.ana.gone_at


def test_what_is_held_is_decided_and_held_again(world: World) -> None:
    sheet = world.write("Casino")
    sheet.await_moderation()
    held = Held.hold("sheet", sheet.pk, world.ana, why="Casino", excerpt="Casino")
    officer = Person.enrol("officer", "officer@office.example", "a long password", office=True)
    meet(
        lambda: held.approve(by=officer),
        lambda: Held.hold("sheet", sheet.pk, world.ana, why="Casino", excerpt="Casino"),
    )
    assert Held.objects.get().state == "approved"


def test_an_account_that_is_purged_and_its_post_that_is_liked(world: World) -> None:
    liked = say(world.bo)
    Favourite.put(world.ana, liked, by="ana")
    leaving.close(world.person, by="ana")
    later = timezone.now() + timedelta(days=31)
    meet(lambda: leaving.purge_due(later), lambda: Post.objects.filter(pk=world.post.pk).update(replies=1))
    assert Closing.objects.get().purged_at and not Post.objects.filter(pk=world.post.pk).exists()


def test_two_that_close_and_what_both_have_marked(world: World) -> None:
    posts = [say(world.city.actor) for _ in range(6)]
    for post in posts:
        Favourite.put(world.ana, post, by="ana")
        Boost.put(world.bo, post, by="bo")
    for post in reversed(posts):
        Boost.put(world.ana, post, by="ana")
        Favourite.put(world.bo, post, by="bo")
    closing = [leaving.close(Person.objects.get(username=name), by=name) for name in ("ana", "bo")]
    for one in closing:
        assert leaving.reopen(one.person, by="test")

    def there_and_back(name: str) -> None:
        try:
            person = Person.objects.get(username=name)
            for _ in range(4):
                leaving.close(person, by=name)
                leaving.reopen(person, by=name)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as people:
        list(people.map(there_and_back, ("ana", "bo")))
    for post in posts:
        post.refresh_from_db()
        assert (post.favourites, post.boosts) == (2, 2)


def test_a_profile_that_is_changed_and_closed(world: World) -> None:
    profile = Profile.objects.get(actor=world.ana)

    def busy(number: int) -> None:
        try:
            if number == 5:
                leaving.close(world.person, by="ana")
            else:
                profile.change(by="ana", names=Text.of("en", en=f"Ana {number}"))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as people:
        list(people.map(busy, range(24)))
    profile.refresh_from_db()
    assert profile.closed_at and Job.objects.filter(kind="social.put_away").exists()
