"""What a machine makes of posts: versions that nobody wrote, marked as its own, within a budget, against a real server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from tests.translators import KEY, Translator, translator

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.jobs import worker
from cityplus.jobs.models import Job
from cityplus.journal.subscribers import deliver
from cityplus.languages.text import Text, Version
from cityplus.social import machine, posting
from cityplus.social.models import Option, Post, PostVersion, Spending
from cityplus.social.tests.cast import resident, say
from cityplus.social.writing import Asked

pytestmark = pytest.mark.django_db
OTHERS = {"zh-Hans", "ar", "bg", "fr"}
"""What the server of the tests speaks, beside English and Dutch."""


@pytest.fixture(params=["libretranslate", "deepl"])
def server(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Translator]:
    with translator() as found:
        found.languages = [*found.languages, "ja"]
        names: dict[str, Any] = {"translator": request.param, "translator_url": found.url, "translator_key": KEY}
        settings.CITYPLUS = replace(settings.CITYPLUS, **names)
        yield found


@pytest.fixture
def ana(db: None) -> Actor:
    return resident("ana")


def work() -> None:
    while deliver() or worker.run_one("test"):
        pass


def versions(post: Post) -> dict[str, tuple[str, str]]:
    return {tag: (v.text, v.state) for tag, v in Post.objects.get(pk=post.pk).text.versions.items()}


def test_a_public_post_gets_the_languages_it_lacks(ana: Actor, server: Translator, stranger: Client) -> None:
    post = posting.publish(ana, machine_writing(en="The sea.", nl="De zee."), by="ana")
    before = Post.objects.get().revision
    work()
    said = versions(post)
    assert {tag for tag, (_, state) in said.items() if state == "machine"} == OTHERS | {"ja"}
    assert said["nl"] == ("De zee.", "author"), "what an author wrote stays"
    assert said["fr"] == ("‹The sea.›", "machine")
    assert Post.objects.get().revision > before
    page = stranger.get(f"/fr{post.get_absolute_url()}").content.decode()
    assert "‹The sea.›" in page
    assert "state-machine" in page
    assert "The sea." in page.replace("‹The sea.›", ""), "the original stands beside it"
    assert not PostVersion.objects.exists(), "it is no change of the author's"


def machine_writing(**words: str) -> Any:
    from cityplus.social.writing import Writing  # noqa: PLC0415

    return Writing(Text("en", {tag: Version(text) for tag, text in words.items()}))


def test_mentions_hashtags_and_links_are_as_they_were(ana: Actor, server: Translator, thehague: City) -> None:
    server.loses = "[0-9]{7,}"
    post = say(ana, "Hi @thehague, see #DenHaag and https://example.org/a?b=1 — now.")
    work()
    for tag in sorted(OTHERS):
        text = versions(post)[tag][0]
        assert "@thehague" in text and "#DenHaag" in text and "https://example.org/a?b=1" in text, text
    assert not any("@thehague" in text or "#DenHaag" in text for text in server.texts())


def test_the_note_and_the_answers_of_a_poll_too(ana: Actor, server: Translator) -> None:
    options = [Text.of("en", en="Pier"), Text.of("en", en="Dunes")]
    poll = Asked(options, timezone.now() + timedelta(days=1))
    post = say(ana, "Where?", note=Text.of("en", en="Sand"), poll=poll)
    work()
    assert Post.objects.get().note.in_language("bg") == "‹Sand›"
    assert [option.words.in_language("ar") for option in Option.objects.filter(poll=post.pk)] == ["‹Pier›", "‹Dunes›"]


@pytest.mark.parametrize("audience", ["followers", "mentioned"])
def test_what_is_not_public_is_given_to_nobody(ana: Actor, server: Translator, audience: str) -> None:
    say(ana, "Secret @ana", audience=audience)
    work()
    assert server.asked == []


def test_an_edit_renews_them_and_one_that_keeps_the_original_keeps_them(ana: Actor, server: Translator) -> None:
    post = say(ana, "The sea.")
    work()
    asked = len(server.texts())
    posting.edit(post, Text("en", {"en": Version("The sea."), "bg": Version("Морето.")}), Text(), by="ana")
    work()
    assert versions(post)["bg"] == ("Морето.", "author")
    assert versions(post)["fr"] == ("‹The sea.›", "machine")
    assert len(server.texts()) == asked
    posting.edit(post, Text.of("en", en="The pier."), Text(), by="ana")
    assert set(versions(post)) == {"en"}, "what machines made of the old words is gone with them"
    work()
    assert versions(post)["fr"] == ("‹The pier.›", "machine")


def test_who_is_faster_than_the_machine_is_not_overwritten(ana: Actor, server: Translator) -> None:
    post = say(ana, "The sea.")
    stale = Post.objects.get()
    posting.edit(post, Text.of("en", en="The pier."), Text(), by="ana")
    texts = machine._originals(stale, "fr")
    machine._write(stale, "fr", {"text": "‹The sea.›"}, texts)
    assert set(versions(post)) == {"en"}
    posting.edit(post, Text("en", {"en": Version("The sea."), "fr": Version("La mer.")}), Text(), by="ana")
    machine._write(stale, "fr", {"text": "‹The sea.›"}, texts)
    assert versions(post)["fr"] == ("La mer.", "author")
    posting.delete(post, by="ana")
    machine._write(stale, "bg", {"text": "‹The sea.›"}, texts)
    assert set(versions(post)) == {"en", "fr"}


@pytest.mark.parametrize(("of_all", "of_each"), [(20, 1000), (1000, 20)])
def test_the_budget_of_a_day_ends_and_the_next_day_goes_on(
    ana: Actor, server: Translator, settings: Settings, of_all: int, of_each: int
) -> None:
    settings.CITYPLUS = replace(settings.CITYPLUS, translate_posts=of_all, translate_posts_each=of_each)
    post = say(ana, "12345678 a")  # ten characters, for five languages and more
    work()
    assert len(versions(post)) == 3
    assert Spending.objects.get().characters == 20
    waiting = Job.objects.get(kind="social.versions", state="waiting")
    assert waiting.run_after.date() == timezone.now().date() + timedelta(days=1)
    if of_each == 20:
        other = say(resident("bo"), "12345678 b")
        work()
        assert len(versions(other)) == 3, "the cap of one does not touch another"
    Spending.objects.all().delete()
    Job.objects.filter(kind="social.versions").update(run_after=timezone.now())
    worker.run_one("test")
    assert len(versions(post)) == 5


def test_a_budget_of_nothing_asks_nobody(ana: Actor, server: Translator, settings: Settings) -> None:
    settings.CITYPLUS = replace(settings.CITYPLUS, translate_posts=0)
    say(ana, "The sea.")
    work()
    assert server.asked == []


def test_a_machine_that_fails_is_asked_again_and_not_for_ever(ana: Actor, server: Translator) -> None:
    server.failures = [(429, {"Retry-After": "90"}, "{}")]
    post = say(ana, "The sea.")
    work()
    assert set(versions(post)) == {"en"}
    again = Job.objects.get(kind="social.versions", state="waiting")
    assert again.run_after > timezone.now() + timedelta(seconds=60)
    Job.objects.filter(pk=again.pk).update(run_after=timezone.now())
    work()
    assert "fr" in versions(post)
    server.failures = [(403, {}, "{}")] * 50
    other = say(ana, "The pier.")
    for _ in range(machine.TRIES + 2):
        Job.objects.filter(kind="social.versions", state="waiting").update(run_after=timezone.now())
        work()
    assert set(versions(other)) == {"en"}
    assert not Job.objects.filter(kind="social.versions").exclude(state="done").exists()


def test_without_a_machine_nothing_is_enqueued(ana: Actor) -> None:
    say(ana, "The sea.")
    deliver()
    assert not Job.objects.filter(kind="social.versions").exists()
