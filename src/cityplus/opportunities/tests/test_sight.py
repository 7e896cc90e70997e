"""Who may know of which opportunity, on every way: page, list, map, count, feed, file, search, API, suggestions, files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from conftest import sign_in
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from cityplus.cities.models import City
from cityplus.journal import subscribers
from cityplus.opportunities.models import Opportunity, Paper
from cityplus.opportunities.tests.cast import begun, boss, drafted, firm, public
from cityplus.organisations.models import Delegate
from cityplus.people.models import Person

pytestmark = pytest.mark.django_db
WHO = ("nobody", "somebody", "unverified", "verified", "representative", "host", "team", "office", "other team")
SEES: Mapping[str, set[str]] = {
    "public": set(WHO),
    "for verified": {"verified", "representative", "host", "team", "office"},
    "draft": {"host", "team", "office"},
    "submitted": {"host", "team", "office"},
    "closed": set(WHO),
    "lapsed": set(WHO),
    "withheld": {"host", "team", "office"},
    "of a firm no longer verified": {"team", "office"},
}
"""What each of :data:`WHO` may know of."""


@pytest.fixture
def people(thehague: City, shenzhen: City, owner: Person, visitor: Person) -> dict[str, Person | None]:
    delta, port = firm(thehague, "delta"), firm(shenzhen, "port")
    speaker = Person.objects.create_user("speaker")
    Delegate.join(port, speaker, "representative", by="port-boss")
    elsewhere = Person.objects.create_user("elsewhere")
    shenzhen.team.create(person=elsewhere, role="owner")
    return {
        "nobody": None,
        "somebody": visitor,
        "unverified": boss(firm(shenzhen, "shade", verified=False)),
        "verified": boss(port),
        "representative": speaker,
        "host": boss(delta),
        "team": owner,
        "office": Person.objects.create_user("office", is_staff=True),
        "other team": elsewhere,
    }


def made(state: str, thehague: City) -> Opportunity:
    """An opportunity of the firm Delta in this state."""
    delta = thehague.organisations.get(actor__handle="delta")
    if state == "draft":
        return drafted(delta.actor)
    if state == "submitted":
        one = drafted(delta.actor)
        one.submit(by="host")
        return one
    one = public(delta.actor, audience="verified" if state == "for verified" else "all")
    match state:
        case "closed":
            one.close(by="host")
        case "lapsed":
            assert one.lapse(one.expires_at)
        case "withheld":
            one.withhold(True, by="office")
        case "of a firm no longer verified":
            delta.give_back("No.", by="desk")
    return one


@pytest.mark.parametrize("state", SEES)
def test_everybody_sees_what_the_table_says(state: str, thehague: City, people: dict[str, Person | None]) -> None:
    one = made(state, thehague)
    Paper.objects.create(opportunity=one, name="plan.pdf", key="opportunities/no.pdf", size=1, by="host")
    for who, person in people.items():
        sees, browser = who in SEES[state], sign_in(person) if person else Client()
        seen = Opportunity.objects.visible_to(person or AnonymousUser()).filter(pk=one.pk).exists()
        assert seen is sees, f"{state} as {who}"
        assert browser.get(one.get_absolute_url()).status_code == (200 if sees else 404), f"{state} as {who}"
        lists = [
            "/opportunities/",
            "/opportunities/opportunities.csv",
            "/opportunities/?sector=62",
            "/zh-hans/opportunities/",
        ]
        listed = sees and state in {"public", "for verified"}
        for address in lists:
            body = browser.get(address).content.decode()
            assert (one.slug in body) is listed, f"{address}, {state} as {who}"
        assert ("1 opportunity, the newest first" in browser.get("/opportunities/").content.decode()) is listed


def test_what_is_for_verified_organisations_leaves_no_trace(thehague: City, people: dict[str, Person | None]) -> None:
    one = made("for verified", thehague)
    begun(one, thehague.organisations.model.objects.get(actor__handle="port"))
    subscribers.deliver()
    host = one.host
    for who in ("nobody", "somebody", "unverified", "other team"):
        person = people[who]
        browser = sign_in(person) if person else Client()
        for address in (
            "/opportunities/",
            "/opportunities/opportunities.atom",
            "/opportunities/opportunities.csv",
            "/opportunities/outcomes/",
            f"/@{host.handle}/opportunities/",
            "/search/?q=quays",
            "/search/suggestions/?q=quay",
            "/api/cityplus/v1/opportunities",
        ):
            body = browser.get(address).content.decode()
            assert one.get_absolute_url() not in body and "Smart quays" not in body, f"{address} as {who}"
        there = browser.get(one.get_absolute_url()).content.decode()
        gone = browser.get(one.get_absolute_url().replace("quays", "nothing")).content.decode()
        assert there.replace("quays", "nothing").replace(" ", "") == gone.replace(" ", ""), (
            "a stranger cannot tell it from what is not there"
        )
        assert browser.get(f"/api/cityplus/v1/opportunities/{host.handle}/{one.slug}").status_code == 404


def test_a_value_that_is_not_public_is_told_to_the_host_and_the_city_alone(
    thehague: City, people: dict[str, Person | None], owner: Person
) -> None:
    delta = thehague.organisations.get(actor__handle="delta")
    one = public(delta.actor, value_from=111100, value_to=222200, currency="EUR")
    for who, person in people.items():
        browser = sign_in(person) if person else Client()
        bodies = [
            browser.get(a).content.decode()
            for a in (one.get_absolute_url(), "/opportunities/", "/opportunities/opportunities.csv")
        ]
        assert ("1,111" in bodies[0]) is (who == "host"), who
        assert "1,111" not in bodies[1] and "1111" not in bodies[2], who
    assert "1,111" in sign_in(owner).get(f"/desk/@thehague/opportunities/{one.pk}/").content.decode()
    Opportunity.objects.filter(pk=one.pk).update(value_public=True)
    assert "1,111" in sign_in(owner).get(one.get_absolute_url()).content.decode()


def test_files_are_for_who_sees_the_opportunity_and_only_downloads(
    thehague: City, people: dict[str, Person | None]
) -> None:
    delta = thehague.organisations.get(actor__handle="delta")
    one = drafted(delta.actor, audience="verified")
    paper = Paper.add(one, 'C:\\plans\\pl"an.pdf', b"%PDF-1.7 the plan", by="host")
    one.submit(by="host")
    one.publish(by="desk")
    address = f"{one.get_absolute_url()}files/{paper.pk}/"
    for who, person in people.items():
        answer = (sign_in(person) if person else Client()).get(address)
        assert answer.status_code == (200 if who in SEES["for verified"] else 404), who
        if answer.status_code == 200:
            assert b"".join(answer.streaming_content) == b"%PDF-1.7 the plan"  # type: ignore[attr-defined]
            assert answer.headers["Content-Disposition"] == 'attachment; filename="plan.pdf"'
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


DEEDS: Mapping[str, set[str]] = {
    "": {"host"},
    "new/": {"host"},
    "quays/": {"host"},
}


@pytest.mark.parametrize("tail", DEEDS)
def test_the_workplace_is_for_who_writes_for_the_host(
    tail: str, thehague: City, people: dict[str, Person | None]
) -> None:
    made("draft", thehague)
    for who, person in people.items():
        browser = sign_in(person) if person else Client()
        status = browser.get(f"/work/@delta/opportunities/{tail}").status_code
        assert status == (200 if who in DEEDS[tail] else 404), who


POSTS = ("submission/", "return/", "renewal/", "closing/", "files/", "files/1/removal/")


@pytest.mark.parametrize("tail", POSTS)
def test_nobody_but_the_host_does_anything_there(tail: str, thehague: City, people: dict[str, Person | None]) -> None:
    one = made("public", thehague)
    for who, person in people.items():
        if who != "host":
            browser = sign_in(person) if person else Client()
            assert browser.post(f"/work/@delta/opportunities/quays/{tail}").status_code == 404, who
    one.refresh_from_db()
    assert one.state == "public"


TALKS: tuple[tuple[str, str], ...] = (
    ("get", ""),
    ("post", "messages/"),
    ("post", "state/"),
    ("post", "help/"),
    ("post", "outcomes/"),
    ("post", "outcomes/1/"),
)


@pytest.mark.parametrize(("method", "tail"), TALKS)
def test_a_conversation_is_its_two_sides_own(
    method: str, tail: str, thehague: City, people: dict[str, Person | None]
) -> None:
    one = made("public", thehague)
    talk = begun(one, thehague.organisations.model.objects.get(actor__handle="port"))
    for who, person in people.items():
        browser = sign_in(person) if person else Client()
        ask: Callable[..., object] = getattr(browser, method)
        status = ask(f"/opportunities/interests/{talk.pk}/{tail}").status_code  # type: ignore[attr-defined]
        if who in {"host", "verified", "representative"}:
            assert status in {200, 302, 422} or tail == "outcomes/1/", who
        else:
            assert status == (302 if who == "nobody" else 404), who


def test_who_is_not_verified_answers_nothing(thehague: City, people: dict[str, Person | None]) -> None:
    one = made("public", thehague)
    for who in ("somebody", "unverified", "team", "office", "other team", "host"):
        person = people[who]
        assert person
        data = {"for": "shade", "words": "Hello", "tongue": "en"}
        assert sign_in(person).post(f"{one.get_absolute_url()}interests/", data).status_code == 404, who
    assert not one.interests.exists()


def test_a_file_that_is_none_is_refused(thehague: City) -> None:
    one = drafted(thehague.actor)
    for content in (b"<html>", b"", b"MZ"):
        with pytest.raises(ValueError, match="no PDF"):
            Paper.add(one, "a.pdf", content, by="host")
    for number in range(5):
        Paper.add(one, f"{number}.pdf", b"%PDF-", by="host")
    with pytest.raises(ValueError, match="at most 5"):
        Paper.add(one, "6.pdf", b"%PDF-", by="host")
    assert one.papers.count() == 5


def test_the_account_page_leads_to_what_is_ones_own(
    thehague: City, people: dict[str, Person | None], visitor: Person
) -> None:
    host, port = people["host"], people["verified"]
    assert host and port
    begun(made("public", thehague), thehague.organisations.model.objects.get(actor__handle="port"))
    for address in ("/account/", "/work/@delta/"):
        assert "/work/@delta/opportunities/" in sign_in(host).get(address).content.decode()
    assert "/opportunities/interests/" in sign_in(port).get("/account/").content.decode()
    assert "/opportunities/searches/" not in sign_in(visitor).get("/account/").content.decode()
