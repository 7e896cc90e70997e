"""Files as evidence of an outcome: real ones, kept without what a camera says of itself; who may have them, and when they are gone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import sign_in
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from PIL import Image

from cityplus.cities.models import City, Member
from cityplus.media import keys
from cityplus.moderation import subjects
from cityplus.moderation.models import BlockedWord
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.models import Interest, Opportunity, Outcome, Proof
from cityplus.opportunities.models.parts import PAPERS
from cityplus.opportunities.tests.cast import boss, firm
from cityplus.people.models import Person
from cityplus.social.takeout import writing

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
GUIDE = 0x8825
"""The tag of EXIF under which a camera says where it stood."""


def photo(sort: str = "JPEG", size: tuple[int, int] = (2400, 1200)) -> bytes:
    """A picture that says where it was taken and with what."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of Delta"
    exif.get_ifd(GUIDE)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, sort, exif=exif)
    return out.getvalue()


@pytest.fixture
def told(talk: Interest) -> Outcome:
    return Outcome.tell(talk, "guest", by="port-boss", kind="pilot", on=timezone.now().date())


def page_of(told: Outcome) -> str:
    return f"{told.interest.get_absolute_url()}outcomes/{told.pk}/"


def brought(
    told: Outcome, name: str, content: bytes, *, side: str = "guest", by: str = "port-boss", everybody: bool = False
) -> HttpResponse:
    fields = {"file": SimpleUploadedFile(name, content)} | ({"public": "on"} if everybody else {})
    browser = sign_in(Person.objects.get(username=by))
    return browser.post(f"{page_of(told)}files/?side={side}", fields, follow=True)  # type: ignore[return-value]


def kept(told: Outcome, tmp_path: Path, name: str = "Signed.pdf", *, everybody: bool = False) -> Proof:
    path = tmp_path / "kept.pdf"
    path.write_bytes(PDF)
    return Proof.add(told, "guest", name, path, public=everybody, by="port-boss")


def status(proof: Proof, person: Person | None) -> int:
    answer = (sign_in(person) if person else Client()).get(proof.get_absolute_url())
    if answer.streaming:
        assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    return answer.status_code


def test_a_pdf_is_kept_as_it_is_and_the_other_side_reads_it_before_it_answers(told: Outcome) -> None:
    said = brought(told, r"C:\papers\Signed <b>.PDF", PDF).content.decode()
    assert "The file is added." in said and "Signed b.pdf" in said
    [proof] = told.proofs.all()
    assert (proof.name, proof.size, proof.public) == ("Signed b.pdf", len(PDF), False)
    other = sign_in(boss(told.interest.opportunity.host.organisation))
    assert proof.get_absolute_url() in other.get(told.interest.get_absolute_url()).content.decode()
    answer = other.get(proof.get_absolute_url())
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="Signed b.pdf"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "no-store" in answer["Cache-Control"] or "private" in answer["Cache-Control"]


@pytest.mark.parametrize(("sort", "name"), [("JPEG", "Us.JPG"), ("PNG", "Us.png"), ("WEBP", "Us.webp")])
def test_a_picture_says_no_more_where_it_was_taken(told: Outcome, sort: str, name: str) -> None:
    assert b"Camera of Delta" in photo(sort)
    assert "The file is added." in brought(told, name, photo(sort)).content.decode()
    [proof] = told.proofs.all()
    with default_storage.open(proof.key) as file:
        content = file.read()
    assert proof.name == "Us.jpg" and proof.content_type == "image/jpeg" and proof.size == len(content)
    assert b"Camera of Delta" not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (1920, 960), {})


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("page.html", b"<script>alert(1)</script>", "is no PDF, and no picture"),
        ("page.pdf", b"<html>%PDF-", "is no PDF, and no picture"),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "is no PDF, and no picture"),
        ("half.jpg", photo()[:900], "is no PDF, and no picture"),
        ("film.mp4", b"\0\0\0\x18ftypisom" + bytes(60), "is no PDF, and no picture"),
        ("empty.pdf", b"", "is no PDF, and no picture"),
        ("long.pdf", b"%PDF-" + bytes(10 * 1024**2), "Choose a PDF or a picture of at most 10 MB."),
        ("much.pdf", b"%PDF-" + bytes(12 * 1024**2), "Choose a PDF or a picture of at most 10 MB."),
        ("pearls.pdf", PDF, "pearls"),
    ],
)
def test_what_is_not_taken_is_said_and_leaves_nothing(told: Outcome, name: str, content: bytes, says: str) -> None:
    BlockedWord.add("pearls", "refuse", by="first")
    before = set(default_storage.listdir("opportunities")[1]) if default_storage.exists("opportunities") else set()
    assert says in brought(told, name, content).content.decode()
    assert not told.proofs.exists()
    after = set(default_storage.listdir("opportunities")[1]) if default_storage.exists("opportunities") else set()
    assert after == before


