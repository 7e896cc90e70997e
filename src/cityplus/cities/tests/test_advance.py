"""The life of a city, step by step."""

from __future__ import annotations

import pytest
from conftest import launch, make_city
from django.db import connection

from cityplus.cities.models import City, Step
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycleError

pytestmark = pytest.mark.django_db


@pytest.fixture
def liege() -> City:
    return make_city("liege", Text.of("fr", fr="Liège", en="Liège"), country="BE", time_zone="Europe/Brussels")


def test_a_whole_life(liege: City) -> None:
    for stage in ("preparing", "ready", "preparing", "ready", "launched", "dormant", "launched"):
        liege.advance(stage, by="office", note=f"now {stage}")
        assert liege.stage == City.objects.get(pk=liege.pk).stage == stage
    steps = list(liege.steps.values_list("stage", "by", "note"))
    assert steps[0] == ("preparing", "office", "now preparing")
    assert [stage for stage, _, _ in steps] == [
        "preparing", "ready", "preparing", "ready", "launched", "dormant", "launched",
    ]  # fmt: skip
    assert liege.number == 1


@pytest.mark.parametrize("stage", ["ready", "launched", "dormant", "invited", "gone"])
def test_a_step_that_is_not_drawn_changes_nothing(liege: City, stage: str) -> None:
    with pytest.raises(LifeCycleError, match=f"from invited one cannot go to {stage}, only to preparing"):
        liege.advance(stage, by="office")
    liege.refresh_from_db()
    assert (liege.stage, liege.number) == ("invited", None)
    assert not Step.objects.exists()
    assert not Entry.objects.exists()


def test_a_step_is_checked_against_what_is_stored(liege: City) -> None:
    stale = City.objects.get(pk=liege.pk)
    liege.advance("preparing", by="one")
    with pytest.raises(LifeCycleError, match="from preparing"):
        stale.advance("preparing", by="other")


def test_members_are_numbered_in_line(liege: City, thehague: City) -> None:
    launch(liege)
    assert (thehague.number, liege.number) == (1, 2)


def test_a_number_may_be_said(liege: City, thehague: City) -> None:
    for stage in ("preparing", "ready"):
        liege.advance(stage, by="office")
    liege.advance("launched", by="office", number=9)
    assert liege.number == 9
    other = launch(make_city("seattle", Text.of("en", en="Seattle")))
    assert other.number == 10


def test_a_taken_number_is_refused_and_changes_nothing(liege: City, thehague: City) -> None:
    for stage in ("preparing", "ready"):
        liege.advance(stage, by="office")
    before = Entry.objects.count()
    with pytest.raises(ValueError, match="member number 1 is taken"):
        liege.advance("launched", by="office", number=1)
    liege.refresh_from_db()
    assert (liege.stage, liege.number) == ("ready", None)
    assert Entry.objects.count() == before
    assert not liege.steps.filter(stage="launched").exists()


def test_a_city_that_comes_back_keeps_its_number(liege: City, thehague: City) -> None:
    launch(liege)
    thehague.advance("dormant", by="office")
    thehague.advance("launched", by="office")
    assert thehague.number == 1


def test_every_step_stands_in_the_journal(liege: City) -> None:
    launch(liege, on="2018-11-20")
    entries = list(Entry.objects.order_by("id").values_list("verb", "public", "handle", "by"))
    assert entries == [
        ("city.preparing", False, "liege", "test"),
        ("city.ready", False, "liege", "test"),
        ("city.launched", True, "liege", "test"),
    ]
    assert Entry.objects.get(verb="city.launched").data == {"on": "2018-11-20", "number": 1}


def test_the_day_of_the_launch_as_far_as_it_is_known(thehague: City, shenzhen: City, plovdiv: City) -> None:
    assert thehague.launched_on == "2018-12-03"
    assert shenzhen.launched_on == ""
    assert plovdiv.launched_on == ""
    thehague.advance("dormant", by="office", on="2020-01-01")
    thehague.advance("launched", by="office", on="2021-01-01")
    assert thehague.launched_on == "2018-12-03"  # the first launch is the launch


@pytest.mark.parametrize("day", ["2018-13-01", "2018-02-30", "3 December", "2018", "2018-W49-1", "20181203"])
def test_what_is_no_date_is_refused(liege: City, day: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date|isoformat|month|day"):
        liege.advance("preparing", by="office", on=day)
    assert City.objects.get(pk=liege.pk).stage == "invited"


def test_two_steps_at_once_wait_for_each_other(liege: City) -> None:
    if connection.vendor == "postgresql":
        from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

        with CaptureQueriesContext(connection) as queries:
            liege.advance("preparing", by="office")
        assert any("FOR NO KEY UPDATE" in query["sql"] for query in queries)
    else:
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
