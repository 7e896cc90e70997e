"""That a city is official: by its domain, by a link on its own site, by the office; looked at again, and doubted in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cityplus.cities.models import City, Proof, ProofError
from cityplus.cities.proving import cleaned, links_to, look, look_at_those_due
from cityplus.jobs import worker
from cityplus.jobs.models import Job
from cityplus.journal.models import Entry
from cityplus.lib.tests.servers import Site, Zone, name_server, site

ADDRESS = "http://localhost:8000/@thehague/"


@pytest.fixture
def zone(settings: Settings) -> Iterator[Zone]:
    """A name server that proofs ask, and that is the only one that they ask."""
    with name_server() as found:
        here = (ip_network("127.0.0.1/32"),)
        settings.CITYPLUS = replace(django_settings.CITYPLUS, dns=(found.address,), fetch_allow=here)
        yield found


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as found:
        yield found


def work() -> None:
    while worker.run_one("prover"):
        pass


def test_a_domain_confirms_with_its_text(thehague: City, zone: Zone) -> None:
    proof = Proof.ask(thehague, "dns", "DenHaag.example.", by="thehague-owner")
    assert (proof.target, len(proof.code)) == ("denhaag.example", 32)
    work()
    proof.refresh_from_db()
    assert (proof.state, proof.failure) == ("asked", "missing")
    zone.records[("denhaag.example", "TXT")] = ['"v=spf1 -all"', f'"{proof.record_text}"']
    proof.look_again()
    work()
    proof.refresh_from_db()
    assert (proof.state, proof.failure, proof.failures) == ("held", "", 0)
    assert proof.held_at == proof.checked_at
    assert list(Entry.objects.filter(verb__startswith="proof.").order_by("id").values_list("verb", "by")) == [
        ("proof.asked", "thehague-owner"),
        ("proof.held", ""),
    ]


def test_the_text_of_another_city_confirms_nothing(thehague: City, shenzhen: City, zone: Zone) -> None:
    other = Proof.ask(shenzhen, "dns", "denhaag.example", by="shenzhen-owner")
    zone.records[("denhaag.example", "TXT")] = [f'"{other.record_text}"']
    mine = Proof.ask(thehague, "dns", "denhaag.example", by="thehague-owner")
    work()
    assert set(Proof.objects.values_list("pk", "state")) == {(mine.pk, "asked"), (other.pk, "held")}


def test_a_link_on_the_citys_own_site_confirms(thehague: City, zone: Zone, web: Site) -> None:
    zone.records[("www.denhaag.example", "A")] = ["127.0.0.1"]
    web.page("/en", f'<p><a class=x rel="noopener ME" href="{ADDRESS}">CityPlus</a>')
    proof = Proof.ask(thehague, "rel_me", web.url("/en", "www.denhaag.example"), by="thehague-owner")
    work()
    proof.refresh_from_db()
    assert (proof.state, proof.failure) == ("held", "")
    assert proof.where.startswith("www.denhaag.example")


def test_a_page_that_leads_to_another_site_confirms_nothing(thehague: City, zone: Zone, web: Site) -> None:
    """An open redirect on the city's site must not make somebody else's page the city's word."""
    zone.records |= {("denhaag.example", "A"): ["127.0.0.1"], ("evil.example", "A"): ["127.0.0.1"]}
    web.redirect("/out", web.url("/", "evil.example"))
    web.page("/", f'<a rel=me href="{ADDRESS}">me</a>')
    proof = Proof.ask(thehague, "rel_me", web.url("/out", "denhaag.example"), by="thehague-owner")
    work()
    proof.refresh_from_db()
    assert (proof.state, proof.failure) == ("asked", "elsewhere")


def test_a_page_inside_our_own_network_is_not_asked_for(
    thehague: City, zone: Zone, web: Site, settings: Settings
) -> None:
    settings.CITYPLUS = replace(settings.CITYPLUS, fetch_allow=())
    zone.records[("inside.example", "A")] = ["127.0.0.1"]
    web.page("/", f'<a rel=me href="{ADDRESS}">me</a>')
    for target in (web.url("/", "inside.example"), "http://inside.example/"):
        Proof.ask(thehague, "rel_me", target, by="thehague-owner")
    work()
    assert list(Proof.objects.values_list("state", "failure")) == [("asked", "address")] * 2
    assert web.asked == []


