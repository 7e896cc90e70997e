"""A tenth city is invited out of the gazetteer, and comes as far as ready: letter, account, profile, route, candidacy, answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import sign_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cityplus.cities.models import City
from cityplus.cities.tests.conftest import invitation_link, postman
from cityplus.drafts import Edit, mark
from cityplus.drafts.models import Draft
from cityplus.jobs import worker
from cityplus.journal.models import Entry
from cityplus.journal.subscribers import deliver
from cityplus.media.tests.conftest import photo
from cityplus.people.models import Person
from cityplus.people.tests.conftest import Postman
from cityplus.routes.models import Route

__all__ = ["postman"]

pytestmark = pytest.mark.django_db

WORDS = {"bg": "Морето започва тук.", "en": "The sea begins here."}


def work() -> None:
    while deliver() or worker.run_one("story"):
        pass


def published(kind: str, subject: int, city: City, values: dict[str, object]) -> None:
    """What the editor of the desk does: write into the draft, and publish it."""
    draft = Draft.on(kind, subject, city.actor)
    edits = [Edit(path, mark(draft.does.shape.at(path).value(draft.document)), value) for path, value in values.items()]
    draft.edit(edits, by="ines")
    draft.publish(by="ines")


def invite(postman: Postman) -> tuple[Client, str]:
    """The office finds Varna and invites it; the browser of the office, and the link in the letter."""
    office = sign_in(Person.enrol("foundation", "office@example.org", "a long password", office=True))
    found = office.get("/office/invitations/places/", {"q": "варна"}).json()["suggestions"][0]
    form = office.get(found["url"].partition("#")[0]).context["form"].initial
    invited = office.post(
        "/office/invitations/", {**form, "population_year": "", "email": "ines@varna.example", "letter": "bg"}
    )
    assert invited.headers["Location"] == "/office/@varna/"
    return office, invitation_link(postman()[0])


def arrive(link: str) -> Client:
    """The first owner makes an account by the letter, and comes to the desk."""
    ines = Client()
    assert "Варна" in ines.get(link).content.decode()
    arrived = ines.post(f"{link}account/", {"username": "ines", "password1": "a long password", "born": "1990-05-01"})
    assert arrived.headers["Location"] == "/bg/desk/@varna/"
    assert ines.get("/desk/@varna/").status_code == 200
    assert ines.get(link).status_code == 410
    city = City.objects.select_related("actor").get()
    assert (city.stage, city.actor.names.in_language("en")) == ("preparing", "Varna")
    assert "things are missing" in ines.get("/desk/@varna/checklist/").content.decode()
    return ines


def present(ines: Client, city: City, folder: Path) -> None:
    """The profile, with a cover."""
    picture = photo(folder / "sea.jpg", (640, 200)).read_bytes()
    alt = {f"alt[{tag}]": words for tag, words in WORDS.items()}
    told = {"credit": "Ines", "licence": "CC-BY-4.0", "original": "bg", **alt}
    kept = ines.post("/@varna/media/", {**told, "file": SimpleUploadedFile("sea.jpg", picture, "image/jpeg")})
    assert kept.status_code == 201
    strengths = {f"strengths/s{n}": {"section": "HIR"[n], "sentence": dict(WORDS)} for n in range(3)}
    profile = {
        **{f"{name}/{tag}": words for name in ("tagline", "profile") for tag, words in WORDS.items()},
        **strengths,
        "cover": city.actor.media.get().pk,
        "contacts/site": {"kind": "website", "value": "https://www.varna.example/"},
    }
    published("profile", city.pk, city, profile)
    assert "1 thing is missing" in ines.get("/desk/@varna/checklist/").content.decode()


def lead(ines: Client, city: City) -> Route:
    """A route, out of a file."""
    points = "".join(
        f'<wpt lat="{43.2 + n / 100}" lon="27.9{n}"><name>Стоп {n}</name><desc>Морето.</desc></wpt>' for n in range(3)
    )
    gpx = (
        f'<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="x">{points}</gpx>'
    )
    file = SimpleUploadedFile("sea.gpx", gpx.encode(), "application/gpx+xml")
    sent = ines.post("/@varna/routes/", {"file": file, "language": "bg"})
    assert sent.status_code in {201, 302}, sent.content.decode()[:600]
    work()
    route = Route.objects.get()
    texts = {f"{name}/{tag}": words for name in ("title", "summary") for tag, words in WORDS.items()}
    published("route", route.pk, city, {**texts, "theme": "sea", "difficulty": "easy", "minutes": 60})
    route.refresh_from_db()
    assert route.state == "published"
    assert "Everything is there" in ines.get("/desk/@varna/checklist/").content.decode()
    return route


def test_varna_comes_from_the_gazetteer_to_ready(tmp_path: Path, postman: Postman, stranger: Client) -> None:
    office, link = invite(postman)
    ines, city = arrive(link), City.objects.select_related("actor").get()
    present(ines, city, tmp_path)
    route = lead(ines, city)

    # The candidacy: returned, asked again, ready.
    ines.post("/desk/@varna/checklist/candidacy/")
    asked = city.candidacies.get()
    for address in ("/@varna/", route.get_absolute_url()):
        assert office.get(address).status_code == 200
        assert stranger.get(address).status_code == 404
    office.post(f"/office/candidacies/{asked.pk}/decision/", {"verdict": "returned", "reason": "Повече за морето!"})
    [letter] = postman()
    assert letter.to == ["ines@varna.example"] and "Повече за морето!" in str(letter.body)
    assert "Повече за морето!" in ines.get("/desk/@varna/checklist/").content.decode()
    ines.post("/desk/@varna/checklist/candidacy/")
    again = city.candidacies.get(state="asked")
    office.post(f"/office/candidacies/{again.pk}/decision/", {"verdict": "ready", "reason": ""})
    assert City.objects.get().stage == "ready"
    assert len(postman()) == 1

    # Every step is in the journal, with who; and nobody outside has heard of any.
    verbs = [
        "city.invited",
        "invitation.sent",
        "invitation.accepted",
        "city.preparing",
        "city.changed",
        "route.published",
    ]
    verbs += ["candidacy.asked", "candidacy.returned", "candidacy.asked", "candidacy.accepted", "city.ready"]
    entries = [entry for entry in Entry.objects.filter(handle="varna").order_by("id") if entry.verb in verbs]
    assert [entry.verb for entry in entries] == verbs
    assert {entry.by for entry in entries} == {"foundation", "ines"}
    assert not any(entry.public for entry in entries)
    for address in (
        "/",
        "/cities/",
        "/routes/",
        "/pulse/",
        "/search/?q=varna",
        "/sitemap.xml",
        "/api/cityplus/v1/cities",
    ):
        page = stranger.get(address, follow=True).getvalue().decode()
        assert "Варна" not in page and "@varna" not in page, address
