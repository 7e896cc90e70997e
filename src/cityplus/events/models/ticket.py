from __future__ import annotations

import secrets

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus.events.doors import codes
from cityplus.events.errors import RegistrationError
from cityplus.events.models.registration import Registration


class Ticket(models.Model):
    """The code of a registration. The database has its seed and its digest: without the key of tickets nobody makes a code of them."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="ticket")
    seed = models.CharField(max_length=32, help_text="128 random bits, in base64url")
    digest = models.CharField(max_length=32, unique=True, help_text="128 bits of the SHA-256 of the code")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"ticket of {self.registration_id}"

    @classmethod
    def of(cls, registration: Registration) -> Ticket:
        """The ticket of a registration; the first time it is asked for it is made."""
        ticket, _new = cls.objects.get_or_create(registration=registration, defaults=_made())
        return ticket

    @classmethod
    def for_all(cls, registrations: list[Registration]) -> dict[int, Ticket]:
        """The tickets of many, by registration; those that lack are made."""
        keys = [registration.pk for registration in registrations]
        had = set(cls.objects.filter(registration__in=keys).values_list("registration", flat=True))
        lacking = [Ticket(registration=one, **_made()) for one in registrations if one.pk not in had]
        Ticket.objects.bulk_create(lacking, ignore_conflicts=True)  # somebody may look at theirs at this moment
        return {ticket.registration_id: ticket for ticket in cls.objects.filter(registration__in=keys)}

    def renew(self, *, by: str) -> None:
        """Have another code, for a ticket that was lost. The one there was opens nothing from this moment on.

        Raises:
            RegistrationError: there is no place that it would open.
        """
        with transaction.atomic():
            row = Registration.objects.select_for_update(no_key=True).get(pk=self.registration_id)
            if row.state != "confirmed":
                raise RegistrationError(_("There is no place for which there would be a ticket."))
            ticket = Ticket.objects.select_for_update(no_key=True).get(pk=self.pk)
            OldCode.objects.create(registration=row, digest=ticket.digest)
            Ticket.objects.filter(pk=self.pk).update(**_made(), made_at=timezone.now())
            row._record("ticket_renewed", by)
        self.refresh_from_db()

    def scanned(self, event: int) -> str:
        """What the QR code says."""
        return codes.signed(event, codes.secret_of(self.seed))

    def typed(self) -> str:
        return codes.typed(codes.secret_of(self.seed))


class OldCode(models.Model):
    """A code that was replaced by another one: what doors tell from a ticket that is newer than their list."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="old_codes")
    digest = models.CharField(max_length=32, unique=True, help_text="128 bits of the SHA-256 of the code")
    ended_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"old code of {self.registration_id}"


def _made() -> dict[str, str]:
    seed = secrets.token_urlsafe(16)
    return {"seed": seed, "digest": codes.digest_of(codes.secret_of(seed))}
