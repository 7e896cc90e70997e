from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus import journal
from cityplus.events.errors import RegistrationError
from cityplus.events.models.agenda import Session
from cityplus.events.models.event import Event, Venue
from cityplus.events.models.seat import OPEN, Seat, hold_all, promote_in, seat
from cityplus.lib.lifecycle import LifeCycle
from cityplus.lib.tokens import digest_of, new_token
from cityplus.organisations.models import Organisation
from cityplus.people.models import Person

__all__ = ["OPEN", "Registration", "Seat", "digest_of", "promote", "promote_in"]


class Registration(models.Model):
    """Somebody's place at a venue. Who has no account changes and cancels it by a link, of whose token the database has the hash alone.

    ``waiting`` ones are taken in the order of their ids when a place becomes free. All that changes a number of places happens
    behind the order of the journal, then the lock of the venue, and then of the sessions in the order of their keys.
    """

    LIFE = LifeCycle("""
        asked -> waiting -> confirmed -> cancelled
        asked -> confirmed
        asked -> refused
        asked -> cancelled
        waiting -> cancelled
        waiting -> refused
    """)

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="registrations")
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations"
    )
    name = models.CharField(max_length=120)
    email = models.EmailField()
    language = models.CharField(max_length=10, help_text="UI language of the letters")
    time_zone = models.CharField(max_length=64, blank=True, help_text="IANA name, for letters; none: that of the venue")
    answers = models.JSONField(default=dict, blank=True, help_text="To the organisers' own questions, by their ids")
    state = models.CharField(max_length=9, choices=LIFE.choices)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token, in hexadecimal")
    consent_until = models.DateField(
        null=True, blank=True, help_text="Until when the organisers may keep what was said"
    )
    proved_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was shown that the address is theirs: by its link, or by an account"
    )
    revision = models.PositiveIntegerField(
        default=0, help_text="Of its entry in calendars; added to the event's sequence"
    )
    made_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email"], condition=Q(state__in=OPEN), name="events_registered_once"
            )
        ]
        indexes = [models.Index(fields=["venue", "state", "id"], name="events_waiting_in_order")]

    def __str__(self) -> str:
        return f"{self.email} at {self.venue_id}: {self.state}"

    @classmethod
    def make(cls, venue: Venue, **about: Any) -> tuple[Registration, str]:
        """Register somebody, of whom is said what ``making.make`` takes, and the token of their link. They are confirmed while there is
        place, wait when there is none, and are looked at first where the organisers want that.

        Raises:
            RegistrationError: registration is not open, or the address is registered already.
        """
        from cityplus.events.models.making import make  # noqa: PLC0415 - it makes registrations

        with transaction.atomic():
            journal.queue_up()
            registration, token, _seated = make(venue, **about)
        return registration, token

    @classmethod
    def of_token(cls, token: str) -> Registration | None:
        """The registration that a link leads to."""
        return cls.objects.select_related("event", "venue").filter(digest=digest_of(token)).first()

    @classmethod
    def open_link(cls, token: str) -> Registration | None:
        """What the link of a letter leads to. It opens once, and who opens it has shown that the address is theirs."""
        with transaction.atomic():
            journal.queue_up()
            found = cls.objects.select_for_update(no_key=True).filter(digest=digest_of(token)).first()
            if found:
                found.new_link()
                found.proved_at = found.proved_at or timezone.now()
                found.save(update_fields=["proved_at"])
                found._record("opened")
        return found

    def new_link(self) -> str:
        """The token of a new link; one that was sent before opens nothing any more."""
        token = new_token()
        Registration.objects.filter(pk=self.pk).update(digest=digest_of(token))
        return token

    def amend(self, *, by: str, **values: Any) -> None:
        """Say anew what was said: name, answers, the clock of the letters, and, before it meets others, organisation."""
        with transaction.atomic():
            row = self._locked()[1]
            row._check_stands()
            if values.get("organisation", row.organisation) != row.organisation and hasattr(row, "party"):
                raise RegistrationError(
                    _("Its organisation takes part in the meetings: cancel this, and register anew.")
                )
            Registration.objects.filter(pk=self.pk).update(**values)
            row._record("amended", by)
        self.refresh_from_db()

    def move(self, venue: Venue, *, by: str) -> None:
        """Come to another hall of the event; whoever waits longest gets the place that becomes free.

        Raises:
            RegistrationError: there is no place in the other hall; the one that they have they keep.
        """
        with transaction.atomic():
            self._queue_up()
            wanted = {self.venue_id, venue.pk}
            halls = {v.pk: v for v in Venue.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")}
            row = Registration.objects.select_for_update(no_key=True).get(pk=self.pk)
            row._check_stands()
            if row.venue_id == venue.pk or row.venue_id not in halls:
                return
            check_open(Event.objects.get(pk=row.event_id))
            before, after = halls[row.venue_id], halls[venue.pk]
            if row.state != "asked" and not after.has_place:
                raise RegistrationError(_("There is no place left there; here you keep your place, or your turn."))
            had, row.venue = row.state == "confirmed", after
            hold_all(row.event_id)
            row._stand_up(Session.objects.filter(event=row.event_id, venue=before).values("pk"))
            row.revision += 1
            row.save(update_fields=["venue", "revision"])
            if row.state == "waiting":
                row._advance("confirmed", by, decided_at=timezone.now())
                seat([row])
            if row.state == "confirmed":
                _take(after, 1)
            row._record("moved", by, was=before.pk, had=had)
            if had:
                _take(before, -1)
                promote(before)
        self.refresh_from_db()

    def choose(self, sessions: Iterable[Session], *, by: str) -> None:
        """Come to these sessions and to no others; in full ones they wait."""
        wanted = {session.pk for session in sessions if session.event_id == self.event_id}
        with transaction.atomic():
            _, row = self._locked()
            row._check_stands()
            had = set(row.seats.values_list("session", flat=True))
            locked = Session.objects.select_for_update(no_key=True).filter(pk__in=had ^ wanted).order_by("pk")
            for session in [*locked]:
                if session.pk in wanted:
                    row._sit(session)
            row._stand_up(had - wanted)
            if had ^ wanted:
                row._record("seats_chosen", by)

    def forget(self) -> None:
        """Keep nothing of who it was. What is left is that somebody was registered, for the numbers."""
        gone = f"{self.pk}@forgotten.invalid"
        nothing: dict[str, Any] = {"name": "", "email": gone, "person": None, "answers": {}, "time_zone": ""}
        with transaction.atomic():
            journal.queue_up()
            Registration.objects.filter(pk=self.pk).update(**nothing, digest=digest_of(new_token()))
            self._record("forgotten")
        self.refresh_from_db()

    def approve(self, *, by: str) -> None:
        """The organisers take them; they wait when there is no place.

        Raises:
            LifeCycleError: it waits for no decision.
        """
        with transaction.atomic():
            venue, row = self._locked()
            hold_all(row.event_id)
            row._advance("confirmed" if venue.has_place else "waiting", by, decided_at=timezone.now())
            if row.state == "confirmed":
                _take(venue, 1)
                seat([row])
        self.refresh_from_db()

    def refuse(self, *, by: str) -> None:
        """The organisers do not take them."""
        with transaction.atomic():
            _, row = self._locked()
            hold_all(row.event_id)
            row._advance("refused", by, decided_at=timezone.now())
            row._stand_up()
        self.refresh_from_db()

    def cancel(self, *, by: str) -> None:
        """Give the place back; whoever waits longest gets it. Cancelled again nothing changes."""
        with transaction.atomic():
            venue, row = self._locked()
            if row.state in {"cancelled", "refused"}:
                return
            had = row.state == "confirmed"
            hold_all(row.event_id)
            row._advance("cancelled", by, cancelled_at=timezone.now())
            row._stand_up()
            if had:
                _take(venue, -1)
                promote(venue)
        self.refresh_from_db()

    def _queue_up(self) -> None:
        """Before any row, as who closes an account does: in another order two would wait for each other. From here on nobody moves."""
        journal.queue_up()
        self.refresh_from_db(fields=["venue"])

    def _locked(self) -> tuple[Venue, Registration]:
        self._queue_up()
        venue = Venue.objects.select_for_update(of=("self",), no_key=True).select_related("event").get(pk=self.venue_id)
        return venue, Registration.objects.select_for_update(no_key=True).get(pk=self.pk)

    def _advance(self, state: str, by: str, **columns: Any) -> None:
        self.LIFE.check(self.state, state)
        was, self.state = self.state, state
        self.revision += 1
        for name, value in columns.items():
            setattr(self, name, value)
        self.save(update_fields=["state", "revision", *columns])
        self._record(state, by, was=was)

    def _sit(self, session: Session) -> None:
        """A seat in a session that is locked, or a place in its queue."""
        state = "confirmed" if session.has_place and self.state == "confirmed" else "waiting"
        _, new = Seat.objects.get_or_create(registration=self, session=session, defaults={"state": state})
        if new and state == "confirmed":
            Session.objects.filter(pk=session.pk).update(taken=F("taken") + 1)

    def _check_stands(self) -> None:
        if self.state not in OPEN:
            raise RegistrationError(_("This registration is cancelled; register anew."))

    def _stand_up(self, sessions: Any = None) -> None:
        """Leave seats, all or those in these sessions, to those who wait for them."""
        mine = Session.objects.select_for_update(no_key=True).filter(seats__registration=self).order_by("pk")
        for session in mine if sessions is None else mine.filter(pk__in=sessions):
            seat = Seat.objects.get(registration=self, session=session)
            seat.delete()
            if seat.state == "confirmed":
                Session.objects.filter(pk=session.pk).update(taken=F("taken") - 1)
                promote_in(session)

    def _record(self, verb: str, by: str = "", **data: Any) -> None:
        journal.record(
            f"registration.{verb}", self, by=by, quiet=True, event=self.event_id, venue=self.venue_id, **data
        )


def promote(venue: Venue) -> list[Registration]:
    """Give free places of a venue, which is locked, to those who wait for them, in order; returns who got one."""
    hold_all(venue.event_id)
    venue.refresh_from_db(fields=["taken", "capacity"])
    waiting = Registration.objects.filter(venue=venue, state="waiting").order_by("id")
    taken = list(waiting if venue.capacity == 0 else waiting[: max(venue.capacity - venue.taken, 0)])
    for registration in taken:
        registration._advance("confirmed", "", decided_at=timezone.now())
    _take(venue, len(taken))
    seat(taken)
    return taken


def _take(venue: Venue, places: int) -> None:
    if places:
        Venue.objects.filter(pk=venue.pk).update(taken=F("taken") + places)


def check_open(event: Event) -> None:
    """Raises :class:`RegistrationError` when one cannot register now."""
    now = timezone.now()
    if event.state != "published":
        raise RegistrationError(_("One cannot register for this event."))
    if event.opens_at and now < event.opens_at:
        raise RegistrationError(_("Registration has not opened yet."))
    if now >= (event.closes_at or event.ends_at):
        raise RegistrationError(_("Registration has ended."))
