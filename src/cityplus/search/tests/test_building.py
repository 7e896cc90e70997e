"""A rebuild gives what following gave, forgets what is gone, and leaves the index as it was when it does not end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from cityplus.cities.models import City
from cityplus.config.cli import main
from cityplus.journal.models import Cursor
from cityplus.routes.models import Route
from cityplus.search import building, find, index
from cityplus.search.engines import TABLES, rows_of
from cityplus.search.items import Item
from cityplus.search.models import Build
from cityplus.search.tests.conftest import corpus, tell_the_index

pytestmark = pytest.mark.usefixtures("empty_index")


def stored() -> dict[str, list[tuple[object, ...]]]:
    """The whole of the two plain tables."""
    return {
        "items": rows_of("SELECT rank, kind, object_id, names, digest FROM search_item ORDER BY rank"),
        "words": rows_of("SELECT id, kind, text, top, items, weight FROM search_word ORDER BY id"),
    }


def asked(q: str) -> list[tuple[int, int]]:
    return [hit.key for hit in find(q).hits]


def test_a_rebuild_gives_what_following_gave(route: Route, shenzhen: City) -> None:
    route.publish(by="test")
    tell_the_index()
    followed = stored(), [asked(q) for q in ("vredespaleis", "深圳", "golven", "hagu", "vrdespaleis")]
    assert all(followed[1])
    assert building.rebuild() == 6
    assert (stored(), [asked(q) for q in ("vredespaleis", "深圳", "golven", "hagu", "vrdespaleis")]) == followed


def test_a_rebuild_forgets_what_is_gone(route: Route) -> None:
    route.publish(by="test")
    tell_the_index()
    Route.objects.all().delete()  # nobody told the journal
    assert asked("vredespaleis")
    building.rebuild()
    assert not asked("vredespaleis")


def test_what_happens_meanwhile_is_told_afterwards(route: Route) -> None:
    kinds = index.kinds()
    before = Cursor.objects.get(subscriber="search.city").last_id

    def while_it_is_built() -> Iterator[Item]:
        route.publish(by="test")
        yield from ()

    building.build({kinds["city"]: while_it_is_built(), kinds["route"]: iter(()), kinds["stop"]: iter(())})
    assert not asked("vredespaleis")
    tell_the_index()
    assert asked("vredespaleis")
    assert Cursor.objects.get(subscriber="search.city").last_id > before


def test_a_rebuild_that_breaks_off_changes_nothing(route: Route) -> None:
    route.publish(by="test")
    tell_the_index()
    before = stored()

    def breaks_off() -> Iterator[Item]:
        yield next(iter(corpus().values())).__next__()
        raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError, match="lights"):
        building.build({index.kinds()["city"]: breaks_off()})
    assert stored() == before
    assert asked("vredespaleis")
    assert building.rebuild() == 5  # over what the other left behind


def test_another_tokenizer_is_noticed(route: Route) -> None:
    route.publish(by="test")
    assert not building.rebuild_if_outdated()
    assert not asked("vredespaleis")
    Build.objects.update(version=0)
    assert building.rebuild_if_outdated()
    assert asked("vredespaleis")


def test_the_program_rebuilds_and_says_how_much(route: Route, capsys: pytest.CaptureFixture[str]) -> None:
    route.publish(by="test")
    assert main(["search", "rebuild"]) == 0
    assert capsys.readouterr().out.endswith("5 things can be found\n")
    assert asked("vredespaleis")


def test_a_large_kind_is_searched_tier_by_tier(db: None) -> None:
    """More of a kind than the first tier of PostgreSQL holds: the weightiest come first, the last are found too."""
    from cityplus.languages.text import Text  # noqa: PLC0415
    from cityplus.search.tests.conftest import city  # noqa: PLC0415

    kind = index.kinds()["city"]
    many = (
        city(n, f"c{n}", Text.of("en", en=f"Town {'even' if n % 2 == 0 else 'odd'} {n}"), 0, 0, 2**30 - n * 100_000)
        for n in range(1, 5001)
    )
    building.build({kind: many})
    hits = find("odd", limit=300).hits
    assert len(hits) == 200
    assert [hit.item.object_id for hit in hits] == sorted(hit.item.object_id for hit in hits)
    assert hits[0].item.object_id == 1
    assert [hit.item.object_id for hit in find("town 4999").hits] == [4999]


def test_a_rebuild_leaves_no_table_behind() -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor))
    assert set(TABLES) <= names
    assert not [name for name in names if name.startswith("search_") and "_next" in name]


def test_two_kinds_cannot_have_one_place() -> None:
    kind = index.kinds()["stop"]
    with pytest.raises(ValueError, match="meeting and stop both want place 2"):
        index.plug(replace(kind, name="meeting"), index.source_of("stop"))
    assert "meeting" not in index.kinds()
