"""The ways through the house: six in the header, tabs between what belongs together, one frame for all pages of a workplace."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from conftest import sign_in
from django.test import Client
from django.urls import reverse

from cityplus.cities.models import City, Member
from cityplus.events.models import Presenter as Speaker
from cityplus.events.models import Registration, Session, Timetable
from cityplus.events.tests.cast import meeting
from cityplus.languages.text import Text
from cityplus.opportunities.tests.cast import begun, boss, firm, public
from cityplus.organisations.models import Delegate
from cityplus.people.models import Person
from cityplus.ties.models import Tie
from cityplus.web import navigation

pytestmark = pytest.mark.django_db
WORK = "/work/@delta/"
PARTS = ["page", "activities", "delegates", "opportunities", "interests", "suggestions", "events", "meetings"]


def told(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def links(page: str, nav: str) -> list[tuple[str, bool]]:
    """The links of the first navigation of this class, each with whether one is there."""
    found = re.search(rf'<nav class="{nav}".*?</nav>', page, re.DOTALL)
    return (
        [(href, "aria-current" in more) for href, more in re.findall(r'<a href="([^"]+)"([^>]*)>', found[0])]
        if found
        else []
    )


def test_the_header_holds_six_ways_and_the_footer_all(stranger: Client) -> None:
    items = navigation.items()
    page = told(stranger, "/about/")
    assert [href for href, _ in links(page, "nav")] == [reverse(i.url_name) for i in items if not i.only_footer]
    assert len([i for i in items if not i.only_footer]) <= 6
    footer = page.partition("<footer")[2]
    assert all(f'href="{reverse(item.url_name)}"' in footer for item in items)


@pytest.mark.parametrize("row", ["events", "opportunities", "about"])
def test_the_pages_of_a_row_lead_to_each_other_and_light_their_way_in_the_header(stranger: Client, row: str) -> None:
    ways = [reverse(item.url_name) for item in navigation.row_of(row)]
    above = [reverse(item.url_name) for item in navigation.row_of(row) if not item.only_footer]
    assert len(ways) >= 2
    for way in ways:
        page = told(stranger, way)
        assert links(page, "tabs") == [(other, other == way) for other in ways]
        assert [href for href, here in links(page, "nav") if here] == above


def test_who_presents_at_public_events_stands_in_the_list(thehague: City, stranger: Client) -> None:
    event, draft = meeting(thehague.actor), meeting(thehague.actor, slug="draft")
    type(draft).objects.filter(pk=draft.pk).update(state="draft")
    for slug in ("ana", "bob", "eve"):
        Speaker.introduce(slug, by="test", names=Text.of("en", en=slug.title()), city=thehague)
    ana, bob = Speaker.objects.filter(slug__in=("ana", "bob")).order_by("slug")
    hours = {"starts_at": event.starts_at, "ends_at": event.starts_at + timedelta(hours=1)}
    Session.add(event, by="test", presenters=[ana], title=Text.of("en", en="Wind"), **hours)
    Session.add(draft, by="test", presenters=[bob], title=Text.of("en", en="Waves"), **hours)
    page = told(stranger, "/presenters/")
    assert 'href="/presenters/ana/"' in page
    assert "/presenters/bob/" not in page and "/presenters/eve/" not in page
    assert 'href="/presenters/"' in told(stranger, "/presenters/ana/")


def test_every_part_of_a_workplace_stands_in_one_frame(thehague: City) -> None:
    client = sign_in(boss(firm(thehague, "delta")))
    for part in ["", *PARTS]:
        ways = links(told(client, f"{WORK}{part}{'/' if part else ''}"), "frame-nav")
        assert [href for href, _ in ways] == [WORK, *(f"{WORK}{one}/" for one in PARTS)], part
        assert [href for href, here in ways if here] == [f"{WORK}{part}/" if part else WORK]
    for deeper in ("opportunities/new", "events/new"):
        ways = links(told(client, f"{WORK}{deeper}/"), "frame-nav")
        assert [href for href, here in ways if here] == [f"{WORK}{deeper.partition('/')[0]}/"]


def test_before_it_is_verified_it_has_no_events_nor_opportunities(thehague: City) -> None:
    draft = firm(thehague, "delta", verified=False)
    client = sign_in(boss(draft))
    hidden = ["opportunities", "interests", "events", "meetings"]
    ways = [href for href, _ in links(told(client, WORK), "frame-nav")]
    assert ways == [WORK, *(f"{WORK}{one}/" for one in PARTS if one not in hidden)]
    assert {client.get(f"{WORK}{one}/").status_code for one in hidden} == {404}


def test_who_only_deals_sees_interests_and_meetings_and_a_stranger_nothing(thehague: City, stranger: Client) -> None:
    delta = firm(thehague, "delta")
    agent = Person.objects.create_user("agent")
    Delegate.join(delta, agent, "representative", by="test")
    ways = [href for href, _ in links(told(sign_in(agent), WORK), "frame-nav")]
    assert ways == [WORK, *(f"{WORK}{one}/" for one in ("delegates", "interests", "suggestions", "events", "meetings"))]
    assert {sign_in(agent).get(f"{WORK}{one}/").status_code for one in ("interests", "meetings")} == {200}
    for client in (stranger, sign_in(boss(firm(thehague, "other")))):
        assert {client.get(f"{WORK}{one}/").status_code for one in ("interests", "meetings", "events")} == {404}


def test_a_city_writes_its_opportunities_at_its_desk(thehague: City, owner: Person, shenzhen: City) -> None:
    begun(public(thehague.actor), firm(shenzhen, "pearl"))
    for address in ("", "new/", "quays/"):
        ways = links(told(sign_in(owner), f"/work/@thehague/opportunities/{address}"), "frame-nav")
        assert [href for href, here in ways if here] == ["/desk/@thehague/opportunities/"]
    assert "Pearl" in told(sign_in(owner), "/work/@thehague/interests/")
    translator = Person.objects.create_user("translator")
    Member.join(thehague, translator, "translator", by="test")
    assert sign_in(translator).get("/work/@thehague/interests/").status_code == 404


def test_interests_are_those_of_one_organisation(thehague: City, shenzhen: City) -> None:
    delta, pearl, third = firm(thehague, "delta"), firm(shenzhen, "pearl"), firm(shenzhen, "third")
    Delegate.join(third, boss(delta), "owner", by="test")
    begun(public(delta.actor), pearl)
    begun(public(thehague.actor, "locks"), third)
    client = sign_in(boss(delta))
    mine, other = told(client, f"{WORK}interests/"), told(client, "/work/@third/interests/")
    assert "Pearl" in mine and "/interests/" in mine and "Third ·" not in mine
    assert "Den Haag" in other and "Pearl" not in other


def test_meetings_are_those_of_the_events_where_it_has_a_place(thehague: City) -> None:
    delta = firm(thehague, "delta")
    event = meeting(thehague.actor)
    client = sign_in(boss(delta))
    assert "Meeting</a>" not in told(client, f"{WORK}meetings/")
    about = {"name": "Boss", "email": "boss@example.org", "language": "en", "organisation": delta}
    made, _ = Registration.make(event.venues.get(), **about, person=boss(delta))
    there = '/@thehague/events/meeting/meetings/delta/"'
    assert "Meeting</a>" in told(client, f"{WORK}meetings/") and there not in told(client, f"{WORK}meetings/")
    hours = (event.starts_at, event.starts_at + timedelta(hours=2))
    Timetable.arrange(event, [hours], minutes=25, walk=5, streak=0, by="owner")
    assert there in told(client, f"{WORK}meetings/")
    made.cancel(by="boss")
    assert "Meeting</a>" not in told(client, f"{WORK}meetings/")


def test_an_event_leads_its_organisers_to_consoles_and_doors(thehague: City, owner: Person, stranger: Client) -> None:
    event = meeting(thehague.actor)
    here = "/@thehague/events/meeting/"
    ways = [f"{here}console/", f"{here}door/{event.venues.get().pk}/", f"{here}console/meetings/"]
    assert all(f'href="{way}"' in told(sign_in(owner), here) for way in ways)
    assert {sign_in(owner).get(way).status_code for way in ways} == {200}
    assert not any(f'href="{way}"' in told(stranger, here) for way in ways)


def test_a_pair_shows_what_concerns_both_and_its_calendar(thehague: City, shenzhen: City, stranger: Client) -> None:
    Tie.propose(thehague, shenzhen, by="test").accept(shenzhen, by="test")
    page = "/ties/shenzhen+thehague/"
    meeting(thehague.actor, slug="alone", title=Text.of("en", en="Alone"))
    assert "events.ics" not in told(stranger, page)
    both = meeting(thehague.actor, title=Text.of("en", en="Together"))
    both.venues.update(city=shenzhen)
    both.change(by="test", bring=Text.of("en", en="Tea"))
    shown = told(stranger, page)
    assert "Together" in shown and "Alone" not in shown and f'href="{page}events.ics"' in shown


def test_an_organisation_shows_what_it_offers_and_holds(thehague: City, stranger: Client) -> None:
    delta = firm(thehague, "delta")
    assert 'id="its-events"' not in told(stranger, "/@delta/")
    for slug in ("quays", "locks", "dikes", "pumps"):
        public(delta.actor, slug)
    public(delta.actor, "secret", audience="verified", title=Text.of("en", en="For firms"))
    meeting(delta.actor, title=Text.of("en", en="Open yard"))
    shown = told(stranger, "/@delta/")
    assert "Smart quays" in shown and "Open yard" in shown and 'href="/@delta/opportunities/"' in shown
    assert "For firms" not in shown and "For firms" in told(sign_in(boss(delta)), "/@delta/")
