"""Who acts for an organisation: letters that open once, roles, and the last owner."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial

import pytest
from conftest import sign_in
from django.test import Client
from django.utils import timezone
from tests.at_once import together

from cityplus.journal.models import Entry
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.organisations.models import Delegate, DelegateError, Invitation, InvitationError, Organisation
from cityplus.organisations.roles import RIGHTS, SAYS, Right, Role, may, roles_with
from cityplus.people.models import Person
from cityplus.people.tests.conftest import Postman

ADDRESS = "Ines@yard.example"
ACCOUNT = {"username": "ines", "password1": "a long password", "born": "1990-05-01"}


def link_of(postman: Postman) -> str:
    [letter] = postman()
    found = re.search(r"^https?://[^/\s]+(/\S*organisations/invitations/\S+/)$", str(letter.body), re.M)
    assert found, letter.body
    return found[1]


@pytest.fixture
def link(works: Organisation, postman: Postman) -> str:
    Invitation.send(works, ADDRESS, "editor", by="boss", language="nl")
    return link_of(postman)


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (Role.OWNER, {Right.SEE, Right.WRITE, Right.SPEAK, Right.DEAL, Right.TEAM}),
        (Role.EDITOR, {Right.SEE, Right.WRITE, Right.SPEAK, Right.DEAL}),
        (Role.REPRESENTATIVE, {Right.SEE, Right.DEAL}),
        (None, set()),
        ("mayor", set()),
    ],
)
def test_what_each_role_may_do(role: str | None, rights: set[Right]) -> None:
    assert {right for right in Right if may(role, right)} == rights


def test_every_right_is_said_in_words_and_some_role_has_it() -> None:
    assert set(SAYS) == set(Right)
    assert set(RIGHTS) == set(Role)
    assert all(roles_with(right) for right in Right)


def test_the_letter_is_in_the_language_chosen_and_the_token_is_kept_nowhere(link: str) -> None:
    assert link.startswith("/nl/organisations/invitations/")
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert len(token) >= 43  # 256 bits
    assert Invitation.of_token(token) is not None
    assert token not in str(Invitation.objects.values())
    assert not Entry.objects.filter(data__icontains="ines@").exists()


def test_looking_changes_nothing_and_an_account_is_made_once(link: str, stranger: Client, works: Organisation) -> None:
    for _ in range(2):
        page = stranger.get(link)
        assert page.status_code == 200
        assert page.headers["Referrer-Policy"] == "same-origin"
    assert stranger.post(f"{link}account/", ACCOUNT).headers["Location"].endswith("/work/@dune_yard/")
    ines = works.delegates.get(person__username="ines")
    assert ines.role == "editor"
    assert Client().get(link).status_code == 410
    assert Client().post(f"{link}account/", ACCOUNT | {"username": "other"}).status_code == 410
    assert works.delegates.count() == 2


def test_who_has_an_account_accepts_with_it(link: str, visitor: Person, works: Organisation) -> None:
    browser = sign_in(visitor)
    assert browser.post(f"{link}acceptance/").headers["Location"].endswith("/work/@dune_yard/")
    assert works.delegates.get(person=visitor).role == "editor"


def test_a_link_is_declined_taken_back_sent_anew_and_lapses(
    link: str, works: Organisation, stranger: Client, postman: Postman
) -> None:
    invitation = Invitation.objects.get()
    invitation.send_again(by="boss")
    assert stranger.get(link).status_code == 404, "a newer letter replaced it"
    link = link_of(postman)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert stranger.get(link).status_code == 410
    Invitation.objects.get().send_again(by="boss")
    link = link_of(postman)
    assert stranger.post(f"{link}refusal/").status_code == 302
    assert Invitation.objects.get().state == "declined"
    with pytest.raises(LifeCycleError):
        invitation.send_again(by="boss")
    second = Invitation.send(works, ADDRESS, "editor", by="boss")
    second.revoke(by="boss")
    second.revoke(by="boss")
    assert stranger.get(link_of(postman)).status_code == 410


def test_one_letter_at_a_time_and_none_to_who_is_in(works: Organisation, link: str) -> None:
    del link
    with pytest.raises(InvitationError, match="invited already"):
        Invitation.send(works, ADDRESS, "editor", by="boss")
    with pytest.raises(InvitationError, match="a delegate already"):
        Invitation.send(works, "boss@example.org", "editor", by="boss")
    works.close(by="boss")
    with pytest.raises(InvitationError, match="closed"):
        Invitation.send(works, "new@example.org", "editor", by="boss")


def test_the_owner_invites_on_the_page(at_work: Client, works: Organisation, postman: Postman) -> None:
    told = {"email": "new@example.org", "role": "representative", "language": "fr"}
    at_work.post("/work/@dune_yard/delegates/", told)
    assert "new@example.org" in at_work.get("/work/@dune_yard/delegates/").content.decode()
    assert len(postman()) == 1
    assert at_work.post("/work/@dune_yard/delegates/", told).status_code == 409
    assert at_work.post("/work/@dune_yard/delegates/", told | {"email": "new"}).status_code == 422
    assert at_work.post("/work/@dune_yard/delegates/", told | {"role": "mayor"}).status_code == 422
    long = f"{'n' * 60}@{'.'.join(['w' * 60] * 4)}.example"
    assert at_work.post("/work/@dune_yard/delegates/", told | {"email": long}).status_code == 422, "no room for it"
    assert works.invitations.count() == 1


def test_the_last_owner_stays_one(at_work: Client, works: Organisation, boss: Person, visitor: Person) -> None:
    mine = works.delegates.get(person=boss)
    for deed, data in (("removal", {}), ("role", {"role": "editor"})):
        page = at_work.post(f"/work/@dune_yard/delegates/{mine.pk}/{deed}/", data, follow=True)
        assert "make somebody else one first" in page.content.decode()
    other = Delegate.join(works, visitor, "representative", by="boss")
    at_work.post(f"/work/@dune_yard/delegates/{other.pk}/role/", {"role": "owner"})
    assert at_work.post(f"/work/@dune_yard/delegates/{mine.pk}/removal/").headers["Location"] == "/account/"
    assert list(works.delegates.values_list("person__username", "role")) == [("visitor", "owner")]


def test_an_owner_whose_account_is_closed_does_not_keep_it(works: Organisation, visitor: Person, boss: Person) -> None:
    Delegate.join(works, visitor, "owner", by="boss")
    visitor.entitle(active=False, office=False, by="ops")
    with pytest.raises(DelegateError, match="make somebody else one first"):
        works.delegates.get(person=boss).remove(by="boss")


def test_of_two_deeds_the_second_knows_of_the_first(works: Organisation, visitor: Person) -> None:
    """Two owners have the page open: what is recorded is what happened, once."""
    first = Delegate.join(works, visitor, "representative", by="boss")
    second = Delegate.objects.get(pk=first.pk)
    first.change("editor", by="boss")
    second.change("editor", by="boss")
    second.change("owner", by="boss")
    assert [entry.data["was"] for entry in _told("changed")] == ["representative", "editor"]
    first.remove(by="boss")
    second.remove(by="boss")
    assert [entry.data["role"] for entry in _told("removed")] == ["owner"]
    with pytest.raises(DelegateError, match="“visitor” acts for it no longer"):
        second.change("editor", by="boss")


def _told(verb: str) -> list[Entry]:
    return list(Entry.objects.filter(verb=f"delegate.{verb}").order_by("pk"))


def test_letters_to_one_that_is_closed_are_void(link: str, works: Organisation, stranger: Client) -> None:
    works.close(by="boss")
    page = stranger.get(link.removeprefix("/nl"))
    assert page.status_code == 410
    assert "This invitation was taken back." in page.content.decode()


def test_letters_of_who_is_taken_out_are_void(works: Organisation, visitor: Person) -> None:
    editor = Delegate.join(works, visitor, "owner", by="boss")
    invitation = Invitation.send(works, "new@example.org", "editor", by="visitor")
    editor.remove(by="boss")
    invitation.refresh_from_db()
    assert invitation.state == "revoked"


def test_a_delegate_leaves_and_takes_nobody_along(works: Organisation, visitor: Person, boss: Person) -> None:
    mine = Delegate.join(works, visitor, "representative", by="boss")
    browser = sign_in(visitor)
    of_boss = works.delegates.get(person=boss)
    assert browser.post(f"/work/@dune_yard/delegates/{of_boss.pk}/removal/").status_code == 403
    assert browser.post(f"/work/@dune_yard/delegates/{mine.pk}/removal/").status_code == 302
    assert browser.get("/work/@dune_yard/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_one_time_one_is_in(works: Organisation) -> None:
    invitation = Invitation.send(works, ADDRESS, "editor", by="boss")
    people = [Person.objects.create_user(name) for name in ("one", "two")]
    letters = [Invitation.objects.get(pk=invitation.pk) for _ in people]
    deeds = [partial(letter.accept, person) for letter, person in zip(letters, people, strict=True)]
    [refused] = [said for said in together(*deeds, refusals=(InvitationError,)) if said]
    assert str(refused) == "This invitation was accepted already. A link opens once."
    assert works.delegates.filter(person__in=people).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_leave_at_one_time_one_stays(works: Organisation, visitor: Person) -> None:
    Delegate.join(works, visitor, "owner", by="boss")
    deeds = [partial(one.remove, by=one.person.username) for one in works.delegates.select_related("person")]
    [refused] = [said for said in together(*deeds, refusals=(DelegateError,)) if said]
    assert "make somebody else one first" in str(refused)
    assert [one.role for one in works.delegates.all()] == ["owner"]
