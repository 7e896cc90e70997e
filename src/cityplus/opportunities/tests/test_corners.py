"""What goes wrong in corners alone: steps out of turn, days beyond the calendar, amounts typed in another way, reminders to nobody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from conftest import make_city, sign_in
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.journal import subscribers
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.moderation.models import BlockedWord
from cityplus.notifications.models import Notice
from cityplus.opportunities import money, totals
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.expiring import calendar
from cityplus.opportunities.forms import DayForm, end_of
from cityplus.opportunities.models import Care, Interest, Opportunity, Outcome, Search
from cityplus.opportunities.tests.cast import begun, boss, drafted, public
from cityplus.organisations.models import Organisation
from cityplus.people.models import Letter, Person

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


@pytest.fixture
def unsaid(delta: Organisation, port: Organisation) -> Interest:
    """An interest whose only message waits for an officer."""
    BlockedWord.add("pearls", "hold", by="first")
    return begun(public(delta.actor), port, "Buy pearls!")


def today() -> date:
    return timezone.now().date()


def test_who_waits_for_the_city_does_not_renew_past_it(delta: Organisation) -> None:
    one = drafted(delta.actor)
    until = timezone.now() + timedelta(days=30)
    with pytest.raises(LifeCycleError):
        one.renew(until, by="host")
    one.submit(by="host")
    with pytest.raises(LifeCycleError):
        one.renew(until, by="host")
    address = f"/work/@delta/opportunities/{one.slug}/renewal/"
    sign_in(boss(delta)).post(address, {"until": until.date().isoformat()})
    assert Opportunity.objects.get().state == "submitted"


def test_an_interest_of_which_nothing_was_said_is_in_no_list_and_at_no_desk(
    unsaid: Interest, delta: Organisation, owner: Person
) -> None:
    assert "Port" not in sign_in(boss(delta)).get("/work/@delta/interests/").content.decode()
    assert "Smart quays" in sign_in(boss(unsaid.organisation)).get("/work/@port/interests/").content.decode()
    assert sign_in(owner).get(f"/desk/@thehague/interests/{unsaid.pk}/").status_code == 404


def test_nothing_comes_of_what_was_not_said(unsaid: Interest) -> None:
    with pytest.raises(OpportunityError, match="Nothing was said"):
        Outcome.tell(unsaid, "guest", by="port-boss", kind="visit", on=today())
    subscribers.deliver()
    assert not Letter.objects.filter(to="delta@example.org", subject="Can you confirm this outcome?").exists()


def test_who_is_asked_to_confirm_sees_the_evidence(talk: Interest, delta: Organisation) -> None:
    Outcome.tell(talk, "guest", by="port-boss", kind="visit", on=today(), evidence="https://example.org/us")
    assert 'href="https://example.org/us"' in sign_in(boss(delta)).get(talk.get_absolute_url()).content.decode()


def test_no_filter_offers_a_language_that_only_hidden_ones_have(delta: Organisation) -> None:
    drafted(delta.actor, "draft", tongues=["ka"])
    public(delta.actor, "some", tongues=["mn"], audience="verified")
    public(delta.actor, "all", tongues=["eu"])
    page = Client().get("/opportunities/").content.decode()
    assert [tag for tag in ("ka", "mn", "eu") if f'<option value="{tag}"' in page] == ["eu"]
    assert '<option value="mn"' in sign_in(boss(delta)).get("/opportunities/").content.decode()


@pytest.mark.parametrize(
    "said", ["1,000", "12.500", "1.5.0", "1e5", "1e999999", "1_000", "--1", "0x1", "NaN", "", "1.-"]
)
def test_what_may_be_read_in_two_ways_or_none_is_no_amount(said: str) -> None:
    with pytest.raises(OpportunityError, match="is no amount"):
        money.minor(said, "EUR")


@pytest.mark.parametrize(
    ("said", "cents"), [("12 500", 1250000), ("12\u202f500,5", 1250050), ("12\u00a0500.50", 1250050), ("٣", 300)]
)
def test_figures_in_groups_are_an_amount(said: str, cents: int) -> None:
    assert money.minor(said, "EUR") == cents


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31"])
def test_a_day_outside_of_every_calendar_is_said_to_be_none(talk: Interest, owner: Person, day: str) -> None:
    assert not DayForm({"until": day}).is_valid()
    browser = sign_in(owner)
    address = f"/desk/@thehague/interests/{talk.pk}/reminder/"
    assert "That is no day." in browser.post(address, {"until": day}, follow=True).content.decode()
    assert not Care.objects.filter(remind_at__isnull=False).exists()


def test_its_last_day_is_that_of_its_city(db: None) -> None:
    city = make_city("quito", Text.of("en", en="Quito"), stage="launched", time_zone="America/Guayaquil")
    one = public(city.actor, expires_at=end_of(date(today().year + 1, 1, 31), city) - timedelta(days=30))
    assert one.last_day == date(today().year + 1, 1, 1)
    for address in ("/opportunities/", one.get_absolute_url()):
        page = Client().get(address).content.decode()
        assert f"January 1, {one.last_day.year}" in page and f"January 2, {one.last_day.year}" not in page


def test_a_filter_that_is_none_is_not_kept(visitor: Person) -> None:
    sent = {"city": "海" * 36, "language": "語" * 36, "name": "Seas"}
    page = sign_in(visitor).post("/opportunities/searches/", sent, follow=True).content.decode()
    assert "Choose the filters from the list." in page and not Search.objects.exists()


def test_who_has_answered_already_reads_why_another_message_is_not_said(talk: Interest, port: Organisation) -> None:
    BlockedWord.add("pearls", "refuse", by="first")
    address = f"{talk.opportunity.get_absolute_url()}interests/"
    answer = sign_in(boss(port)).post(address, {"for": "port", "words": "Buy pearls!", "tongue": "en"})
    assert answer.status_code == 422 and "“pearls” is not published here" in answer.content.decode()


def test_what_moderation_withholds_is_answered_by_nobody(delta: Organisation, port: Organisation) -> None:
    one = public(delta.actor)
    one.withhold(True, by="office")
    with pytest.raises(OpportunityError, match="not open"):
        begun(one, port)


def test_a_sample_asks_nobody_whether_it_holds(delta: Organisation) -> None:
    soon = timezone.now() + timedelta(days=5)
    public(delta.actor, sample=True, expires_at=soon)
    public(delta.actor, "real", expires_at=soon)
    assert calendar()[0] == 1
    assert calendar(soon)[1] == 2, "both lapse"


@pytest.mark.parametrize("gone", [False, True])
def test_a_reminder_comes_to_the_desk_where_nobody_sees_to_it(
    talk: Interest, thehague: City, owner: Person, editor: Person, gone: bool
) -> None:
    care = Care.of(talk, thehague)
    if gone:
        care.assign(editor, by=owner.username)
    care.remind(timezone.now() - timedelta(hours=1), by=owner.username)
    if gone:
        thehague.team.get(person=editor).delete()
    Notice.objects.all().delete()
    subscribers.deliver()
    Notice.objects.all().delete()
    calendar()
    subscribers.deliver()
    told = set(Notice.objects.filter(kind="opportunities.deed").values_list("person__username", flat=True))
    assert told == ({owner.username} if gone else {owner.username, editor.username})


def test_a_guest_that_shows_nothing_any_more_is_in_no_count(talk: Interest, port: Organisation) -> None:
    Outcome.tell(talk, "guest", by="port-boss", kind="visit", on=today()).confirm("host", by="delta-boss")
    assert totals.total(Outcome.objects.counted(NOBODY)).outcomes == 1
    Organisation.objects.filter(pk=port.pk).update(state="draft")
    assert not Outcome.objects.counted(NOBODY).exists()
    assert "Port" not in Client().get("/opportunities/outcomes/").content.decode()
