"""The console: what it shows, what is done from it, and what it says where that is refused."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from cityplus.ceremonies.leading import console_of, may_listen
from cityplus.ceremonies.models import Ceremony, Guest, Run
from cityplus.ceremonies.models.run import Press
from cityplus.cities.models import City, Member
from cityplus.languages.text import Text
from cityplus.people.models import Person


@pytest.fixture
def presenter(plovdiv: City) -> Person:
    person = Person.objects.create_user("presenter", password="a long password")
    Member.objects.create(city=plovdiv, person=person, role=Member.Role.PRESENTER)
    return person


@pytest.fixture
def desk(presenter: Person) -> Client:
    return sign_in(presenter)


@pytest.fixture
def ceremony(plovdiv: City) -> Ceremony:
    for stage in ("preparing", "ready"):
        plovdiv.advance(stage, by="office")
    made = Ceremony.plan("launch", [plovdiv], by="x", time_zone="Europe/Sofia", starts_at=timezone.now(), countdown=30)
    for name in ("Мария", "Иван"):
        Guest.invite(made, by="x", names=Text.of("bg", bg=name), title=Text(), needed=True)
    return made


def post(client: Client, ceremony: Ceremony, where: str, **data: object) -> HttpResponse:
    return client.post(f"/ceremonies/{ceremony.pk}/{where}", data)  # type: ignore[return-value]


def page(client: Client, ceremony: Ceremony) -> str:
    return client.get(f"/ceremonies/{ceremony.pk}/console/").content.decode()


def begin(ceremony: Ceremony, rehearsal: bool = True) -> Run:
    return Run.begin(ceremony, by="x", rehearsal=rehearsal)


def test_two_operators_see_the_same_and_the_slower_one_is_told(desk: Client, ceremony: Ceremony, plovdiv: City) -> None:
    person = Person.objects.create_user("second", password="a long password")
    Member.objects.create(city=plovdiv, person=person, role=Member.Role.OWNER)
    second = sign_in(person)
    run = begin(ceremony)
    assert post(desk, ceremony, f"runs/{run.pk}/hold/", reason="The microphone.").status_code == 302
    late = post(second, ceremony, f"runs/{run.pk}/hold/")
    assert late.status_code == 409 and "Another operator may have been faster" in late.content.decode()
    for client in (desk, second):
        assert "Held: no palms are taken" in page(client, ceremony) and "The microphone." in page(client, ceremony)
    assert run.steps.filter(state="held").count() == 1


def test_it_shows_who_has_pressed_and_who_has_not(desk: Client, ceremony: Ceremony) -> None:
    run = begin(ceremony)
    first, _second = ceremony.guests.all()
    run.press([Press("a nonce", "screen", first.pk), Press("a light", "phone")])
    shown = console_of(ceremony)
    assert [seat.palm is not None for seat in shown.seats] == [True, False]
    assert (shown.came, shown.wanted, shown.palms, shown.missing) == (1, 2, 2, 1)
    text = page(desk, ceremony)
    assert "Guests: 1 of 2" in text and "Palms: 2" in text and text.count("has not pressed") == 1


def test_a_palm_by_hand_needs_a_guest_and_a_reason(desk: Client, ceremony: Ceremony) -> None:
    run = begin(ceremony)
    guest = ceremony.guests.first()
    assert guest
    where = f"runs/{run.pk}/palms/"
    assert post(desk, ceremony, where, guest=4711, reason="x").status_code == 422
    assert post(desk, ceremony, where, guest="²", reason="x").status_code == 422
    refused = post(desk, ceremony, where, guest=guest.pk, reason=" ")
    assert refused.status_code == 409 and "Say why" in refused.content.decode()
    assert not run.palms.exists()
    assert post(desk, ceremony, where, guest=guest.pk, reason="A sling.").status_code == 302
    palm = run.palms.get()
    assert (palm.by, palm.reason, palm.how) == ("presenter", "A sling.", "hand")


def test_what_cannot_be_undone_is_asked_twice(desk: Client, ceremony: Ceremony) -> None:
    assert "in earnest?" in post(desk, ceremony, "runs/").content.decode()
    assert not Run.objects.exists()
    post(desk, ceremony, "runs/", sure="yes")
    run = Run.objects.get()
    asked = post(desk, ceremony, f"runs/{run.pk}/ending/", reason="A storm.")
    assert "Call the ceremony off?" in asked.content.decode() and "A storm." in asked.content.decode()
    assert post(desk, ceremony, f"runs/{run.pk}/ending/", sure="yes", reason="").status_code == 422
    run.refresh_from_db()
    assert run.state == "open"
    post(desk, ceremony, f"runs/{run.pk}/ending/", sure="yes", reason="A storm.")
    ceremony.refresh_from_db()
    assert ceremony.state == "called_off" and "A storm." in page(desk, ceremony)


def test_what_was_in_earnest_is_not_wiped_and_a_rehearsal_not_while_it_goes_on_is_ended_first(
    desk: Client, ceremony: Ceremony
) -> None:
    run = begin(ceremony)
    assert f"runs/{run.pk}/wiping/" not in page(desk, ceremony)
    assert post(desk, ceremony, f"runs/{run.pk}/ending/").status_code == 302
    assert f"runs/{run.pk}/wiping/" in page(desk, ceremony)
    post(desk, ceremony, f"runs/{run.pk}/wiping/", sure="yes")
    earnest = begin(ceremony, rehearsal=False)
    refused = post(desk, ceremony, f"runs/{earnest.pk}/wiping/", sure="yes")
    assert refused.status_code == 409 and "What happened in earnest is kept." in refused.content.decode()


def test_a_city_that_is_not_ready_is_refused_with_a_sentence(desk: Client, ceremony: Ceremony, plovdiv: City) -> None:
    plovdiv.advance("preparing", by="office")
    refused = post(desk, ceremony, "runs/", sure="yes")
    assert refused.status_code == 409 and "The city is not ready to be launched" in refused.content.decode()
    assert post(desk, ceremony, "runs/", rehearsal="yes").status_code == 302


def test_only_what_was_launched_is_kept(desk: Client, ceremony: Ceremony) -> None:
    assert post(desk, ceremony, "keeping/").status_code == 409
    ceremony.refresh_from_db()
    assert ceremony.state == "planned" and not ceremony.announced


def test_the_run_of_another_ceremony_is_not_there(desk: Client, ceremony: Ceremony, thehague: City) -> None:
    other = Ceremony.plan("launch", [thehague], by="x", time_zone="UTC", starts_at=timezone.now())
    run = begin(other)
    assert post(desk, ceremony, f"runs/{run.pk}/hold/").status_code == 404
    run.refresh_from_db()
    assert run.state == "open"


def test_the_stream_is_for_who_leads(ceremony: Ceremony, presenter: Person, visitor: Person, plovdiv: City) -> None:
    Ceremony.objects.update(announced=True)
    assert may_listen(presenter, str(ceremony.pk))
    assert not may_listen(visitor, str(ceremony.pk))
    assert not any(may_listen(presenter, part) for part in ("", "x", "²", "9" * 30, "4711"))
    plovdiv.team.all().delete()
    assert not may_listen(presenter, str(ceremony.pk))
