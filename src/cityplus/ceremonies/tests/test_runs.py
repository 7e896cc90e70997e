"""A ceremony carried through: palms, the quorum, the launch; held, called off, rehearsed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cityplus.ceremonies.models import Ceremony, Guest, NotNow, Run
from cityplus.ceremonies.models.run import Press
from cityplus.cities.models import City
from cityplus.jobs.models import Job
from cityplus.jobs.worker import run_one
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycleError


@pytest.fixture
def ready(plovdiv: City) -> City:
    plovdiv.advance("preparing", by="office")
    plovdiv.advance("ready", by="office")
    return plovdiv


@pytest.fixture
def ceremony(ready: City, thehague: City) -> Ceremony:
    made = Ceremony.plan(
        "launch", [ready, thehague], by="office", title=Text.of("bg", bg="Откриване"), time_zone="Europe/Sofia",
        starts_at=timezone.now(), countdown=0,
    )  # fmt: skip
    for order, name in enumerate(("Кметът", "De burgemeester")):
        Guest.objects.create(ceremony=made, order=order, names=Text.of("en", en=name))
    return made


def guests(ceremony: Ceremony) -> list[int]:
    return list(ceremony.guests.values_list("pk", flat=True))


def press(run: Run, nonce: str, guest: int | None = None) -> tuple[int, str]:
    (answer,) = run.press([Press(nonce, "phone" if guest is None else "screen", guest)])
    return answer.beat, answer.sentence


def work() -> None:
    Job.objects.filter(state="waiting").update(run_after=timezone.now())
    while run_one("w"):
        pass


def test_the_last_guest_s_palm_launches_the_city(ceremony: Ceremony, ready: City) -> None:
    run = Run.begin(ceremony, by="operator", rehearsal=False)
    first, second = guests(ceremony)
    press(run, "a", first)
    press(run, "light")
    work()
    ready.refresh_from_db()
    assert ready.stage == "ready", "one of two is no quorum"
    press(run, "b", second)
    work()
    ready.refresh_from_db()
    ceremony.refresh_from_db()
    assert (ready.stage, ceremony.state) == ("launched", "launched")
    assert ready.number == 2, "the next after The Hague, which is the first here"
    assert [step.state for step in run.steps.all()] == ["open", "met", "launched"]
    assert Entry.objects.filter(verb="city.launched", handle="plovdiv").count() == 1
    assert set(Entry.objects.filter(verb="ceremony.launched").values_list("handle", flat=True)) == {
        "plovdiv",
        "thehague",
    }


def test_the_same_palm_again_counts_once_and_gets_the_same_answer(ceremony: Ceremony) -> None:
    run = Run.begin(ceremony, by="operator", rehearsal=False)
    first, second = guests(ceremony)
    answer = press(run, "a", first)
    assert press(run, "a", first) == answer
    assert press(run, "another device", first) == answer, "a guest has one palm"
    press(run, "b", second)
    work()
    assert press(run, "a", first) == answer, "also when the ceremony is over by then"
    assert run.palms.count() == 2


def test_a_palm_at_the_wrong_time_gets_a_sentence_and_counts_nothing(ceremony: Ceremony) -> None:
    run = Run.begin(ceremony, by="operator", rehearsal=False)
    run.hold(by="operator", reason="The microphone.")
    assert "held" in press(run, "x")[1]
    run.resume(by="operator")
    assert press(run, "x")[0]
    assert "no guest" in press(run, "y", 4711)[1]
    for nonce, guest in zip("ab", guests(ceremony), strict=True):
        press(run, nonce, guest)
    work()
    assert "live already" in press(run, "z")[1]
    assert run.palms.count() == 3


def test_a_number_of_palms(ceremony: Ceremony, ready: City) -> None:
    Ceremony.objects.filter(pk=ceremony.pk).update(quorum_guests=False, quorum_palms=3)
    ceremony.refresh_from_db()
    run = Run.begin(ceremony, by="operator", rehearsal=False)
    run.press([Press("1", "phone"), Press("2", "phone"), Press("2", "phone")])
    work()
    run.refresh_from_db()
    assert run.state == "open"
    press(run, "3")
    work()
    ready.refresh_from_db()
    assert ready.stage == "launched"


def test_a_countdown_that_is_held_begins_anew(ceremony: Ceremony, ready: City) -> None:
    Ceremony.objects.filter(pk=ceremony.pk).update(countdown=30)
    ceremony.refresh_from_db()
    run = Run.begin(ceremony, by="operator", rehearsal=False)
    for nonce, guest in zip("ab", guests(ceremony), strict=True):
        press(run, nonce, guest)
    assert not run.launch(), "the countdown is not over"
    run.hold(by="operator")
    Run.objects.update(due_at=None)
    work()
    ready.refresh_from_db()
    assert ready.stage == "ready"
    run.resume(by="operator")
    assert run.state == "met" and run.due_at
    Run.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    work()
    ready.refresh_from_db()
    assert ready.stage == "launched"


def test_a_rehearsal_does_the_same_and_changes_nothing(ceremony: Ceremony, ready: City) -> None:
    entries = set(Entry.objects.values_list("verb", flat=True))
    run = Run.begin(ceremony, by="operator", rehearsal=True)
    for nonce, guest in zip("ab", guests(ceremony), strict=True):
        press(run, nonce, guest)
    work()
    run.refresh_from_db()
    ready.refresh_from_db()
    ceremony.refresh_from_db()
    assert (run.state, ready.stage, ready.number, ceremony.state) == ("launched", "ready", None, "rehearsed")
    assert set(Entry.objects.values_list("verb", flat=True)) - entries == {"ceremony.rehearsed"}
    run.wipe(by="operator")
    assert not Run.objects.exists()
    assert Run.begin(ceremony, by="operator", rehearsal=False).state == "open"


def test_what_is_in_earnest_is_not_wiped_nor_begun_twice(ceremony: Ceremony) -> None:
    run = Run.begin(ceremony, by="operator", rehearsal=False)
    with pytest.raises(NotNow):
        run.wipe(by="operator")
    with pytest.raises(NotNow, match="going on"):
        Run.begin(ceremony, by="another", rehearsal=False)
    run.call_off(by="operator", reason="A storm.")
    ceremony.refresh_from_db()
    assert ceremony.state == "called_off"
    with pytest.raises(LifeCycleError):
        Run.begin(ceremony, by="operator", rehearsal=False)


def test_a_city_that_is_not_ready_is_not_launched(thehague: City, plovdiv: City) -> None:
    made = Ceremony.plan("launch", [plovdiv], by="office", time_zone="Europe/Sofia", starts_at=timezone.now())
    with pytest.raises(NotNow, match="not ready"):
        Run.begin(made, by="operator", rehearsal=False)
    assert Run.begin(made, by="operator", rehearsal=True).state == "open"


def test_a_city_that_is_taken_back_meanwhile_holds_the_ceremony(ceremony: Ceremony, ready: City) -> None:
    run = Run.begin(ceremony, by="operator", rehearsal=False)
    ready.advance("preparing", by="office")
    for nonce, guest in zip("ab", guests(ceremony), strict=True):
        press(run, nonce, guest)
    work()
    run.refresh_from_db()
    assert run.state == "held"
    assert "preparing" in run.steps.last().reason  # type: ignore[union-attr]


def test_a_palm_by_hand_says_who_and_why(ceremony: Ceremony) -> None:
    run = Run.begin(ceremony, by="operator", rehearsal=False)
    guest = ceremony.guests.first()
    assert guest
    with pytest.raises(NotNow, match="why"):
        run.enter(guest, by="operator", reason=" ")
    run.enter(guest, by="operator", reason="Her arm is in a sling.")
    palm = run.palms.get()
    assert (palm.how, palm.by, palm.reason) == ("hand", "operator", "Her arm is in a sling.")
