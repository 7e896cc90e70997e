"""Organisations at the desk of their city: what waits, and the word of the city."""

from __future__ import annotations

import re

import pytest
from conftest import sign_in

from cityplus.cities.models import City, Member
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.organisations.models import Organisation
from cityplus.people.models import Person

AT = "/desk/@thehague/organisations/"


@pytest.fixture
def lab(thehague: City, visitor: Person) -> Organisation:
    facts = {"about": Text.of("en", en="Measures waves."), "languages": ["en"]}
    lab = Organisation.found("wave_lab", Text.of("en", en="Wave Lab"), thehague, "institute", visitor, **facts)
    lab.ask(by="visitor")
    return lab


def test_it_waits_on_the_first_page_for_who_verifies(lab: Organisation, owner: Person) -> None:
    browser = sign_in(owner)
    assert "1 organisation asks to be verified." in browser.get("/desk/@thehague/").content.decode()
    assert "Wave Lab" in browser.get(AT).content.decode()
    page = browser.get(f"{AT}{lab.pk}/").content.decode()
    assert "Measures waves." in page and "visitor" in page


def test_the_city_gives_its_word_and_takes_it_back(lab: Organisation, editor: Person) -> None:
    browser = sign_in(editor)
    browser.post(f"{AT}{lab.pk}/verification/")
    lab.refresh_from_db()
    assert (lab.state, lab.verified_by) == ("verified", "thehague-editor")
    empty = browser.post(f"{AT}{lab.pk}/return/", {"reason": "  "})
    assert empty.status_code == 422
    assert "Say why" in empty.content.decode()
    browser.post(f"{AT}{lab.pk}/return/", {"reason": "It has moved."})
    lab.refresh_from_db()
    assert (lab.state, lab.reason) == ("draft", "It has moved.")
    assert "It has moved." in browser.get(f"{AT}{lab.pk}/").content.decode()
    trail = browser.get("/desk/@thehague/trail/").content.decode()
    assert "“Wave Lab”" in trail and "It has moved." in trail


@pytest.mark.parametrize(("deed", "sent"), [("verification", {}), ("return", {"reason": "No."})])
def test_the_word_is_given_for_what_was_looked_at(
    lab: Organisation, owner: Person, deed: str, sent: dict[str, str]
) -> None:
    """It is taken back, called otherwise and asks again, while somebody at the desk reads what it was."""
    browser = sign_in(owner)
    [seen] = set(re.findall(r'name="seen" value="([^"]+)"', browser.get(f"{AT}{lab.pk}/").content.decode()))
    lab.withdraw(by="visitor")
    lab.change(by="visitor", names=Text.of("en", en="Bank of The Hague"))
    lab.ask(by="visitor")
    page = browser.post(f"{AT}{lab.pk}/{deed}/", sent | {"seen": seen}, follow=True)
    assert "decided or withdrawn in the meantime" in page.content.decode()
    lab.refresh_from_db()
    assert lab.state == "asked"


def test_of_two_who_decide_the_second_is_told(lab: Organisation, owner: Person) -> None:
    lab.withdraw(by="visitor")
    page = sign_in(owner).post(f"{AT}{lab.pk}/verification/", follow=True)
    assert page.status_code == 404, "a draft that the city never decided on is not its business"
    lab.ask(by="visitor")
    Organisation.objects.get(pk=lab.pk).give_back("No.", by="thehague-editor")
    page = sign_in(owner).post(f"{AT}{lab.pk}/verification/", follow=True)
    assert "decided or withdrawn in the meantime" in page.content.decode()
    with pytest.raises(LifeCycleError):
        lab.verify(by="thehague-owner")


def test_another_city_has_no_say(lab: Organisation, shenzhen: City) -> None:
    mei = Person.objects.create_user("mei")
    Member.objects.create(city=shenzhen, person=mei, role="owner")
    browser = sign_in(mei)
    assert browser.post(f"/desk/@shenzhen/organisations/{lab.pk}/verification/").status_code == 404
    assert browser.post(f"{AT}{lab.pk}/verification/").status_code == 404
    lab.refresh_from_db()
    assert lab.state == "asked"
