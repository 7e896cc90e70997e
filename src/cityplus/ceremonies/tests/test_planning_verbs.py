"""The verbs of planning: what they change, what they record, and when they refuse."""

from __future__ import annotations

from datetime import time

import pytest
from django.utils import timezone

from cityplus.ceremonies.models import Ceremony, Guest, Item, NotNow, Run
from cityplus.ceremonies.models.run import Press
from cityplus.cities.models import City
from cityplus.journal.models import Entry
from cityplus.languages.text import Text


@pytest.fixture
def ceremony(plovdiv: City, thehague: City) -> Ceremony:
    title = Text.of("en", en="The launch")
    return Ceremony.plan(
        "launch", [plovdiv, thehague], by="ivan", title=title, time_zone="Europe/Sofia", starts_at=timezone.now()
    )


def guest(ceremony: Ceremony, name: str) -> Guest:
    return Guest.invite(ceremony, by="ivan", names=Text.of("en", en=name), title=Text(), needed=True)


def told(verb: str) -> list[tuple[str, str]]:
    entries = Entry.objects.filter(verb=f"ceremony.{verb}").order_by("pk")
    return [(entry.handle, entry.data.get("what", "")) for entry in entries]


def test_a_change_is_recorded_for_each_city_and_the_same_again_is_none(ceremony: Ceremony) -> None:
    ceremony.change(by="ivan", countdown=9, wall="sea")
    ceremony.change(by="ivan", countdown=9, wall="sea")
    assert told("changed") == [("plovdiv", "countdown, wall"), ("thehague", "countdown, wall")]


def test_guests_move_within_the_ends_of_their_order(ceremony: Ceremony) -> None:
    one, two, three = (guest(ceremony, name) for name in ("one", "two", "three"))
    three.move(-1, by="ivan")
    one.move(99, by="ivan")
    two.move(-99, by="ivan")
    assert [str(g.names) for g in ceremony.guests.all()] == ["two", "three", "one"]
    three.remove(by="ivan")
    assert guest(ceremony, "four").order > one.order


def test_a_guest_who_pressed_in_a_rehearsal_stays_until_it_is_wiped(ceremony: Ceremony) -> None:
    one = guest(ceremony, "one")
    run = Run.begin(ceremony, by="ivan", rehearsal=True)
    run.press([Press("a nonce", "screen", one.pk)])
    run.call_off(by="ivan", reason="")
    with pytest.raises(NotNow, match="Wipe the rehearsal"):
        one.remove(by="ivan")
    run.wipe(by="operator")
    one.remove(by="ivan")
    assert not ceremony.guests.exists()


def test_what_is_open_is_not_changed_but_for_its_pictures(ceremony: Ceremony, plovdiv: City) -> None:
    one = guest(ceremony, "one")
    for stage in ("preparing", "ready"):
        plovdiv.advance(stage, by="office")
    Run.begin(ceremony, by="ivan", rehearsal=False)
    refused = (
        lambda: ceremony.change(by="ivan", countdown=30),
        lambda: ceremony.announce(by="ivan"),
        lambda: ceremony.call_off(by="ivan", reason="A storm."),
        lambda: guest(ceremony, "two"),
        lambda: one.change(by="ivan", names=Text.of("en", en="x"), title=Text(), needed=False),
        lambda: one.move(1, by="ivan"),
        lambda: one.remove(by="ivan"),
        lambda: Item.settle(ceremony, [(time(10), Text.of("en", en="x"))], by="ivan"),
    )
    before = Entry.objects.count()
    for deed in refused:
        with pytest.raises(NotNow, match="open or over"):
            deed()
    assert Entry.objects.count() == before
    ceremony.show([], None, by="ivan")
    assert told("changed")[-1] == ("thehague", "pictures")


def test_announced_once_and_hidden_again(ceremony: Ceremony) -> None:
    ceremony.announce(by="ivan")
    ceremony.announce(by="ivan")
    ceremony.announce(by="ivan", shown=False)
    assert (len(told("announced")), len(told("concealed"))) == (2, 2)
    assert Entry.objects.filter(verb="ceremony.announced", public=True).count() == 2


def test_a_ceremony_without_a_title_is_not_announced(ceremony: Ceremony) -> None:
    ceremony.change(by="ivan", title=Text())
    with pytest.raises(NotNow, match="title"):
        ceremony.announce(by="ivan")


def test_calling_off_takes_a_reason_and_ends_the_rehearsal_that_is_going_on(ceremony: Ceremony) -> None:
    run = Run.begin(ceremony, by="ivan", rehearsal=True)
    with pytest.raises(NotNow, match="why"):
        ceremony.call_off(by="ivan", reason=" ")
    ceremony.call_off(by="ivan", reason="A storm.")
    run.refresh_from_db()
    assert (ceremony.state, run.state) == ("called_off", "ended")
    with pytest.raises(NotNow):
        ceremony.show([], None, by="ivan")
