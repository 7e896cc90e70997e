"""The pages of a team: who is in it, inviting, roles, leaving and handing over."""

from __future__ import annotations

import re

import pytest
from conftest import sign_in
from django.test import Client
from django.utils import timezone

from cityplus.cities.models import City, Invitation, Member
from cityplus.cities.rights import SAYS
from cityplus.people.models import Letter, Person
from cityplus.translation.models import Assignment

TEAM = "/desk/@thehague/team/"


def member(person: Person) -> Member:
    return Member.objects.get(person=person)


def page(client: Client, address: str = TEAM) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_team_is_told_with_role_since_and_when_last_seen(owner: Person, editor: Person) -> None:
    client = sign_in(owner)
    client.get("/account/")
    shown = re.sub(r"<[^>]+>", " ", page(client))
    assert re.search(r"thehague-owner\s+you\s+since \w+ \d+, \d{4} · last seen", shown)
    assert re.search(r"thehague-editor\s+since \w+ \d+, \d{4}\s+editor", shown)
    for words in SAYS.values():
        assert str(words) in page(client)


def test_who_does_not_keep_the_team_sees_it_and_no_invitations(owner: Person, editor: Person) -> None:
    sign_in(owner).post(TEAM + "invitations/", {"email": "new@example.org", "role": "analyst", "language": "nl"})
    shown = page(sign_in(editor))
    assert "thehague-owner" in shown
    assert "new@example.org" not in shown
    assert "invitations/" not in shown


