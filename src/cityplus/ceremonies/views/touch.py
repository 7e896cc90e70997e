from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cityplus.ceremonies import screens, tickets
from cityplus.ceremonies.policies import may_lead
from cityplus.ceremonies.views.fetching import find
from cityplus.ceremonies.words import REFUSALS
from cityplus.languages.tags import reader_tag


@require_safe
@never_cache
def touch(request: HttpRequest, pk: int) -> HttpResponse:
    """The touch screen on the stage: one guest after the other. It can press for every guest, so who leads the ceremony opens it."""
    seen = find(request, pk)
    found = seen.ceremony
    if not may_lead(request.user, found):
        raise Http404
    now = screens.standing(found, inside=True)
    tags = screens.spoken(found)
    guests = list(found.guests.all())
    context = {
        "ceremony": found,
        "standing": now,
        "titles": screens.read(found.title, tags),
        "seats": screens.seats(guests, now.guests, tags, reader_tag()),
        "rehearsal": screens.both(gettext_lazy("Rehearsal"), tags),
        "everybody": screens.both(gettext_lazy("Everybody’s palm"), tags),
        "state": screens.state(seen, now, "walls")
        | {
            "tickets": {str(g.pk): str(tickets.Ticket(pk, "screen", g.pk)) for g in guests},
            "ticket": str(tickets.Ticket(pk, "screen", key=seen.hall)),
            "refusals": {word: str(sentence) for word, sentence in REFUSALS.items()},
            "says": _says(),
        },
    }
    return render(request, "ceremonies/touch.html", context)


def _says() -> dict[str, str]:
    return {
        "welcome": _("The ceremony has not begun."),
        "open": _("Lay your palm on the hand."),
        "held": _("The ceremony is held for a moment."),
        "sending": _("The palm is on its way."),
        "waiting": _("No connection. The palm is kept and sent as soon as there is one."),
        "lit": _("Thank you."),
        "hold": _("A little longer: hold until the ring is closed."),
        "met": _("All palms are here. The countdown runs."),
        "launched": _("The city is live."),
        "ended": str(REFUSALS["over"]),
    }
