"""What a machine makes of opportunities and messages: versions that nobody wrote, in the languages that are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings
from tests.translators import KEY, Translator, translator

from cityplus.cities.models import City
from cityplus.jobs import worker
from cityplus.journal.subscribers import deliver
from cityplus.languages.text import Text, Version
from cityplus.opportunities.models import Message, Opportunity
from cityplus.opportunities.tests.cast import begun, firm, public
from cityplus.opportunities.wording import Row, texts_of
from cityplus.social.models import Spending

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Settings) -> Iterator[Translator]:
    with translator() as found:
        found.languages = [*found.languages, "ja"]
        names: dict[str, Any] = {"translator": "libretranslate", "translator_url": found.url, "translator_key": KEY}
        settings.CITYPLUS = replace(settings.CITYPLUS, **names)
        yield found


def work() -> None:
    while deliver() or worker.run_one("test"):
        pass


def test_what_is_public_gets_the_languages_it_lacks(thehague: City, server: Translator) -> None:
    title = Text("en", {"en": Version("Quays"), "nl": Version("Kades")})
    public(thehague.actor, title=title, story=Text.of("en", en="Sensors."))
    work()
    one = Opportunity.objects.get()
    assert {tag for tag, version in one.title.versions.items() if version.state == "machine"} == {
        "zh-Hans",
        "ar",
        "bg",
        "fr",
        "ja",
    }
    assert one.title.versions["nl"] == Version("Kades") and one.story.versions["nl"].text == "‹Sensors.›"


def test_a_message_gets_those_in_which_the_sides_can_be_dealt_with(
    thehague: City, shenzhen: City, server: Translator
) -> None:
    begun(public(thehague.actor, tongues=["nl"]), firm(shenzhen, "port", languages=("zh-Hans", "en")))
    work()
    assert set(Message.objects.get().text.versions) == {"en", "nl", "zh-Hans"}


def test_it_is_not_asked_for_beyond_the_budget(thehague: City, server: Translator, settings: Settings) -> None:
    settings.CITYPLUS = replace(settings.CITYPLUS, translate_posts_each=0)
    public(thehague.actor, title=Text.of("en", en="Quays"), story=Text.of("en", en="Sensors."))
    deliver()
    worker.run_one("test")
    assert (
        Opportunity.objects.get().title.languages == ["en"] and not Spending.objects.filter(characters__gt=0).exists()
    )


def test_what_a_machine_made_of_another_original_is_made_anew() -> None:
    was = Text("nl", {"nl": Version("Kades"), "en": Version("Quays"), "fr": Version("‹Kades›", "machine")})
    sent = [Row(0, "nl", {"title": "Havens"}), Row(1, "en", {"title": "Quays"}), Row(2, "fr", {"title": "‹Kades›"})]
    assert set(texts_of(sent, ["title"], {"title": was})["title"].versions) == {"nl", "en"}
    same = [Row(0, "nl", {"title": "Kades"}), *sent[1:]]
    assert texts_of(same, ["title"], {"title": was})["title"] == was
    changed = [Row(0, "nl", {"title": "Kades"}), Row(1, "fr", {"title": "Les quais"})]
    assert texts_of(changed, ["title"], {"title": was})["title"].versions["fr"].state == "author"
