"""The rules of a city: set whole or not at all, and told to the trail."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.cities.models import City, Rules
from cityplus.journal.models import Entry
from cityplus.people.models import Person

SETTINGS = "/desk/@thehague/settings/"
FORM = {
    "four_eyes": "on",
    "captions": "on",
    "languages": ["nl", "zh-Hans"],
    "more": "pt-BR, tr",
    "answer_hours": "48",
    "credit": "Gemeente Den Haag",
    "licence": "CC-BY-4.0",
}


@pytest.fixture
def client(owner: Person) -> Client:
    return sign_in(owner)


def test_the_form_shows_the_rules_and_sets_all_of_them(client: Client, thehague: City) -> None:
    assert 'name="transcripts" id="id_transcripts" checked' in client.get(SETTINGS).content.decode()
    assert client.post(SETTINGS, FORM).status_code == 302
    rules = Rules.of(thehague)
    assert (rules.four_eyes, rules.captions, rules.transcripts, rules.access_notes) == (True, True, False, False)
    assert rules.languages == ["nl", "zh-Hans", "pt-BR", "tr"]
    assert (rules.credit, rules.licence) == ("Gemeente Den Haag", "CC-BY-4.0")
    shown = client.get(SETTINGS).content.decode()
    assert 'value="pt-BR, tr"' in shown
    assert 'value="zh-Hans" id="id_languages_2" checked' in shown


def test_what_changed_is_told_with_who_did_it_and_the_same_again_is_not(client: Client) -> None:
    client.post(SETTINGS, FORM)
    client.post(SETTINGS, FORM)
    entry = Entry.objects.get(verb="rules.set")
    assert entry.by == "thehague-owner"
    assert entry.data["four_eyes"] is True
    assert "captions" not in entry.data


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("more", "Portuguese"),
        ("more", "pt_BR"),
        ("licence", "all mine, and yours"),
        ("credit", "x" * 201),
        ("answer_hours", "-1"),
        ("languages", "xx"),
    ],
)
def test_what_is_wrong_changes_nothing(client: Client, thehague: City, field: str, value: str) -> None:
    answer = client.post(SETTINGS, {**FORM, field: value})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Rules.objects.exists()