def test_a_form_without_the_token_adds_nothing(told: Outcome, talk: Interest) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(boss(talk.organisation))
    file = SimpleUploadedFile("Signed.pdf", PDF)
    assert browser.post(f"{page_of(told)}files/?side=guest", {"file": file}).status_code == 403
    assert not told.proofs.exists()


def test_only_the_side_that_told_it_adds_and_takes_away(told: Outcome, tmp_path: Path, visitor: Person) -> None:
    for side in ("host", "guest"):  # who deals for one side acts for that one, whatever the address says
        said = brought(told, "Signed.pdf", PDF, side=side, by="delta-boss").content.decode()
        assert "for the other side to say" in said and not told.proofs.exists()
    assert brought(told, "Signed.pdf", PDF, by=visitor.username).status_code == 404
    proof = kept(told, tmp_path)
    other = sign_in(Person.objects.get(username="delta-boss"))
    said = other.post(f"{proof.get_absolute_url()}removal/", follow=True).content.decode()
    assert "for the other side to say" in said and told.proofs.exists()
    assert sign_in(visitor).post(f"{proof.get_absolute_url()}removal/").status_code == 404
    with pytest.raises(OpportunityError, match="other side"):
        proof.remove("host", by="delta-boss")


def test_none_is_added_once_the_other_side_has_answered_nor_more_than_five(told: Outcome, tmp_path: Path) -> None:
    for number in range(PAPERS):
        kept(told, tmp_path, f"{number}.pdf")
    assert "at most 5 files" in brought(told, "6.pdf", PDF).content.decode()
    told.confirm("host", by="delta-boss")
    told.proofs.first().remove("guest", by="port-boss")  # type: ignore[union-attr]
    assert "before the other side has answered" in brought(told, "6.pdf", PDF).content.decode()
    assert told.proofs.count() == PAPERS - 1


def test_nobody_confirms_a_file_that_came_meanwhile(told: Outcome, tmp_path: Path) -> None:
    host = sign_in(Person.objects.get(username="delta-boss"))
    seen = kept(told, tmp_path)
    page = host.get(told.interest.get_absolute_url()).content.decode()
    assert f'name="files" value="{seen.pk}"' in page
    late = kept(told, tmp_path, "Late.pdf")
    said = host.post(page_of(told), {"say": "confirmed", "files": [seen.pk]}, follow=True).content.decode()
    told.refresh_from_db()
    assert told.state == "proposed" and "A file came meanwhile." in said
    host.post(page_of(told), {"say": "confirmed", "files": [seen.pk, late.pk]})
    told.refresh_from_db()
    assert told.state == "confirmed"


def test_what_is_taken_away_is_gone(told: Outcome, tmp_path: Path, django_capture_on_commit_callbacks: Any) -> None:
    proof = kept(told, tmp_path)
    named = {key for key, _ in keys.keys_in_use(renditions=False)}
    assert proof.key in named and default_storage.exists(proof.key)
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(boss(told.interest.organisation)).post(f"{proof.get_absolute_url()}removal/")
    assert not Proof.objects.exists() and not default_storage.exists(proof.key)
    assert status(proof, boss(told.interest.organisation)) == 404
    proof.remove("guest", by="port-boss")


STATES = ("proposed", "confirmed", "refused", "withdrawn", "hidden")
EVERYBODY = {"confirmed"}
SEEN = {
    # who: while it is not public, while it is
    "teller": (set(STATES), set(STATES)),
    "other side": ({"proposed", "confirmed"}, {"proposed", "confirmed"}),
    "desk of the host": ({"proposed", "confirmed"}, {"proposed", "confirmed"}),
    "desk of the guest": ({"proposed", "confirmed"}, {"proposed", "confirmed"}),
    "analyst of the team": (set(), EVERYBODY),
    "another desk": (set(), EVERYBODY),
    "another firm": (set(), EVERYBODY),
    "office": (set(), EVERYBODY),
    "visitor": (set(), EVERYBODY),
    "nobody": (set(), EVERYBODY),
}


