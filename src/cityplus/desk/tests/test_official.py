"""The page on which a team proves that it is official."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from conftest import sign_in
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from cityplus.cities.models import City, Proof
from cityplus.desk import waiting
from cityplus.desk.access import Desk
from cityplus.jobs import worker
from cityplus.lib.tests.servers import Zone, name_server
from cityplus.people.models import Person

URL = "/desk/@thehague/official/"


@pytest.fixture
def desk(owner: Person) -> Client:
    return sign_in(owner)


@pytest.fixture
def zone(settings: Settings) -> Iterator[Zone]:
    with name_server() as found:
        settings.CITYPLUS = replace(django_settings.CITYPLUS, dns=(found.address,))
        yield found


def test_a_domain_is_named_the_text_is_shown_and_found(
    desk: Client, thehague: City, zone: Zone, stranger: Client
) -> None:
    assert desk.post(URL, {"kind": "dns", "target": "denhaag.example"}).headers["Location"] == URL
    proof = Proof.objects.get()
    page = desk.get(URL).content.decode()
    assert proof.record_text in page and "It is being looked for" in page
    zone.records[("denhaag.example", "TXT")] = [f'"{proof.record_text}"']
    while worker.run_one("prover"):
        pass
    page = desk.get(URL).content.decode()
    assert "Confirmed on" in page and proof.record_text not in page
    assert "Official: confirmed by" in stranger.get("/@thehague/").content.decode()
    assert desk.post(f"{URL}{proof.pk}/end/").status_code == 302
    assert "confirmed by" not in stranger.get("/@thehague/").content.decode()


@pytest.mark.parametrize(
    ("kind", "target", "says"),
    [
        ("dns", "not a domain", "is not a domain"),
        ("rel_me", "http://127.0.0.1/", "is not an address"),
        ("vouched", "x", "no such kind"),
        ("", "", "no such kind"),
    ],
)
def test_what_is_none_is_refused_beside_its_field(
    desk: Client, thehague: City, kind: str, target: str, says: str
) -> None:
    page = desk.post(URL, {"kind": kind, "target": target}).content.decode()
    assert says in page
    assert not Proof.objects.exists()


def test_the_link_that_the_site_needs_is_shown(desk: Client, thehague: City) -> None:
    desk.post(f"/nl{URL}", {"kind": "rel_me", "target": "denhaag.example/en"})
    page = desk.get(f"/nl{URL}").content.decode()
    assert (
        "&lt;a rel=&quot;me&quot; href=&quot;" in page
        or '&lt;a rel="me" href="http://localhost:8000/@thehague/"' in page
    )
    assert Proof.objects.get().target == "https://denhaag.example/en"


def test_what_the_office_vouches_for_stays(desk: Client, thehague: City) -> None:
    proof = Proof.vouch(thehague, by="foundation", reason="Their letter.")
    assert desk.post(f"{URL}{proof.pk}/end/").status_code == 404
    assert desk.post(f"{URL}{proof.pk}/check/").status_code == 404


def test_proofs_of_another_city_are_not_there(desk: Client, thehague: City, shenzhen: City) -> None:
    other = Proof.ask(shenzhen, "dns", "sz.example", by="shenzhen-owner")
    assert desk.post(f"{URL}{other.pk}/end/").status_code == 404
    assert desk.post(f"{URL}{other.pk}/check/").status_code == 404


def test_a_proof_in_doubt_waits_for_the_owner(thehague: City, owner: Person) -> None:
    proof = Proof.objects.create(city=thehague, kind="dns", target="denhaag.nl", state="held", made_by="x")
    for _ in range(3):
        proof.saw("silent")
    [one] = [one for one in waiting.for_person(Desk(thehague, owner, "owner")) if one.url == URL]
    assert one.urgent and "denhaag.nl no longer confirms" in one.words
    assert [w for w in waiting.for_person(Desk(thehague, owner, "editor")) if w.url == URL] == []


def test_looking_is_not_for_free(desk: Client, thehague: City) -> None:
    proof = Proof.ask(thehague, "dns", "denhaag.example", by="x")
    codes = [desk.post(f"{URL}{proof.pk}/check/").status_code for _ in range(31)]
    assert codes == [302] * 30 + [429]
    for number in range(12):
        desk.post(URL, {"kind": "dns", "target": f"d{number}.example"})
    assert Proof.objects.count() == 1
