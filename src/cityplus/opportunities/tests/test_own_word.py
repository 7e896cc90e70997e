"""Nobody confirms their own word: who deals for both sides, and told it for one, confirms it for neither."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conftest import sign_in
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.models import Interest, Outcome
from cityplus.opportunities.tests.cast import begun, boss, firm, public
from cityplus.organisations.models import Delegate
from cityplus.people.models import Person
from cityplus.social.accounts import leaving

pytestmark = pytest.mark.django_db
SAYS = "You told this yourself. Somebody else has to confirm it for the other side."


@pytest.fixture
def talk(thehague: City, owner: Person) -> Interest:
    """A city is host, and somebody of its team deals for the guest too."""
    guest = firm(thehague, "port")
    Delegate.join(guest, owner, "owner", by="port-boss")
    return begun(public(thehague.actor), guest)


def told(talk: Interest, side: str, by: str) -> Outcome:
    return Outcome.tell(talk, side, by=by, kind="pilot", on=timezone.now().date())


def test_who_told_it_does_not_confirm_it_for_the_other_side(talk: Interest, owner: Person, editor: Person) -> None:
    one = told(talk, "guest", owner.username)
    with pytest.raises(OpportunityError, match="You told this yourself"):
        one.confirm("host", by=owner.username)
    assert Outcome.objects.get().state == "proposed"
    one.confirm("host", by=editor.username)
    one.confirm("host", by=owner.username)  # it is so already
    assert Outcome.objects.get().decided_by == editor.username


def test_who_tells_the_same_for_the_other_side_confirms_nothing(talk: Interest, owner: Person, editor: Person) -> None:
    told(talk, "guest", owner.username)
    with pytest.raises(OpportunityError, match="You told this yourself"):
        told(talk, "host", owner.username)
    assert Outcome.objects.get().state == "proposed"
    assert told(talk, "host", editor.username).state == "confirmed"


def test_they_may_still_refuse_and_withdraw_it(talk: Interest, owner: Person) -> None:
    told(talk, "guest", owner.username).refuse("host", by=owner.username)
    one = told(talk, "guest", owner.username)
    one.withdraw("guest", by=owner.username)
    assert {*Outcome.objects.values_list("state", flat=True)} == {"refused", "withdrawn"}


def test_the_page_says_so_and_offers_no_button(talk: Interest, owner: Person, editor: Person) -> None:
    one = told(talk, "guest", owner.username)
    browser, address = sign_in(owner), talk.get_absolute_url()
    page = browser.get(f"{address}?side=host").content.decode()
    assert SAYS in page and 'value="confirmed"' not in page and 'value="refused"' in page
    answer = browser.post(f"{address}outcomes/{one.pk}/", {"say": "confirmed", "side": "host"}, follow=True)
    assert SAYS in answer.content.decode() and Outcome.objects.get().state == "proposed"
    facts = {"kind": "pilot", "on": timezone.now().date().isoformat(), "tongue": "en", "side": "host"}
    answer = browser.post(f"{address}outcomes/", facts)
    assert answer.status_code == 422 and SAYS in answer.content.decode()
    assert Outcome.objects.get().state == "proposed"
    assert 'value="confirmed"' in sign_in(editor).get(address).content.decode()


def test_who_deals_for_both_goes_on_as_the_side_that_they_acted_for(talk: Interest, owner: Person) -> None:
    browser, address = sign_in(owner), talk.get_absolute_url()
    facts = {"kind": "pilot", "on": timezone.now().date().isoformat(), "tongue": "en"}
    for where, sent in (
        ("messages/", {"words": "Good day.", "tongue": "en"}),
        ("state/", {"state": "meeting"}),
        ("help/", {"on": "1"}),
        ("outcomes/", facts),
    ):
        answer = browser.post(f"{address}{where}", {**sent, "side": "guest"})
        assert answer["Location"].startswith(f"{address}?side=guest"), where
    one = Outcome.objects.get()
    answer = browser.post(f"{address}outcomes/{one.pk}/", {"say": "withdrawn", "side": "guest"})
    assert answer["Location"].startswith(f"{address}?side=guest")


def test_somebody_new_under_a_name_that_became_free_is_somebody_else(talk: Interest, thehague: City) -> None:
    """No account changes its name, but by being purged: then a new one can take it."""
    person = boss(talk.organisation)
    one = told(talk, "guest", person.username)
    Delegate.join(talk.organisation, Person.objects.create_user("colleague"), "owner", by=person.username)
    leaving.close(person, by=person.username)
    leaving.purge_due(timezone.now() + timedelta(days=31))
    new = Person.objects.create_user(person.username)
    one.refresh_from_db()
    assert new.pk != person.pk and one.told_by != new.username
    one.confirm("host", by=new.username)
    assert Outcome.objects.get().state == "confirmed"
