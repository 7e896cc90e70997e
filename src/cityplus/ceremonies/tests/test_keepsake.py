"""What is kept: the page, the certificate and the poster, and who sees the media."""

from __future__ import annotations

import dataclasses
import io
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from conftest import CONTENT, sitemap
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from cityplus.ceremonies import prints
from cityplus.ceremonies.certificates import languages_of
from cityplus.ceremonies.keepsakes import keepsake
from cityplus.ceremonies.models import Ceremony, Guest, Run
from cityplus.ceremonies.models.run import Press
from cityplus.cities.models import City
from cityplus.jobs.models import Job
from cityplus.jobs.worker import run_one
from cityplus.languages.text import Text
from cityplus.media import visibility
from cityplus.media.models import Medium

GUESTS = (Text.of("bg", bg="Мария Петрова", en="Maria Petrova"), Text.of("zh-Hans", zh_Hans="李明", en="Li Ming"))
AT = datetime(2027, 5, 14, 7, 30, 21, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.CITYPLUS = dataclasses.replace(settings.CITYPLUS, data=tmp_path)


@pytest.fixture
def kept(plovdiv: City, shenzhen: City) -> Ceremony:
    """A city launched at 10:30:21 in Plovdiv, by two guests and forty lights of the public."""
    for stage in ("preparing", "ready"):
        plovdiv.advance(stage, by="office")
    made = Ceremony.plan(
        "launch", [plovdiv, shenzhen], by="x", title=Text.of("bg", bg="Откриване", en="The launch"), time_zone="Europe/Sofia", starts_at=AT,
        countdown=0, theme=Text.of("bg", bg="Седем тепета", zh_Hans="七座山丘", en="Seven hills"),
    )  # fmt: skip
    guests = [Guest.invite(made, by="x", names=names, title=Text(), needed=True) for names in GUESTS]
    run = Run.begin(made, by="x", rehearsal=False)
    run.press([Press(f"light {n}", "phone") for n in range(40)])
    run.press([Press(f"guest {guest.pk}", "screen", guest.pk) for guest in guests])
    Job.objects.filter(state="waiting").update(run_after=timezone.now())
    while run_one("w"):
        pass
    Ceremony.objects.update(launched_at=AT)
    made.refresh_from_db()
    made.keep(by="x")
    return made


def pages(pdf: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_the_page_has_prints_guests_and_both_clocks_to_the_second(kept: Ceremony, stranger: Client) -> None:
    page = stranger.get(f"/ceremonies/{kept.pk}/").content.decode()
    assert "10:30:21" in page and "15:30:21" in page
    assert "The palms of 2 guests of honour · 40 lights of the public" in " ".join(page.split())
    assert page.count('class="prints"') == 1 and "Мария Петрова" in page and "Maria Petrova" in page
    assert "/@plovdiv/" in page and "certificate.pdf" in page
    assert "launched in a ceremony" in stranger.get("/@plovdiv/").content.decode()
    assert f"/ceremonies/{kept.pk}/" in sitemap(stranger, "ceremonies")


def test_the_certificate_is_in_both_languages_with_our_fonts_alone(
    kept: Ceremony, stranger: Client, tmp_path: Path
) -> None:
    answer = stranger.get(f"/nl/ceremonies/{kept.pk}/certificate.pdf")
    (page,) = pages(answer.content)
    for words in ("Пловдив", "Седемтепета", "七座山丘", "МарияПетрова", "李明", "10:30:21", "15:30:21"):
        assert words in page, words
    path = tmp_path / "certificate.pdf"
    path.write_bytes(answer.content)
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]  # noqa: S603, S607
    assert fonts and all("CityPlus" in line.split()[0] and line.split()[-5] == "yes" for line in fonts), fonts
    box = pypdf.PdfReader(path).pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (842, 595), "A4 across"


def test_papers_are_made_once_for_each_look(kept: Ceremony, stranger: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = [f"/ceremonies/{kept.pk}/{name}" for name in ("certificate.pdf", "poster.jpg")]
    first = [stranger.get(address) for address in addresses]
    monkeypatch.setattr("cityplus.ceremonies.printing.press", None)
    monkeypatch.setattr("cityplus.ceremonies.posters.draw", None)
    for address, before in zip(addresses, first, strict=True):
        again = stranger.get(address)
        assert again.content == before.content and again["ETag"] == before["ETag"]
        assert stranger.get(address, headers={"If-None-Match": before["ETag"]}).status_code == 304
    monkeypatch.undo()
    Ceremony.objects.update(theme=Text.of("en", en="Other hills"))
    assert [stranger.get(address)["ETag"] for address in addresses] != [before["ETag"] for before in first]


def test_the_poster_is_in_the_reader_s_language(kept: Ceremony, stranger: Client) -> None:
    looks = {code: stranger.get(f"{code}/ceremonies/{kept.pk}/poster.jpg") for code in ("", "/ar", "/zh-hans")}
    assert len({look["ETag"] for look in looks.values()}) == 3
    for look in looks.values():
        picture = Image.open(io.BytesIO(look.content))
        assert (picture.size, picture.format) == ((2400, 1350), "JPEG")
        assert len(look.content) < 900_000


def test_of_which_two_languages_a_certificate_is(kept: Ceremony, plovdiv: City) -> None:
    assert languages_of(keepsake(kept), "nl") == ("bg", "zh-Hans")
    kept.takings.filter(order=1).delete()
    assert languages_of(keepsake(kept), "nl") == ("bg", "nl")
    assert languages_of(keepsake(kept), "bg") == ("bg", "en")
    City.objects.filter(pk=plovdiv.pk).update(languages=["mk", "en"])
    assert languages_of(keepsake(kept), "en") == ("en", "zh-Hans")


def test_one_of_long_ago_shows_its_day_and_no_palm(thehague: City, stranger: Client) -> None:
    made = Ceremony.plan(
        "launch", [thehague], by="x", title=Text.of("en", en="Long ago"), time_zone="Asia/Shanghai", hour_known=False,
        starts_at=datetime(2018, 12, 2, 16, tzinfo=UTC), state="launched",
    )  # fmt: skip
    made.keep(by="x")
    page = stranger.get(f"/ceremonies/{made.pk}/").content.decode()
    assert "No record of the single palms was kept." in page and "December 3, 2018" in page
    assert 'class="prints"' not in page and "00:00" not in page
    (certificate,) = pages(stranger.get(f"/ceremonies/{made.pk}/certificate.pdf").content)
    assert "00:00" not in certificate


def test_many_guests_and_palms_stay_on_one_page(kept: Ceremony, stranger: Client) -> None:
    run = kept.runs.get()
    for number in range(30):
        guest = Guest.objects.create(
            ceremony=kept, order=number + 9, names=Text.of("en", en=f"A guest with a long name {number}")
        )
        run.palms.create(beat=10_000 + number, nonce=f"more {number}", guest=guest, how="screen", at=AT)
    assert len(pages(stranger.get(f"/ceremonies/{kept.pk}/certificate.pdf").content)) == 1
    assert stranger.get(f"/ceremonies/{kept.pk}/poster.jpg").status_code == 200
    drawing = prints.picture(list(range(200)), 100_000, 7)
    assert len(drawing) < 1_500_000


def test_every_hand_is_of_its_own_and_always_the_same() -> None:
    assert prints.hand(7) == prints.hand(7) != prints.hand(8)
    assert prints.hand.__wrapped__(7) == prints.hand(7)


def test_pictures_are_seen_with_the_keepsake_and_not_before(kept: Ceremony, plovdiv: City) -> None:
    path = CONTENT / "thehague/media/cover.svg"
    medium = Medium.add(plovdiv.actor, path, credit="x", licence="CC0-1.0", alt=Text.of("en", en="The hall"))
    kept.show([medium], None, by="x")
    stranger = AnonymousUser()
    assert visibility.seen_by(stranger, [medium.pk]) == {medium.pk}
    Ceremony.objects.update(state="launched")
    assert visibility.seen_by(stranger, [medium.pk]) == set()


def test_music_is_heard_by_everybody_while_a_run_is_going_on(plovdiv: City) -> None:
    path = CONTENT / "thehague/media/scheveningen-sea.flac"
    sound = Medium.add(plovdiv.actor, path, credit="x", licence="CC0-1.0")
    made = Ceremony.plan(
        "launch", [plovdiv], by="x", time_zone="UTC", starts_at=timezone.now() + timedelta(1), music=sound
    )
    assert visibility.seen_by(AnonymousUser(), [sound.pk]) == set()
    run = Run.begin(made, by="x", rehearsal=True)
    assert visibility.seen_by(AnonymousUser(), [sound.pk]) == {sound.pk}
    run.call_off(by="x", reason="")
    assert visibility.seen_by(AnonymousUser(), [sound.pk]) == set()
