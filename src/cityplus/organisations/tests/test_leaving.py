"""What becomes of organisations when somebody who acts for them closes their account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conftest import sign_in
from django.utils import timezone

from cityplus.organisations.models import Delegate, Invitation, Organisation
from cityplus.people.models import Person
from cityplus.social.accounts import leaving

pytestmark = pytest.mark.django_db


def test_the_only_owner_of_one_that_goes_on_stays(verified: Organisation, boss: Person) -> None:
    with pytest.raises(leaving.Tied, match="You are the only owner of Duinwerf"):
        leaving.close(boss, by="boss")
    verified.refresh_from_db()
    assert verified.state == "verified"
    assert verified.delegates.filter(person=boss).exists()
    verified.close(by="boss")
    leaving.close(boss, by="boss")
    assert not verified.delegates.exists()


@pytest.mark.parametrize("asked", [True, False])
def test_one_that_nobody_else_knows_of_is_closed(works: Organisation, boss: Person, asked: bool) -> None:
    if asked:
        works.ask(by="boss")
    leaving.close(boss, by="boss")
    works.refresh_from_db()
    assert works.state == "closed"


def test_what_is_closed_keeps_nobody(verified: Organisation, boss: Person, visitor: Person) -> None:
    """Nothing of it changes any more, so nobody else can be made its owner either."""
    Delegate.join(verified, visitor, "editor", by="boss")
    verified.close(by="boss")
    browser = sign_in(boss)
    mine = verified.delegates.get(person=boss)
    assert browser.post(f"/work/@dune_yard/delegates/{mine.pk}/removal/").headers["Location"] == "/account/"
    Delegate.join(verified, boss, "owner", by="test")
    leaving.close(boss, by="boss")
    assert list(verified.delegates.values_list("person", flat=True)) == [visitor.pk]


def test_others_go_on_and_no_name_is_left(works: Organisation, boss: Person, visitor: Person) -> None:
    Delegate.join(works, visitor, "owner", by="boss")
    invitation = Invitation.send(works, "new@example.org", "editor", by="boss")
    leaving.close(boss, by="boss")
    assert list(works.delegates.values_list("person", flat=True)) == [visitor.pk]
    leaving.purge_due(timezone.now() + timedelta(days=31))
    invitation.refresh_from_db()
    assert invitation.sent_by != "boss"
    works.refresh_from_db()
    assert works.state == "draft"
