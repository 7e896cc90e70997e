"""Who sees a ceremony and its rehearsals, and whose palm counts: by who they are, and by what they hold in their hand.

The table is :data:`WHO`; each is asked for every page, every stream and the door of the palms, in every state of a ceremony.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from conftest import launch, make_city, sign_in
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from cityplus.ceremonies import passes, streams
from cityplus.ceremonies.door import Pressed
from cityplus.ceremonies.models import Ceremony, Guest, Palm, Run
from cityplus.ceremonies.pressing import press_all
from cityplus.ceremonies.tickets import Ticket, invitation
from cityplus.cities.models import City, Member
from cityplus.languages.text import Text
from cityplus.people.models import Person

pytestmark = pytest.mark.django_db

WHO = {
    # who they are: whether they are inside
    "stranger": False,
    "visitor": False,
    "of another city": False,
    "of a city that declined": False,
    "of a city that is asked no longer": False,
    "whose account is closed": False,
    "with the hall's old word": False,
    "with the word of another hall": False,
    "with the link of a guest who is off the list": False,
    "with the link of another ceremony's guest": False,
    "of its own city": True,
    "presents for a city that takes part": True,
    "of a city that is asked": True,
    "of the office": True,
    "with the hall's word": True,
    "with a guest's link": True,
}
STAGES = ("planned", "rehearsed", "open", "called off")


@dataclass
class Play:
    """A ceremony with everybody around it."""

    ceremony: Ceremony
    keys: dict[str, str]
    cities: dict[str, City]

    def person(self, who: str) -> Any:
        if who == "stranger" or who.startswith("with"):
            return AnonymousUser()
        person = Person.objects.create_user("somebody", password="a long password", is_staff=who == "of the office")
        if city := self.cities.get(who):
            role = Member.Role.PRESENTER if who.startswith("presents") else Member.Role.OWNER
            Member.objects.create(city=city, person=person, role=role)
        if who == "whose account is closed":
            Person.objects.filter(pk=person.pk).update(is_active=False)
            person.refresh_from_db()
        return person


def plan(city: City, *others: City, **more: Any) -> Ceremony:
    title = Text.of("en", en="The launch")
    return Ceremony.plan(
        "launch", [city, *others], by="x", title=title, time_zone="UTC", starts_at=timezone.now(), **more
    )


@pytest.fixture
def play(plovdiv: City, thehague: City, shenzhen: City) -> Play:
    for stage in ("preparing", "ready"):
        plovdiv.advance(stage, by="x")
    more = {h: launch(make_city(h, Text.of("en", en=h.title()))) for h in ("brisbane", "seattle", "liege")}
    asked = [more["brisbane"], more["seattle"], more["liege"]]
    made = plan(plovdiv, shenzhen, *asked, asked=asked)
    made.takings.get(city=more["seattle"]).answer("declined", by="x")
    made.takings.get(city=more["liege"]).answer("withdrawn", by="x")
    names: dict[str, Any] = {"names": Text.of("en", en="A guest"), "title": Text(), "needed": True}
    here, gone = (Guest.invite(made, by="x", **names) for _ in range(2))
    other = plan(thehague)
    keys = {
        "with the hall's old word": made.key,
        "with the word of another hall": other.key,
        "with the link of a guest who is off the list": invitation(gone),
        "with the link of another ceremony's guest": invitation(Guest.invite(other, by="x", **names)),
        "with a guest's link": invitation(here),
    }
    gone.remove(by="x")
    made.renew_key(by="x")
    keys["with the hall's word"] = made.key
    cities = {
        "of another city": thehague,
        "of a city that declined": more["seattle"],
        "of a city that is asked no longer": more["liege"],
        "whose account is closed": plovdiv,
        "of its own city": plovdiv,
        "presents for a city that takes part": shenzhen,
        "of a city that is asked": more["brisbane"],
    }
    return Play(made, keys, cities)


def reach(play: Play, stage: str, announced: bool) -> Run | None:
    """Bring the ceremony there. Who is asked is still asked: only the row says that it is open, as after an import."""
    Ceremony.objects.filter(pk=play.ceremony.pk).update(announced=announced)
    run = None
    if stage == "called off":
        play.ceremony.call_off(by="x", reason="A storm.")
    elif stage != "planned":
        run = Run.begin(play.ceremony, by="x", rehearsal=True)
        if stage == "open":
            Run.objects.filter(pk=run.pk).update(rehearsal=False)
            Ceremony.objects.filter(pk=play.ceremony.pk).update(state="open")
    play.ceremony.refresh_from_db()
    return run


def state_of(page: str) -> dict[str, Any]:
    match = re.search(r'<script id="ceremony-state" type="application/json">(.*?)</script>', page, re.S)
    assert match
    found: dict[str, Any] = json.loads(match[1])
    return found


@pytest.mark.parametrize("announced", [False, True], ids=["unannounced", "announced"])
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(("who", "inside"), WHO.items())
def test_pages_streams_and_palms(play: Play, who: str, inside: bool, stage: str, announced: bool) -> None:
    person, key, pk = play.person(who), play.keys.get(who, ""), play.ceremony.pk
    run = reach(play, stage, announced)
    client = Client() if isinstance(person, AnonymousUser) or not person.is_active else sign_in(person)
    sees = inside or announced
    going = run is not None and (stage == "open" or inside)
    for page in ("", "screen/", "palm/"):
        answer = client.get(f"/ceremonies/{pk}/{page}?key={key}")
        assert answer.status_code == (200 if sees else 404), page
        if sees:
            state = state_of(answer.content.decode())
            assert state["run"] == (run.pk if going and run else 0), "rehearsals are there for who is inside"
            part = state["stream"].split("/")[3]
            assert passes.may_listen(person, part) and hears_rehearsals(part) == inside
            if page == "screen/" or not inside:
                assert (play.ceremony.key in answer.content.decode()) == inside, "the code on the wall carries it"
    own = f"/ceremonies/{pk}/palm/{key}/"
    if "link" in who:  # a link that opens nothing says so to who may see the page, and is nowhere for others
        assert client.get(own).status_code == (200 if inside else 404)
    for part in (str(pk), f"{pk}.team", f"{pk}.{key or 'x'}"):
        by_name = inside and not key
        expected = {str(pk): announced or by_name, f"{pk}.team": by_name}.get(part, inside and bool(key))
        assert passes.may_listen(person, part) == expected, part
    pressed = client.post(f"/ceremonies/{pk}/palm/?key={key}").status_code
    assert pressed == (404 if not sees else 302 if going else 409)
    assert Palm.objects.count() == (1 if going and sees else 0)


def hears_rehearsals(part: str) -> bool:
    return passes.hears(part).endswith(".all")


@pytest.mark.parametrize("announced", [False, True], ids=["unannounced", "announced"])
@pytest.mark.parametrize("stage", STAGES)
def test_the_door_takes_a_ticket_for_what_it_was_given_for(play: Play, stage: str, announced: bool) -> None:
    """Tickets outlive their pages: what counts is what the ceremony is when they are sent."""
    run = reach(play, stage, announced)
    pk, guest = play.ceremony.pk, play.ceremony.guests.get().pk
    tickets = [Ticket(pk, "phone"), Ticket(pk, "phone", key=play.keys["with the hall's old word"])]
    inside = [Ticket(pk, "phone", key=play.ceremony.key), Ticket(pk, "phone", guest)]
    told = press_all([Pressed(ticket, f"a-nonce-{n}") for n, ticket in enumerate([*tickets, *inside])])
    outside = "link" if not announced else "" if stage == "open" else "early"
    assert [one.refusal for one in told] == [outside] * 2 + (["early"] * 2 if run is None else [""] * 2)


def test_a_rehearsal_is_told_to_who_is_inside_alone(play: Play) -> None:
    after = streams.walls(-1)[-1].id
    run = Run.begin(play.ceremony, by="x", rehearsal=True)
    for reader in (streams.walls, streams.ceremonies):
        assert {event.of for event in reader(after)} == {f"{play.ceremony.pk}.all"}
    run.call_off(by="x", reason="")
    run.wipe(by="x")
    for reader in (streams.walls, streams.ceremonies):
        (told,) = reader(after)
        assert (told.of, told.data["wiped"]) == (f"{play.ceremony.pk}.all", run.pk)


def test_nonsense_is_no_part(play: Play) -> None:
    pk = play.ceremony.pk
    for part in (
        "",
        "x",
        "²",
        "9" * 30,
        "4711",
        f"{pk}.",
        f"{pk}.x",
        f"{pk}.\ud800",
        f"{pk}.{pk}-1.x",
        f".{play.ceremony.key}",
    ):
        assert not passes.may_listen(AnonymousUser(), part), part
