"""A city takes part in a ceremony when it has agreed."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from cityplus.ceremonies.models import Ceremony, NotNow, Run, Taking
from cityplus.ceremonies.policies import may_lead
from cityplus.cities.models import City, Member
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.people.models import Person
from cityplus.ties.models import Tie

pytestmark = pytest.mark.django_db
WHEN = {"starts": "2027-05-14T10:00"}


def member(city: City, role: str) -> Person:
    person = Person.objects.create_user(f"{city.handle}-{role}", password="a long password")
    Member.objects.create(city=city, person=person, role=role)
    return person


@pytest.fixture
def launch(plovdiv: City, shenzhen: City) -> Ceremony:
    """The launch of Plovdiv, planned at its desk; Shenzhen is asked."""
    for stage in ("preparing", "ready"):
        plovdiv.advance(stage, by="x")
    owner = sign_in(member(plovdiv, "owner"))
    owner.post("/desk/@plovdiv/ceremonies/", WHEN | {"kind": "launch", "cities": "@shenzhen"})
    return Ceremony.objects.get()


@pytest.fixture
def signing(thehague: City, shenzhen: City) -> Ceremony:
    tie = Tie.propose(thehague, shenzhen, by="x")
    tie.accept(shenzhen, by="x")
    return Ceremony.plan(
        "signing", [thehague, shenzhen], by="x", asked=[shenzhen], tie=tie, title=Text.of("en", en="Friends"),
        time_zone="UTC", starts_at=timezone.now(),
    )  # fmt: skip


def answer(client: Client, ceremony: Ceremony, desk: str, city: str, **said: str) -> HttpResponse:
    where = f"/desk/@{desk}" if desk else "/office"
    return client.post(f"{where}/ceremonies/{ceremony.pk}/cities/{city}/", said)  # type: ignore[return-value]


def part(ceremony: Ceremony, handle: str = "shenzhen") -> Taking:
    return ceremony.takings.get(city__actor__handle=handle)


def test_until_it_agrees_it_is_asked_and_nothing_else(launch: Ceremony, shenzhen: City, stranger: Client) -> None:
    presenter = member(shenzhen, "presenter")
    assert (part(launch, "plovdiv").state, part(launch).state) == ("accepted", "asked")
    assert not may_lead(presenter, launch)
    assert sign_in(presenter).get(f"/desk/@shenzhen/ceremonies/{launch.pk}/").status_code == 200, (
        "it sees what it is asked"
    )
    launch.announce(by="x")
    for address in (launch.get_absolute_url(), "/ceremonies/", f"{launch.get_absolute_url()}screen/"):
        page = stranger.get(address).content.decode()
        assert "深圳" not in page and "Shenzhen" not in page, address
    with pytest.raises(NotNow, match="@shenzhen was asked to take part and has not answered"):
        Run.begin(launch, by="x", rehearsal=False)
    assert Run.begin(launch, by="x", rehearsal=True).state == "open", "it can be rehearsed"


def test_its_owner_agrees_and_nobody_else_of_its_team(launch: Ceremony, shenzhen: City, stranger: Client) -> None:
    for role in ("editor", "translator", "presenter", "analyst"):
        refused = answer(sign_in(member(shenzhen, role)), launch, "shenzhen", "shenzhen", answer="accept")
        assert refused.status_code == 403 and part(launch).state == "asked", role
    owner = sign_in(member(shenzhen, "owner"))
    assert answer(owner, launch, "shenzhen", "plovdiv", answer="decline").status_code == 403, (
        "it speaks for itself alone"
    )
    assert answer(owner, launch, "shenzhen", "shenzhen", answer="perhaps").status_code == 422
    assert "We take part" in owner.get(f"/desk/@shenzhen/ceremonies/{launch.pk}/").content.decode()
    assert answer(owner, launch, "shenzhen", "shenzhen", answer="accept").status_code == 302
    found = part(launch)
    assert (found.state, found.answered_by, found.asked_by) == ("accepted", "shenzhen-owner", "plovdiv-owner")
    assert found.answered_at and found.asked_at and found.answered_at >= found.asked_at
    verbs = Entry.objects.filter(handle="shenzhen", subject_id=launch.pk).values_list("verb", "by").order_by("pk")
    assert list(verbs) == [("ceremony.asked", "plovdiv-owner"), ("ceremony.accepted", "shenzhen-owner")]
    assert may_lead(Person.objects.get(username="shenzhen-presenter"), launch)
    launch.announce(by="x")
    assert "深圳" in stranger.get(launch.get_absolute_url()).content.decode()
    assert Run.begin(launch, by="x", rehearsal=False).state == "open"


def test_who_plans_does_not_agree_for_others_and_can_ask_no_longer(launch: Ceremony, shenzhen: City) -> None:
    owner, desk = sign_in(Person.objects.get(username="plovdiv-owner")), sign_in(member(shenzhen, "owner"))
    assert answer(owner, launch, "plovdiv", "shenzhen", answer="accept").status_code == 403
    assert answer(desk, launch, "shenzhen", "shenzhen", answer="withdraw").status_code == 403
    assert answer(owner, launch, "plovdiv", "shenzhen", answer="withdraw").status_code == 302
    assert desk.get(f"/desk/@shenzhen/ceremonies/{launch.pk}/").status_code == 404
    assert answer(desk, launch, "shenzhen", "shenzhen", answer="accept").status_code == 404
    with pytest.raises(LifeCycleError):
        part(launch).answer("accepted", by="x")
    assert Run.begin(launch, by="x", rehearsal=False).state == "open"


def test_the_office_enters_an_answer_with_the_reason(launch: Ceremony, visitor: Person) -> None:
    office = sign_in(Person.objects.create_user("foundation", password="a long password", is_staff=True))
    refused = answer(office, launch, "", "shenzhen", answer="accept", reason=" ")
    assert refused.status_code == 422 and part(launch).state == "asked"
    assert answer(sign_in(visitor), launch, "", "shenzhen", answer="accept", reason="Me.").status_code == 404
    assert answer(office, launch, "", "shenzhen", answer="accept", reason="By letter of 3 May.").status_code == 302
    found = part(launch)
    assert (found.state, found.answered_by, found.reason) == ("accepted", "foundation", "By letter of 3 May.")
    assert "By letter of 3 May." in office.get(f"/office/ceremonies/{launch.pk}/").content.decode()


def test_who_is_asked_changes_nothing_of_the_plan(launch: Ceremony, signing: Ceremony, shenzhen: City) -> None:
    desk = sign_in(member(shenzhen, "owner"))
    for address, data in (("", {"title.en": "Mine"}), ("announcement/", {}), ("guests/", {"names.en": "Me"})):
        assert desk.post(f"/desk/@shenzhen/ceremonies/{signing.pk}/{address}", data).status_code == 403, address
    assert desk.get(f"/desk/@shenzhen/ceremonies/{launch.pk}/tickets/").status_code == 403, "nor sees the guests' links"
    part(signing).answer("accepted", by="x")
    assert desk.post(f"/desk/@shenzhen/ceremonies/{signing.pk}/announcement/").status_code == 302


def test_a_signing_names_both_and_waits_for_both(signing: Ceremony, stranger: Client) -> None:
    with pytest.raises(NotNow, match="@shenzhen has not agreed"):
        signing.announce(by="x")
    part(signing).answer("accepted", by="x")
    signing.announce(by="x")
    part(signing).answer("declined", by="x", reason="Not this year.")
    signing.refresh_from_db()
    assert not signing.announced and stranger.get(signing.get_absolute_url()).status_code == 404
    with pytest.raises(NotNow, match="cannot be opened without it"):
        Run.begin(signing, by="x", rehearsal=False)
    part(signing).answer("accepted", by="x")
    assert Run.begin(signing, by="x", rehearsal=False).state == "open"


def test_nobody_joins_or_leaves_while_it_goes_on(launch: Ceremony) -> None:
    run = Run.begin(launch, by="x", rehearsal=True)
    with pytest.raises(NotNow, match="cannot be changed now"):
        part(launch).answer("accepted", by="x")
    run.call_off(by="x", reason="")
    part(launch).answer("accepted", by="x")
    part(launch).answer("accepted", by="y")
    assert part(launch).answered_by == "x", "twice is once"


def test_the_office_asks_both_cities_of_a_signing(thehague: City, shenzhen: City) -> None:
    Tie.propose(thehague, shenzhen, by="x")
    office = sign_in(Person.objects.create_user("foundation", password="a long password", is_staff=True))
    office.post("/office/ceremonies/", WHEN | {"kind": "signing", "cities": "@thehague @shenzhen"})
    made = Ceremony.objects.get()
    assert set(made.takings.values_list("state", flat=True)) == {"asked"}
    owner = sign_in(member(thehague, "owner"))
    assert answer(owner, made, "thehague", "thehague", answer="accept").status_code == 302
    with pytest.raises(NotNow, match="@shenzhen"):
        made.announce(by="x")
