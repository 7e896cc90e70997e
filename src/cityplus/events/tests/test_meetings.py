"""Meetings of organisations: wished for, worked out, looked at, published, called off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cityplus import jobs
from cityplus.cities.models import City
from cityplus.events.errors import MeetingError
from cityplus.events.meetings import running
from cityplus.events.meetings.suggesting import suggestions
from cityplus.events.models import Meeting, Party, Run, Side, Timetable
from cityplus.events.tests.meeting_cast import comes, company, halls, worked_out
from cityplus.jobs.models import Job
from cityplus.journal.subscribers import deliver
from cityplus.notifications.models import Notice
from cityplus.people.models import Letter


@pytest.fixture
def timetable(thehague: City) -> Timetable:
    return halls(thehague)


@pytest.fixture
def parties(timetable: Timetable, thehague: City, shenzhen: City) -> list[Party]:
    """Ahoy and Bolt in one hall, Chai and Dao in the other; Ahoy wants all, Chai says must of Ahoy."""
    ahoy, bolt = (comes(timetable, company(handle, thehague), 0) for handle in ("ahoy", "bolt"))
    chai, dao = (comes(timetable, company(handle, shenzhen), 1) for handle in ("chai", "dao"))
    for other in (bolt, chai, dao):
        ahoy.wish(other, "want", by="ahoy")
    chai.wish(ahoy, "must", by="chai")
    return [ahoy, bolt, chai, dao]


def pairs(timetable: Timetable) -> set[frozenset[str]]:
    rows = Side.objects.filter(meeting__timetable=timetable, over=False)
    found: dict[int, set[str]] = {}
    for meeting, handle in rows.values_list("meeting", "party__organisation__actor__handle"):
        found.setdefault(meeting, set()).add(handle)
    return {frozenset(both) for both in found.values()}


def times(timetable: Timetable) -> dict[str, object]:
    return dict(Meeting.objects.filter(timetable=timetable, over_at=None).values_list("uid", "starts_at"))


def test_a_run_is_worked_out_looked_at_and_published(timetable: Timetable, parties: list[Party]) -> None:
    run = running.ask(timetable, by="owner")
    assert running.ask(timetable, by="owner") == run
    assert Job.objects.filter(kind="events.timetable").count() == 1
    running.work_out(run.pk)
    running.work_out(run.pk)
    run.refresh_from_db()
    assert (run.state, run.percent) == ("done", 100)
    assert run.figures["met"] == run.figures["wishes"] == 4
    assert not Meeting.objects.exists()
    running.publish(run, by="owner")
    assert pairs(timetable) == {frozenset({"ahoy", name}) for name in ("bolt", "chai", "dao")}
    timetable.refresh_from_db()
    assert timetable.state == "published"
    lines = dict(Meeting.objects.values_list("sides__party__organisation__actor__handle", "by_line"))
    assert (lines["bolt"], lines["chai"]) == (False, True)
    with pytest.raises(MeetingError, match="no proposal"):
        running.publish(run, by="owner")


def test_who_cancels_moves_nobody_else_and_the_time_is_filled(timetable: Timetable, parties: list[Party]) -> None:
    running.publish(worked_out(timetable), by="owner")
    before = times(timetable)
    _ahoy, bolt, chai, dao = parties
    bolt.registration.cancel(by="bolt")
    deliver()
    bolt.refresh_from_db()
    assert bolt.left_at
    dao.wish(chai, "want", by="dao")
    run = worked_out(timetable)
    assert (run.figures["new"], run.figures["moved"], run.figures["ended"]) == (1, 0, 0)
    running.publish(run, by="owner")
    after = times(timetable)
    assert {uid: at for uid, at in before.items() if uid in after}.items() <= after.items()
    assert pairs(timetable) == {frozenset(both) for both in (("ahoy", "chai"), ("ahoy", "dao"), ("chai", "dao"))}


def test_a_meeting_called_off_is_not_given_again(timetable: Timetable, parties: list[Party]) -> None:
    running.publish(worked_out(timetable), by="owner")
    ahoy, _, chai, _ = parties
    meeting = Meeting.objects.get(sides__party=chai)
    meeting.call_off(ahoy, "We bought a boat.", by="ahoy")
    meeting.call_off(ahoy, "Again.", by="ahoy")
    assert (meeting.reason, meeting.sequence) == ("We bought a boat.", 1)
    running.publish(worked_out(timetable), by="owner")
    assert frozenset({"ahoy", "chai"}) not in pairs(timetable)
    with pytest.raises(MeetingError, match="no meeting of this"):
        Meeting.objects.filter(over_at=None)[0].call_off(chai, "", by="chai")


def test_what_is_overtaken_is_not_published(timetable: Timetable, parties: list[Party]) -> None:
    run = worked_out(timetable)
    parties[0].leave(by="ahoy")
    with pytest.raises(MeetingError, match="worked out anew"):
        running.publish(run, by="owner")
    assert not Meeting.objects.exists()
    newer = running.ask(timetable, by="owner")
    run.refresh_from_db()
    assert (run.state, newer.state) == ("overtaken", "waiting")


def test_who_comes_back_may_meet_the_same_again(timetable: Timetable, parties: list[Party]) -> None:
    running.publish(worked_out(timetable), by="owner")
    ahoy = parties[0]
    ahoy.leave(by="ahoy")
    assert not pairs(timetable)
    Party.join(timetable, ahoy.registration, by="ahoy")
    running.publish(worked_out(timetable), by="owner")
    assert len(pairs(timetable)) == 3


def test_tables_that_are_gone_change_as_little_as_can_be(timetable: Timetable, parties: list[Party]) -> None:
    running.publish(worked_out(timetable), by="owner")
    timetable.event.venues.update(tables=0)
    run = worked_out(timetable)
    assert (run.figures["ended"], run.figures["moved"]) == (1, 0)
    running.publish(run, by="owner")
    assert pairs(timetable) == {frozenset({"ahoy", name}) for name in ("chai", "dao")}


def test_the_database_lets_nobody_be_in_two_places(timetable: Timetable, parties: list[Party]) -> None:
    running.publish(worked_out(timetable), by="owner")
    side = Side.objects.filter(over=False)[0]
    other = Meeting.objects.exclude(pk=side.meeting_id)[0]
    other.sides.filter(party=side.party).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Side.objects.create(meeting=other, party=side.party, starts_at=side.starts_at, number=9)


def test_two_meetings_at_one_time_have_two_tables(timetable: Timetable, thehague: City) -> None:
    a, b, c, d = (comes(timetable, company(handle, thehague), 0) for handle in ("one", "two", "three", "four"))
    timetable.parts = [[timetable.parts[0][0], (timetable.event.starts_at + timedelta(minutes=25)).isoformat()]]
    timetable.save()
    a.wish(b, "want", by="one")
    c.wish(d, "want", by="three")
    running.publish(worked_out(timetable), by="owner")
    assert sorted(Side.objects.values_list("number", flat=True)) == [1, 1, 2, 2]


def test_those_whose_meetings_change_are_told(timetable: Timetable, parties: list[Party]) -> None:
    deliver()
    Letter.objects.all().delete()  # that their city has verified them
    running.publish(worked_out(timetable), by="owner")
    deliver()
    assert sorted(Letter.objects.values_list("to", flat=True)) == [
        f"{n}@example.org" for n in ("ahoy", "bolt", "chai", "dao")
    ]
    assert Letter.objects.filter(text__contains="/@thehague/events/meeting/meetings/ahoy/").exists()
    assert Notice.objects.filter(kind="events.meetings").count() == 4
    Letter.objects.all().delete()
    running.publish(worked_out(timetable), by="owner")
    deliver()
    assert not Letter.objects.exists()
    Meeting.objects.get(sides__party=parties[1]).call_off(parties[0], "", by="ahoy-boss")
    deliver()
    letter = Letter.objects.get()
    assert letter.to == "bolt@example.org"
    assert "Ahoy" in letter.text


def test_wishes_have_an_order_and_bounds(timetable: Timetable, thehague: City) -> None:
    me, *others = (comes(timetable, company(f"org{n}", thehague), 0) for n in range(6))
    for other in others[:3]:
        me.wish(other, "must", by="me")
    with pytest.raises(MeetingError, match="“must” of 3"):
        me.wish(others[3], "must", by="me")
    me.wish(others[3], "want", by="me")
    me.wish(others[4], "no", by="me")
    me.prefer(me.wishes.get(other=others[2]), by="me")
    assert [wish.other for wish in me.in_order()] == [others[n] for n in (2, 0, 1, 3, 4)]
    me.wish(others[0], "", by="me")
    assert me.wishes.count() == 4
    with pytest.raises(MeetingError, match="does not take part"):
        me.wish(me, "want", by="me")


def test_a_suggestion_says_why_and_a_no_is_silent(timetable: Timetable, parties: list[Party]) -> None:
    _ahoy, bolt, chai, dao = parties
    dao.wish(chai, "no", by="dao")
    Party.join(timetable, bolt.registration, by="bolt", seeks=["62"], offers=["J"])
    [first] = suggestions(chai)
    assert first.party == bolt
    assert first.why == (
        ("They seek what you offer: Software and computer consultancy.", 40),
        ("You have a language in common: English.", 20),
        ("Both of you are in one branch: Software and computer consultancy.", 10),
        ("They come from another city: The Hague.", 10),
    )
    assert first.score == 80


def test_only_who_is_registered_takes_part(timetable: Timetable, thehague: City) -> None:
    party = comes(timetable, company("late", thehague))
    party.registration.cancel(by="late")
    with pytest.raises(MeetingError, match="not confirmed"):
        Party.join(timetable, party.registration, by="late")
    with pytest.raises(KeyError):
        Party.join(timetable, party.registration, by="late", seeks=["00"])


def test_hours_lie_within_the_event_and_stay_when_published(timetable: Timetable, parties: list[Party]) -> None:
    event = timetable.event
    about = {"minutes": 20, "walk": 5, "streak": 3, "by": "owner"}
    for start, end in ((-1, 2), (2, 1), (7, 9)):
        hours = [(event.starts_at + timedelta(hours=start), event.starts_at + timedelta(hours=end))]
        with pytest.raises(MeetingError, match="within those of the event"):
            Timetable.arrange(event, hours, **about)  # type: ignore[arg-type]
    with pytest.raises(MeetingError, match="room for 1 to 60"):
        Timetable.arrange(event, [], **about)  # type: ignore[arg-type]
    running.publish(worked_out(timetable), by="owner")
    with pytest.raises(MeetingError, match="stay as they are"):
        Timetable.arrange(event, timetable.hours(), **about)  # type: ignore[arg-type]


def test_the_worker_reports_how_far_it_is(timetable: Timetable, parties: list[Party]) -> None:
    told: list[int] = []
    run = running.ask(timetable, by="owner")
    with jobs.kinds.reporting(told.append):
        running.work_out(run.pk)
    assert told == sorted(told)
    assert told[0] == 10
    assert Run.objects.get(pk=run.pk).percent == 100


def test_a_run_that_the_worker_gave_up_makes_way_for_another(timetable: Timetable, parties: list[Party]) -> None:
    run = running.ask(timetable, by="owner")
    Job.objects.filter(kind="events.timetable").update(state="dead")
    again = running.ask(timetable, by="owner")
    run.refresh_from_db()
    assert (run.state, again.state) == ("failed", "waiting")
    assert again != run
