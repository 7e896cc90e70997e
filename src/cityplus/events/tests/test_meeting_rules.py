"""The rules of meetings one by one: hours cut into slots, who is there when, what wishes weigh, and at which table or line one sits."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from cityplus import jobs
from cityplus.cities.models import City
from cityplus.events.errors import MeetingError, RegistrationError
from cityplus.events.meetings import running
from cityplus.events.meetings.asking import holding, key_of, problem_of
from cityplus.events.models import Event, Meeting, Party, Registration, Run, Side, Timetable, Venue
from cityplus.events.tests.cast import meeting
from cityplus.events.tests.meeting_cast import comes, company, halls, worked_out
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.lib import slots

pytestmark = pytest.mark.django_db


@pytest.fixture
def timetable(thehague: City) -> Timetable:
    return halls(thehague)


def party(timetable: Timetable, city: City, handle: str, hall: int = 0, **facts: Any) -> Party:
    return comes(timetable, company(handle, city), hall, **facts)


def hours(event: Event, *parts: tuple[float, float]) -> list[tuple[datetime, datetime]]:
    return [(event.starts_at + timedelta(hours=a), event.starts_at + timedelta(hours=b)) for a, b in parts]


def seated(timetable: Timetable) -> dict[str, tuple[int, bool, int]]:
    """Of each party with one meeting: the number of its slot, whether it is over a line, and the number of table or line."""
    starts = timetable.slots()
    rows = Side.objects.filter(over=False).select_related("meeting", "party__organisation__actor")
    return {
        row.party.organisation.actor.handle: (starts.index(row.starts_at), row.meeting.by_line, row.number)
        for row in rows
    }


@pytest.mark.parametrize(
    ("parts", "minutes", "walk", "many"),
    [
        ([(0, 1)], 20, 5, [2]),
        ([(0, 1)], 25, 10, [2]),
        ([(0, 1)], 25, 11, [1]),
        ([(0, 1)], 60, 5, [1]),
        ([(0, 2), (3, 4)], 25, 5, [4, 2]),
        ([(3, 4), (0, 2)], 25, 5, [4, 2]),
        ([(0, 2), (2, 8)], 25, 5, [4, 12]),
        ([(0, 1), (2, 2.25)], 30, 0, [2, 0]),
        ([(0, 5)], 5, 0, [60]),
    ],
)
def test_hours_are_cut_into_slots(
    thehague: City, parts: list[tuple[float, float]], minutes: int, walk: int, many: list[int]
) -> None:
    event = meeting(thehague.actor)
    made = Timetable.arrange(event, hours(event, *parts), minutes=minutes, walk=walk, streak=2, by="owner")
    assert [len(run) for run in made.runs()] == many
    for run, (start, end) in zip(made.runs(), sorted(hours(event, *parts)), strict=True):
        assert run[:1] == [start][: len(run)]
        assert all(later - one == timedelta(minutes=minutes + walk) for one, later in pairwise(run))
        assert all(made.end_of(one) <= end for one in run)
    assert problem_of(made).streak == 2 and problem_of(made).runs == tuple(many)


@pytest.mark.parametrize(
    ("parts", "minutes", "walk", "refusal"),
    [
        ([(0, 2), (1, 3)], 20, 5, "one part after the other"),
        ([(1, 1)], 20, 5, "within those of the event"),
        ([(0, 8.01)], 20, 5, "within those of the event"),
        ([(-0.01, 2)], 20, 5, "within those of the event"),
        ([(0, 1)], 61, 5, "room for 1 to 60"),
        ([(0, 1)], 0, 5, "room for 1 to 60"),
        ([(0, 6)], 5, 0, "room for 1 to 60"),
    ],
)
def test_hours_that_cannot_be_are_refused_and_nothing_is_kept(
    thehague: City, parts: list[tuple[float, float]], minutes: int, walk: int, refusal: str
) -> None:
    event = meeting(thehague.actor)
    with pytest.raises(MeetingError, match=refusal):
        Timetable.arrange(event, hours(event, *parts), minutes=minutes, walk=walk, streak=0, by="owner")
    assert not Timetable.objects.exists()


def test_who_comes_later_or_leaves_earlier_has_only_the_slots_between(timetable: Timetable, thehague: City) -> None:
    starts = timetable.slots()
    first_end, last_end = timetable.end_of(starts[0]), timetable.end_of(starts[-1])
    minute = timedelta(minutes=1)
    told: list[tuple[str, dict[str, Any], set[int]]] = [
        ("always", {}, {0, 1, 2, 3}),
        ("exactly", {"from_at": starts[0], "until_at": last_end}, {0, 1, 2, 3}),
        ("late", {"from_at": starts[0] + minute}, {1, 2, 3}),
        ("short", {"until_at": last_end - minute}, {0, 1, 2}),
        ("once", {"until_at": first_end}, {0}),
        ("between", {"from_at": starts[1], "until_at": timetable.end_of(starts[2])}, {1, 2}),
    ]
    for handle, facts, there in told:
        row = party(timetable, thehague, handle, **facts)
        found = {one.key: one.there for one in problem_of(timetable).parties}
        assert found[key_of(row.pk)] == there, handle


def test_a_problem_has_who_is_there_and_what_they_said(timetable: Timetable, thehague: City) -> None:
    me, *others = (party(timetable, thehague, f"org{n}") for n in range(6))
    keys = [key_of(one.pk) for one in others]
    for other, level in zip(others, ("want", "must", "no", "want", "must"), strict=True):
        me.wish(other, level, by="me")
    me.prefer(me.wishes.get(other=others[4]), by="me")
    others[0].leave(by="org1")
    others[1].organisation.withdraw(by="desk")
    asked = problem_of(timetable)
    assert [one.key for one in asked.parties] == [key_of(me.pk), *keys[2:]]
    mine = asked.by_key[key_of(me.pk)]
    assert mine.wishes == (keys[4], keys[1], keys[0], keys[3])
    assert mine.refuses == {keys[2]}
    assert set(asked.wanted()) == {slots.pair(mine.key, keys[4]), slots.pair(mine.key, keys[3])}


def test_lines_are_counted_in_each_hall_and_tables_by_both_sides(timetable: Timetable, thehague: City) -> None:
    third = Venue.objects.create(
        event=timetable.event, name=Text.of("en", en="Cape"), time_zone="Africa/Johannesburg", place=2, tables=1, lines=1
    )  # fmt: skip
    Timetable.objects.update(parts=[[part.isoformat() for part in hours(timetable.event, (0, 0.5))[0]]])
    timetable.refresh_from_db()
    wishes = [("ahoy", 0, "bolt", 0), ("chai", 0, "dao", 1), ("eel", 0, "fig", 2), ("gum", 1, "hop", 1)]
    for one, here, other, there in wishes:
        party(timetable, thehague, one, here).wish(party(timetable, thehague, other, there), "want", by=one)
    running.publish(worked_out(timetable), by="owner")
    assert seated(timetable) == {
        "ahoy": (0, False, 1), "bolt": (0, False, 1), "chai": (0, True, 1), "dao": (0, True, 1),
        "eel": (0, True, 2), "fig": (0, True, 1), "gum": (0, False, 1), "hop": (0, False, 1),
    }  # fmt: skip
    assert holding(timetable).keys() == problem_of(timetable).wanted().keys()
    assert third.lines == 1


def test_a_run_is_of_one_timetable_and_says_who_asked(timetable: Timetable, thehague: City) -> None:
    other = halls_of_another(thehague)
    one, two = running.ask(timetable, by="owner"), running.ask(other, by="editor")
    assert (one.timetable, one.asked_by, two.timetable, two.asked_by) == (timetable, "owner", other, "editor")
    party(timetable, thehague, "ahoy")
    running.work_out(one.pk)
    one.refresh_from_db()
    assert (one.state, one.figures["parties"]) == ("done", 1)
    assert running.ask(other, by="owner") == two
    three = running.ask(timetable, by="editor")
    assert set(Run.objects.values_list("pk", "state")) == {
        (one.pk, "overtaken"), (two.pk, "waiting"), (three.pk, "waiting"),
    }  # fmt: skip
    asked = Entry.objects.filter(verb="timetable.asked").order_by("pk")
    assert [(entry.subject_id, entry.by, entry.data["run"]) for entry in asked] == [
        (timetable.pk, "owner", one.pk), (other.pk, "editor", two.pk), (timetable.pk, "editor", three.pk),
    ]  # fmt: skip


def test_a_run_that_was_given_up_meanwhile_is_none_any_more(timetable: Timetable) -> None:
    run = running.ask(timetable, by="owner")

    def give_up(_percent: int) -> None:
        Run.objects.update(state="failed")

    with jobs.kinds.reporting(give_up):
        running.work_out(run.pk)
    run.refresh_from_db()
    assert (run.state, run.plan) == ("failed", [])


def test_a_first_timetable_moves_what_is_in_the_way_and_one_that_holds_is_kept(
    timetable: Timetable, thehague: City
) -> None:
    ahoy, bolt = party(timetable, thehague, "ahoy"), party(timetable, thehague, "bolt")
    ahoy.wish(bolt, "want", by="ahoy")
    until = timetable.end_of(timetable.slots()[0])

    def early(handle: str, *wished: Party) -> None:
        row = party(timetable, thehague, handle, until_at=until)
        for other in wished:
            row.wish(other, "want", by=handle)

    early("chai", ahoy)
    running.publish(worked_out(timetable), by="owner")
    assert (seated(timetable)["chai"][0], seated(timetable)["bolt"][0]) == (0, 1)
    early("dao", bolt, ahoy)
    run = worked_out(timetable)
    assert (run.figures["new"], run.figures["moved"], run.figures["ended"]) == (1, 0, 0)
    running.publish(run, by="owner")
    assert {
        frozenset(m.sides.values_list("party", flat=True))
        for m in Meeting.objects.filter(starts_at=timetable.slots()[1])
    } == {frozenset({ahoy.pk, bolt.pk})}


def test_who_changes_halls_meets_at_the_same_time_over_a_line(timetable: Timetable, thehague: City) -> None:
    ahoy, bolt = party(timetable, thehague, "ahoy"), party(timetable, thehague, "bolt")
    chai, dao = party(timetable, thehague, "chai"), party(timetable, thehague, "dao")
    ahoy.wish(bolt, "want", by="ahoy")
    chai.wish(dao, "want", by="chai")
    running.publish(worked_out(timetable), by="owner")
    before = dict(Meeting.objects.values_list("uid", "sequence"))
    bolt.registration.move(timetable.event.venues.get(place=1), by="bolt")
    run = worked_out(timetable)
    assert (run.figures["new"], run.figures["moved"], run.figures["ended"]) == (0, 0, 0)
    running.publish(run, by="owner")
    assert seated(timetable)["ahoy"] == seated(timetable)["bolt"] == (0, True, 1)
    mine = Meeting.objects.get(sides__party=ahoy)
    assert mine.sequence == before[mine.uid] + 1
    told = Entry.objects.filter(verb="party.scheduled", data__run=run.pk).values_list("subject_id", flat=True)
    assert set(told) == {ahoy.pk, bolt.pk}, "the others have nothing to hear of"
    assert Meeting.objects.get(sides__party=chai).sequence == before[Meeting.objects.get(sides__party=chai).uid]


def test_a_table_that_is_gone_is_another_one_at_the_same_time(timetable: Timetable, thehague: City) -> None:
    Timetable.objects.update(parts=[[part.isoformat() for part in hours(timetable.event, (0, 0.5))[0]]])
    timetable.refresh_from_db()
    ahoy, bolt, chai, dao = (party(timetable, thehague, name) for name in ("ahoy", "bolt", "chai", "dao"))
    ahoy.wish(bolt, "want", by="ahoy")
    chai.wish(dao, "want", by="chai")
    running.publish(worked_out(timetable), by="owner")
    assert seated(timetable)["chai"] == (0, False, 2)
    ahoy.leave(by="ahoy")
    timetable.event.venues.update(tables=1)
    running.publish(worked_out(timetable), by="owner")
    assert seated(timetable) == {"chai": (0, False, 1), "dao": (0, False, 1)}
    assert Meeting.objects.get(over_at=None).sequence == 1


def test_who_takes_part_is_registered_for_this_event_and_for_an_organisation(
    timetable: Timetable, thehague: City
) -> None:
    other = meeting(thehague.actor, slug="other")
    about: dict[str, Any] = {"name": "Ana", "email": "ana@example.org", "language": "en"}
    alone, _ = Registration.make(timetable.event.venues.all()[0], **about)
    elsewhere, _ = Registration.make(other.venues.get(), **about, organisation=company("away", thehague))
    for registration in (alone, elsewhere):
        with pytest.raises(MeetingError, match="Register the organisation"):
            Party.join(timetable, registration, by="x")
    row = party(timetable, thehague, "ahoy", seeks=["62"])
    again = Party.join(timetable, row.registration, by="ahoy", seeks=["J"])
    assert (again.pk, again.seeks, Party.objects.count()) == (row.pk, ["J"], 1)
    verbs = Entry.objects.filter(subject_id=row.pk, verb__startswith="party.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["party.joined", "party.changed"]
    with pytest.raises(RegistrationError, match="takes part in the meetings"):
        row.registration.amend(by="ahoy", organisation=None)
    row.registration.amend(by="ahoy", name="New Boss", organisation=row.organisation)
    assert row.registration.name == "New Boss"
    row.leave(by="ahoy")
    left = Party.objects.get(pk=row.pk).left_at
    row.leave(by="ahoy")
    assert Party.objects.get(pk=row.pk).left_at == left
    assert Entry.objects.filter(verb="party.left").count() == 1


def test_wishes_are_twenty_at_most_and_noes_are_not_counted(timetable: Timetable, thehague: City) -> None:
    me = party(timetable, thehague, "ahoy")
    others = [me, *(party(timetable, thehague, f"org{number}") for number in range(23))]
    for other in others[21:]:
        me.wish(other, "no", by="ahoy")
    for other in others[1:21]:
        me.wish(other, "want", by="ahoy")
    with pytest.raises(MeetingError, match="20 meetings"):
        me.wish(others[21], "want", by="ahoy")
    assert me.wishes.get(other=others[21]).level == "no", "what was said before stays"
    me.wish(others[20], "must", by="ahoy")
    me.wish(others[20], "no", by="ahoy")
    me.wish(others[21], "want", by="ahoy")
    assert [wish.other for wish in me.in_order()][:20] == [*others[1:20], others[21]]
    elsewhere = party(halls_of_another(thehague), thehague, "away")
    with pytest.raises(MeetingError, match="does not take part"):
        me.wish(elsewhere, "want", by="ahoy")


def halls_of_another(city: City) -> Timetable:
    event = meeting(city.actor, slug="other")
    return Timetable.arrange(event, hours(event, (0, 1)), minutes=25, walk=5, streak=0, by="owner")
