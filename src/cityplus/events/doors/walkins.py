"""Who comes without a registration, or with one that waits: registered at the door, as long as there is place."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus import journal
from cityplus.events import letters
from cityplus.events.doors.access import Keeper
from cityplus.events.doors.words import SENTENCES
from cityplus.events.errors import DoorError
from cityplus.events.models import Event, Registration, Venue
from cityplus.events.models.registration import OPEN
from cityplus.events.models.seat import hold_all, seat
from cityplus.lib.tokens import digest_of


def admit(
    venue: Venue, *, name: str, email: str, language: str, reason: str, keeper: Keeper
) -> tuple[Registration, bool]:
    """A confirmed registration for who stands at the door, and whether it is new. Where the hall is full the team may overrule with a
    ``reason``: then the hall has one place more from now on, so that its numbers stay true, and the trail says who said so.

    It must be in the transaction of its caller, which holds the event.

    Raises:
        DoorError: the hall is full and nobody overrules; the address is registered for another hall; or the organisers look at each
            registration and have not taken this one.
    """
    email = email.strip().lower()
    venue = Venue.objects.select_for_update(of=("self",), no_key=True).select_related("event").get(pk=venue.pk)
    row = (
        Registration.objects.select_for_update(no_key=True)
        .filter(event=venue.event, email=email, state__in=OPEN)
        .first()
    )
    if row and row.venue_id != venue.pk:
        raise DoorError(_("This address is registered for another hall of this event. Look for the name."))
    if row and row.state == "confirmed":
        return row, False
    _check_approved(row, venue.event, email, keeper)
    hold_all(venue.event_id)
    first = Registration.objects.filter(venue=venue, state="waiting").order_by("id").first()
    over = not venue.has_place or (first is not None and first != row)
    if over and not (reason and keeper.team):
        raise DoorError(_over(venue, keeper))
    if not venue.has_place:
        Venue.objects.filter(pk=venue.pk).update(capacity=F("capacity") + 1)
    Venue.objects.filter(pk=venue.pk).update(taken=F("taken") + 1)
    if row:
        row._advance("confirmed", keeper.name, decided_at=timezone.now())
        seat([row])
    else:
        row = _made(venue, name, email, language, keeper)
    if over:
        venue.event.record("overruled", keeper.name, registration=row.pk, venue=venue.pk, reason=reason)
    return row, True


def _check_approved(row: Registration | None, event: Event, email: str, keeper: Keeper) -> None:
    """Registering at the door is no way around the organisers: what they have not taken, nobody takes here."""
    last = row or Registration.objects.filter(event=event, email=email).order_by("id").last()
    state = last.state if last else ""
    if state in {"asked", "refused"}:
        way = _("Look for the name: with a reason they may be let in by hand.")
        raise DoorError(f"{SENTENCES[state]} {way}")
    if event.approval and not row and not keeper.team:
        raise DoorError(
            _(
                "The organisers look at each registration of this event. They may register somebody at the door; a steward may not."
            )
        )


def _over(venue: Venue, keeper: Keeper) -> str:
    said = _("The hall is full.") if not venue.has_place else _("Others wait for the places that are left.")
    overruled = _("With a reason you may overrule: the hall has one place more then.")
    left = _("The organisers may overrule; a steward may not.")
    return f"{said} {overruled if keeper.team else left}"


def _made(venue: Venue, name: str, email: str, language: str, keeper: Keeper) -> Registration:
    """Its letter has the link to the ticket; the address is not proved before that is opened."""
    token = secrets.token_urlsafe(24)
    row = Registration.objects.create(
        event=venue.event,
        venue=venue,
        name=name,
        email=email,
        language=language,
        state="confirmed",
        digest=digest_of(token),
        consent_until=kept_until(venue.event),
        decided_at=timezone.now(),
    )
    where: dict[str, Any] = {"event": row.event_id, "venue": row.venue_id}
    journal.record("registration.made", row, by=keeper.name, quiet=True, state=row.state, **where)
    letters.registered(row, token)
    return row


def kept_until(event: Event) -> date:
    """Until when the organisers may keep what somebody says at the door, as in the form of the registration."""
    return (event.ends_at.astimezone(event.zone) + timedelta(days=event.keep_days)).date()


def hold(event: Event) -> Event:
    """The event behind its lock, which comes before that of a hall; in the transaction of the caller."""
    assert transaction.get_connection().in_atomic_block  # noqa: S101
    journal.queue_up()  # before the hall, in the order in which registering takes the two
    return Event.objects.select_for_update(no_key=True).get(pk=event.pk)