@pytest.mark.parametrize("who", SEEN)
def test_who_sees_which(
    told: Outcome, tmp_path: Path, who: str, thehague: City, shenzhen: City, plovdiv: City, owner: Person
) -> None:
    def person(name: str, city: City | None = None, role: str = "owner", *, office: bool = False) -> Person:
        made = Person.enrol(name, f"{name}@example.org", "a long password", office=office)
        if city:
            Member.objects.create(city=city, person=made, role=role)
        return made

    people: dict[str, Callable[[], Person | None]] = {
        "teller": lambda: boss(told.interest.organisation),
        "other side": lambda: Person.objects.get(username="delta-boss"),
        "desk of the host": lambda: owner,
        "desk of the guest": lambda: person("shen", shenzhen),
        "analyst of the team": lambda: person("looker", thehague, "analyst"),
        "another desk": lambda: person("tsu", plovdiv),
        "another firm": lambda: boss(firm(thehague, "dunes")),
        "office": lambda: person("officer", office=True),
        "visitor": lambda: person("anybody"),
        "nobody": lambda: None,
    }
    reader = people[who]()
    proofs = [kept(told, tmp_path, f"{public}.pdf", everybody=public) for public in (False, True)]
    for state in STATES:
        hidden = timezone.now() if state == "hidden" else None
        Outcome.objects.update(state="confirmed" if hidden else state, hidden_at=hidden)
        for proof, seen in zip(proofs, SEEN[who], strict=True):
            assert (status(proof, reader) == 200) is (state in seen), f"{state}, public: {proof.public}"


def test_what_is_for_some_has_files_for_those_alone(told: Outcome, tmp_path: Path, shenzhen: City) -> None:
    proof = kept(told, tmp_path, everybody=True)
    told.confirm("host", by="delta-boss")
    Opportunity.objects.update(audience="verified")
    assert status(proof, None) == 404 and status(proof, boss(firm(shenzhen, "labs"))) == 200


def test_pages_and_file_name_only_what_the_reader_may_have(told: Outcome, tmp_path: Path, owner: Person) -> None:
    hidden, shown = (kept(told, tmp_path, f"{name}.pdf", everybody=name == "shown") for name in ("hidden", "shown"))
    desk = sign_in(owner).get(f"/desk/@thehague/interests/{told.interest_id}/").content.decode()
    assert hidden.get_absolute_url() in desk and shown.get_absolute_url() in desk
    lists = (
        "/opportunities/outcomes/",
        "/opportunities/outcomes/outcomes.csv",
        told.interest.opportunity.get_absolute_url(),
    )
    for address in lists:
        assert "shown.pdf" not in Client().get(address).content.decode()
    told.confirm("host", by="delta-boss")
    for address in lists:
        page = Client().get(address).content.decode()
        assert shown.get_absolute_url() in page and hidden.get_absolute_url() not in page, address
    [thing] = subjects.things([("outcome", told.pk)]).values()
    assert "shown.pdf" in thing.excerpt and "hidden.pdf" not in thing.excerpt
    told.withhold(True, by="office")
    for address in (*lists, f"/desk/@thehague/interests/{told.interest_id}/"):
        assert "shown.pdf" not in sign_in(owner).get(address).content.decode(), address
    talk = told.interest.get_absolute_url()
    other, own = (sign_in(Person.objects.get(username=name)) for name in ("delta-boss", "port-boss"))
    assert "hidden.pdf" not in other.get(talk).content.decode() and "hidden.pdf" in own.get(talk).content.decode()
    for browser in (other, own):
        assert "A decision of moderation hides this." in browser.get(talk).content.decode()


def test_they_go_along_in_the_zip_of_who_added_them(told: Outcome, tmp_path: Path) -> None:
    proof = kept(told, tmp_path, "Signed.pdf")
    path = tmp_path / "all.zip"
    writing.fill(boss(told.interest.organisation), path)
    with zipfile.ZipFile(path) as zipped:
        assert zipped.read(f"evidence/{proof.pk}-Signed.pdf") == PDF
        assert '"Signed.pdf"' in zipped.read("evidence.json").decode()
    writing.fill(Person.objects.get(username="delta-boss"), path)
    with zipfile.ZipFile(path) as zipped:
        assert not [name for name in zipped.namelist() if name.startswith("evidence/")]
