"""What came of it: one side tells, the other confirms; only then it counts, and only for who may know of it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from conftest import sign_in
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.opportunities import listing, totals
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.models import Interest, Opportunity, Outcome
from cityplus.opportunities.models.outcome import days_of
from cityplus.opportunities.tests.cast import begun, boss, firm, public

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
EUROS: dict[str, Any] = {"value_from": 100000, "value_to": 300000, "currency": "EUR", "value_public": True}


def lines(table: list[totals.Total]) -> dict[str, int]:
    return {line.label: line.outcomes for line in table}


def today() -> date:
    return timezone.now().date()


def confirmed(talk: Interest, kind: str = "pilot", **facts: Any) -> Outcome:
    outcome = Outcome.tell(talk, "guest", by="port-boss", kind=kind, **{"on": today(), **facts})
    outcome.confirm("host", by="delta-boss")
    return outcome


def test_it_counts_once_the_other_side_has_confirmed_it(talk: Interest) -> None:
    outcome = Outcome.tell(talk, "guest", by="port-boss", kind="pilot", on=today())
    assert totals.total(Outcome.objects.counted(NOBODY)).outcomes == 0
    with pytest.raises(OpportunityError, match="other side"):
        outcome.confirm("guest", by="port-boss")
    outcome.confirm("host", by="delta-boss")
    outcome.confirm("host", by="delta-boss")
    assert totals.total(Outcome.objects.counted(NOBODY)).outcomes == 1
    with pytest.raises(LifeCycleError):
        outcome.withdraw("guest", by="port-boss")


def test_what_is_refused_or_withdrawn_never_counts(talk: Interest) -> None:
    one = Outcome.tell(talk, "guest", by="port-boss", kind="pilot", on=today())
    one.refuse("host", by="delta-boss")
    other = Outcome.tell(talk, "host", by="delta-boss", kind="visit", on=today())
    with pytest.raises(OpportunityError):
        other.withdraw("guest", by="port-boss")
    other.withdraw("host", by="delta-boss")
    with pytest.raises(LifeCycleError):
        other.confirm("guest", by="port-boss")
    assert totals.total(Outcome.objects.counted(NOBODY)).outcomes == 0


def test_both_tell_the_same_and_that_is_a_confirmation(talk: Interest) -> None:
    one = Outcome.tell(talk, "guest", by="port-boss", kind="order", on=today(), **EUROS)
    assert Outcome.tell(talk, "guest", by="port-boss", kind="order", on=today(), **EUROS) == one
    two = Outcome.tell(talk, "host", by="delta-boss", kind="order", on=today(), **EUROS)
    assert one == two and Outcome.objects.get().state == "confirmed"
    other = Outcome.tell(talk, "host", by="delta-boss", kind="order", on=today())
    assert other != one and other.state == "proposed", "another value is another outcome"


def test_its_day_is_not_to_come_and_not_before_the_first_message(talk: Interest) -> None:
    first, last = days_of(talk)
    for day in (last + timedelta(days=1), first - timedelta(days=1)):
        with pytest.raises(OpportunityError, match="the day on which it happened"):
            Outcome.tell(talk, "guest", by="port-boss", kind="visit", on=day)


def test_totals_by_pair_city_sector_kind_and_year(talk: Interest, thehague: City, shenzhen: City) -> None:
    confirmed(talk, "order", **EUROS)
    confirmed(talk, "visit")
    back = begun(public(shenzhen.actor, "labs", sectors=["M"], sample=True), firm(thehague, "dunes"))
    Outcome.tell(back, "guest", by="x", kind="pilot", on=today(), value_from=7, value_to=7, currency="EUR").confirm(
        "host", by="y"
    )
    near = begun(public(thehague.actor, "near", sectors=["62"]), firm(thehague, "tides"))
    Outcome.tell(near, "guest", by="x", kind="pilot", on=today()).confirm("host", by="y")
    found = Outcome.objects.counted(NOBODY)
    whole = totals.total(found)
    assert (whole.outcomes, whole.samples, whole.value) == (4, 1, "€1,000 – €3,000"), (
        "money that is not public is in no sum"
    )
    assert lines(totals.by_pair(found)) == {"Shenzhen – The Hague": 3}, "within a city there is no pair"
    assert lines(totals.by_city(found)) == {"The Hague": 4, "Shenzhen": 3}
    assert sorted(lines(totals.by_sector(found)).values()) == [1, 3]
    assert lines(totals.by_kind(found)) == {"pilot": 2, "visit": 1, "order": 1}
    assert lines(totals.by_year(found)) == {str(today().year): 4}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2), ("?city=thehague", 2), ("?city=tsukuba", 0), ("?pair=shenzhen%2Bthehague", 2), ("?sector=J", 2), ("?sector=A", 0),
        ("?outcome=order", 1), ("?year=1999", 0), ("?year=x", 0), ("?sector=zz", 0),
        ("?year=0000", 0), ("?year=9999", 0), ("?year=%D9%A2%D9%A0%D9%A2%D9%A6", 0),
    ],
)  # fmt: skip
def test_the_page_and_the_file_have_the_same(talk: Interest, query: str, found: int) -> None:
    confirmed(talk, "order", evidence="https://example.org/=1", **EUROS)
    confirmed(talk, "visit")
    body = Client().get(f"/opportunities/outcomes/outcomes.csv{query}").content.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(body)))) == found
    page = Client().get(f"/opportunities/outcomes/{query}").content.decode()
    assert page.count('rel="nofollow noopener ugc"') == min(found, 1) and ("Nothing has been confirmed" in page) is (
        not found
    )


def test_outcomes_of_what_one_may_not_see_are_not_counted(talk: Interest) -> None:
    confirmed(talk)
    Opportunity.objects.update(audience="verified")
    assert totals.total(Outcome.objects.counted(NOBODY)).outcomes == 0
    port = talk.organisation
    assert totals.total(Outcome.objects.counted(boss(port))).outcomes == 1
    assert "pilot" not in Client().get("/opportunities/outcomes/").content.decode()
    assert "pilot" in sign_in(boss(port)).get("/opportunities/outcomes/").content.decode()


def test_told_and_confirmed_in_the_browser(talk: Interest) -> None:
    guest, host = sign_in(boss(talk.organisation)), sign_in(talk.opportunity.host.organisation.delegates.get().person)
    address = talk.get_absolute_url()
    data = {"kind": "memorandum", "on": today().isoformat(), "tongue": "en", "words": "Signed in the hall."}
    bad = {**data, "value_from": "many", "currency": "EUR"}
    assert guest.post(f"{address}outcomes/", bad).status_code == 422
    assert guest.post(f"{address}outcomes/", {**data, "value_from": "5000"}).status_code == 422, "in which currency?"
    assert guest.post(f"{address}outcomes/", {**data, "evidence": "javascript:alert(1)"}).status_code == 422
    assert not Outcome.objects.exists()
    assert guest.post(f"{address}outcomes/", data).status_code == 302
    outcome = Outcome.objects.get()
    guest.post(f"{address}outcomes/{outcome.pk}/", {"say": "confirmed"})
    assert Outcome.objects.get().state == "proposed"
    assert "It is so" in host.get(address).content.decode()
    host.post(f"{address}outcomes/{outcome.pk}/", {"say": "confirmed"})
    assert Outcome.objects.get().state == "confirmed"
    assert "Signed in the hall." in Client().get(talk.opportunity.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("utc", "first", "last"),
    [
        ("2026-12-31T12:00", "2026-12-31", "2026-12-31"),
        ("2026-12-31T17:00", "2026-12-31", "2027-01-01"),  # New Year in Shenzhen
        ("2026-12-31T23:30", "2026-12-31", "2027-01-01"),
        ("2027-01-01T00:30", "2027-01-01", "2027-01-01"),
    ],
)
def test_a_day_and_so_a_year_is_that_of_the_cities(
    talk: Interest, monkeypatch: pytest.MonkeyPatch, utc: str, first: str, last: str
) -> None:
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    Interest.objects.filter(pk=talk.pk).update(at=moment)
    talk.refresh_from_db()
    assert [day.isoformat() for day in days_of(talk)] == [first, last]
    confirmed(talk, "visit", on=date.fromisoformat(last))
    assert lines(totals.by_year(Outcome.objects.counted(NOBODY))) == {last[:4]: 1}
    body = Client().get(f"/opportunities/outcomes/outcomes.csv?year={last[:4]}").content.decode()
    assert f'"{last}"' in body


def test_the_form_begins_with_the_day_of_ones_own_city(talk: Interest, monkeypatch: pytest.MonkeyPatch) -> None:
    guest, host = boss(talk.organisation), talk.opportunity.host.organisation.delegates.get().person
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 31, 17, tzinfo=UTC))
    browsers = sign_in(guest), sign_in(host)
    pages = [browser.get(talk.get_absolute_url()).content.decode() for browser in browsers]
    assert 'value="2027-01-01"' in pages[0] and 'value="2026-12-31"' in pages[1]


@pytest.mark.parametrize(
    "begins",
    ["=", "+", "-", "@", "\t=", "\r=", "\n@", " =", "\u3000=", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "−", "\u200b=",
     "\ufeff=", "\u00a0＝", "\x00=", "\t", "\r"],
)  # fmt: skip
def test_no_cell_of_the_file_is_a_formula(talk: Interest, begins: str) -> None:
    words = f"{begins}HYPERLINK(A1)"
    assert listing.cell(words) == f"'{words}"
    confirmed(talk, evidence=f"{begins}x".replace("\x00", "="))
    body = Client().get("/opportunities/outcomes/outcomes.csv").content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(body, newline=""))
    assert row["evidence"][0] == "'"


def test_money_of_samples_and_of_one_currency_each_in_the_totals(
    talk: Interest, thehague: City, shenzhen: City
) -> None:
    confirmed(talk, "order", **EUROS)
    confirmed(talk, "visit", value_from=5, value_to=5, currency="JPY", value_public=True)
    sample = begun(public(shenzhen.actor, "labs", sample=True), firm(thehague, "dunes"))
    Outcome.tell(sample, "guest", by="x", kind="order", on=today(), **EUROS).confirm("host", by="y")
    [line] = totals.by_pair(Outcome.objects.counted(NOBODY))
    assert (line.outcomes, line.samples, line.value) == (3, 1, "€2,000 – €6,000 · ¥5")
    page = Client().get("/opportunities/outcomes/").content.decode()
    assert "1 of them a sample" in page and "€2,000 – €6,000 · ¥5" in page
    body = Client().get("/opportunities/outcomes/outcomes.csv").content.decode("utf-8-sig")
    assert [row["sample"] for row in csv.DictReader(io.StringIO(body))].count("sample") == 1
