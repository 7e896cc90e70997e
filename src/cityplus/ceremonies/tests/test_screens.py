"""What the pages of a ceremony show, to whom, and the streams that carry them on."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from conftest import sign_in
from django.db import connections
from django.test import Client
from django.utils import timezone

from cityplus.ceremonies import passes, streams, tickets
from cityplus.ceremonies.models import Ceremony, Guest, Run
from cityplus.ceremonies.models.run import Press
from cityplus.cities.models import City, Member
from cityplus.languages.text import Text
from cityplus.live import streams as live_streams
from cityplus.live.tests.test_door import Browser, play
from cityplus.people.models import Person


@pytest.fixture
def ceremony(plovdiv: City, thehague: City) -> Ceremony:
    plovdiv.advance("preparing", by="office")
    plovdiv.advance("ready", by="office")
    made = Ceremony.plan(
        "launch", [plovdiv, thehague], by="office", title=Text.of("bg", bg="Пловдив изгрява", en="Plovdiv rises"),
        time_zone="Europe/Sofia", starts_at=timezone.now(), countdown=0, announced=True,
    )  # fmt: skip
    for order, name in enumerate(("Кметът", "Писателят")):
        Guest.objects.create(ceremony=made, order=order, names=Text.of("bg", bg=name, en=f"Guest {order}"))
    return made


def state_of(page: str) -> dict[str, Any]:
    match = re.search(r'<script id="ceremony-state" type="application/json">(.*?)</script>', page, re.S)
    assert match
    found: dict[str, Any] = json.loads(match[1])
    return found


def address(ceremony: Ceremony, rest: str = "") -> str:
    return f"/ceremonies/{ceremony.pk}/{rest}"


@pytest.mark.django_db
def test_the_wall_says_who_has_pressed_in_both_scripts(ceremony: Ceremony, stranger: Client) -> None:
    run = Run.begin(ceremony, by="operator", rehearsal=True)
    guest = ceremony.guests.all()[0]
    run.press([Press("a", "screen", guest.pk), Press("b", "phone")])
    page = stranger.get(address(ceremony, "screen/") + f"?key={ceremony.key}").content.decode()
    assert '<bdi lang="bg" dir="ltr">Кметът</bdi>' in page and "Guest 0</bdi>" in page
    assert re.search(rf'data-guest="{guest.pk}" data-lit', page)
    assert page.count("data-lit") == 1
    assert re.search(r'<p class="wall-rehearsal">', page), "a rehearsal is marked"
    state = state_of(page)
    assert (state["step"], state["lights"], list(state["guests"])) == ("open", 1, [str(guest.pk)])


@pytest.mark.django_db
def test_the_words_of_each_step_are_the_hosts_where_they_wrote_some(ceremony: Ceremony, stranger: Client) -> None:
    own = Text.of("bg", bg="Докоснете небето", nl="Raak de hemel aan")
    Ceremony.objects.filter(pk=ceremony.pk).update(words={"open": own.as_json()})
    page = stranger.get(address(ceremony, "screen/")).content.decode()
    assert 'lang="bg" dir="ltr">Докоснете небето' in page and 'lang="nl" dir="ltr">Raak de hemel aan' in page
    assert "A moment, please" in page or 'data-step="held"' in page


@pytest.mark.django_db
def test_only_who_leads_opens_the_touch_screen(
    ceremony: Ceremony, stranger: Client, visitor: Person, editor: Person
) -> None:
    presenter = Person.objects.create_user("presenter", password="a long password")
    Member.objects.create(city=ceremony.cities_in_order[0], person=presenter, role=Member.Role.PRESENTER)
    path = address(ceremony, "screen/touch/")
    told = [
        client.get(path).status_code for client in (stranger, sign_in(visitor), sign_in(editor), sign_in(presenter))
    ]
    assert told == [404, 404, 404, 200]
    assert "tickets" not in stranger.get(address(ceremony, "screen/")).content.decode()


@pytest.mark.django_db
def test_an_invitation_is_of_one_guest_of_one_ceremony(ceremony: Ceremony, stranger: Client) -> None:
    Run.begin(ceremony, by="operator", rehearsal=True)
    guest = ceremony.guests.all()[1]
    page = stranger.get(address(ceremony, f"palm/{tickets.invitation(guest)}/"))
    assert "Писателят" in page.content.decode()
    assert tickets.read(state_of(page.content.decode())["ticket"]).guest == guest.pk
    other = Ceremony.plan(
        "launch", [ceremony.cities_in_order[1]], by="x", time_zone="UTC", starts_at=timezone.now(), announced=True
    )
    wrong = stranger.get(address(other, f"palm/{tickets.invitation(guest)}/"))
    assert wrong.status_code == 404 and "no guest of this ceremony" in wrong.content.decode()
    forged = stranger.get(address(ceremony, f"palm/{ceremony.pk}-{guest.pk}.AAAA/"))
    assert forged.status_code == 404


@pytest.mark.django_db
def test_a_palm_without_a_script_counts_once(ceremony: Ceremony, stranger: Client) -> None:
    early = stranger.post(address(ceremony, "palm/"), {"nonce": "a" * 16})
    assert early.status_code == 409 and "has not begun" in early.content.decode()
    run = Run.begin(ceremony, by="operator", rehearsal=False)
    for _ in range(2):
        assert stranger.post(address(ceremony, "palm/"), {"nonce": "b" * 16}).status_code == 302
    assert run.palms.count() == 1
    assert "Your light is on the wall" in stranger.get(address(ceremony, "palm/")).content.decode()


@pytest.mark.django_db
def test_a_rehearsal_that_ended_leaves_a_dark_wall(ceremony: Ceremony, stranger: Client) -> None:
    run = Run.begin(ceremony, by="operator", rehearsal=True)
    run.press([Press("a", "phone")])
    run.call_off(by="operator", reason="Enough.")
    state = state_of(stranger.get(address(ceremony, "screen/") + f"?key={ceremony.key}").content.decode())
    assert (state["step"], state["lights"], state["run"]) == ("welcome", 0, 0)


@pytest.mark.django_db
def test_what_was_wiped_is_shown_no_longer_nor_the_rehearsal_before_it(ceremony: Ceremony, stranger: Client) -> None:
    def shown() -> tuple[int, str]:
        page = stranger.get(address(ceremony, "screen/") + f"?key={ceremony.key}").content.decode()
        return state_of(page)["run"], state_of(page)["step"]

    Ceremony.objects.update(quorum_guests=False, quorum_palms=1)
    runs = []
    for nonce in ("first", "second", "third"):
        runs.append(Run.begin(ceremony, by="operator", rehearsal=True))
        runs[-1].press([Press(nonce, "phone")])
        Run.objects.filter(pk=runs[-1].pk).update(due_at=timezone.now() - timedelta(seconds=1))
        assert runs[-1].launch()
    runs[0].wipe(by="operator")
    assert shown() == (runs[2].pk, "launched"), "an older one is not what the wall shows"
    runs[2].wipe(by="operator")
    assert shown() == (0, "welcome")
    assert [(one.run, one.by) for one in ceremony.wipings.all()] == [(runs[n].pk, "operator") for n in (0, 2)]
    assert Run.begin(ceremony, by="operator", rehearsal=True).pk == shown()[0]


@pytest.mark.django_db
def test_the_replay_has_every_palm_at_its_moment(ceremony: Ceremony, stranger: Client) -> None:
    assert "replay-beats" not in stranger.get(address(ceremony)).content.decode()
    run = Run.begin(ceremony, by="operator", rehearsal=False)
    run.press([Press("light", "phone")])
    run.press([Press(f"g{g.pk}", "screen", g.pk) for g in ceremony.guests.all()])
    Run.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert run.launch()
    page = stranger.get(address(ceremony)).content.decode()
    match = re.search(r'<script id="replay-beats" type="application/json">(.*?)</script>', page, re.S)
    assert match
    data = json.loads(match[1])
    assert [guest for _, guest in data["beats"]] == [0, *ceremony.guests.values_list("pk", flat=True)]
    assert [step for _, step in data["steps"]] == ["open", "met", "launched"]
    assert "The palms as a list" in page, "and a list with the same, for who wants no motion"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("stream", ["walls", "ceremonies"])
def test_a_screen_that_does_not_read_is_let_go_and_misses_nothing(
    ceremony: Ceremony, stream: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers = {"walls": streams.walls, "ceremonies": streams.ceremonies}
    tail = live_streams.Tail(stream, readers[stream], passes.may_listen, every=0.005, backlog=4, hears=passes.hears)
    monkeypatch.setattr(live_streams, "_tails", {stream: tail})
    run = Run.begin(ceremony, by="operator", rehearsal=False)

    def press(number: int) -> None:
        Run.objects.get(pk=run.pk).press([Press(f"n{number}", "phone")])
        connections.close_all()

    async def story() -> None:
        path = f"/live/{stream}/{ceremony.pk}/"
        stuck, quick = Browser(path), Browser(path)
        while len(tail.listeners) < 2 or tail.task is None:
            await asyncio.sleep(0.001)
        stuck.may_read.clear()
        for number in range(12):
            await sync_to_async(press)(number)
            await quick.until(lambda number=number: len(quick.ids) > number)  # type: ignore[misc]
        assert len(tail.listeners) == 1, "nothing more is kept for a screen that does not read"
        stuck.may_read.set()
        await stuck.task
        back = Browser(path, headers={b"last-event-id": str(stuck.ids[-1] if stuck.ids else 1).encode()})
        await back.until(lambda: quick.ids[-1] in back.ids)
        told = '"palms": 12' if stream == "ceremonies" else f'"palm": {quick.ids[-1]}'
        assert told in back.body
        if stream == "walls":
            assert stuck.ids + back.ids == quick.ids
        await back.leave()
        await quick.leave()
        await live_streams.stop_all()
        await sync_to_async(connections.close_all)()

    play(story)
