"""What the link in a letter does is one piece, ``people.views.invitations``: what it promises holds for cities and for organisations."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from conftest import sign_in
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.test import Client

from cityplus.cities import models as cities
from cityplus.cities.models import City
from cityplus.cities.tests.conftest import invitation_link
from cityplus.languages.text import Text
from cityplus.organisations import models as organisations
from cityplus.people.models import CLOSED, LetterOfInvitation, Person
from cityplus.people.tests.conftest import Postman, postman

__all__ = ["postman"]
ACCOUNT = {"username": "ines", "password1": "a long password", "born": "1990-05-01"}


class Letter(NamedTuple):
    """A letter that came, and what hangs on it: the invitation, who acts for its host, and where they work."""

    link: str
    invitation: LetterOfInvitation
    crew: models.QuerySet[cities.Member] | models.QuerySet[organisations.Delegate]
    work: str


@pytest.fixture(params=["city", "organisation"])
def letter(request: pytest.FixtureRequest, thehague: City, boss: Person, postman: Postman) -> Letter:
    if request.param == "city":
        sent: LetterOfInvitation = cities.Invitation.send(thehague, "ines@example.org", "editor", by="boss")
        return Letter(_link(postman), sent, cities.Member.objects.filter(city=thehague), "/desk/@thehague/")
    yard = organisations.Organisation.found("dune_yard", Text.of("en", en="Dune Yard"), thehague, "company", None)
    sent = organisations.Invitation.send(yard, "ines@example.org", "editor", by="boss")
    return Letter(_link(postman), sent, yard.delegates.all(), "/work/@dune_yard/")


@pytest.fixture
def boss(db: None) -> Person:
    return Person.enrol("boss", "boss@example.org", "a long password")


def _link(postman: Postman) -> str:
    [letter] = postman()
    assert isinstance(letter, EmailMultiAlternatives)
    return invitation_link(letter)


def test_the_page_says_who_invites_and_leads_on_by_addresses_of_its_own(letter: Letter, stranger: Client) -> None:
    page = stranger.get(letter.link)
    said = page.content.decode()
    assert "“boss” invites you" in said
    assert letter.invitation.host.native_name in said
    assert {f'action="{letter.link}{way}/"' in said for way in ("account", "refusal")} == {True}
    assert f'href="/account/session/?next={letter.link}"' in said
    assert (page.headers["Referrer-Policy"], "no-store" in page.headers["Cache-Control"]) == ("same-origin", True)
    assert stranger.get(f"{letter.link}account/").status_code == 405, "a link that is followed changes nothing"


def test_a_name_that_is_taken_or_a_form_that_is_wrong_leaves_it_open(letter: Letter, stranger: Client) -> None:
    for wrong in ({"username": "Boss"}, {"username": "in es"}, {"password1": "short"}):
        page = stranger.post(f"{letter.link}account/", ACCOUNT | wrong)
        assert page.status_code == 200
        assert 'class="form-error"' in page.content.decode()
    letter.invitation.refresh_from_db()
    assert letter.invitation.is_open
    assert not letter.crew.filter(person__username="ines").exists()


def test_an_account_is_made_once_and_leads_to_its_work(letter: Letter, stranger: Client) -> None:
    assert stranger.post(f"{letter.link}account/", ACCOUNT).headers["Location"] == letter.work
    assert letter.crew.get(person__username="ines").role == "editor"
    over = stranger.get(letter.link)
    assert over.status_code == 410
    assert f'href="{letter.work}"' in over.content.decode(), "who accepted is shown the way on"
    assert letter.work not in Client().get(letter.link).content.decode(), "and nobody else"


def test_two_clicks_are_one_yes_and_nobody_else_gets_in(letter: Letter, visitor: Person, stranger: Client) -> None:
    browser = sign_in(visitor)
    for _ in range(2):
        assert browser.post(f"{letter.link}acceptance/").headers["Location"] == letter.work
    assert letter.crew.filter(person=visitor).count() == 1
    other = sign_in(Person.enrol("other", "other@example.org", "a long password"))
    for answer in (other.post(f"{letter.link}acceptance/"), stranger.post(f"{letter.link}account/", ACCOUNT)):
        assert answer.status_code == 410
        assert str(CLOSED["accepted"]) in answer.content.decode()


def test_who_acts_for_it_already_is_told_so_and_keeps_their_role(letter: Letter, visitor: Person) -> None:
    letter.invitation.accept(visitor)
    letter.crew.filter(person=visitor).update(role="owner")
    sent = type(letter.invitation)._default_manager.filter(pk=letter.invitation.pk)
    sent.update(state="sent", accepted_by=None)
    answer = sign_in(visitor).post(f"{letter.link}acceptance/")
    assert answer.status_code == 409
    assert 'class="form-error" role="alert"' in answer.content.decode()
    assert letter.crew.get(person=visitor).role == "owner"


def test_who_has_the_address_signs_in_instead_of_making_a_second_account(letter: Letter, stranger: Client) -> None:
    Person.enrol("ines", "ines@example.org", "a long password")
    assert "password1" not in stranger.get(letter.link).content.decode()
    before = Person.objects.count()
    assert stranger.post(f"{letter.link}account/", ACCOUNT | {"username": "again"}).headers["Location"] == letter.link
    assert Person.objects.count() == before


def test_who_declines_is_asked_no_more(letter: Letter, stranger: Client) -> None:
    assert stranger.post(f"{letter.link}refusal/").headers["Location"] == letter.link
    assert str(CLOSED["declined"]) in stranger.get(letter.link).content.decode()
    assert stranger.post(f"{letter.link}refusal/").status_code == 410


def test_guessing_ends(letter: Letter, stranger: Client) -> None:
    token = letter.link.rstrip("/").rsplit("/", 1)[1]
    guesses = [letter.link.replace(token, f"{'x' * 40}{n}") for n in range(61)]
    assert [stranger.get(guess).status_code for guess in guesses] == [404] * 60 + [429]
