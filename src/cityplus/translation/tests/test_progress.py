"""How far texts are in each language, and what is wanted."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cityplus.cities.models import City, Rules
from cityplus.drafts import Edit, mark
from cityplus.drafts.models import Draft
from cityplus.languages.text import Text, Version
from cityplus.media.models import Caption, Medium
from cityplus.routes.models import Route
from cityplus.ties.models import Tie
from cityplus.translation.progress import works
from cityplus.translation.rows import Counts, State, rows_of, state_of
from cityplus.translation.wanted import wanted

SEA = Text(
    "nl",
    {
        "nl": Version("Naar zee", at="2026-11-20"),
        "en": Version("To the sea", "reviewed", at="2026-11-21"),
        "fr": Version("Vers la mer", "reviewed", at="2026-11-01"),
        "bg": Version("Към морето", "machine"),
        "ja": Version(" "),
        "ar": Version("إلى البحر", "author", at="2026-11-20"),
    },
)


@pytest.mark.parametrize(
    ("tag", "state"),
    [("en", "reviewed"), ("fr", "outdated"), ("bg", "machine"), ("ja", "missing"), ("de", "missing"), ("ar", "author")],
)
def test_the_state_of_a_version(tag: str, state: str) -> None:
    assert state_of(SEA, tag) == State(state)


def test_what_is_wrong_and_missing_counts_before_what_is_rough() -> None:
    rough, missing, wrong = Counts(machine=9, done=1), Counts(missing=1, done=9), Counts(outdated=1, done=9)
    assert sorted([rough, missing, wrong], key=lambda counts: counts.need) == [rough, missing, wrong]
    assert (rough + missing).total == 20
    assert Counts(machine=1, done=999).percent == 99
    assert Counts().percent == 100


def draft_of(route: Route) -> Draft:
    return Draft.on("route", route.pk, route.city.actor)


def test_rows_stand_in_the_order_of_the_route_and_name_their_places(route: Route) -> None:
    draft = draft_of(route)
    rows = list(rows_of(draft.does.shape, draft.document, "zh-Hans"))
    assert [row.key for row in rows[:3]] == ["title", "summary", "stops/hofvijver/title"]
    assert rows[2].place == "Stop 1 (Court Pond): Name"
    assert rows[2].part == "Stop 1 (Court Pond)"
    assert (rows[0].state, rows[0].words, rows[2].state) == ("machine", "到海边去", "missing")
    assert not list(rows_of(draft.does.shape, draft.document, "nl")), "an original is no version"


def test_a_route_counts_the_same_with_a_draft_and_without(route: Route, thehague: City) -> None:
    def counts() -> Counts:
        return next(work for work in works(thehague) if work.kind == "route").counts("zh-Hans")

    before = counts()
    assert before == Counts(missing=12, machine=2)
    draft = draft_of(route)
    value = draft.document["title"]["versions"]["zh-Hans"]
    draft.edit([Edit("title/zh-Hans", mark(value), {"text": "去海边", "state": "reviewed"})], by="mei")
    assert counts() == Counts(missing=12, machine=1, done=1)


def test_media_and_their_captions_count(thehague: City) -> None:
    def add(name: str, kind: str, **words: Text) -> Medium:
        facts = {"sha256": "0" * 64, "original": "x", "bytes": 1, "content_type": "x/y"}
        return Medium.objects.create(owner=thehague.actor, name=name, kind=kind, **facts, **words)

    add("a.jpg", "picture", alt=SEA)
    film = add("b.mp4", "film", title=Text.of("nl", nl="Zee"))
    Caption.objects.create(medium=film, language="nl", vtt="WEBVTT")
    Caption.objects.create(medium=film, language="fr", state="machine", vtt="WEBVTT")
    media = works(thehague)[-1]
    assert media.name == "media"
    assert media.counts("fr") == Counts(missing=1, outdated=1, machine=1)
    assert media.counts("nl") == Counts()


def test_the_whole_of_a_city_is_counted_in_a_fixed_number_of_queries(route: Route, thehague: City) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        works(thehague)
    for number in range(5):
        copy = Route.objects.get(pk=route.pk)
        stops = list(copy.stops.all())
        copy.pk, copy.slug = None, f"copy-{number}"
        copy.save()
        for stop in stops:
            stop.pk, stop.route = None, copy
            stop.save()
    with CaptureQueriesContext(connection) as many:
        assert len(works(thehague)) == 7
    assert len(many) == len(few)


def test_wanted_is_what_the_city_asks_then_what_its_friends_speak(thehague: City, tie: Tie) -> None:
    Rules(city=thehague).set(by="test", languages=["de", "en"])
    assert wanted(thehague)[:3] == ["de", "en", "zh-Hans"]
    assert set(wanted(thehague)) == {"de", "en", "zh-Hans", "ar", "ja", "fr", "bg", "nl"}
