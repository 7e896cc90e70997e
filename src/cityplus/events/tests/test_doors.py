"""Tickets and scans: who is let in, who is not and why; two phones, one ticket; and a line that comes back late."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.events.doors import codes
from cityplus.events.doors.access import Keeper, Pass
from cityplus.events.doors.taking import Seen, Sent, take_all, write_one
from cityplus.events.errors import RegistrationError
from cityplus.events.models import Attendance, Event, Registration, Scan, Ticket, Venue
from cityplus.events.tests.door_cast import Phone, code_of, guest, open_house
from cityplus.journal.models import Entry
from cityplus.languages.text import Text


@pytest.fixture
def event(thehague: City) -> Event:
    return open_house(thehague)


@pytest.fixture
def venue(event: Event) -> Venue:
    return event.venues.get()


def test_a_code_is_signed_scanned_typed_and_kept_as_a_hash(venue: Venue) -> None:
    ticket = Ticket.of(guest(venue))
    assert Ticket.of(ticket.registration) == ticket
    scanned, typed = ticket.scanned(venue.event_id), ticket.typed()
    one, other = codes.read(scanned), codes.read(typed)
    assert one and other and one.secret == other.secret and len(one.secret) == 16
    assert (one.event, one.genuine, other.event, other.genuine) == (venue.event_id, True, None, False)
    assert codes.read(typed.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == other
    kept = [str(value) for value in Ticket.objects.values_list().get()]
    assert not any(secret in row for row in kept for secret in (typed, scanned, one.secret.hex()))
    assert set(scanned) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"), "the small mode of QR codes"


@pytest.mark.parametrize("text", ["", "CP1.", "hello", "CP1." + "0" * 143, "Z" * 26, "U" * 26, "CP1." + "Z" * 143])
def test_what_is_no_code_is_none(text: str) -> None:
    found = codes.read(text)
    assert found is None or not found.genuine


def test_each_answer_has_its_word(thehague: City, event: Event, venue: Venue) -> None:
    phone = Phone(venue)
    ana = guest(venue)
    code = code_of(ana)
    other = open_house(thehague, slug="other")
    bay = Venue.objects.create(event=event, name=Text.of("en", en="Bay"), time_zone="Asia/Shanghai", place=1)
    gone = guest(venue)
    gone.cancel(by="gone")
    waiting = guest(venue)
    Registration.objects.filter(pk=waiting.pk).update(state="waiting")
    forged = code[:-3] + ("AAA" if code[-3:] != "AAA" else "BBB")
    said = [
        phone.scan(text).outcome
        for text in [
            code, code, forged, "no code at all", code_of(guest(other.venues.get())), code_of(guest(bay)), code_of(waiting),
            code_of(gone), codes.signed(event.pk, b"0" * 16), codes.typed(b"0" * 16), Ticket.of(guest(venue)).typed(),
        ]
    ]  # fmt: skip
    assert said == [
        "entered", "inside", "forged", "unknown", "elsewhere", "hall", "waiting", "cancelled", "unknown", "unknown", "entered",
    ]  # fmt: skip
    assert Entry.objects.filter(verb="event.scanned", quiet=True).count() == len(said)
    assert Attendance.objects.filter(inside=True).count() == 2


def test_leaving_and_coming_back_and_by_hand(venue: Venue) -> None:
    phone, ana = Phone(venue), guest(venue)
    code = code_of(ana)
    deeds = [("", True), ("", False), ("", False), ("", True), ("", False)]
    assert [phone.scan(code, leaves=leaves).outcome for _, leaves in deeds] == [
        "outside", "entered", "inside", "left", "entered",
    ]  # fmt: skip
    by_hand = {"how": "hand", "registration": ana.pk}
    assert phone.scan("", **by_hand).outcome == "unknown", "without a reason nobody is let in by hand"
    assert phone.scan("", **by_hand, reason="Left by the garden.").outcome == "again"
    assert Attendance.objects.get().inside


def test_two_phones_one_ticket_the_earlier_scan_enters(venue: Venue) -> None:
    ana, now = guest(venue), timezone.now()
    there, here = Phone(venue, "without a line"), Phone(venue, "with one")
    late = there.seen(code_of(ana), at=now - timedelta(minutes=10))
    first = here.scan(code_of(ana), at=now - timedelta(minutes=5))
    assert first.outcome == "entered"
    (told,) = there.send(late).scans
    assert told.outcome == "entered"
    (overtaken,) = here.send().scans
    assert overtaken.nonce == first.nonce and overtaken.outcome == "inside"
    assert overtaken.against == told and overtaken.against.at == late.at
    assert not here.send().scans, "it is told once"


def test_sending_again_changes_nothing(venue: Venue) -> None:
    phone = Phone(venue)
    seen = phone.seen(code_of(guest(venue)))
    first, again = phone.send(seen), phone.send(seen)
    assert [one.outcome for one in (*first.scans, *again.scans)] == ["entered", "entered"]
    assert Scan.objects.count() == Attendance.objects.count() == 1


def test_a_clock_that_goes_wrong_is_put_right(venue: Venue) -> None:
    ana, wrong = guest(venue), timedelta(hours=2)
    late, right = Phone(venue), Phone(venue)
    code, now = code_of(ana), timezone.now()
    assert right.scan(code, at=now - timedelta(minutes=1)).outcome == "entered"
    seen = late.seen(code, at=now - wrong - timedelta(seconds=20))
    (told,) = late.send(seen, clock=-wrong).scans
    assert told.outcome == "inside" and abs(told.at - now) < timedelta(seconds=25)
    future = late.seen(code_of(guest(venue)), at=now + timedelta(days=3))
    assert late.send(future).scans[0].at <= timezone.now()


def test_a_cancel_after_the_scan_does_not_reach_back(venue: Venue) -> None:
    ana, bo = guest(venue), guest(venue)
    codes_ = [code_of(ana), code_of(bo)]
    before = timezone.now() - timedelta(minutes=1)
    ana.cancel(by="ana")
    assert Phone(venue).scan(codes_[0], at=before).outcome == "entered"
    assert Phone(venue).scan(codes_[0]).outcome == "cancelled"


def test_a_phone_whose_steward_is_gone_opens_nothing(venue: Venue) -> None:
    phone, other = Phone(venue), Phone(venue)
    code = code_of(guest(venue))
    phone.steward.end(by="owner")
    assert phone.send(phone.seen(code)).refusal == "link"
    assert not Scan.objects.exists()
    assert other.scan(code).outcome == "entered"
    venue.event.cancel("Storm.", by="owner")
    assert other.send(other.seen(code)).refusal == "link"


def test_phones_of_two_events_in_one_batch_keep_to_their_own(thehague: City, event: Event, venue: Venue) -> None:
    """Two phones may think of the same nonce, and one may bring a pass for a hall that is none of its event's."""
    other = open_house(thehague, slug="other").venues.get()
    here, there = Phone(venue), Phone(other)
    guests = [guest(venue), guest(other)]
    now = timezone.now()
    seen = [Seen("the-same-nonce", now, code=code_of(one)) for one in guests]
    nowhere, gone = Pass(event.pk, other.pk, 0, here.steward.pk), Pass(0, venue.pk, 0, here.steward.pk)
    foreign = Pass(other.event_id, other.pk, 0, here.steward.pk)
    stray = Seen("another-nonce", now, code=code_of(guest(venue)))
    told = take_all(
        [
            Sent(there.given, there.device, now, 0, (seen[1],)),
            Sent(here.given, here.device, now, 0, (seen[0],)),
            *(Sent(one, here.device, now, 0, (stray,)) for one in (nowhere, gone, foreign)),
        ],
        now,
    )
    assert [one.refusal for one in told] == ["", "", "link", "link", "link"]
    assert [(one.scans[0].event_id, one.scans[0].registration, one.scans[0].outcome) for one in told[:2]] == [
        (other.event_id, guests[1], "entered"),
        (event.pk, guests[0], "entered"),
    ]
    assert [[row.registration_id for row in one.news] for one in told[:2]] == [[guests[1].pk], [guests[0].pk]]
    assert Scan.objects.count() == 2


