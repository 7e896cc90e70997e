"""A city joins the network: its pack is brought in, the worker makes its media, and the world reads it in seven languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import sign_in, sitemap
from django.test import Client

from cityplus.cities.models import City, Member
from cityplus.jobs import worker
from cityplus.journal.subscribers import deliver
from cityplus.languages.tags import UI_LANGUAGES, UiLanguage
from cityplus.media.models import Medium
from cityplus.packs.importing import import_packs
from cityplus.packs.tests.conftest import edit, write_pack
from cityplus.people.models import Person
from cityplus.routes.models import Route

pytestmark = pytest.mark.django_db

STOP = "/@delft/routes/along-the-canal/stops/1/"
PAGES = (
    "/",
    "/cities/",
    "/@delft/",
    "/routes/",
    "/@delft/routes/along-the-canal/",
    STOP,
    "/ties/delft+shenzhen/",
    "/about/",
)


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """Delft and Shenzhen, each naming the other as its friend."""
    delft = write_pack(tmp_path / "packs" / "delft")
    shenzhen = write_pack(delft.parent / "shenzhen")
    edit(shenzhen, "city.yaml", "handle: delft", "handle: shenzhen")
    edit(shenzhen, "city.yaml", "number: 10", "number: 1")
    edit(shenzhen, "city.yaml", "with: shenzhen", "with: delft")
    edit(shenzhen, "city.yaml", "names: {nl: Delft, en: Delft}", "names: {nl: 深圳, en: Shenzhen}")
    import_packs(delft.parent)
    return delft.parent


def work() -> None:
    while deliver() or worker.run_one("story"):
        pass


@pytest.mark.parametrize("language", UI_LANGUAGES, ids=lambda language: language.tag)
def test_every_page_is_there_in_every_language(packs: Path, stranger: Client, language: UiLanguage) -> None:
    prefix = "" if language.code == "en" else f"/{language.code}"
    for path in PAGES:
        answer = stranger.get(f"{prefix}{path}")
        page = answer.content.decode()
        assert answer.status_code == 200, path
        assert f'<html lang="{language.tag}" dir="{"rtl" if language.rtl else "ltr"}"' in page
        assert set(re.findall(r'hreflang="([\w-]+)"', page)) >= {other.tag for other in UI_LANGUAGES}
        assert not re.search(r'(src|href|srcset|action)="(https?:)?//(?!localhost:8000|www\.delft\.nl)', page), path


def test_pictures_are_promised_first_and_shown_when_they_are_made(packs: Path, stranger: Client) -> None:
    before = stranger.get(STOP).content.decode()
    assert "/media/renditions/" not in before
    work()
    after = stranger.get(STOP).content.decode()  # the kept page ended with the news of the renditions
    addresses = set(re.findall(r"/media/renditions/[\w./-]+", after))
    assert addresses
    for address in addresses:
        answer = stranger.get(address)
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    for medium in Medium.objects.all():
        assert stranger.get(f"/media/{medium.original}").status_code == 404


def test_a_correction_is_read_at_once(packs: Path, stranger: Client) -> None:
    assert "The last gate." in stranger.get(STOP).content.decode()
    edit(packs / "delft", "01-oostpoort.yaml", "The last gate.", "The last of eight gates.")
    import_packs(packs)
    page = stranger.get(STOP).content.decode()
    assert "The last of eight gates." in page
    assert "The last gate." not in page


def test_a_reader_sees_how_the_words_came_to_be(packs: Path, stranger: Client) -> None:
    english = stranger.get(STOP).content.decode()
    assert "Translated from Dutch by machine, not yet reviewed" in english
    assert "De laatste poort." in english  # the original stands beside it
    dutch = stranger.get(f"/nl{STOP}").content.decode()
    assert "state-machine" not in dutch[dutch.index("<main") : dutch.index("</main>")]


def test_the_team_takes_a_route_back_and_only_the_team_still_sees_it(packs: Path, stranger: Client) -> None:
    editor = Person.objects.create_user("delft-editor")
    Member.objects.create(city=City.objects.get(actor__handle="delft"), person=editor, role=Member.Role.EDITOR)
    address = "/@delft/routes/along-the-canal/"
    assert stranger.get(address).status_code == 200
    assert address in sitemap(stranger, "routes") and address in sitemap(stranger, "stops")
    Route.objects.get(city__actor__handle="delft").withdraw(by="delft-editor")
    assert stranger.get(address).status_code == 404
    for part in ("routes", "stops"):
        assert address not in sitemap(stranger, part)
    assert "/@delft/routes/" not in stranger.get("/@delft/").content.decode()
    assert sign_in(editor).get(address).status_code == 200
    assert stranger.get(address).status_code == 404


def test_a_city_that_sleeps_stays_known(packs: Path, stranger: Client) -> None:
    City.objects.get(actor__handle="delft").advance("dormant", by="office")
    assert stranger.get("/@delft/").status_code == 200
    assert stranger.get("/ties/delft+shenzhen/").status_code == 200
