"""What happens when people, and the worker, do things to one opportunity at one time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone
from tests import at_once

from cityplus.cities.models import City
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.expiring import calendar
from cityplus.opportunities.models import Care, Interest, Opportunity, Outcome
from cityplus.opportunities.tests.cast import begun, drafted, firm, public

pytestmark = pytest.mark.django_db(transaction=True)
together = partial(at_once.together, refusals=(OpportunityError, LifeCycleError))


def verbs(verb: str) -> int:
    return Entry.objects.filter(verb=verb).count()


def test_two_confirm_and_it_is_confirmed_once(talk: Interest) -> None:
    outcome = Outcome.tell(talk, "guest", by="port-boss", kind="pilot", on=timezone.now().date())
    mine = [Outcome.objects.select_related("interest").get(pk=outcome.pk) for _ in range(4)]
    together(*(lambda row=row: row.confirm("host", by="delta-boss") for row in mine))
    outcome.refresh_from_db()
    assert (outcome.state, verbs("outcome.confirmed")) == ("confirmed", 1)


def test_both_tell_the_same_and_there_is_one(talk: Interest) -> None:
    facts: dict[str, Any] = {"kind": "pilot", "on": timezone.now().date()}
    together(*(lambda side=side: Outcome.tell(talk, side, by=side, **facts) for side in ("host", "guest") * 2))
    assert Outcome.objects.get().state == "confirmed" and verbs("outcome.confirmed") == 1


def test_confirming_and_withdrawing_end_as_one_of_the_two(talk: Interest) -> None:
    outcome = Outcome.tell(talk, "guest", by="port-boss", kind="pilot", on=timezone.now().date())
    one, other = (Outcome.objects.select_related("interest").get(pk=outcome.pk) for _ in range(2))
    together(lambda: one.confirm("host", by="delta-boss"), lambda: other.withdraw("guest", by="port-boss"))
    outcome.refresh_from_db()
    assert verbs("outcome.confirmed") + verbs("outcome.withdrawn") == 1
    assert verbs(f"outcome.{outcome.state}") == 1


@pytest.mark.parametrize("turn", range(3))
def test_what_is_renewed_when_its_day_ends_is_open(thehague: City, turn: int) -> None:
    one = public(thehague.actor)
    now, until = one.expires_at + timedelta(seconds=1), timezone.now() + timedelta(days=120)
    given = together(lambda: calendar(now), lambda: Opportunity.objects.get(pk=one.pk).renew(until, by="host"))
    one.refresh_from_db()
    assert not isinstance(given[1], Exception) and (one.state, one.expires_at) == ("public", until)
    assert verbs("opportunity.renewed") == 1 and verbs("opportunity.lapsed") == given[0][1] <= 1


def test_workers_remind_once_and_let_lapse_once(thehague: City, talk: Interest) -> None:
    one = talk.opportunity
    care = Care.of(talk, thehague)
    care.remind(timezone.now(), by="owner")
    soon, over = one.expires_at - timedelta(days=3), one.expires_at
    reminded = together(*(lambda: calendar(soon),) * 3)
    assert (sum(a for a, _, _ in reminded), sum(c for _, _, c in reminded)) == (1, 1)
    lapsed = together(*(lambda: calendar(over),) * 3)
    assert sum(b for _, b, _ in lapsed) == 1
    assert (verbs("opportunity.expiring"), verbs("opportunity.lapsed"), verbs("care.due")) == (1, 1, 1)


def test_an_organisation_answers_twice_and_there_is_one_conversation(thehague: City, shenzhen: City) -> None:
    one, port = public(thehague.actor), firm(shenzhen, "port")
    together(*(lambda: begun(one, port),) * 4)
    assert Interest.objects.get().messages.count() == 4 and verbs("interest.begun") == 1


def test_a_desk_says_one_thing(thehague: City) -> None:
    one = drafted(thehague.actor)
    one.submit(by="host")
    rows = [Opportunity.objects.get(pk=one.pk) for _ in range(3)]
    together(lambda: rows[0].publish(by="a"), lambda: rows[1].publish(by="b"), lambda: rows[2].take_back(by="c"))
    one.refresh_from_db()
    assert verbs("opportunity.public") <= 1 and one.state in {"public", "draft"}
    assert (one.published_at is not None) is (one.state == "public")


def test_a_host_makes_one_of_an_address(thehague: City) -> None:
    given = together(*(lambda: drafted(thehague.actor),) * 4)
    assert Opportunity.objects.count() == 1 and sum(isinstance(one, OpportunityError) for one in given) == 3


def test_talking_closing_and_telling_do_not_wait_in_a_ring(talk: Interest) -> None:
    def again(deed: Callable[[int], Any]) -> Callable[[], list[Any]]:
        return lambda: [deed(number) for number in range(4)]

    port, host = talk.organisation.actor, talk.opportunity.host
    day = timezone.now().date()
    together(
        again(lambda n: talk.write(port, Text.of("en", en=f"p{n}"), by="p")),
        again(lambda n: begun(talk.opportunity, talk.organisation, f"b{n}")),
        again(lambda n: talk.write(host, Text.of("en", en=f"h{n}"), by="h")),
        again(lambda n: Outcome.tell(talk, "guest", by="p", kind="visit", on=day, evidence=f"https://example.org/{n}")),
        again(lambda n: Care.ask(talk, "host", by="h")),
    )
    assert talk.messages.count() == 13 and talk.outcomes.count() == 4 and verbs("care.asked") == 1
