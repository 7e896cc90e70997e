"""The trail: who did what in words, filtered, paged, and as files that harm no spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from conftest import sign_in
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cityplus import journal
from cityplus.cities.models import City
from cityplus.desk import trail
from cityplus.desk.trail.files import cell
from cityplus.journal.models import Entry
from cityplus.people.models import Person
from cityplus.routes.models import Route

TRAIL = "/desk/@thehague/trail/"


def record(verb: str, about: Any, /, by: str = "anna", at: datetime | None = None, **data: Any) -> Entry:
    with transaction.atomic():
        entry = journal.record(verb, about, handle="thehague", by=by, **data)
    if at:
        Entry.objects.filter(pk=entry.pk).update(at=at)
    return entry


def shown(client: Client, query: str = "") -> list[str]:
    """The sentences on the page, as one reads them."""
    answer = client.get(TRAIL + query)
    assert answer.status_code == 200
    page = answer.content.decode()
    lines = re.findall(r"<li><p>(.*?)</p><p class=\"quiet\"><time", page)
    return [re.sub(r"<[^>]+>", "", line) for line in lines]


def body(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


@pytest.fixture
def client(owner: Person) -> Client:
    Entry.objects.all().delete()
    return sign_in(owner)


def test_entries_are_sentences_with_their_thing(client: Client, thehague: City, route: Route) -> None:
    record("route.published", route)
    record("member.changed", thehague, person="ben", role="editor", was="analyst")
    record("member.removed", thehague, by="ben", person="ben", role="editor")
    record("draft.returned", thehague, kind="route", thing=route.pk, reason="The sea is missing.")
    record("rules.set", thehague, four_eyes=True)
    record("poll.counted_twice", thehague, by="")
    assert shown(client) == [
        "poll counted twice: the profile; by CityPlus",
        "anna changed the rules of the city: “Four eyes”",
        "anna gave To the sea back: The sea is missing.",
        "ben left the team",
        "anna changed the role of ben from analyst to editor",
        "anna published the route To the sea",
    ]


def test_what_lacks_a_fact_or_is_gone_still_reads(client: Client, thehague: City, route: Route) -> None:
    record("member.changed", thehague, person="ben")
    record("route.published", route)
    route.delete()
    assert shown(client) == [
        "anna published the route something that is no longer there",
        "member changed: the profile; by anna",
    ]


def test_whatever_stands_in_an_entry_is_no_markup_and_no_pattern(client: Client, thehague: City) -> None:
    record("draft.held", thehague, by="", reason="<script>alert(1)</script> %(who)s 100%")
    record("member.joined", thehague, by="<b>%s", person="<i>", role="editor")
    page = client.get(TRAIL).content.decode()
    assert "<script>alert" not in page
    assert "<b>%s" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; %(who)s 100%" in page


def test_a_part_of_the_desk_gives_its_verbs_words(
    client: Client, thehague: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cityplus.desk.trail import sentences  # noqa: PLC0415 - what is plugged in ends with the test

    monkeypatch.setattr(sentences, "_says", dict(sentences._says))
    trail.plug({"poll.closed": "%(who)s closed the poll after %(days)s days"})
    record("poll.closed", thehague, days=3)
    assert shown(client) == ["anna closed the poll after 3 days"]


def test_one_sees_the_trail_of_one_s_own_city(client: Client, thehague: City, shenzhen: City) -> None:
    with transaction.atomic():
        journal.record("city.changed", shenzhen, handle="shenzhen", by="li")
    assert shown(client, "?person=li") == []
    assert all("li" not in line.split() for line in shown(client))


def test_filters_leave_what_is_asked_for(client: Client, thehague: City) -> None:
    record("city.changed", thehague)
    record("member.removed", thehague, by="ben", person="cleo")
    assert shown(client, "?person=ben") == ["ben took cleo out of the team"]
    assert shown(client, "?kind=city") == ["anna published the profile of the city"]
    assert shown(client, "?person=ben&kind=city") == []
    assert shown(client, "?kind=ci") == []


def test_days_are_those_of_the_city(client: Client, thehague: City) -> None:
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # half past midnight of 2 March in The Hague
    record("city.changed", thehague, at=late)
    assert len(shown(client, "?from=2026-03-02&to=2026-03-02")) == 1
    assert shown(client, "?to=2026-03-01") == shown(client, "?from=2026-03-03") == []
    assert len(shown(client, "?from=nonsense&to=9999-99-99")) == 1
    assert "March 2, 2026, 12:30" in client.get(TRAIL).content.decode()


@pytest.mark.parametrize("query", ["?person=%00", "?kind=%00", "?from=%00", "?from=0001-01-01", "?to=9999-12-31"])
def test_nothing_that_is_asked_breaks_it(client: Client, query: str) -> None:
    assert client.get(TRAIL + query).status_code == 200


def test_pages_follow_each_other_without_gap_and_cost_the_same(client: Client, thehague: City) -> None:
    for n in range(95):
        record("member.joined", thehague, person=f"p{n}", role="editor")
    seen: list[str] = []
    query = ""
    counts = set()
    while True:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(TRAIL + query)
        counts.add(len(queries))
        seen += re.findall(r"<bdi>(p\d+)</bdi>", answer.content.decode())
        more = re.search(r'rel="next" href="([^"]+)"', answer.content.decode())
        if more is None:
            break
        query = more[1].replace("&amp;", "&")
    assert seen == [f"p{n}" for n in reversed(range(95))]
    assert max(counts) < 25


def test_the_csv_has_what_the_filters_leave_in_every_value_quoted(client: Client, thehague: City, route: Route) -> None:
    record("route.published", route)
    record("member.removed", thehague, by="ben", person="ben")
    answer = client.get(TRAIL + "trail.csv?person=anna")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(
        r'attachment; filename="thehague-trail-\d{4}-\d\d-\d\d\.csv"', answer.headers["Content-Disposition"]
    )
    text = body(answer)
    assert text.startswith('\ufeff"number","at"')
    row, *others = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert others == []
    assert (row["by"], row["deed"], row["words"]) == ("anna", "route.published", "anna published the route To the sea")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}\+00:00", row["at"])


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝"])
def test_nothing_in_the_csv_is_a_formula(client: Client, thehague: City, begin: str) -> None:
    nasty = f'{begin}HYPERLINK("http://evil.example","x")'
    record("member.joined", thehague, by=nasty, person=nasty, role="editor")
    text = body(client.get(TRAIL + "trail.csv")).removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[1][3] == f"'{nasty}"
    for value in (value for row in rows for value in row):
        assert value.lstrip()[:1] not in set("=+-@＝"), value


def test_plain_values_stay_as_they_are() -> None:
    assert [cell(value) for value in ("", "anna", "12", "a=b")] == ["", "anna", "12", "a=b"]


def test_the_json_is_whole_whatever_its_length(client: Client, thehague: City, monkeypatch: pytest.MonkeyPatch) -> None:
    from cityplus.desk.trail import files  # noqa: PLC0415

    monkeypatch.setattr(files, "PIECE", 3)
    for n in range(8):
        record("member.joined", thehague, person=f"p{n}", role="editor")
    answer = client.get(TRAIL + "trail.json?kind=member")
    assert answer.streaming
    said = json.loads(body(answer))
    assert (said["city"], said["kind"]) == ("thehague", "member")
    assert [entry["facts"]["person"] for entry in said["entries"]] == [f"p{n}" for n in reversed(range(8))]
    empty = json.loads(body(client.get(TRAIL + "trail.json?person=nobody")))
    assert empty["entries"] == []


def test_files_speak_the_language_of_their_address(client: Client, thehague: City) -> None:
    record("member.joined", thehague, person="ben", role="editor")
    text = body(client.get("/nl" + TRAIL + "trail.json"))
    assert "redacteur" in text


def test_a_file_is_written_while_it_is_read(client: Client, thehague: City, monkeypatch: pytest.MonkeyPatch) -> None:
    from cityplus.desk.trail import files  # noqa: PLC0415

    monkeypatch.setattr(files, "PIECE", 2)
    for _ in range(6):
        record("city.changed", thehague)
    answer = client.get(TRAIL + "trail.csv")
    with CaptureQueriesContext(connection) as queries:
        pieces = iter(answer.streaming_content)  # type: ignore[attr-defined]
        next(pieces), next(pieces)
        first = len(queries)
        list(pieces)
    assert 0 < first < len(queries)
