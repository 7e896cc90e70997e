"""Ceremonies in packs: what is refused and where, what is known again, and that of the sample."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import CONTENT, launch
from django.test import Client

from cityplus.ceremonies.models import Ceremony, Guest, Run
from cityplus.cities.models import City
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.packs.exporting import export_city
from cityplus.packs.importing import import_packs
from cityplus.packs.reading import PackError
from cityplus.packs.tests.conftest import write_pack
from cityplus.ties.models import Tie

pytestmark = pytest.mark.django_db
PLAIN = (
    'original: en\nkind: launch\nstate: kept\ntime_zone: UTC\nstarts_at: 2019-05-06T10:00:00+00:00\nannounced: "yes"\n'
)
AT = datetime(2019, 5, 6, 10, tzinfo=UTC)


def pack(folder: Path, words: str) -> Path:
    """Delft, with one ceremony."""
    path = write_pack(folder / "delft")
    (path / "ceremonies").mkdir()
    (path / "ceremonies/first.yaml").write_text(words)
    return path


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (PLAIN.replace("state: kept", "state: planned"), "line 3: “planned” is not one of launched, kept"),
        (PLAIN.replace("kind: launch", "kind: opening"), "line 2: the opening of a route names the route"),
        (PLAIN.replace("kind: launch", "kind: signing"), "line 2: the signing of a friendship is of two cities"),
        (PLAIN + "music: media/none.flac\n", "line 7: media/none.flac is no sound"),
        (PLAIN + "words: {feast: {en: x}}\n", "line 7: “feast” is not known here; known are welcome, open"),
        (PLAIN + 'programme: [{at: "25:00", words: {en: x}}]\n', "line 7: “25:00” is not a time of day"),
        (PLAIN + "run: {opened_at: 2019-05-06T10:00:00+00:00, opened_by: x, beats: "
         "[{how: phone, at: 2019-05-06T10:00:00+00:00, guest: 1}]}\n",
         "is not a number from 1 to 0"),
        (PLAIN.replace("Z: UTC", "Z").replace("UTC", "Delft"), "is not an IANA time zone"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line_and_nothing_is_imported(
    tmp_path: Path, words: str, sentence: str
) -> None:
    with pytest.raises(PackError, match=r"delft/ceremonies/first\.yaml") as problem:
        import_packs(pack(tmp_path, words))
    assert sentence in str(problem.value)
    assert not City.objects.exists()


def test_once_more_updates_the_words_and_leaves_guests_and_palms(tmp_path: Path) -> None:
    run = "run: {opened_at: 2019-05-06T10:00:00+00:00, opened_by: x, beats: [{how: phone, at: 2019-05-06T10:00:00+00:00}]}\n"
    path = pack(tmp_path, f"{PLAIN}guests: [{{names: {{en: One}}}}]\n{run}")
    import_packs(path)
    ceremony = Ceremony.objects.get()
    palm, guest = ceremony.runs.get().palms.get(), ceremony.guests.get()
    (path / "ceremonies/first.yaml").write_text(PLAIN + "theme: {en: Blue}\n")
    import_packs(path)
    ceremony = Ceremony.objects.get()
    assert str(ceremony.theme) == "Blue"
    assert ceremony.runs.get().palms.get() == palm and ceremony.guests.get() == guest
    assert Entry.objects.filter(verb="ceremony.kept").count() == 1


def test_a_signing_waits_for_the_friendship(shenzhen: City, thehague: City, tmp_path: Path) -> None:
    tie = Tie.propose(thehague, shenzhen, by="x")
    tie.accept(shenzhen, by="x")
    made = Ceremony.plan("signing", [thehague, shenzhen], by="x", tie=tie, time_zone="UTC", starts_at=AT, state="kept")
    export_city("thehague", tmp_path / "out")
    made.delete()
    tie.delete()
    import_packs(tmp_path / "out")
    assert Ceremony.objects.count() == 0 and Tie.objects.get().state == "proposed"
    Tie.objects.update(state="accepted")
    import_packs(tmp_path / "out")
    assert Ceremony.objects.get().tie == Tie.objects.get()


def test_what_is_only_planned_stays_behind(plovdiv: City, tmp_path: Path) -> None:
    launch(plovdiv)
    made = Ceremony.plan("launch", [plovdiv], by="x", time_zone="UTC", starts_at=AT)
    Guest.invite(made, by="x", names=Text.of("en", en="One"), title=Text(), needed=True)
    Run.begin(made, by="x", rehearsal=True)
    export_city("plovdiv", tmp_path / "out")
    assert not (tmp_path / "out/ceremonies").exists()


def test_the_launch_of_the_hague_in_the_sample(stranger: Client, tmp_path: Path) -> None:
    """What the press told, and nothing else: no guest, no palm, no hour."""
    for handle in ("shenzhen", "thehague"):
        shutil.copytree(CONTENT / handle, tmp_path / handle)
    import_packs(tmp_path)
    ceremony = Ceremony.objects.get()
    assert (ceremony.state, ceremony.day, ceremony.hour_known) == ("kept", "2018-12-03", False)
    assert [city.handle for city in ceremony.cities_in_order] == ["thehague", "shenzhen"]
    assert not ceremony.guests.exists() and not ceremony.runs.exists() and ceremony.launched_at is None
    assert ceremony.theme.in_language("en") == "Cross the Sea · There is no End"
    assert len(ceremony.hosts.in_language("en").splitlines()) == 2
    texts = (
        ceremony.title,
        ceremony.theme,
        ceremony.place,
        ceremony.hosts,
        *(item.words for item in ceremony.programme.all()),
    )
    assert all(len(text.versions) == 7 for text in texts)
    page = stranger.get(ceremony.get_absolute_url()).content.decode()
    assert "Member number 9" in page and "No record of the single palms was kept." in page
    assert "What is kept of a ceremony" in stranger.get("/@thehague/").content.decode()
