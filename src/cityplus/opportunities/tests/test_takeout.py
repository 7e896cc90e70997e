"""What a person wrote here goes with them in their zip, and what becomes of it when they leave."""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import sign_in
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.journal import subscribers
from cityplus.languages.text import Text
from cityplus.opportunities.models import Care, Interest, Message, Opportunity, Outcome, Search
from cityplus.opportunities.tests.cast import begun, boss, firm, public
from cityplus.organisations.models import Delegate, Organisation
from cityplus.people.models import Letter, Person
from cityplus.social.accounts import leaving
from cityplus.social.takeout import writing

pytestmark = pytest.mark.django_db


@pytest.fixture
def port(shenzhen: City) -> Organisation:
    return firm(shenzhen, "port")


@pytest.fixture
def talk(thehague: City, port: Organisation) -> Interest:
    """Two words of the guest, one of the host, an outcome that the guest told."""
    one = public(firm(thehague, "delta").actor, value_from=100, value_to=500, currency="EUR")
    Opportunity.objects.update(made_by="delta-boss")
    talk = begun(one, port)
    talk.write(one.host, Text.of("nl", nl="Graag!"), by="delta-boss")
    talk.write(port.actor, Text.of("en", en="On Monday."), by="port-boss")
    Outcome.tell(
        talk, "guest", by="port-boss", kind="visit", on=timezone.now().date(), words=Text.of("en", en="We saw it.")
    )
    return talk


def zipped(person: Person, tmp_path: Path) -> dict[str, Any]:
    path = tmp_path / f"{person.username}.zip"
    writing.fill(person, path)
    with zipfile.ZipFile(path) as whole:
        return {name: json.loads(whole.read(name)) for name in whole.namelist() if name.endswith(".json")}


def test_what_one_said_and_told_is_in_it_and_not_what_others_said(
    talk: Interest, port: Organisation, tmp_path: Path
) -> None:
    Search.keep(boss(port), "Quays", {"sector": "H"}, "sector=H")
    files = zipped(boss(port), tmp_path)
    [interest] = files["interests.json"]
    assert interest["address"].endswith(talk.get_absolute_url()) and interest["organisation"] == "port"
    assert [one["text"]["versions"]["en"]["text"] for one in interest["said"]] == [
        "We build such sensors.",
        "On Monday.",
    ]
    assert {one["for"] for one in interest["said"]} == {"port"} and interest["begun"]
    assert [(one["kind"], one["state"], one["words"]["original"]) for one in interest["outcomes"]] == [
        ("visit", "proposed", "en")
    ]
    assert [(one["name"], one["filters"]) for one in files["searches.json"]] == [("Quays", {"sector": "H"})]
    assert files["opportunities.json"] == [] and "Graag" not in json.dumps(files["interests.json"])
    host = zipped(Person.objects.get(username="delta-boss"), tmp_path)
    [one] = host["opportunities.json"]
    assert (one["host"], one["state"], one["value"]["to"], one["value"]["public"]) == ("delta", "public", 500, False)
    assert host["interests.json"][0]["begun"] is None and host["interests.json"][0]["outcomes"] == []
    assert [message["text"]["original"] for message in host["interests.json"][0]["said"]] == ["nl"]


def test_a_hidden_message_is_in_it_and_says_so(talk: Interest, port: Organisation, tmp_path: Path) -> None:
    talk.messages.latest("pk").withhold(True, by="first")
    [interest] = zipped(boss(port), tmp_path)["interests.json"]
    assert [one["state"] for one in interest["said"]] == ["said", "hidden"]


def test_notes_at_a_desk_are_in_it(talk: Interest, thehague: City, owner: Person, tmp_path: Path) -> None:
    Care.of(talk, thehague).note("Call the harbour master.", by=owner.username)
    assert [one["words"] for one in zipped(owner, tmp_path)["interest-notes.json"]] == ["Call the harbour master."]


def test_who_has_nothing_here_has_empty_lists(visitor: Person, tmp_path: Path) -> None:
    files = zipped(visitor, tmp_path)
    assert [files[f"{name}.json"] for name in ("opportunities", "interests", "interest-notes", "searches")] == [[]] * 4


def test_who_leaves_takes_their_name_away_and_leaves_what_is_the_organisations(
    talk: Interest, port: Organisation, owner: Person
) -> None:
    person, colleague = boss(port), Person.objects.create_user("colleague", "colleague@example.org")
    Delegate.join(port, colleague, "owner", by="port-boss")
    Search.keep(person, "Quays", {"sector": "H"}, "sector=H")
    Care.of(talk, port.city)
    subscribers.deliver()
    leaving.close(person, by="port-boss")
    talk.write(talk.opportunity.host, Text.of("en", en="Are you there?"), by="delta-boss")
    subscribers.deliver()
    assert not Letter.objects.filter(to="port@example.org", text__contains="Are you there?").exists()
    assert Letter.objects.filter(to="colleague@example.org", text__contains="Are you there?").exists()
    leaving.purge_due(timezone.now() + timedelta(days=31))
    assert not Search.objects.exists()
    assert not Message.objects.filter(by="port-boss").exists() and not Interest.objects.filter(by="port-boss").exists()
    assert not Outcome.objects.filter(told_by="port-boss").exists()
    page = sign_in(colleague).get(talk.get_absolute_url()).content.decode()
    assert "On Monday." in page and "port-boss" not in page, "what was said for the organisation stays its own"
    Outcome.objects.get().confirm("host", by="delta-boss")
    assert Outcome.objects.counted(owner).count() == 1
