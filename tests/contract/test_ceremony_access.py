"""Who may do what at every address of a ceremony: all roles, before and after it. To strangers it is not there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import sign_in
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cityplus.ceremonies.console_urls import urlpatterns as console_urls
from cityplus.ceremonies.models import Ceremony, Guest, Run
from cityplus.ceremonies.planning.urls import PAGES
from cityplus.cities.models import City, Member
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.people.models import Person

TEAM = tuple(Member.Role.values)
EVERYBODY = ("stranger", "visitor", "elsewhere", *TEAM, "office")
CONSOLE = [url.name for url in console_urls if url.name not in {"certificate", "poster"}]
Enter = Callable[[str], Client]


@pytest.fixture
def ceremony(plovdiv: City, shenzhen: City) -> Ceremony:
    plovdiv.advance("preparing", by="office")
    title = Text.of("en", en="The launch")
    made = Ceremony.plan(
        "launch", [plovdiv, shenzhen], by="x", title=title, time_zone="Europe/Sofia", starts_at=timezone.now()
    )
    Guest.invite(made, by="x", names=Text.of("en", en="The mayor"), title=Text(), needed=True)
    return made


@pytest.fixture
def enter(plovdiv: City, thehague: City) -> Enter:
    """A browser of somebody with this part in the play; ``elsewhere`` owns another city."""

    def of(part: str) -> Client:
        if part == "stranger":
            return Client()
        person = Person.objects.create_user(part, password="a long password", is_staff=part == "office")
        if part in TEAM or part == "elsewhere":
            city, role = (thehague, "owner") if part == "elsewhere" else (plovdiv, part)
            Member.objects.create(city=city, person=person, role=role)
        return sign_in(person)

    return of


def planning(ceremony: Ceremony, room: str) -> list[tuple[str, str, str]]:
    """Name, way of asking and address of every page of planning."""
    guest = ceremony.guests.get().pk
    found = []
    for name, (where, _view, methods) in PAGES.items():
        head = ["plovdiv"] if room == "desk" else []
        args = [
            *head,
            *([ceremony.pk] if "<int:ceremony>" in where else []),
            *([guest] if "<int:guest>" in where else []),
            *(["plovdiv"] if "<handle:city>" in where else []),
        ]
        found += [(name, method, reverse(f"{room}:{name}", args=args)) for method in methods.split()]
    return found


def expected_at_desk(part: str, name: str, method: str) -> int:
    """What the desk of the city says of its launch: 404 to strangers, 403 to who is of the team and may not, 0 for anything else."""
    if part not in TEAM:
        return 404
    if part == "owner":
        return 0
    if name in {"ceremony-tickets", "ceremony-tickets-print"}:
        return 0 if part == "presenter" else 403
    if method == "GET" and name in {"ceremonies", "ceremony-new", "ceremony"}:
        return 0
    if part == "editor" and name == "ceremonies":
        return 0  # editors plan signings and openings
    return 403


@pytest.mark.parametrize("part", EVERYBODY)
def test_planning_at_the_desk(ceremony: Ceremony, enter: Enter, part: str) -> None:
    client = enter(part)
    for name, method, address in planning(ceremony, "desk"):
        expected = expected_at_desk(part, name, method)
        before = Entry.objects.count()
        status = client.generic(method, address).status_code
        if expected:
            assert (status, Entry.objects.count()) == (expected, before), (part, method, address)
        elif method == "GET":
            assert status == 200, (part, address)


@pytest.mark.parametrize("part", EVERYBODY)
def test_planning_at_the_office(ceremony: Ceremony, enter: Enter, part: str) -> None:
    client = enter(part)
    pages = [*planning(ceremony, "office"), ("trial", "POST", reverse("office:ceremony-trial"))]
    for name, method, address in pages:
        before = Entry.objects.count()
        status = client.generic(method, address).status_code
        if part != "office":
            assert (status, Entry.objects.count()) == (404, before), (part, method, address)
        else:
            assert status < 400 or status in {409, 422}, (name, method, address)


@pytest.mark.parametrize("part", EVERYBODY)
@pytest.mark.parametrize("going", [False, True], ids=["planned", "rehearsed"])
def test_the_console(ceremony: Ceremony, enter: Enter, part: str, going: bool) -> None:
    run = Run.begin(ceremony, by="x", rehearsal=True).pk if going else 4711
    client = enter(part)
    leads = part in {"owner", "presenter", "office"}
    for name in CONSOLE:
        of_run = name in {"hold", "resumption", "ending", "palms", "wiping"}
        address = reverse(f"ceremonies:{name}", args=[ceremony.pk, run] if of_run else [ceremony.pk])
        before = (Entry.objects.count(), Run.objects.count())
        status = client.generic("GET" if name == "console" else "POST", address).status_code
        if not leads or (of_run and not going):
            assert (status, (Entry.objects.count(), Run.objects.count())) == (404, before), (part, address)
        else:
            assert status not in {403, 404, 500}, (part, address)


@pytest.mark.parametrize("part", EVERYBODY)
def test_what_is_kept_is_everybody_s_and_nothing_before(ceremony: Ceremony, enter: Enter, part: str) -> None:
    client = enter(part)
    page, papers = ceremony.get_absolute_url(), ("certificate", "poster")
    knows = part in {*TEAM, "office"}
    assert client.get(page).status_code == (200 if knows else 404)
    assert {client.get(reverse(f"ceremonies:{name}", args=[ceremony.pk])).status_code for name in papers} == {404}
    Ceremony.objects.update(state="launched")
    Ceremony.objects.get().keep(by="x")
    assert client.get(page).status_code == 200
    assert {client.get(reverse(f"ceremonies:{name}", args=[ceremony.pk])).status_code for name in papers} == {200}


def test_who_leaves_the_team_leads_no_longer(ceremony: Ceremony, enter: Enter, plovdiv: City) -> None:
    client = enter("presenter")
    console = reverse("ceremonies:console", args=[ceremony.pk])
    assert client.get(console).status_code == 200
    plovdiv.team.all().delete()
    assert client.get(console).status_code == 404
    assert client.post(reverse("ceremonies:runs", args=[ceremony.pk]), {"rehearsal": "yes"}).status_code == 404
    assert not Run.objects.exists()
