"""Planning at the desk: the forms, what they refuse and how they say it."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pypdf
import pytest
from conftest import launch, sign_in
from django.test import Client

from cityplus.ceremonies.models import Ceremony, Guest
from cityplus.ceremonies.tickets import invitation
from cityplus.cities.models import City, Member
from cityplus.languages.text import Text
from cityplus.people.models import Person
from cityplus.routes.models import Route
from cityplus.ties.models import Tie

NEW = "/desk/@thehague/ceremonies/"
WHEN = {"starts": "2027-03-14T10:00", "time_zone": "Europe/Amsterdam"}
PLAN = WHEN | {"quorum_guests": "yes", "quorum_palms": "0", "countdown": "5", "wall": "night", "title.nl": "Een feest"}


@pytest.fixture
def desk(editor: Person) -> Client:
    return sign_in(editor)


@pytest.fixture
def opening(desk: Client, route: Route) -> Ceremony:
    assert desk.post(NEW, WHEN | {"kind": "opening", "route": route.slug}).status_code == 302
    return Ceremony.objects.get()


def said(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"kind": "feast"}, "Choose what the ceremony is for."),
        ({"kind": "opening", "route": "nowhere"}, "This city has no such route."),
        ({"kind": "signing"}, "is of two cities"),
        ({"kind": "signing", "cities": "@plovdiv"}, "There is no city @plovdiv."),
        ({"kind": "signing", "cities": "@shenzhen"}, "No friendship of these two cities"),
        ({"kind": "opening", "route": "to-the-sea", "starts": "soon"}, "Give the day and the time"),
        ({"kind": "opening", "route": "to-the-sea", "time_zone": "Europe/Delft"}, "is no time zone"),
        ({"kind": "opening", "route": "to-the-sea", "starts": "2027-03-28T02:30"}, "never shows this time"),
    ],
)  # fmt: skip
def test_what_cannot_be_planned_is_said_and_nothing_is_planned(
    desk: Client, route: Route, plovdiv: City, shenzhen: City, asked: dict[str, str], sentence: str
) -> None:
    answer = desk.post(NEW, WHEN | asked)
    assert answer.status_code in (403, 422) and sentence in said(answer).replace("&#x27;", "'")
    assert not Ceremony.objects.exists()


def test_an_editor_plans_no_launch(desk: Client) -> None:
    answer = desk.post(NEW, WHEN | {"kind": "launch"})
    assert answer.status_code == 403 and "planned by an owner" in said(answer)


def test_a_friendship_is_signed_by_its_two_cities(desk: Client, thehague: City, shenzhen: City) -> None:
    tie = Tie.propose(thehague, shenzhen, by="x")
    desk.post(NEW, WHEN | {"kind": "signing", "cities": "shenzhen"})
    ceremony = Ceremony.objects.get()
    assert ceremony.tie == tie and [city.handle for city in ceremony.cities_in_order] == ["thehague"]
    ceremony.takings.get(city=shenzhen).answer("accepted", by="x")
    assert [city.handle for city in ceremony.cities_in_order] == ["thehague", "shenzhen"]
    assert ceremony.starts_at == datetime(2027, 3, 14, 9, tzinfo=UTC), "entered by the hall's clock"
    assert "5:00\u202fPM" in said(desk.get(f"{NEW}{ceremony.pk}/")), "and shown by Shenzhen's too"


def test_the_plan_keeps_words_in_each_language(desk: Client, opening: Ceremony) -> None:
    here = f"{NEW}{opening.pk}/"
    typed = PLAN | {
        "title.en": "A feast",
        "title.ar": "عيد",
        "words-open.nl": "Druk!",
        "programme.nl": "10:00 Hallo\nDag",
    }
    assert desk.post(here, typed).status_code == 302
    opening.refresh_from_db()
    assert opening.title.versions["ar"].text == "عيد" and opening.title.original == "nl"
    assert Text.from_json(opening.words["open"]).in_language("nl") == "Druk!"
    assert [(str(item.at), str(item.words)) for item in opening.programme.all()] == [
        ("10:00:00", "Hallo"),
        ("None", "Dag"),
    ]
    kept = opening.title.versions["en"]
    desk.post(here, typed | {"theme.nl": "Zee"})
    opening.refresh_from_db()
    assert opening.title.versions["en"] == kept, "what stayed as it was keeps who wrote it and when"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"quorum_palms": "many"}, "whole number from 0 to 100,000"),
        ({"countdown": "61"}, "whole number from 0 to 60"),
        ({"quorum_guests": ""}, "Say what the launch waits for"),
        ({"programme.nl": "10:00 Hallo\nDag", "programme.en": "Hello"}, "give a line for each point"),
        ({"programme.nl": "25:00 Hallo"}, "is no time of day"),
        ({"title.nl": "x" * 2001}, "too long"),
        ({"music": "1"}, "Choose a sound"),
        ({"wall": "disco"}, "Choose how the wall looks"),
    ],
)
def test_a_plan_with_something_wrong_keeps_nothing_and_what_was_typed(
    desk: Client, opening: Ceremony, asked: dict[str, str], sentence: str
) -> None:
    answer = desk.post(f"{NEW}{opening.pk}/", PLAN | {"theme.nl": "Getypt"} | asked)
    assert answer.status_code == 422
    assert sentence in said(answer).replace("100000", "100,000") and "Getypt" in said(answer)
    opening.refresh_from_db()
    assert not opening.theme


def test_links_of_guests_are_listed_and_printed(desk: Client, opening: Ceremony) -> None:
    names = Text.of("zh-Hans", zh_Hans="李明", en="Li Ming")
    one = Guest.invite(opening, by="x", names=names, title=Text.of("nl", nl="Gast"), needed=True)
    page = said(desk.get(f"{NEW}{opening.pk}/tickets/"))
    link = f"/zh-hans/ceremonies/{opening.pk}/palm/{invitation(one)}/"
    assert link in page and "<svg" in page
    answer = desk.get(f"{NEW}{opening.pk}/tickets.pdf")
    words = "".join(pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())
    assert "李明" in words and "no-store" in answer["Cache-Control"]


def test_links_are_for_who_plans_or_leads(opening: Ceremony, thehague: City) -> None:
    for role, status in (("translator", 403), ("analyst", 403), ("presenter", 200)):
        person = Person.objects.create_user(role, password="a long password")
        Member.objects.create(city=thehague, person=person, role=role)
        assert sign_in(person).get(f"{NEW}{opening.pk}/tickets/").status_code == status, role


def test_a_city_that_takes_part_does_not_plan_the_launch_of_another(
    plovdiv: City, thehague: City, owner: Person
) -> None:
    made = Ceremony.plan(
        "launch", [plovdiv, thehague], by="x", time_zone="UTC", starts_at=datetime(2027, 1, 1, tzinfo=UTC)
    )
    client = sign_in(owner)
    assert client.get(f"{NEW}{made.pk}/").status_code == 200
    assert client.post(f"{NEW}{made.pk}/", PLAN).status_code == 403
    launch(plovdiv)
    assert client.post(f"{NEW}{made.pk}/announcement/").status_code == 403
