"""The organisations of a sample network: read whole, then written and verified."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser

from cityplus.cities.models import City
from cityplus.config import organising
from cityplus.config.cli.prepare import DELEGATES, ORGANISATIONS
from cityplus.organisations.models import Delegate, Organisation
from cityplus.packs.reading import PackError
from cityplus.people.models import Person

pytestmark = pytest.mark.django_db
CONTENT = Path(__file__).resolve().parents[4] / "content"

WORDS = """\
format: cityplus-organisations/1
original: en
organisations:
  - handle: sample_mill
    city: thehague
    original: nl
    kind: company
    size: small
    languages: [nl, en]
    activities: ["10", C]
    names: {nl: Voorbeeld Molen, en: Sample Mill}
    about: {nl: Verzonnen., en: Invented.}
"""


def written(path: Path, *changes: tuple[str, str]) -> Path:
    words = WORDS
    for old, new in changes:
        assert old in words
        words = words.replace(old, new, 1)
    path /= "organisations.yaml"
    path.write_text(words)
    return path


def test_it_is_read_and_everybody_sees_it(tmp_path: Path, thehague: City) -> None:
    assert organising.bring(organising.read(written(tmp_path))) == 1
    [mill] = Organisation.objects.visible_to(AnonymousUser())
    assert (mill.actor.handle, mill.city, mill.size, mill.languages) == ("sample_mill", thehague, "small", ["nl", "en"])
    assert [one.code for one in mill.activities.all()] == ["10", "C"]
    assert mill.about.in_language("en") == "Invented."


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("kind: company", "kind: shop"), "line 7: “shop” is not one of"),
        (('"10", C', '"04", C'), "line 10: “04” is not one of"),
        (("handle: sample_mill", "handle: Sample"), "line 4: “Sample”"),
        (("size: small\n", "size: small\n    colour: red\n"), "line 9: “colour” is not known"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, change: tuple[str, str], problem: str) -> None:
    with pytest.raises(PackError, match="organisations.yaml, " + problem):
        organising.read(written(tmp_path, change))


LOGO = "size: small\n    logo: {nl: Een molen, en: A mill}\n"


def drawn(folder: Path, shapes: str = '<circle r="9"/>') -> None:
    (folder / "logos").mkdir()
    box = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"'
    (folder / "logos" / "sample_mill.svg").write_text(f"<svg {box}>{shapes}</svg>")


def test_a_logo_lies_beside_the_file_and_is_described(tmp_path: Path, thehague: City) -> None:
    drawn(tmp_path)
    organising.bring(organising.read(written(tmp_path, ("size: small\n", LOGO))))
    logo = Organisation.objects.get(actor__handle="sample_mill").logo
    assert logo and logo.owner.handle == "sample_mill" and logo.licence == "CC-BY-4.0"
    assert (logo.alt.in_language("nl"), logo.alt.in_language("en")) == ("Een molen", "A mill")


@pytest.mark.parametrize(
    ("shapes", "problem"),
    [("", "sample_mill.svg: there is no such file"), ("<script/>", "a drawing holds shapes only")],
)
def test_a_logo_that_is_missing_or_no_drawing_is_named(tmp_path: Path, shapes: str, problem: str) -> None:
    if shapes:
        drawn(tmp_path, shapes)
    with pytest.raises(PackError, match=f"organisations.yaml, line 9: .*{problem}"):
        organising.read(written(tmp_path, ("size: small\n", LOGO)))


def test_delegates_are_sent_where_both_are_there(tmp_path: Path, thehague: City, visitor: Person) -> None:
    organising.bring(organising.read(written(tmp_path)))
    organising.send({"visitor": "sample_mill", "nobody": "sample_mill", "stranger": "sample_gone"})
    assert [(one.person, one.role) for one in Delegate.objects.all()] == [(visitor, "owner")]


def test_nothing_is_written_when_a_city_is_missing(tmp_path: Path, thehague: City) -> None:
    second = WORDS.split("organisations:\n")[1].replace("thehague", "atlantis").replace("sample_mill", "sample_other")
    path = written(tmp_path)
    path.write_text(WORDS + second)
    with pytest.raises(PackError, match="there is no city atlantis"):
        organising.bring(organising.read(path))
    assert not Organisation.objects.exists()


def test_the_sample_of_the_project_says_that_it_is_invented(thehague: City, shenzhen: City) -> None:
    del thehague, shenzhen
    found = organising.read(CONTENT / ORGANISATIONS)
    assert [sum(one.city == city for one in found) for city in ("thehague", "shenzhen")] == [20, 20]
    assert organising.bring(found) == Organisation.objects.public().count() == 40
    told = {one.handle: one for one in found}
    assert {told[handle].city for handle in DELEGATES.values()} == {"thehague", "shenzhen"}
    assert sum(one.logo is not None for one in found) == Organisation.objects.exclude(logo=None).count() == 7
    assert all(told[handle].logo for handle in DELEGATES.values())
    for one in found:
        assert one.handle.startswith("sample_") and one.names.in_language("en").endswith(" (sample)")
        assert one.about.in_language("en").startswith("Invented for the sample network.")
        assert one.names.original in {"nl", "zh-Hans"} and one.names.original == one.about.original
        assert one.about.in_language(one.about.original).startswith(("Verzonnen", "为示例网络虚构"))
        assert one.offers and one.seeks and one.activities and one.size
