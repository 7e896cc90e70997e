"""Invitations into the team of a city: sent, accepted once, declined, taken back, lapsed."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from conftest import make_city, sign_in
from django.test import Client
from django.utils import timezone
from tests.at_once import together

from cityplus.cities.models import City, Invitation, InvitationError, Member
from cityplus.cities.tests.conftest import invitation_link
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.people.models import Person
from cityplus.people.tests.conftest import Postman, enter

ADDRESS = "Ines@plovdiv.example"
ACCOUNT = {"username": "ines", "password1": "a long password", "born": "1990-05-01"}


@pytest.fixture
def invitation(plovdiv: City) -> Invitation:
    return Invitation.send(plovdiv, ADDRESS, "owner", by="foundation", language="fr")


@pytest.fixture
def link(invitation: Invitation, postman: Postman) -> str:
    [letter] = postman()
    return invitation_link(letter)


def test_the_letter_says_who_invites_to_what_in_the_language_chosen(invitation: Invitation, postman: Postman) -> None:
    [letter] = postman()
    assert letter.to == ["ines@plovdiv.example"]
    assert "Plovdiv" in str(letter.body)
    assert invitation_link(letter).startswith("/fr/invitations/")


def test_a_letter_to_somebody_known_is_in_their_language(plovdiv: City, postman: Postman) -> None:
    Person.enrol("noor", "noor@example.org", ACCOUNT["password1"]).prefer("nl")
    Invitation.send(plovdiv, "noor@example.org", "editor", by="ines", language="fr")
    assert invitation_link(postman()[0]).startswith("/nl/invitations/")


def test_the_database_does_not_know_the_token(link: str) -> None:
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert len(token) >= 43  # 256 bits
    assert Invitation.of_token(token) is not None
    assert token not in str(Invitation.objects.values())
    assert not Entry.objects.filter(data__icontains="ines@").exists()


def test_looking_changes_nothing_and_says_what_it_is(link: str, stranger: Client) -> None:
    for _ in range(2):
        page = stranger.get(link)
        assert page.status_code == 200
        assert "Пловдив" in page.content.decode()
        assert "no-store" in page.headers["Cache-Control"]
    assert Invitation.objects.get().state == "sent"


def test_an_account_is_made_and_the_city_prepares(link: str, plovdiv: City, stranger: Client) -> None:
    answer = stranger.post(f"{link}account/", ACCOUNT)
    assert answer.headers["Location"] == "/fr/desk/@plovdiv/"
    person = Person.objects.get(username="ines")
    assert Person.objects.of_address(ADDRESS) == person
    assert Member.objects.get().role == "owner"
    plovdiv.refresh_from_db()
    assert plovdiv.stage == "preparing"
    assert plovdiv.steps.get().by == "ines"
    assert stranger.get("/account/").status_code == 200, "they are signed in"
    assert enter(Client(), "ines@plovdiv.example", ACCOUNT["password1"]).headers["Location"] == "/account/"
    told = list(Entry.objects.order_by("id").values_list("verb", "by"))
    deeds = ["member.joined", "invitation.accepted", "city.preparing"]
    assert told == [("invitation.sent", "foundation"), *((deed, "ines") for deed in deeds)]


def test_who_sends_the_form_twice_has_one_account(link: str, stranger: Client) -> None:
    codes = [Client().post(f"{link}account/", ACCOUNT).status_code for _ in range(2)]
    assert codes == [302, 410]
    assert (Person.objects.count(), Member.objects.count()) == (1, 1)


def test_a_name_that_is_taken_leaves_the_invitation_open(link: str, visitor: Person, stranger: Client) -> None:
    page = stranger.post(f"{link.removeprefix('/fr')}account/", ACCOUNT | {"username": "Visitor"}).content.decode()
    assert "This name is taken" in page
    assert Invitation.objects.get().is_open and not Member.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"username": "In es"}, {"username": "foundation"}, {"password1": "short"}, {"password1": "password1234"}]
)
def test_a_form_that_is_wrong_makes_nothing(link: str, stranger: Client, wrong: dict[str, str]) -> None:
    page = stranger.post(f"{link}account/", ACCOUNT | wrong)
    assert page.status_code == 200
    assert 'class="form-error"' in page.content.decode()
    assert not Person.objects.exists()
    assert Invitation.objects.get().is_open


def test_somebody_signed_in_is_told_as_whom_they_accept(link: str, visitor: Person) -> None:
    client = sign_in(visitor)
    assert "“visitor”" in client.get(link.removeprefix("/fr")).content.decode()
    assert client.post(f"{link}acceptance/").status_code == 302
    assert Member.objects.get().person == visitor


def test_two_clicks_make_one_member(link: str, visitor: Person) -> None:
    client = sign_in(visitor)
    for _ in range(2):
        assert client.post(f"{link}acceptance/").headers["Location"] == "/fr/desk/@plovdiv/"
    assert Member.objects.count() == 1


def test_a_used_link_opens_nothing_for_somebody_else(link: str, visitor: Person, stranger: Client) -> None:
    sign_in(visitor).post(f"{link}acceptance/")
    other = Person.enrol("other", "other@example.org", ACCOUNT["password1"])
    assert sign_in(other).post(f"{link}acceptance/").status_code == 410
    assert stranger.post(f"{link}account/", ACCOUNT).status_code == 410
    assert "accepted already" in stranger.get(link.removeprefix("/fr")).content.decode()
    assert [member.person for member in Member.objects.all()] == [visitor]


def test_who_has_an_account_with_the_address_signs_in_and_comes_back(
    plovdiv: City, postman: Postman, stranger: Client
) -> None:
    Person.enrol("ines", ADDRESS.lower(), ACCOUNT["password1"])
    Invitation.send(plovdiv, ADDRESS, "owner", by="foundation")
    link = invitation_link(postman()[0])
    page = stranger.get(link).content.decode()
    assert "password1" not in page
    assert f'href="/account/session/?next={link}"' in page
    assert stranger.post(f"{link}account/", ACCOUNT | {"username": "again"}).status_code == 302
    assert Person.objects.count() == 1
    assert enter(stranger, "ines", ACCOUNT["password1"], next=link).headers["Location"] == link
    assert stranger.post(f"{link}acceptance/").headers["Location"] == "/desk/@plovdiv/"


def test_an_address_that_another_only_wrote_down_is_still_theirs_who_get_the_letter(
    link: str, stranger: Client
) -> None:
    Person.join("squatter", ADDRESS.lower(), "!", "en")
    assert stranger.post(f"{link}account/", ACCOUNT).status_code == 302
    found = Person.objects.of_address(ADDRESS)
    assert found is not None
    assert found.username == "ines"


@pytest.mark.parametrize(
    ("end", "says"), [("lapse", "time of this"), ("revoke", "taken back"), ("decline", "declined")]
)
def test_one_that_is_over_says_so(
    invitation: Invitation, link: str, visitor: Person, stranger: Client, end: str, says: str
) -> None:
    if end == "lapse":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif end == "revoke":
        invitation.revoke(by="foundation")
    else:
        assert stranger.post(f"{link}refusal/").status_code == 302
    english = link.removeprefix("/fr")
    page = stranger.get(english)
    assert page.status_code == 410
    assert says in page.content.decode()
    assert sign_in(visitor).post(f"{english}acceptance/").status_code == 410
    assert stranger.post(f"{english}account/", ACCOUNT).status_code == 410
    assert stranger.post(f"{english}refusal/").status_code == 410
    assert not Member.objects.exists()


def test_one_that_was_sent_again_opens_by_the_new_link_alone(
    invitation: Invitation, link: str, postman: Postman, stranger: Client
) -> None:
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    invitation.send_again(by="foundation")
    new = invitation_link(postman()[0])
    assert stranger.get(link).status_code == 404
    assert stranger.get(new).status_code == 200
    invitation.revoke(by="foundation")
    with pytest.raises(LifeCycleError, match="revoked"):
        invitation.send_again(by="foundation")


def test_one_address_has_one_open_invitation(invitation: Invitation, plovdiv: City, postman: Postman) -> None:
    with pytest.raises(InvitationError, match="invited already"):
        Invitation.send(plovdiv, ADDRESS.upper(), "editor", by="ines")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    again = Invitation.send(plovdiv, ADDRESS, "editor", by="ines")
    assert (again.pk, again.role) == (invitation.pk, "editor")
    assert len(postman()) == 2


def test_who_is_in_the_team_is_not_invited_and_keeps_their_role(link: str, plovdiv: City, visitor: Person) -> None:
    Member.objects.create(city=plovdiv, person=visitor, role="translator")
    page = sign_in(visitor).post(f"{link.removeprefix('/fr')}acceptance/")
    assert page.status_code == 409
    assert "in this team already" in page.content.decode()
    assert Member.objects.get().role == "translator"
    assert Invitation.objects.get().is_open
    Person.enrol("noor", "noor@example.org", ACCOUNT["password1"])
    Member.objects.create(city=plovdiv, person=Person.objects.get(username="noor"), role="editor")
    with pytest.raises(InvitationError, match="in the team already"):
        Invitation.send(plovdiv, "noor@example.org", "owner", by="foundation")


def test_an_editor_of_a_launched_city_advances_nothing(thehague: City, visitor: Person) -> None:
    Invitation.send(thehague, "a@example.org", "editor", by="thehague-owner").accept(visitor)
    thehague.refresh_from_db()
    assert thehague.stage == "launched"


def test_guessing_ends(db: None, stranger: Client) -> None:
    codes = [stranger.get(f"/invitations/{'x' * 40}{n}/").status_code for n in range(61)]
    assert codes == [404] * 60 + [429]


def test_a_token_of_another_city_is_no_way_in(link: str, visitor: Person) -> None:
    other = make_city("varna", Text.of("bg", bg="Варна"))
    sign_in(visitor).post(f"{link}acceptance/")
    assert not Member.objects.filter(city=other).exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_make_one_member(plovdiv: City, visitor: Person) -> None:
    invitation = Invitation.send(plovdiv, ADDRESS, "owner", by="foundation")
    people = [visitor, Person.objects.create_user("second")]
    letters = [Invitation.objects.get(pk=invitation.pk) for _ in people]
    clicks = [partial(letter.accept, person) for letter, person in zip(letters, people, strict=True)]
    [refused] = [said for said in together(*clicks, refusals=(InvitationError,)) if said]
    assert Member.objects.count() == 1
    assert "accepted already" in str(refused)