def test_a_phone_of_a_hall_that_is_taken_away_opens_nothing(event: Event, venue: Venue) -> None:
    bay = Venue.objects.create(event=event, name=Text.of("en", en="Bay"), time_zone="Asia/Shanghai", place=1)
    phone, code = Phone(bay), code_of(guest(venue))
    Venue.objects.filter(pk=bay.pk).delete()
    assert phone.send(phone.seen(code)).refusal == "link"
    assert not Scan.objects.exists()


def test_what_was_refused_is_told_again_where_the_answer_was_lost(venue: Venue) -> None:
    phone = Phone(venue)
    refused = phone.scan("no code at all")
    phone.beat = 0
    (again,) = phone.send().scans
    assert (again.pk, again.outcome) == (refused.pk, "unknown")
    assert not phone.send().scans


def test_a_scan_without_a_script_is_of_its_event(thehague: City, event: Event, venue: Venue) -> None:
    other = open_house(thehague, slug="other").venues.get()
    guests = [guest(venue), guest(other)]
    now = timezone.now()
    for one, door in zip(guests, (venue, other), strict=True):
        phone = Phone(door)
        who = Keeper("steward", steward=phone.steward.pk)
        sent = Sent(phone.given, phone.device, now, 0, (Seen("the-same-nonce", now, code=code_of(one)),))
        with transaction.atomic():
            scan = write_one(door.event, sent, who, now)
        assert (scan.event, scan.registration, scan.outcome, scan.by) == (door.event, one, "entered", "steward")


