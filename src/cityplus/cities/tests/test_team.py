"""A team changes by verbs, keeps an owner whatever happens, and hands over in one action."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from cityplus.cities.models import City, Member, TeamError
from cityplus.cities.rights import RIGHTS, Right, least_with, role_of
from cityplus.drafts import Edit
from cityplus.drafts.models import Draft
from cityplus.journal.models import Entry
from cityplus.people.models import Person
from cityplus.routes.models import Route


def joined(city: City, name: str, role: str) -> Member:
    return Member.join(city, Person.objects.create_user(name), role, by="test")


def told(city: City) -> list[tuple[str, str, dict[str, Any]]]:
    entries = Entry.objects.filter(handle=city.handle, verb__startswith="member.").order_by("id")
    return [(entry.verb, entry.by, entry.data) for entry in entries]


def test_every_change_of_a_team_is_told_with_who_made_it(thehague: City) -> None:
    joined(thehague, "anna", "owner")
    ben = joined(thehague, "ben", "editor")
    ben.change("translator", by="anna")
    ben.change("translator", by="anna")
    ben.remove(by="ben")
    ben.remove(by="ben")
    assert told(thehague)[1:] == [
        ("member.joined", "test", {"person": "ben", "role": "editor"}),
        ("member.changed", "anna", {"person": "ben", "role": "translator", "was": "editor"}),
        ("member.removed", "ben", {"person": "ben", "role": "translator"}),
    ]
    assert role_of(Person.objects.get(username="ben"), thehague) is None


def test_who_joins_twice_keeps_the_first_role(thehague: City) -> None:
    ben = joined(thehague, "ben", "editor")
    assert Member.join(thehague, ben.person, "owner", by="test").role == "editor"
    assert len(told(thehague)) == 1


def test_the_last_owner_stays(thehague: City, shenzhen: City) -> None:
    anna = joined(thehague, "anna", "owner")
    ben = joined(thehague, "ben", "editor")
    joined(shenzhen, "li", "owner")
    for deed in (lambda: anna.change("editor", by="anna"), lambda: anna.remove(by="anna")):
        with pytest.raises(TeamError, match="one owner at least"):
            deed()
    ben.change("owner", by="anna")
    anna.remove(by="anna")
    with pytest.raises(TeamError):
        ben.remove(by="ben")


def test_an_owner_whose_account_is_closed_does_not_keep_a_team(thehague: City) -> None:
    anna, ben = joined(thehague, "anna", "owner"), joined(thehague, "ben", "owner")
    ben.person.entitle(active=False, office=False, by="test")
    with pytest.raises(TeamError):
        anna.remove(by="anna")
    ben.remove(by="anna")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["remove", "change", "mixed"])
def test_of_two_owners_who_go_at_one_moment_one_stays(thehague: City, how: str) -> None:
    anna, ben = joined(thehague, "anna", "owner"), joined(thehague, "ben", "owner")
    deeds: dict[str, Callable[[Member], None]] = {
        "remove": lambda member: member.remove(by="test"),
        "change": lambda member: member.change("analyst", by="test"),
    }
    first, second = (deeds["remove"], deeds["change"]) if how == "mixed" else (deeds[how], deeds[how])
    gate, refused = threading.Barrier(2), []

    def go(deed: Callable[[Member], None], member: Member) -> None:
        try:
            gate.wait(10)
            deed(member)
        except TeamError as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=pair) for pair in ((first, anna), (second, ben))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert Member.objects.filter(city=thehague, role="owner").count() == 1


def test_handing_over_passes_on_role_and_open_work_and_leaves_authorship(thehague: City, route: Route) -> None:
    anna, ben = joined(thehague, "anna", "editor"), joined(thehague, "ben", "translator")
    draft = Draft.on("route", route.pk, thehague.actor)
    draft.edit([Edit("minutes", "", 90)] if not route.minutes else [], by="anna")
    draft.keep(by="anna")
    Draft.objects.update(publish_at=timezone.now() + timedelta(days=1), scheduled_by="anna")
    assert anna.hand_over(to=ben, by="anna") == {"scheduled": 1}
    assert ben.role == Member.objects.get(pk=ben.pk).role == "editor"
    assert not Member.objects.filter(person=anna.person).exists()
    kept = Draft.objects.get()
    assert (kept.scheduled_by, kept.begun_by) == ("ben", "anna")
    facts = {"person": "anna", "role": "editor", "to": "ben", "became": "editor", "was": "translator"}
    assert told(thehague)[-1] == ("member.handed_over", "anna", {**facts, "passed": {"scheduled": 1}})


def test_handing_over_never_takes_a_right(thehague: City) -> None:
    joined(thehague, "anna", "owner")
    ben, cleo = joined(thehague, "ben", "analyst"), joined(thehague, "cleo", "editor")
    ben.hand_over(to=cleo, by="ben")
    assert Member.objects.get(pk=cleo.pk).role == "editor"


def test_the_last_owner_may_hand_over(thehague: City) -> None:
    anna, ben = joined(thehague, "anna", "owner"), joined(thehague, "ben", "analyst")
    anna.hand_over(to=ben, by="anna")
    assert Member.objects.get(city=thehague).role == "owner"


def test_nobody_becomes_an_owner_by_the_work_of_two_lesser_roles(thehague: City) -> None:
    ben, cleo = joined(thehague, "ben", "translator"), joined(thehague, "cleo", "presenter")
    with pytest.raises(TeamError, match="No role but the owner’s may do what both may: translator and presenter"):
        ben.hand_over(to=cleo, by="anna")
    assert Member.objects.filter(city=thehague).count() == 2
    assert len(told(thehague)) == 2


def test_one_hands_over_within_a_team_and_not_to_oneself(thehague: City, shenzhen: City) -> None:
    ben, li = joined(thehague, "ben", "editor"), joined(shenzhen, "li", "editor")
    for heir in (ben, li):
        with pytest.raises(TeamError, match="somebody else of the team"):
            ben.hand_over(to=heir, by="ben")


@pytest.mark.parametrize("one", list(Member.Role))
@pytest.mark.parametrize("other", list(Member.Role))
def test_the_role_for_two_may_do_what_both_may(one: str, other: str) -> None:
    found = least_with(one, other)
    assert RIGHTS[found] >= RIGHTS[one] | RIGHTS[other]
    if RIGHTS[one] >= RIGHTS[other]:
        assert found == one
    assert Right.SEE in RIGHTS[found]
