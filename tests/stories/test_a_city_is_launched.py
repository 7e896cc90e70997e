"""A city is launched in a ceremony, from the first plan to the certificate, through the front door alone."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pypdf
import pytest
from conftest import sign_in
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from cityplus.ceremonies.models import Ceremony, Guest, Run
from cityplus.ceremonies.models.run import Press
from cityplus.cities.models import City, Member
from cityplus.jobs.models import Job
from cityplus.jobs.worker import run_one
from cityplus.people.models import Person


@pytest.fixture
def office(db: None) -> Client:
    return sign_in(Person.objects.create_user("foundation", password="a long password", is_staff=True))


@pytest.fixture
def team(plovdiv: City) -> dict[str, Client]:
    """Plovdiv's team, a browser each."""
    found = {}
    for role in Member.Role.values:
        person = Person.objects.create_user(f"plovdiv-{role}", password="a long password")
        Member.objects.create(city=plovdiv, person=person, role=role)
        found[role] = sign_in(person)
    return found


def ready(city: City) -> City:
    for stage in ("preparing", "ready"):
        city.advance(stage, by="office")
    return city


def work() -> None:
    Job.objects.filter(state="waiting").update(run_after=timezone.now())
    while run_one("w"):
        pass


PLAN = {
    "title.bg": "Откриване на Пловдив", "title.en": "The launch of Plovdiv", "theme.bg": "Седем тепета", "theme.en": "Seven hills",
    "place.bg": "Античен театър", "place.en": "Ancient theatre", "hosts.en": "The city of Plovdiv\nThe office",
    "hosts.bg": "Град Пловдив\nОфисът",
    "programme.bg": "10:00 Добре дошли\n10:30 Дланите", "programme.en": "10:00 Welcome\n10:30 The palms",
    "starts": "2027-05-14T10:00", "time_zone": "Europe/Sofia", "quorum_guests": "yes", "quorum_palms": "3", "countdown": "5", "wall": "sea",
    "words-open.en": "Press, and we begin",
}  # fmt: skip


def test_from_the_plan_to_the_certificate(
    plovdiv: City, thehague: City, team: dict[str, Client], office: Client, stranger: Client
) -> None:
    ready(plovdiv)
    owner, presenter = team["owner"], team["presenter"]

    # The owner plans it at the desk, with two guests whose order they change
    begun = owner.post(
        "/desk/@plovdiv/ceremonies/", {"kind": "launch", "cities": "@thehague", "starts": "2027-05-14T10:00"}
    )
    ceremony = Ceremony.objects.get()
    here = f"/desk/@plovdiv/ceremonies/{ceremony.pk}/"
    assert begun["Location"] == here
    assert owner.post(here, PLAN).status_code == 302
    for name, title in (("De gast", "Gast"), ("Кметът", "Кмет на Пловдив")):
        assert owner.post(f"{here}guests/", {"names.bg": name, "title.bg": title, "needed": "yes"}).status_code == 302
    second = Guest.objects.get(order=1)
    assert owner.post(f"{here}guests/{second.pk}/place/", {"to": "up"})["Location"] == f"{here}#guest-{second.pk}"
    assert [str(guest.names) for guest in ceremony.guests.all()] == ["Кметът", "De gast"]

    # The office knows of it; the public only when it is announced
    assert "@plovdiv" in office.get("/office/ceremonies/").content.decode()
    assert stranger.get(f"/ceremonies/{ceremony.pk}/").status_code == 404
    assert owner.post(f"{here}announcement/").status_code == 302
    assert stranger.get(f"/ceremonies/{ceremony.pk}/").status_code == 200

    # The other city agrees, and the office keeps how
    agreed = {"answer": "accept", "reason": "A letter of its mayor came."}
    assert office.post(f"/office/ceremonies/{ceremony.pk}/cities/thehague/", agreed).status_code == 302

    # The presenter rehearses, wipes it, and opens in earnest
    console = f"/ceremonies/{ceremony.pk}/console/"
    presenter.post(f"/ceremonies/{ceremony.pk}/runs/", {"rehearsal": "yes"})
    rehearsal = Run.objects.get()
    assert presenter.post(f"/ceremonies/{ceremony.pk}/runs/{rehearsal.pk}/ending/")["Location"] == console
    assert (
        "Wipe this rehearsal?"
        in presenter.post(f"/ceremonies/{ceremony.pk}/runs/{rehearsal.pk}/wiping/").content.decode()
    )
    presenter.post(f"/ceremonies/{ceremony.pk}/runs/{rehearsal.pk}/wiping/", {"sure": "yes"})
    assert not Run.objects.exists()
    assert "Open the ceremony in earnest?" in presenter.post(f"/ceremonies/{ceremony.pk}/runs/").content.decode()
    assert not Run.objects.exists()
    presenter.post(f"/ceremonies/{ceremony.pk}/runs/", {"sure": "yes"})
    run = Run.objects.get()
    assert owner.post(here, PLAN | {"title.en": "Too late"}).status_code == 409

    # Guests press, one is entered by hand; the city is live, once
    first, other = ceremony.guests.all()
    run.press([Press("a light of the public", "phone"), Press("the mayor's palm", "screen", first.pk)])
    assert "has not pressed" in presenter.get(console).content.decode()
    presenter.post(f"/ceremonies/{ceremony.pk}/runs/{run.pk}/palms/", {"guest": other.pk, "reason": "A broken arm."})
    Run.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    work()
    plovdiv.refresh_from_db()
    assert (plovdiv.stage, plovdiv.number) == ("launched", 2)
    assert "Member number 2" in presenter.get(console).content.decode()

    # Kept, and taken home
    assert presenter.post(f"/ceremonies/{ceremony.pk}/keeping/")["Location"] == console
    page = stranger.get(f"/ceremonies/{ceremony.pk}/").content.decode()
    assert "Entered by hand" in page and "Seven hills" in page and "Ancient theatre" in page
    assert page.count('<bdi lang="bg"') >= 2
    pdf = stranger.get(f"/ceremonies/{ceremony.pk}/certificate.pdf")
    words = " ".join("".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(pdf.content)).pages).split())
    assert "Кметът" in words and "Седем тепета" in words and re.search(r"\d\d:\d\d:\d\d", words)
    poster = stranger.get(f"/ceremonies/{ceremony.pk}/poster.jpg")
    assert Image.open(ContentFile(poster.content)).size == (2400, 1350)
    assert (
        stranger.get(f"/ceremonies/{ceremony.pk}/poster.jpg", headers={"If-None-Match": poster["ETag"]}).status_code
        == 304
    )