@pytest.mark.django_db(transaction=True)
def test_inviting_sends_a_letter_that_can_be_sent_again_and_taken_back(owner: Person) -> None:
    client = sign_in(owner)
    answer = client.post(TEAM + "invitations/", {"email": "New@example.org", "role": "analyst", "language": "nl"})
    assert answer.status_code == 302
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.sent_by) == ("new@example.org", "analyst", owner.username)
    assert Letter.objects.get().to == "new@example.org"
    assert "new@example.org" in page(client)
    assert client.post(f"{TEAM}invitations/{invitation.pk}/letter/").status_code == 302
    assert Letter.objects.count() == 2
    assert client.post(f"{TEAM}invitations/{invitation.pk}/revocation/").status_code == 302
    assert "Nobody is invited at the moment." in page(client)
    late = client.post(f"{TEAM}invitations/{invitation.pk}/letter/")
    assert late.status_code == 409
    assert "taken back" in late.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ({"email": "no address"}, 422, "Write an e-mail address"),
        ({"role": "mayor"}, 422, "Choose a role."),
        ({"language": "xx"}, 422, "Choose the language of the letter."),
        ({"email": "in@example.org"}, 409, "is in the team already"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said_and_what_was_typed_stays(
    owner: Person, thehague: City, typed: dict[str, str], status: int, words: str
) -> None:
    Member.join(thehague, Person.enrol("inside", "in@example.org", "a long password"), "editor", by="test")
    form = {"email": "typed@example.org", "role": "analyst", "language": "nl", **typed}
    answer = sign_in(owner).post(TEAM + "invitations/", form)
    assert (answer.status_code, Invitation.objects.count()) == (status, 0)
    assert words in answer.content.decode()
    assert form["email"] in answer.content.decode()


def test_an_invitation_of_another_city_is_not_there(owner: Person, shenzhen: City) -> None:
    other = Invitation.send(shenzhen, "li@example.org", "editor", by="test")
    client = sign_in(owner)
    assert client.post(f"{TEAM}invitations/{other.pk}/revocation/").status_code == 404
    other.refresh_from_db()
    assert other.state == "sent"


def test_a_role_is_changed_and_the_last_owner_told_why_theirs_is_not(owner: Person, editor: Person) -> None:
    client = sign_in(owner)
    assert client.post(f"{TEAM}{member(editor).pk}/role/", {"role": "analyst"}).status_code == 302
    assert member(editor).role == "analyst"
    assert client.post(f"{TEAM}{member(editor).pk}/role/", {"role": "mayor"}).status_code == 422
    refused = client.post(f"{TEAM}{member(owner).pk}/role/", {"role": "editor"})
    assert refused.status_code == 409
    assert "one owner at least" in refused.content.decode()


def test_an_editor_leaves_and_takes_nobody_along(owner: Person, editor: Person) -> None:
    client = sign_in(editor)
    assert client.post(f"{TEAM}{member(owner).pk}/removal/").status_code == 403
    answer = client.post(f"{TEAM}{member(editor).pk}/removal/")
    assert answer.headers["Location"] == "/account/"
    assert client.get("/desk/@thehague/").status_code == 404
    assert Member.objects.get().person == owner


def test_letters_of_who_is_taken_out_are_void_and_of_who_leaves_are_not(thehague: City, owner: Person) -> None:
    for name, by in (("ben", "thehague-owner"), ("cleo", "cleo")):
        other = Member.join(thehague, Person.objects.create_user(name), "owner", by="test")
        invitation = Invitation.send(thehague, f"{name}-2@example.org", "owner", by=name)
        other.remove(by=by)
        invitation.refresh_from_db()
        assert invitation.is_open is (by == name)


def test_handing_over_is_one_action(owner: Person, editor: Person) -> None:
    client = sign_in(owner)
    address = f"{TEAM}{member(owner).pk}/"
    assert "thehague-editor · editor" in page(client, address)
    answer = client.post(address + "handover/", {"to": str(member(editor).pk)})
    assert answer.headers["Location"] == "/account/"
    assert member(editor).role == "owner"
    assert client.get("/desk/@thehague/").status_code == 404


def test_who_hands_over_without_keeping_the_team_raises_nobody(thehague: City, owner: Person, editor: Person) -> None:
    ben = Member.join(thehague, Person.objects.create_user("ben"), "analyst", by="test")
    cleo = Member.join(thehague, Person.objects.create_user("cleo"), "editor", by="test")
    client, address = sign_in(editor), f"{TEAM}{member(editor).pk}/"
    shown = page(client, address)
    assert "cleo · editor" in shown
    assert "thehague-owner · owner" in shown
    assert "ben · analyst" not in shown
    assert client.post(address + "handover/", {"to": str(ben.pk)}).status_code == 403
    assert client.post(f"{TEAM}{ben.pk}/handover/", {"to": str(cleo.pk)}).status_code == 403
    assert client.post(address + "handover/", {"to": "nobody"}).status_code == 422
    assert client.post(address + "handover/", {"to": str(cleo.pk)}).status_code == 302


def test_a_member_of_another_city_is_not_there(owner: Person, shenzhen: City) -> None:
    li = Member.join(shenzhen, Person.objects.create_user("li"), "editor", by="test")
    client = sign_in(owner)
    for address in (f"{TEAM}{li.pk}/", f"{TEAM}{2**80}/"):
        assert client.get(address).status_code == 404
    assert client.post(f"{TEAM}{li.pk}/removal/").status_code == 404
    assert client.post(f"{TEAM}{member(owner).pk}/handover/", {"to": str(li.pk)}).status_code == 422


def test_who_is_in_two_teams_switches_between_them(owner: Person, shenzhen: City) -> None:
    client = sign_in(owner)
    assert 'href="/desk/@shenzhen/"' not in page(client)
    Member.join(shenzhen, owner, "analyst", by="test")
    assert 'href="/desk/@shenzhen/"' in page(client)
    assert client.get("/desk/").status_code == 200
    assert 'href="/desk/@thehague/"' in page(client, "/account/")
    assert 'href="/desk/@shenzhen/"' in page(client, "/account/")


def test_every_page_leads_to_the_desk_and_for_its_team_alone(
    owner: Person, visitor: Person, stranger: Client, shenzhen: City
) -> None:
    assert 'href="/desk/@thehague/"' in page(sign_in(owner), "/about/")
    for client in (sign_in(visitor), stranger):
        assert "/desk/" not in page(client, "/about/")
    Member.join(shenzhen, owner, "analyst", by="test")
    assert 'href="/desk/"' in page(sign_in(owner), "/about/")


def test_what_was_to_be_translated_goes_over_and_what_is_done_stays(thehague: City, editor: Person) -> None:
    ben = Member.join(thehague, Person.objects.create_user("ben"), "translator", by="test")
    now = timezone.now()
    for n, done in ((1, None), (2, now)):
        Assignment.objects.create(
            city=thehague, kind="route", subject_id=n, language="fr", person=ben.person, by="test", at=now, done_at=done
        )
    assert ben.hand_over(to=member(editor), by="test") == {"translations": 1}
    given = Assignment.objects.order_by("subject_id").values_list("person__username", flat=True)
    assert list(given) == ["thehague-editor", "ben"]
