"""Codes letter by letter, and who opens a door until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils import timezone

from cityplus.cities.models import City, Member
from cityplus.events.doors import access, codes
from cityplus.events.doors.access import Keeper, Pass
from cityplus.events.models import Event, Organiser, Steward
from cityplus.events.tests.door_cast import open_house
from cityplus.people.models import Person

SECRET = bytes(range(16))
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("secret", [SECRET, b"\x00" * 16, b"\xff" * 16])
@pytest.mark.parametrize("event", [1, 2**63 - 1])
def test_a_code_is_read_as_it_was_written(secret: bytes, event: int) -> None:
    scanned, typed = codes.signed(event, secret), codes.typed(secret)
    assert (len(scanned), [len(part) for part in typed.split("-")]) == (147, [4] * 6 + [2])
    assert codes.read(scanned) == codes.Code(secret, event, genuine=True)
    assert codes.read(scanned.lower()) == codes.read(f" {scanned}\n") == codes.read(scanned)
    assert codes.read(typed) == codes.Code(secret)
    assert codes.read(typed.replace("-", "\u00a0").replace("1", "i")) == codes.Code(secret)


@pytest.mark.parametrize("place", [4, 5, 10, 30, 43, 44, 80, 146])
def test_a_code_of_which_one_letter_is_another_is_none_of_ours(place: int) -> None:
    scanned = codes.signed(7, SECRET)
    for letter in codes.LETTERS:
        if letter != scanned[place]:
            found = codes.read(scanned[:place] + letter + scanned[place + 1 :])
            assert found is None or not found.genuine


def test_what_is_longer_shorter_or_of_other_letters_is_no_code() -> None:
    scanned, typed = codes.signed(7, SECRET), codes.typed(SECRET)
    for text in (scanned[:-1], f"{scanned}0", f"CP2{scanned[3:]}", f"{scanned[:-1]}U", f"{scanned[:-1]}é"):
        assert codes.read(text) is None, text
    for text in (typed[:-1], f"{typed}0", f"{typed[:-1]}U", f"{typed[:-1]}*", "8" + "0" * 25, "Z" * 26):
        assert codes.read(text) is None, text
    assert codes.read("7" + "Z" * 25) == codes.Code(b"\xff" * 16), "the largest that 128 bits hold"
    assert codes.digest_of(SECRET) != codes.digest_of(SECRET[::-1]) and len(codes.digest_of(SECRET)) == 32
    assert codes.secret_of("one") != codes.secret_of("two") and len(codes.secret_of("one")) == 16


def test_the_signature_of_a_list_is_none_of_a_ticket() -> None:
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(codes.public_key()))
    signature = bytes.fromhex(codes.sign_list("a list"))
    key.verify(signature, b"cityplus door list 1:a list")
    for body in (b"cityplus ticket 1:a list", b"a list"):
        with pytest.raises(InvalidSignature):
            key.verify(signature, body)


@pytest.fixture
def event(thehague: City) -> Event:
    return open_house(thehague)


@pytest.mark.django_db
def test_an_event_has_doors_from_its_publication_until_two_days_after_its_end(event: Event) -> None:
    now = timezone.now()
    for state, ended, doors in [
        ("draft", -HOUR, False), ("published", -HOUR, True), ("cancelled", -HOUR, False),
        ("held", 47 * HOUR, True), ("published", 47 * HOUR, True), ("held", 49 * HOUR, False), ("published", 49 * HOUR, False),
    ]:  # fmt: skip
        event.state, event.ends_at = state, now - ended
        assert access.has_doors(event) is doors, (state, ended)


@pytest.mark.django_db
def test_who_brings_a_pass_may_still_open_that_door(thehague: City, shenzhen: City, event: Event) -> None:
    other = open_house(thehague, slug="other")
    steward, _token = Steward.appoint(event, "Sam", by="owner")
    person = Person.objects.create_user("leads")
    member = Member.objects.create(city=thehague, person=person, role="presenter")
    venue = event.venues.get().pk
    led, kept = Pass(event.pk, venue, person.pk, 0), Pass(event.pk, venue, 0, steward.pk)
    assert access.keeper(led, event) == Keeper("leads", person=person.pk)
    assert access.keeper(kept, event) == Keeper("Sam", steward=steward.pk)
    assert [who.team for who in (Keeper("leads", person=1), Keeper("Sam", steward=1))] == [True, False]
    for given in (led, kept):
        assert access.read_pass(str(given)) == given
        assert access.keeper(given, other) is None
    assert access.keeper(replace(kept, event=other.pk), other) is None, "a steward of the other event"
    assert access.keeper(replace(kept, steward=0), event) is None
    assert access.keeper(replace(led, person=person.pk + 1), event) is None
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert access.keeper(led, event) is None
    Person.objects.filter(pk=person.pk).update(is_active=True)
    member.delete()
    assert access.keeper(led, event) is None
    steward.end(by="owner")
    assert access.keeper(kept, event) is None


@pytest.mark.django_db
def test_a_city_that_was_only_asked_leads_nothing(thehague: City, shenzhen: City, event: Event) -> None:
    person = Person.objects.create_user("there")
    Member.objects.create(city=shenzhen, person=person, role="owner")
    asked = Organiser.ask(event, shenzhen.actor, by="owner")
    assert not access.may_lead(person, event)
    asked.agree(by="there")
    assert access.may_lead(person, event)
    person.is_active = False
    assert not access.may_lead(person, event)
