"""What a city decides reaches those who write for the organisation."""

from __future__ import annotations

import pytest
from conftest import sign_in

from cityplus.journal.subscribers import deliver
from cityplus.notifications.models import Wishes
from cityplus.organisations.models import Delegate, Organisation
from cityplus.people.models import Person
from cityplus.people.tests.conftest import Postman

pytestmark = pytest.mark.django_db


def test_a_letter_and_a_notice_with_the_reason_each_time(
    works: Organisation, boss: Person, visitor: Person, postman: Postman
) -> None:
    Delegate.join(works, visitor, "representative", by="boss")
    for reason in ("No address.", "Still none."):
        works.ask(by="boss")
        works.give_back(reason, by="thehague-owner")
        deliver()
        [letter] = postman()
        assert letter.to == ["boss@example.org"]
        assert reason in str(letter.body)
    page = sign_in(boss).get("/notices/").content.decode()
    assert "The Hague gave Dune Yard back." in page
    assert "No address." in page and "Still none." in page
    assert "gave Dune Yard back" not in sign_in(visitor).get("/notices/").content.decode()
    assert "Still none." in sign_in(boss).get("/work/@dune_yard/").content.decode()
    works.ask(by="boss")
    works.verify(by="thehague-owner")
    deliver()
    assert "has verified" in str(postman()[0].body)
    works.refresh_from_db()
    assert works.reason == ""


def test_who_wants_no_notices_of_it_gets_the_letter_all_the_same(
    works: Organisation, boss: Person, postman: Postman
) -> None:
    Wishes.of(boss).choose({"organisation": []})
    works.ask(by="boss")
    works.verify(by="thehague-owner")
    for _ in range(2):
        deliver()
    assert [letter.to for letter in postman()] == [["boss@example.org"]], "the workplace has promised one"
    assert "has verified" not in sign_in(boss).get("/notices/").content.decode()
