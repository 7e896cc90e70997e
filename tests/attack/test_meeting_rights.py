"""Who may do what with what is another's: rows of other events in one's own addresses, and what co-organisers may do to each other."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import sign_in
from django.test import Client
from django.urls import reverse

from cityplus.cities.models import City, Member
from cityplus.events.doors.access import Pass, keeper
from cityplus.events.meetings import running
from cityplus.events.models import Event, Organiser, Paper, Presenter, Question, Registration, Session
from cityplus.events.tests.cast import meeting
from cityplus.events.tests.door_cast import Phone, code_of, guest, open_house
from cityplus.events.tests.meeting_cast import comes, company, halls
from cityplus.events.tests.planning_cast import hall
from cityplus.languages.text import Text
from cityplus.opportunities.models import Outcome
from cityplus.opportunities.models import Paper as Beside
from cityplus.opportunities.tests.cast import begun, boss, drafted, firm, public
from cityplus.organisations.models import Delegate, Invitation
from cityplus.people.models import Person

pytestmark = pytest.mark.django_db
WORDS = Text.of("en", en="Other")


def parts_of(event: Event) -> dict[str, int]:
    """A row of each kind that belongs to an event."""
    venue = event.venues.all()[0]
    facts: dict[str, Any] = {"title": WORDS, "starts_at": event.starts_at, "ends_at": event.ends_at}
    return {
        "venue": venue.pk,
        "session": Session.add(event, by="x", **facts).pk,
        "question": Question.ask(event, by="x", kind="yes", words=WORDS).pk,
        "registration": Registration.make(venue, name="A", email="a@example.org", language="en")[0].pk,
        "paper": Paper.add(event, "Slides", "events/none.pdf", 1, by="x").pk,
        "organiser": event.hosting.get().pk,
    }


PARTS = {
    "event-agreement": "organiser",
    "event-venue": "venue",
    "event-venue-removal": "venue",
    "event-session": "session",
    "event-session-removal": "session",
    "event-question": "question",
    "event-question-removal": "question",
    "event-decision": "registration",
    "event-paper-removal": "paper",
}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_of_another_event_is_no_part_of_mine(thehague: City, shenzhen: City, owner: Person, name: str) -> None:
    mine, other = meeting(thehague.actor), meeting(shenzhen.actor)
    parts, part = parts_of(other), PARTS[name]
    before = {key: str(value) for key, value in Event.objects.filter(pk=other.pk).values()[0].items()}
    address = reverse(f"desk:{name}", kwargs={"handle": "thehague", "event": mine.pk, part: parts[part]})
    answer = sign_in(owner).post(address, {"answer": "agree", "decision": "cancel"})
    assert answer.status_code == 404
    foreign = reverse(f"desk:{name}", kwargs={"handle": "thehague", "event": other.pk, part: parts[part]})
    assert sign_in(owner).post(foreign, {"answer": "agree", "decision": "cancel"}).status_code == 404
    after = {key: str(value) for key, value in Event.objects.filter(pk=other.pk).values()[0].items()}
    assert before == after
    assert other.registrations.get().state == "confirmed"


def test_a_session_names_a_hall_and_people_of_its_own_event_alone(
    thehague: City, shenzhen: City, owner: Person
) -> None:
    mine, other = meeting(thehague.actor), meeting(shenzhen.actor)
    stranger = Presenter.introduce("lin", by="x", city=shenzhen, names=WORDS)
    day = mine.starts_at.strftime("%Y-%m-%d")
    said = {"title.nl": "Opening", "starts_at": f"{day}T00:00", "ends_at": f"{day}T00:30"}
    desk, address = sign_in(owner), f"/desk/@thehague/events/{mine.pk}/agenda/"
    assert desk.post(address, {**said, "venue": str(other.venues.get().pk)}).status_code == 422
    desk.post(address, {**said, "venue": "", "presenters": [str(stranger.pk)]})
    assert not stranger.appearances.exists()


def test_a_file_is_added_to_no_session_of_another_event(thehague: City, shenzhen: City) -> None:
    mine, other = meeting(thehague.actor), meeting(shenzhen.actor)
    parts = parts_of(other)
    paper = Paper.add(mine, "Slides", "events/mine.pdf", 1, by="x")
    stranger = Client()
    assert stranger.get(f"{mine.get_absolute_url()}files/{parts['paper']}/").status_code == 404
    assert stranger.get(f"{other.get_absolute_url()}files/{paper.pk}/").status_code == 404


def test_a_registration_is_seen_at_no_other_event_and_by_nobody_else(thehague: City, shenzhen: City) -> None:
    mine, other = meeting(thehague.actor), meeting(shenzhen.actor)
    ana, eve = (Person.objects.create_user(name, f"{name}@example.org", "a long password") for name in ("ana", "eve"))
    facts = {"name": "Ana", "email": "ana@example.org", "language": "en", "person": ana}
    row, _token = Registration.make(mine.venues.get(), **facts)
    for browser, event in ((sign_in(eve), mine), (Client(), mine), (sign_in(ana), other)):
        where = f"{event.get_absolute_url()}registration/{row.pk}/"
        assert browser.get(where).status_code == 404
        assert browser.post(f"{where}cancellation/").status_code == 404
        assert browser.get(f"{event.get_absolute_url()}tickets/{row.pk}.pdf").status_code == 404
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_a_delegate_who_is_one_no_more_sees_no_registration_and_no_meeting(thehague: City) -> None:
    timetable = halls(thehague)
    organisation = company("ahoy", thehague)
    party = comes(timetable, organisation)
    clerk = Person.objects.create_user("clerk", "clerk@example.org", "a long password")
    Delegate.join(organisation, clerk, "representative", by="x")
    where = timetable.event.get_absolute_url()
    browser = sign_in(clerk)
    assert browser.get(f"{where}meetings/ahoy/").status_code == 200
    Delegate.objects.get(person=clerk).remove(by="ahoy-boss")
    assert browser.get(f"{where}meetings/ahoy/").status_code == 404
    assert browser.get(f"{where}registration/{party.registration_id}/").status_code == 404
    assert browser.post(f"{where}meetings/ahoy/departure/").status_code == 404
    organisation.give_back("why", by="desk")
    boss_ = sign_in(Person.objects.get(username="ahoy-boss"))
    assert boss_.get(f"{where}meetings/ahoy/").status_code == 404, "its city vouches for it no more"


def test_wishes_meetings_and_runs_of_another_event_are_not_mine(thehague: City, shenzhen: City) -> None:
    timetable = halls(thehague)
    _ahoy, bay = (comes(timetable, company(name, thehague)) for name in ("ahoy", "bay"))
    elsewhere = halls(shenzhen)
    cove, dune = (comes(elsewhere, company(name, shenzhen)) for name in ("cove", "dune"))
    cove.wish(dune, "must", by="x")
    run = running.ask(elsewhere, by="x")
    running.work_out(run.pk)
    run.refresh_from_db()
    running.publish(run, by="x")
    theirs = cove.sides.get().meeting
    where = f"{timetable.event.get_absolute_url()}meetings"
    browser = sign_in(Person.objects.get(username="ahoy-boss"))
    assert browser.post(f"{where}/ahoy/wishes/", {"other": cove.pk, "level": "must"}).status_code == 404
    assert browser.post(f"{where}/ahoy/cancellations/", {"meeting": theirs.pk}).status_code == 404
    assert browser.get(f"{where}/bay/").status_code == 404, "another's meetings"
    assert browser.get(f"{where[:-8]}console/meetings/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.over_at is None and not bay.wishes.exists()


def test_a_registration_that_meets_others_is_lent_to_no_other_organisation(thehague: City) -> None:
    timetable = halls(thehague)
    ahoy, bay = company("ahoy", thehague), company("bay", thehague)
    party = comes(timetable, ahoy)
    row, owner_of_both = party.registration, Person.objects.get(username="ahoy-boss")
    Delegate.join(bay, owner_of_both, "owner", by="bay-boss")
    browser = sign_in(owner_of_both)
    said = {"venue": row.venue_id, "name": "Boss", "organisation": str(bay.pk)}
    where = timetable.event.get_absolute_url()
    assert browser.post(f"{where}registration/{row.pk}/", said).status_code == 422
    row.refresh_from_db()
    assert row.organisation == ahoy
    assert browser.get(f"{where}meetings/bay/").status_code == 404, "it is not registered"
    assert browser.post(f"{where}registration/{row.pk}/", {**said, "organisation": str(ahoy.pk)}).status_code == 302


def test_a_run_and_a_hall_of_another_event_are_not_published_from_mine(
    thehague: City, shenzhen: City, owner: Person
) -> None:
    mine, elsewhere = halls(thehague), halls(shenzhen)
    run = running.ask(elsewhere, by="x")
    running.work_out(run.pk)
    hall_ = elsewhere.event.venues.all()[0]
    browser = sign_in(owner)
    names = (("meetings:publication", {"run": run.pk}), ("meetings:hall", {"venue": hall_.pk}))
    for name, part in names:
        for event in (mine.event, elsewhere.event):
            address = reverse(name, kwargs={"handle": event.host.handle, "slug": event.slug, **part})
            assert browser.post(address, {"tables": 1, "lines": 1}).status_code == 404
    run.refresh_from_db()
    assert run.state == "done"


def test_who_was_asked_and_has_not_agreed_changes_and_reads_nothing_of_the_guests(
    thehague: City, shenzhen: City
) -> None:
    event = meeting(thehague.actor)
    parts = parts_of(event)
    Organiser.ask(event, shenzhen.actor, by="x")
    lin = Person.objects.create_user("lin")
    Member.join(shenzhen, lin, "owner", by="x")
    browser, where = sign_in(lin), f"/desk/@shenzhen/events/{event.pk}"
    tries = {
        "registrations/": {}, f"registrations/{parts['registration']}/": {"decision": "cancel"},
        "cancellation/": {"sure": "yes", "reason": "x"}, "organisers/": {"handle": "thehague"},
        f"places/{parts['venue']}/": hall(), f"agenda/{parts['session']}/removal/": {}, "files/": {},
        f"organisers/{parts['organiser']}/": {"answer": "leave"},
    }  # fmt: skip
    for part, said in tries.items():
        assert browser.post(f"{where}/{part}", said).status_code in {403, 405}, part
    assert browser.get(f"{where}/registrations/").status_code == 403
    assert browser.get(f"{event.get_absolute_url()}console/").status_code == 404
    assert browser.get(f"{event.get_absolute_url()}console/meetings/").status_code == 404
    event.refresh_from_db()
    assert event.state == "published" and event.registrations.get().state == "confirmed"


def test_one_organiser_takes_out_no_other_and_agrees_for_no_other(
    thehague: City, shenzhen: City, owner: Person
) -> None:
    event = meeting(thehague.actor)
    row = Organiser.ask(event, shenzhen.actor, by="x")
    desk = sign_in(owner)
    address = f"/desk/@thehague/events/{event.pk}/organisers/{row.pk}/"
    assert desk.post(address, {"answer": "agree"}).status_code == 403
    row.refresh_from_db()
    assert row.agreed_at is None
    row.agree(by="lin")
    assert desk.post(address, {"answer": "leave"}).status_code == 403
    assert Organiser.objects.filter(pk=row.pk).exists()


def test_an_organiser_who_agrees_while_it_is_asked_no_longer_stays_one(thehague: City, shenzhen: City) -> None:
    """The page was read before the other side agreed."""
    event = meeting(thehague.actor)
    row = Organiser.ask(event, shenzhen.actor, by="x")
    seen = Organiser.objects.get(pk=row.pk)
    row.agree(by="lin")
    with pytest.raises(ValueError, match="agreed"):
        seen.ask_no_longer(by="owner")
    assert Organiser.objects.filter(pk=row.pk).exists()


def test_who_withdrew_from_an_event_is_a_stranger_to_it(thehague: City, shenzhen: City) -> None:
    event = meeting(thehague.actor)
    row = Organiser.ask(event, shenzhen.actor, by="x")
    row.agree(by="lin")
    lin = Person.objects.create_user("lin")
    Member.join(shenzhen, lin, "owner", by="x")
    browser = sign_in(lin)
    assert browser.get(f"/desk/@shenzhen/events/{event.pk}/").status_code == 200
    given = Pass(event.pk, event.venues.get().pk, lin.pk, 0)
    assert keeper(given, event)
    row.leave(by="lin")
    assert browser.get(f"/desk/@shenzhen/events/{event.pk}/").status_code == 404
    assert browser.get(f"{event.get_absolute_url()}console/").status_code == 404
    assert keeper(given, event) is None


def test_an_organisation_does_not_write_of_the_people_of_its_city(thehague: City, owner: Person) -> None:
    """The mayor is presented by the city. A company in that city holds an event, and names the mayor in it."""
    mayor = Presenter.introduce("mayor", by="x", city=thehague, names=Text.of("en", en="The mayor"))
    company_ = firm(thehague, "delta")
    event = meeting(company_.actor)
    facts: dict[str, Any] = {"title": WORDS, "starts_at": event.starts_at, "ends_at": event.ends_at}
    Session.add(event, by="x", presenters=[mayor], **facts)
    browser = sign_in(boss(company_))
    address = f"/work/@delta/events/{event.pk}/presenters/{mayor.pk}/"
    said = {"names.en": "Our customer", "slug": "mayor", "picture": "", "clips": ""}
    assert browser.post(address, said).status_code == 403
    mayor.refresh_from_db()
    assert str(mayor.names) == "The mayor"
    assert (
        sign_in(owner)
        .post(f"/desk/@thehague/events/{meeting(thehague.actor).pk}/presenters/{mayor.pk}/", said)
        .status_code
        == 302
    )


def test_a_steward_whose_right_has_ended_opens_nothing(thehague: City) -> None:
    event = open_house(thehague)
    phone = Phone(event.venues.get())
    browser = Client()
    address = f"{event.get_absolute_url()}stewards/{phone.token}/"
    assert browser.post(address).status_code == 302
    door = f"{event.get_absolute_url()}door/{phone.venue.pk}/"
    assert browser.get(door).status_code == 200
    phone.steward.end(by="x")
    for page in (door, f"{door}names.json", address):
        assert browser.get(page).status_code == 404
    assert browser.post(f"{door}scans/", {"code": "x"}).status_code == 404
    assert browser.post(f"{door}walk-ins/", {"name": "x"}).status_code == 404
    assert phone.send(phone.seen("x")).refusal


def test_a_steward_of_one_event_opens_no_door_of_another_and_leads_none(thehague: City, shenzhen: City) -> None:
    mine, other = open_house(thehague), open_house(shenzhen)
    phone = Phone(mine.venues.get())
    browser = Client()
    browser.post(f"{mine.get_absolute_url()}stewards/{phone.token}/")
    venue = other.venues.get()
    assert browser.get(f"{other.get_absolute_url()}door/{venue.pk}/").status_code == 404
    assert browser.get(f"{mine.get_absolute_url()}door/{venue.pk}/").status_code == 404
    assert browser.get(f"{mine.get_absolute_url()}console/").status_code == 404
    assert browser.get(f"{other.get_absolute_url()}stewards/{phone.token}/").status_code == 404
    phone.given = Pass(mine.pk, venue.pk, 0, phone.steward.pk)
    assert phone.send(phone.seen("x")).refusal
    phone.given = Pass(other.pk, venue.pk, 0, phone.steward.pk)
    assert phone.send(phone.seen("x")).refusal
    stranger_ = guest(venue)
    phone.given = Pass(mine.pk, mine.venues.get().pk, 0, phone.steward.pk)
    assert phone.scan(code_of(stranger_)).outcome == "elsewhere"
    assert phone.scan("", how="hand", registration=stranger_.pk, reason="x").outcome == "unknown"


def test_files_outcomes_delegates_and_invitations_belong_to_theirs(thehague: City, shenzhen: City) -> None:
    delta, waal = firm(thehague, "delta"), firm(thehague, "waal")
    mine, theirs = drafted(delta.actor), drafted(waal.actor)
    paper = Beside.add(theirs, "Slides", b"%PDF-1", by="x")
    browser = sign_in(boss(delta))
    assert browser.post(f"/work/@delta/opportunities/{mine.slug}/files/{paper.pk}/removal/").status_code == 404
    assert browser.get(f"{mine.get_absolute_url()}files/{paper.pk}/").status_code == 404
    other = Delegate.objects.get(organisation=waal)
    assert browser.post(f"/work/@delta/delegates/{other.pk}/role/", {"role": "editor"}).status_code == 404
    assert browser.post(f"/work/@delta/delegates/{other.pk}/removal/").status_code == 404
    letter = Invitation.send(waal, "new@example.org", "owner", by="x")
    assert browser.post(f"/work/@delta/invitations/{letter.pk}/revocation/").status_code == 404
    talk, elsewhere = (
        begun(public(delta.actor, "a"), firm(shenzhen, "port")),
        begun(public(waal.actor, "b"), firm(shenzhen, "bay")),
    )
    told = Outcome.tell(elsewhere, "guest", by="x", kind="pilot", on=elsewhere.at.date())
    for interest in (talk, elsewhere):
        said = {"say": "confirmed"}
        assert browser.post(f"/opportunities/interests/{interest.pk}/outcomes/{told.pk}/", said).status_code == 404
    told.refresh_from_db()
    assert told.state == "proposed"


def test_the_desk_of_another_city_follows_nothing(thehague: City, shenzhen: City, plovdiv: City, owner: Person) -> None:
    bay = firm(shenzhen, "bay")
    talk = begun(public(firm(shenzhen, "port").actor), bay)
    one, desk = talk.opportunity, sign_in(owner)
    for path in (f"opportunities/{one.pk}/", f"interests/{talk.pk}/"):
        assert desk.get(f"/desk/@thehague/{path}").status_code == 404
    for path in (f"opportunities/{one.pk}/verdict/", f"interests/{talk.pk}/messages/", f"interests/{talk.pk}/notes/"):
        assert desk.post(f"/desk/@thehague/{path}", {"reason": "x", "words": "x"}).status_code == 404
        assert desk.post(f"/desk/@shenzhen/{path}", {"reason": "x", "words": "x"}).status_code == 404
    one.refresh_from_db()
    assert one.state == "public" and talk.messages.count() == 1
