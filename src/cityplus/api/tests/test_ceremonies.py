"""Ceremonies as programs read them: what everybody may know, and no rehearsal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cityplus.api.tests.conftest import Ask, Network
from cityplus.ceremonies.models import Ceremony, Run
from cityplus.ceremonies.models.run import Press
from cityplus.languages.text import Text

pytestmark = pytest.mark.django_db


def test_a_ceremony_that_was_kept(ask: Ask, network: Network) -> None:
    told = ask(f"ceremonies/{network.ceremony.pk}")
    facts = [told[name] for name in ("kind", "state", "day", "number", "palms")]
    assert facts == ["launch", "kept", "2018-12-03", 2, 2]
    assert [city["handle"] for city in told["cities"]] == ["thehague", "shenzhen"]
    (guest,) = told["guests"]
    assert guest["names"]["read"]["text"] == "De gast" and guest["pressed_at"]
    assert told["programme"][0]["at"] == "10:00:00"
    assert told["certificate"].endswith(f"/ceremonies/{network.ceremony.pk}/certificate.pdf") and told["poster"]


def test_what_is_announced_has_no_city_that_is_no_member_yet_and_no_rehearsal(ask: Ask, network: Network) -> None:
    secret = network.secret_ceremony
    secret.run.press([Press("a-nonce", "phone")])  # type: ignore[union-attr]
    Ceremony.objects.filter(pk=secret.pk).update(announced=True)
    told = ask(f"ceremonies/{secret.pk}")
    assert (told["state"], told["palms"], told["number"], told["certificate"]) == ("planned", 0, None, None)
    assert [city["handle"] for city in told["cities"]] == ["thehague"]


def test_palms_are_told_while_it_is_open(ask: Ask, network: Network) -> None:
    secret = network.secret_ceremony
    secret.run.press([Press("a-nonce", "phone")])  # type: ignore[union-attr]
    Run.objects.filter(ceremony=secret).update(rehearsal=False)
    Ceremony.objects.filter(pk=secret.pk).update(announced=True, state="open")
    told = ask(f"ceremonies/{secret.pk}")
    assert (told["state"], told["palms"], told["number"]) == ("open", 1, None)


def test_a_city_that_has_not_agreed_is_not_named(ask: Ask, network: Network) -> None:
    network.ceremony.takings.filter(order=1).update(state="asked")
    assert [city["handle"] for city in ask(f"ceremonies/{network.ceremony.pk}")["cities"]] == ["thehague"]
    assert ask("ceremonies?city=shenzhen")["items"] == []
    assert len(ask("ceremonies?city=thehague")["items"]) == 1


def test_the_list_comes_in_pages_the_latest_first(ask: Ask, network: Network) -> None:
    title, begin = Text.of("en", en="A launch"), datetime(1960, 1, 1, tzinfo=UTC)
    for number in range(5):  # two of them at the same moment, and some before 1970
        at = begin + timedelta(days=365 * 4 * (number // 2))
        Ceremony.plan("launch", [network.thehague], by="x", title=title, time_zone="UTC", starts_at=at, announced=True)
    expected = list(Ceremony.objects.filter(announced=True).order_by("-starts_at", "-pk").values_list("pk", flat=True))
    found, address = [], "ceremonies?limit=2"
    while address:
        page = ask(address)
        found += [one["id"] for one in page["items"]]
        address = (page["next"] or "").partition("/api/cityplus/v1/")[2]
    assert found == expected and len(found) == 6
