"""Adding a medium: its original is kept, its row is one, its renditions follow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from cityplus.actors.models import Actor
from cityplus.jobs.models import Job
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.media import pictures, rendering, store
from cityplus.media.models import Medium
from cityplus.media.probe import MediumError
from cityplus.media.tests.conftest import add, drawing, photo, work

ALT = Text.of("nl", nl="Rood en blauw", en="Red and blue")


def stored() -> list[str]:
    root = Path(default_storage.path(""))
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_an_added_picture_is_kept_as_it_came(keeper: Actor, tmp_path: Path) -> None:
    path = photo(tmp_path / "sea.jpg")
    medium = add(keeper, path, alt=ALT)
    assert (medium.kind, medium.content_type, medium.width, medium.height) == ("picture", "image/jpeg", 1000, 500)
    assert (medium.bytes, medium.sha256) == (path.stat().st_size, store.digest(path))
    assert medium.alt == ALT
    assert medium.original == f"originals/{medium.sha256[:2]}/{medium.sha256}.jpg"
    with default_storage.open(medium.original) as kept:
        assert kept.read() == path.read_bytes()
    assert path.exists()
    assert not medium.ready


def test_what_is_refused_leaves_nothing(keeper: Actor, tmp_path: Path) -> None:
    (tmp_path / "sea.jpg").write_text("no picture")
    with pytest.raises(MediumError):
        add(keeper, tmp_path / "sea.jpg")
    assert not Medium.objects.exists()
    assert not Entry.objects.exists()
    assert stored() == []


def test_the_same_bytes_again_change_the_words_alone(keeper: Actor, tmp_path: Path) -> None:
    path = photo(tmp_path / "sea.jpg", (480, 100))
    first = add(keeper, path, alt=ALT)
    work()
    again = add(keeper, path, alt=Text.of("nl", nl="Rood"))
    assert again.pk == first.pk
    assert str(again.alt) == "Rood"
    assert again.ready  # its renditions are as good as before
    work()
    assert Job.objects.count() == 1
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == [
        "medium.added",
        "medium.rendered",
        "medium.described",
    ]


def test_other_bytes_under_the_same_name_replace_it(keeper: Actor, tmp_path: Path) -> None:
    first = add(keeper, photo(tmp_path / "sea.jpg", (480, 100)), "media/sea.jpg", alt=ALT)
    work()
    old = set(first.renditions.values_list("key", flat=True))
    other = add(keeper, photo(tmp_path / "sea2.jpg", (480, 200)), "media/sea.jpg")
    assert (other.pk, other.height) == (first.pk, 200)
    assert other.alt == ALT  # words that were not said anew stay
    assert {r.key for r in other.renditions.all()} == old  # the old picture is shown until the new one is ready
    work()
    new = set(other.renditions.values_list("key", flat=True))
    assert not new & old
    assert set(other.renditions.values_list("height", flat=True)) == {200}


def test_the_first_bytes_again_bring_their_renditions_back(keeper: Actor, tmp_path: Path) -> None:
    one, other = photo(tmp_path / "one.jpg", (480, 100)), photo(tmp_path / "other.jpg", (480, 200))
    for path in (one, other, one):
        medium = add(keeper, path, "media/sea.jpg")
        work()
    assert set(medium.renditions.values_list("height", flat=True)) == {100}


def test_a_medium_that_was_replaced_while_it_was_rendered_keeps_the_new_renditions(
    keeper: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = photo(tmp_path / "one.jpg", (480, 100)), photo(tmp_path / "other.jpg", (480, 200))
    medium = add(keeper, one, "media/sea.jpg")
    make = pictures.make

    def replaced_meanwhile(*args: Any) -> pictures.Prints:
        monkeypatch.setattr(pictures, "make", make)
        add(keeper, other, "media/sea.jpg")
        rendering.render(medium.pk)  # another worker is quicker
        return make(*args)

    monkeypatch.setattr(pictures, "make", replaced_meanwhile)
    rendering.render(medium.pk)
    assert set(medium.renditions.values_list("height", flat=True)) == {200}


def test_two_owners_may_use_one_name_and_one_picture(keeper: Actor, tmp_path: Path) -> None:
    other = Actor.objects.create(handle="shenzhen", kind=Actor.Kind.CITY)
    path = photo(tmp_path / "sea.jpg", (480, 100))
    mine, theirs = add(keeper, path), add(other, path)
    assert mine.pk != theirs.pk
    assert mine.original == theirs.original  # kept once
    work()
    assert mine.ready
    assert {r.key for r in mine.renditions.all()} == {r.key for r in theirs.renditions.all()}


def test_who_adds_a_medium_stands_in_the_journal(keeper: Actor, tmp_path: Path) -> None:
    medium = Medium.add(
        keeper, drawing(tmp_path / "sea.svg"), "media/sea.svg", credit="A", licence="CC0-1.0", by="editor"
    )
    entry = Entry.objects.get()
    assert (entry.verb, entry.subject_id, entry.handle, entry.by) == ("medium.added", medium.pk, "thehague", "editor")
    assert entry.data == {"sha256": medium.sha256, "replaced": False}


def test_two_workers_that_keep_the_same_file_keep_it_once(tmp_path: Path) -> None:
    key = "renditions/0123456789abcdef/480.jpg"
    store.move_in(photo(tmp_path / "first.jpg", (10, 10)), key)
    late = photo(tmp_path / "late.jpg", (10, 10))
    data = late.read_bytes()
    assert store.move_in(late, key) == key
    assert stored() == [key]
    assert not late.exists()
    assert Path(default_storage.path(key)).read_bytes() == data


@pytest.mark.parametrize(("name", "ending"), [("sea.py", ".jpg"), ("sea.php.png", ".jpg"), ("sea", ".jpg")])
def test_the_original_s_name_is_of_its_content_alone(keeper: Actor, tmp_path: Path, name: str, ending: str) -> None:
    path = photo(tmp_path / "sea.jpg", (48, 10)).rename(tmp_path / name)
    medium = add(keeper, path)
    assert medium.original == f"originals/{medium.sha256[:2]}/{medium.sha256}{ending}"


def test_no_unfinished_file_is_left_in_the_store(keeper: Actor, tmp_path: Path) -> None:
    add(keeper, photo(tmp_path / "sea.jpg", (480, 100)))
    work()
    assert not [name for name in stored() if ".work" in name]
