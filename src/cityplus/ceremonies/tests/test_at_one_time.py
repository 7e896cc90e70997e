"""Many at one time, in threads with connections of their own: every palm once, one launch, and no stream that skips one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any, TypeVar

import pytest
from conftest import launch, make_city
from django.db import connection
from django.utils import timezone

from cityplus.ceremonies import screens, streams
from cityplus.ceremonies.models import Beats, Ceremony, Guest, NotNow, Palm, Run
from cityplus.ceremonies.models.run import Press
from cityplus.cities.models import City
from cityplus.journal.models import Entry
from cityplus.languages.text import Text

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8
T = TypeVar("T")


@pytest.fixture
def ceremony() -> Ceremony:
    launch(make_city("first", Text.of("en", en="First")))
    city = make_city("next", Text.of("en", en="Next"))
    for stage in ("preparing", "ready"):
        city.advance(stage, by="office")
    made = Ceremony.plan("launch", [city], by="office", time_zone="Europe/Sofia", starts_at=timezone.now(), countdown=0)
    for order in range(2):
        Guest.objects.create(ceremony=made, order=order, names=Text.of("en", en=f"Guest {order}"))
    return made


def at_once(deed: Callable[[int], T], times: int = THREADS) -> list[T]:
    """What came of it in each of so many threads that begin together."""
    gate = Barrier(times)

    def one(number: int) -> T:
        try:
            gate.wait(30)
            return deed(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_fifty_double_presses_are_fifty_palms(ceremony: Ceremony) -> None:
    run = Run.begin(ceremony, by="operator", rehearsal=False)
    presses = [Press(f"nonce-{n}", "phone") for n in range(50)]

    def press(number: int) -> list[int]:
        mine = presses if number % 2 else presses[::-1]
        return sorted(answer.beat for one in mine for answer in Run.objects.get(pk=run.pk).press([one]))

    answers = at_once(press, 2)
    assert answers[0] == answers[1], "both are told of the same palms"
    assert list(run.palms.values_list("beat", flat=True)) == answers[0]
    assert len(set(answers[0])) == 50


def test_a_guest_on_many_devices_is_one_palm(ceremony: Ceremony) -> None:
    run = Run.begin(ceremony, by="operator", rehearsal=False)
    guest = ceremony.guests.all()[0].pk
    told = at_once(lambda n: Run.objects.get(pk=run.pk).press([Press(f"device-{n}", "phone", guest)])[0].beat)
    assert len(set(told)) == 1 and told[0]
    assert run.palms.count() == 1


def test_many_who_launch_make_one_launch(ceremony: Ceremony) -> None:
    run = Run.begin(ceremony, by="operator", rehearsal=False)
    run.press([Press(f"guest-{g.pk}", "screen", g.pk) for g in ceremony.guests.all()])
    Run.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    told = at_once(lambda _: Run.objects.get(pk=run.pk).launch())
    assert all(told), "whoever comes second finds it launched"
    city = City.objects.get(actor__handle="next")
    assert (city.stage, city.number) == ("launched", 2)
    assert [step.state for step in run.steps.all()] == ["open", "met", "launched"]
    assert Entry.objects.filter(verb="city.launched", handle="next").count() == 1


def test_two_operators_begin_one_run(ceremony: Ceremony) -> None:
    def begin(number: int) -> str:
        try:
            Run.begin(Ceremony.objects.get(pk=ceremony.pk), by=f"operator-{number}", rehearsal=True)
        except NotNow:
            return "told so"
        return "begun"

    assert sorted(at_once(begin, 4)) == ["begun", "told so", "told so", "told so"]


def told(after: int) -> list[int]:
    """The beats that a wall of the hall hears after this one."""
    return [event.id for event in streams.walls(after) if event.of.endswith(".all")]


def test_who_reads_while_others_press_sees_all_of_it_once_and_in_order(ceremony: Ceremony) -> None:
    """The wall reads from the page's beat on, palms in one look and steps in another: whatever is committed between them, nothing
    is skipped."""
    run = Run.begin(ceremony, by="operator", rehearsal=False)
    first = screens.standing(ceremony, inside=True).beat
    done: list[int] = []

    def press_or_read(number: int) -> list[int]:
        if number == 0:
            heard: list[int] = []
            while len(done) < THREADS - 1 or max([first, *heard]) < Beats.newest():
                heard += told(max([first, *heard]))
                if len(done) == THREADS - 1 and not streams.walls(max([first, *heard])):
                    break  # numbers that were taken for palms that did not count
            return heard
        for n in range(20):
            now = Run.objects.get(pk=run.pk)
            if number > 1:
                now.press([Press(f"{number}-{n}", "phone")])
            elif n % 2:
                now.resume(by="operator")
            else:
                now.hold(by="operator")
        done.append(number)
        return []

    heard = at_once(press_or_read)[0]
    beats = [*Palm.objects.values_list("beat", flat=True), *run.steps.values_list("beat", flat=True)]
    assert heard == sorted(beat for beat in beats if beat > first)


def test_what_is_committed_between_two_looks_is_not_skipped(ceremony: Ceremony) -> None:
    """A palm and a step come when the wall has looked for palms and not yet for steps: the palm must not be taken for heard."""
    run = Run.begin(ceremony, by="operator", rehearsal=False)
    first = screens.standing(ceremony, inside=True).beat
    came: list[str] = []

    def press_and_hold(_: int) -> None:
        now = Run.objects.get(pk=run.pk)
        now.press([Press("between", "phone")])
        now.hold(by="operator")

    def between(execute: Any, sql: str, *rest: Any) -> Any:
        found = execute(sql, *rest)
        if "ceremonies_palm" in sql and not came:
            came.append(sql)
            at_once(press_and_hold, 1)
        return found

    with connection.execute_wrapper(between):
        heard = told(first)
    heard += told(max([first, *heard]))
    assert came
    assert heard == [run.palms.get().beat, run.steps.get(state="held").beat]


def test_a_page_made_in_the_middle_and_its_stream_are_the_whole(ceremony: Ceremony) -> None:
    run = Run.begin(ceremony, by="operator", rehearsal=False)

    def press_or_look(number: int) -> list[screens.Standing]:
        if number:
            for n in range(15):
                Run.objects.get(pk=run.pk).press([Press(f"{number}-{n}", "phone")])
            return []
        return [screens.standing(ceremony, inside=True) for _ in range(20)]

    seen = at_once(press_or_look, 4)[0]
    beats = list(Palm.objects.values_list("beat", flat=True))
    for page in seen:
        assert page.palms == sum(beat <= page.beat for beat in beats), (
            "the page has all up to its beat, and nothing after it"
        )
    assert Beats.newest() >= beats[-1]
