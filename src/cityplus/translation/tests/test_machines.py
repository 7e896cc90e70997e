"""Machines that translate, asked over HTTP at a real server that speaks both protocols."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings as plain
from django.utils import timezone
from pytest_django import Settings
from tests.translators import KEY, Translator, translator

from cityplus.languages import machines
from cityplus.languages.machines import Busy, MachineError
from cityplus.languages.machines.deepl import DeepL
from cityplus.languages.machines.libretranslate import LibreTranslate
from cityplus.languages.models import KeptAnswer, KeptGlossary
from cityplus.translation.errands import KEPT, forget
from cityplus.translation.glossary import Pair
from cityplus.translation.suggesting import CityWords

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("kind", ["libretranslate", "deepl"])
STORY = (
    "The *pier* of 1959.\n\nSee [its history](https://example.org/pier?a=1&b=2),\nor write to sea@example.org <soon>."
)


@pytest.fixture
def server() -> Iterator[Translator]:
    with translator() as running:
        yield running


def machine(server: Translator, kind: str, key: str = KEY) -> DeepL | LibreTranslate:
    return DeepL(server.url, key) if kind == "deepl" else LibreTranslate(server.url, key)


def agreed(*pairs: tuple[str, str]) -> CityWords:
    return CityWords([Pair(*pair) for pair in pairs], "en")


@BOTH
def test_a_text_comes_back_with_its_breaks_marks_and_addresses(server: Translator, kind: str) -> None:
    (said,) = machines.translate(machine(server, kind), [STORY], "en", "zh-Hans")
    assert said == (
        "‹The *pier* of 1959.›\n\n‹See [its history](https://example.org/pier?a=1&b=2),›\n"
        "‹or write to sea@example.org <soon>.›"
    )
    assert not any("https://" in text or "@" in text for text in server.texts()), "what must not change was sent"


@BOTH
def test_what_a_machine_loses_of_the_signs_is_there_all_the_same(server: Translator, kind: str) -> None:
    server.loses = r'\{\d+\}|<x id="\d+"/>'
    (said,) = machines.translate(machine(server, kind), ["See [it](https://example.org/) now."], "en", "zh-Hans")
    assert said == "‹See [it›](https://example.org/) ‹now.›"


@BOTH
def test_the_same_is_not_asked_again(server: Translator, kind: str) -> None:
    first = machines.translate(machine(server, kind), ["The sea.", "The pier.", "The sea."], "en", "nl")
    again = machines.translate(machine(server, kind), ["The pier.", "The sea."], "en", "nl")
    assert first == ["‹The sea.›", "‹The pier.›", "‹The sea.›"]
    assert again == first[:2][::-1]
    assert sorted(server.texts()) == ["The pier.", "The sea."]
    machines.translate(machine(server, kind), ["The sea."], "en", "fr")
    assert len(server.texts()) == 3, "another language is another question"


def test_what_was_said_a_year_ago_is_asked_anew(server: Translator) -> None:
    machines.translate(machine(server, "deepl"), ["The sea.", "The pier."], "en", "nl")
    old = timezone.now() - KEPT - timedelta(days=1)
    KeptAnswer.objects.filter(words="‹The sea.›").update(at=old)
    forget()
    machines.translate(machine(server, "deepl"), ["The sea.", "The pier."], "en", "nl")
    assert server.texts() == ["The sea.", "The pier.", "The sea."]


@BOTH
def test_agreed_words_are_used_and_are_part_of_the_question(server: Translator, kind: str) -> None:
    words = agreed(("Peace Palace", "和平宫"), ("Mauritshuis", "莫瑞泰斯皇家美术馆"))
    (said,) = machines.translate(machine(server, kind), ["Up to the Peace Palace."], "en", "zh-Hans", words)
    assert said == "‹Up to the 和平宫.›"
    (other,) = machines.translate(
        machine(server, kind), ["Up to the Peace Palace."], "en", "zh-Hans", agreed(("Peace Palace", "和平殿"))
    )
    assert other == "‹Up to the 和平殿.›"
    assert bool(server.glossaries) == (kind == "deepl")
    machines.translate(machine(server, kind), ["Up to the Peace Palace."], "en", "zh-Hans", words)
    assert len(server.texts()) == 2


def test_a_glossary_is_kept_by_the_service_once_and_made_anew_when_it_is_gone(server: Translator) -> None:
    words = agreed(("Peace Palace", "和平宫"))
    machines.translate(machine(server, "deepl"), ["The Peace Palace."], "en", "zh-Hans", words)
    machines.translate(machine(server, "deepl"), ["A Peace Palace!"], "en", "zh-Hans", words)
    assert [path for path, _ in server.asked].count("/v2/glossaries") == 1
    server.glossaries.clear()
    (said,) = machines.translate(machine(server, "deepl"), ["My Peace Palace."], "en", "zh-Hans", words)
    assert said == "‹My 和平宫.›", "the words are guarded now"


def test_where_the_service_takes_no_glossary_agreed_words_are_guarded(server: Translator) -> None:
    server.takes_glossaries = False
    words = agreed(("Pier", "码头"))
    (said,) = machines.translate(machine(server, "deepl"), ["The Pier & the sea"], "en", "zh-Hans", words)
    assert said == "‹The 码头 & the sea›"
    assert server.texts() == ['The <x id="0"/> &amp; the sea']
    assert KeptGlossary.objects.get().identifier == ""


@BOTH
def test_many_texts_go_in_batches_that_the_protocol_takes(server: Translator, kind: str) -> None:
    text = "\n".join(f"Line {number} of many." for number in range(120))
    (said,) = machines.translate(machine(server, kind), [text], "en", "nl")
    assert said.split("\n") == [f"‹Line {number} of many.›" for number in range(120)]
    assert len(server.asked) == {"libretranslate": 5, "deepl": 3}[kind]


@BOTH
def test_a_wrong_key_a_used_up_quota_and_a_busy_service_are_told_in_sentences(server: Translator, kind: str) -> None:
    with pytest.raises(MachineError, match="refuses our key"):
        machines.translate(machine(server, kind, "wrong"), ["The sea."], "en", "nl")
    asked = machine(server, kind)
    machines.translate(asked, ["Warm."], "en", "nl")
    server.failures = [(429, {"Retry-After": "7"}, "")]
    with pytest.raises(Busy, match="asked again later") as busy:
        machines.translate(asked, ["The sea."], "en", "nl")
    assert busy.value.seconds == 7
    server.failures = [(500, {}, "<h1>oh</h1>")]
    with pytest.raises(MachineError, match=r"out of order \(500\)"):
        machines.translate(asked, ["The sea."], "en", "nl")
    server.failures = [(200, {}, "<h1>welcome</h1>")]
    with pytest.raises(MachineError, match="do not understand"):
        machines.translate(asked, ["The sea."], "en", "nl")
    server.failures = [(400, {}, '{"error": "no such thing", "message": "no such thing"}')]
    with pytest.raises(MachineError, match="did not take the text: no such thing"):
        machines.translate(asked, ["The sea."], "en", "nl")
    assert KeptAnswer.objects.count() == 1


def test_deepl_s_own_status_for_a_used_up_quota(server: Translator) -> None:
    server.failures = [(456, {}, '{"message": "Quota Exceeded"}')]
    with pytest.raises(MachineError, match="quota of the translation service is used up"):
        machines.translate(machine(server, "deepl"), ["The sea."], "en", "nl")


def test_languages_are_called_as_the_server_calls_them(server: Translator) -> None:
    server.languages = ["en", "zh", "pt"]
    asked = machine(server, "libretranslate")
    machines.translate(asked, ["The sea."], "en", "zh-Hans")
    machines.translate(asked, ["The sea."], "en", "pt-BR")
    assert [body["target"] for _, body in server.asked] == ["zh", "pt"]
    with pytest.raises(MachineError, match="does not go from English to Bulgarian"):
        machines.translate(asked, ["The sea."], "en", "bg")


def test_a_service_that_is_not_there_or_too_slow_or_endless(
    server: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(MachineError, match="cannot be reached"):
        machines.translate(DeepL("http://127.0.0.1:9", KEY), ["The sea."], "en", "nl")
    monkeypatch.setattr("cityplus.languages.machines.wire.READ", 0.2)
    server.holds = True
    with pytest.raises(MachineError, match="took too long"):
        machines.translate(machine(server, "deepl"), ["The sea."], "en", "nl")
    server.holds = False
    monkeypatch.setattr("cityplus.languages.machines.wire.MOST_BYTES", 1000)
    server.failures = [(200, {}, "x" * 5000)]
    with pytest.raises(MachineError, match="do not understand"):
        machines.translate(machine(server, "deepl"), ["The sea."], "en", "nl")


def test_there_is_no_machine_until_the_operator_names_one(server: Translator, settings: Settings) -> None:
    assert machines.configured() is None
    settings.CITYPLUS = replace(plain.CITYPLUS, translator="deepl", translator_url=server.url, translator_key=KEY)
    assert isinstance(machines.configured(), DeepL)
    settings.CITYPLUS = replace(plain.CITYPLUS, translator="libretranslate", translator_url=server.url)
    assert isinstance(machines.configured(), LibreTranslate)
    assert DeepL("", "abc:fx").url == "https://api-free.deepl.com"
    assert DeepL("", "abc").url == "https://api.deepl.com"