@pytest.mark.parametrize(("off", "late"), [(3, False), (-3, False), (3.5, True), (-3.5, True)])
def test_a_clock_is_put_right_from_three_seconds_on(venue: Venue, off: float, late: bool) -> None:
    phone, wrong = Phone(venue), timedelta(seconds=off)
    now = timezone.now()
    at = now - timedelta(minutes=1)
    seen = Seen("nonce-of-clock", at, code=code_of(guest(venue)))
    (told,) = take_all([Sent(phone.given, phone.device, now + wrong, 0, (seen,))], now)
    assert told.scans[0].at == (at - wrong if late else at)


def test_what_a_phone_says_is_of_this_week(venue: Venue) -> None:
    phone, now = Phone(venue), timezone.now()
    seen = Seen("nonce-of-year", now - timedelta(days=400), code=code_of(guest(venue)))
    (told,) = take_all([Sent(phone.given, phone.device, now, 0, (seen,))], now)
    assert told.scans[0].at == now - timedelta(days=7)


@pytest.mark.django_db(transaction=True)
def test_at_one_time_one_enters(thehague: City) -> None:
    venue = open_house(thehague).venues.get()
    code, phones = code_of(guest(venue)), [Phone(venue) for _ in range(8)]

    def once(phone: Phone) -> str:
        try:
            return phone.scan(code).outcome
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(once, phones))
    assert sorted(Scan.objects.values_list("outcome", flat=True)) == ["entered"] + ["inside"] * 7
    winner = Scan.objects.get(outcome="entered")
    assert winner == Scan.objects.order_by("at", "device", "nonce").first()
    assert set(Scan.objects.exclude(outcome="entered").values_list("against", flat=True)) == {winner.pk}


def test_a_lost_ticket_is_replaced_and_the_old_code_opens_nothing(venue: Venue) -> None:
    ana, phone = guest(venue), Phone(venue)
    ticket, old, old_typed = Ticket.of(ana), code_of(ana), Ticket.of(ana).typed()
    before = timezone.now() - timedelta(minutes=1)
    ticket.renew(by="ana")
    new = code_of(ana)
    assert new != old and ticket.typed() != old_typed
    assert [phone.scan(code).outcome for code in (old, old_typed, new, old)] == [
        "renewed", "renewed", "entered", "renewed",
    ]  # fmt: skip
    assert Attendance.objects.get().inside
    late = Phone(venue).scan(old, at=before)
    assert late.outcome == "entered", "it was good then; who comes with the new one is seen to be the second"
    assert Scan.objects.get(how="code", outcome="inside").registration == ana
    again = codes.digest_of(codes.read(new).secret)  # type: ignore[union-attr]
    ticket.renew(by="ana")
    assert set(ana.old_codes.values_list("digest", flat=True)) > {again}
    ana.cancel(by="ana")
    with pytest.raises(RegistrationError, match="no place"):
        ticket.renew(by="ana")
    assert phone.scan(code_of(ana)).outcome == "cancelled"
