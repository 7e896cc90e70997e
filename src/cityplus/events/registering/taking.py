"""Taking a registration that was sent: its count, its place and its letter in one transaction, which thousands share in an hour's rush."""

from __future__ import annotations

from django.db import OperationalError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from cityplus import journal, limits
from cityplus.events import letters
from cityplus.events.errors import RegisteredError
from cityplus.events.models import Event, Registration
from cityplus.events.models.making import make
from cityplus.events.models.seat import OPEN
from cityplus.events.registering.form import RegistrationForm
from cityplus.limits import Count, Limit
from cityplus.people import patience

REGISTRATIONS = Limit("registrations of a network", 120, 600)


def count(request: HttpRequest, email: str) -> None:
    """Count that somebody registers, or asks for a link. One after the other, each kept before the next: who holds one count and waits for
    another might wait for those who register together.

    Raises:
        TooMany: of this network, or to this address.
    """
    for one in _counts(request, email):
        limits.take(one)


def _counts(request: HttpRequest, email: str) -> tuple[Count, Count]:
    return REGISTRATIONS.by(limits.network(request)), patience.letters_to(email)


def take(request: HttpRequest, event: Event, form: RegistrationForm) -> Registration | None:
    """Make it, and its letter, as one; returns it when that is durable, to who is signed in with this address. Who is not hears by letter
    alone how it stands, so that nobody learns who comes.

    Raises:
        TooMany: of this network, or to this address.
        RegistrationError: one cannot register, or (for who is signed in with it) the address is registered already.
        OperationalError: the database did not take it in its time; nothing was kept.
    """
    email = form.cleaned_data["email"].strip().lower()
    own = request.user.is_authenticated and email == (request.user.email or "").lower()
    facts = {**form.facts(), "language": get_language() or "en", "consent_until": form.until}
    if own:
        facts |= {"person": request.user, "proved_at": timezone.now()}
    venue, wanted = form.halls[form.cleaned_data["venue"]], form.wanted()
    counts = _counts(request, email)

    def write() -> Registration | None:
        journal.queue_up()  # before all that is counted and locked: of many deeds in one transaction none waits for another one's
        limits.take_along(*counts)
        try:
            made, token, seated = make(venue, email=email, sessions=wanted, **facts)
        except RegisteredError:  # it has written nothing
            if own:
                raise
            again(event, email)  # in this transaction too: an answer that took longer would tell who is registered
            return None
        letters.registered(made, "" if own else token, [one for one in wanted if one.pk in seated])
        return made

    try:
        made = journal.together(write)
    except OperationalError:
        raise
    except Exception:
        count(request, email)  # what came to nothing was tried all the same
        raise
    return made if own else None


def again(event: Event, email: str) -> None:
    """Send another link to an address, if it is registered."""
    with transaction.atomic():
        rows = Registration.objects.select_for_update(no_key=True).filter(event=event, email=email, state__in=OPEN)
        if row := rows.first():
            letters.again(row)