@pytest.mark.parametrize(
    ("html", "counts"),
    [
        (f'<link rel="me" href="{ADDRESS}">', True),
        (f'<a rel="me" href="{ADDRESS[:-1]}">', True),
        ('<a rel="me" href="https://localhost:8000/nl/@thehague/">', True),
        (f"<A REL=Me HREF={ADDRESS}>", True),
        (f'<a href="{ADDRESS}">', False),
        (f'<a rel="menu" href="{ADDRESS}">', False),
        ('<a rel="me" href="http://localhost:8000/@thehague/routes/">', False),
        ('<a rel="me" href="http://localhost:8000/@thehague2/">', False),
        ('<a rel="me" href="http://localhost:8000.evil.example/@thehague/">', False),
        ('<a rel="me" href="http://evil.example/@thehague/">', False),
        ('<a rel="me" href="/@thehague/">', False),
        ('<a rel="me" href="http://[">', False),
        (f'<!-- <a rel="me" href="{ADDRESS}"> -->', False),
        (f'<script>"<a rel=me href={ADDRESS}>"</script>', False),
        ("<a rel=me>", False),
        ("<" * 10_000, False),
    ],
)
def test_what_counts_as_the_link(html: str, counts: bool) -> None:
    assert links_to(html, "https://www.denhaag.example/en", "thehague") is counts


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("dns", " DenHaag.NL. ", "denhaag.nl"),
        ("dns", "пловдив.бг", "xn--b1aafqmsf.xn--90ae"),
        ("rel_me", "www.denhaag.nl/en?x=1#top", "https://www.denhaag.nl/en?x=1"),
        ("rel_me", "http://DENHAAG.nl", "http://denhaag.nl/"),
    ],
)
def test_targets_are_kept_as_machines_write_them(kind: str, typed: str, kept: str) -> None:
    assert cleaned(kind, typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        *[
            ("dns", text)
            for text in ("", "nl", "127.0.0.1", "a..nl", "-a.nl", "a b.nl", "localhost", "x" * 300 + ".nl")
        ],
        *[
            ("rel_me", text)
            for text in ("", "ftp://denhaag.nl/", "http://127.0.0.1/", "http://[::1]/", "http://localhost/")
        ],
        *[
            ("rel_me", text)
            for text in ("https://a:b@denhaag.nl/", "https://denhaag.nl:x/", "https://denhaag.nl/é", "//")
        ],
        ("vouched", "denhaag.nl"),
        ("", "denhaag.nl"),
    ],
)
def test_what_is_no_domain_and_no_page_is_refused(kind: str, typed: str) -> None:
    with pytest.raises(ProofError):
        cleaned(kind, typed)


def test_a_proof_is_doubted_after_the_third_miss_and_holds_again(thehague: City, zone: Zone) -> None:
    proof = Proof.ask(thehague, "dns", "denhaag.example", by="thehague-owner")
    zone.records[("denhaag.example", "TXT")] = [f'"{proof.record_text}"']
    work()
    zone.records.clear()
    states = []
    for _ in range(4):
        Proof.objects.update(checked_at=timezone.now() - timedelta(days=4))
        look_at_those_due()
        work()
        proof.refresh_from_db()
        states.append(proof.state)
    assert states == ["held", "held", "doubted", "doubted"]
    assert proof.failed_since is not None and proof.failed_since < (proof.checked_at or timezone.now())
    zone.records[("denhaag.example", "TXT")] = [f'"{proof.record_text}"']
    look(proof.pk)
    proof.refresh_from_db()
    assert (proof.state, proof.failures) == ("held", 0) and not proof.failed_since
    verbs = list(Entry.objects.filter(verb__startswith="proof.").order_by("id").values_list("verb", flat=True))
    assert verbs == ["proof.asked", "proof.held", "proof.doubted", "proof.held"], "what is as before is not told again"


def test_only_what_is_due_is_looked_at(thehague: City, zone: Zone) -> None:
    proof = Proof.ask(thehague, "dns", "denhaag.example", by="thehague-owner")
    Proof.vouch(thehague, by="foundation", reason="Their letter of 1 November.")
    work()
    asked = len(zone.asked)
    look_at_those_due()
    work()
    assert len(zone.asked) == asked
    Proof.objects.update(checked_at=timezone.now() - timedelta(hours=21))
    look_at_those_due()
    assert list(Job.objects.filter(kind="cities.proof", state="waiting").values_list("args", flat=True)) == [
        {"proof": proof.pk}
    ]


def test_the_office_vouches_with_a_reason(thehague: City) -> None:
    with pytest.raises(ProofError, match="how the office knows"):
        Proof.vouch(thehague, by="foundation", reason=" ")
    first = Proof.vouch(thehague, by="foundation", reason="Their letter.")
    assert Proof.vouch(thehague, by="foundation", reason="Their visit.") == first
    assert Entry.objects.filter(verb="proof.held").latest("id").data["reason"] == "Their visit."


def test_the_public_sees_who_confirms_and_who_no_longer_does(thehague: City, stranger: Client) -> None:
    now = timezone.now()
    proof = Proof.objects.create(city=thehague, kind="dns", target="denhaag.nl", made_by="x")
    assert "Official" not in stranger.get("/@thehague/").content.decode()
    proof.saw("")
    assert '<bdi dir="ltr">denhaag.nl</bdi>' in stranger.get("/@thehague/").content.decode()
    for _ in range(3):
        proof.saw("missing")
    page = stranger.get("/@thehague/").content.decode()
    assert "Official: confirmed by" not in page and "Not confirmed by" in page
    proof.refresh_from_db()
    assert proof.failed_since is not None and proof.failed_since >= now
    proof.end(by="thehague-owner")
    assert "onfirmed by" not in stranger.get("/@thehague/").content.decode()


def test_a_proof_that_was_taken_away_is_let_be(thehague: City, zone: Zone) -> None:
    proof = Proof.ask(thehague, "dns", "denhaag.example", by="thehague-owner")
    proof.end(by="thehague-owner")
    proof.end(by="thehague-owner")
    work()
    assert zone.asked == []
    proof.saw("")
    proof.refresh_from_db()
    assert proof.state == "ended"
    assert Proof.ask(thehague, "dns", "denhaag.example", by="thehague-owner").pk != proof.pk
