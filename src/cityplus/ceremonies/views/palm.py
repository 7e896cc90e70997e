from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cityplus.ceremonies import screens, tickets
from cityplus.ceremonies.door import NONCE, Pressed, Told
from cityplus.ceremonies.models import Guest
from cityplus.ceremonies.passes import Pass
from cityplus.ceremonies.pressing import press_all
from cityplus.ceremonies.views.fetching import find
from cityplus.ceremonies.words import REFUSALS
from cityplus.languages.tags import reader_tag

KEPT = int(tickets.LIFE.total_seconds())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def palm(request: HttpRequest, pk: int, invitation: str = "") -> HttpResponse:
    """The page on a phone: of everybody, or behind an invitation of a guest of honour. Without a script, its form presses."""
    guest = tickets.invited(invitation) if invitation else None
    if guest is not None and guest.ceremony_id != pk:
        guest = None
    seen = find(request, pk, invitation if guest else "")
    if invitation and guest is None:
        context = {"seen": seen, "refusal": REFUSALS["stranger"]}
        return render(request, "ceremonies/wrong_link.html", context, status=404)
    ticket = tickets.Ticket(pk, "phone", guest.pk if guest else None, "" if guest else seen.hall)
    cookie = f"palm-{pk}-{guest.pk if guest else 0}"
    if request.method != "POST":
        return render(request, "ceremonies/palm.html", _context(request, seen, guest, ticket, cookie, None))
    nonce = request.COOKIES.get(cookie, "") or request.POST.get("nonce", "")
    if not NONCE.fullmatch(nonce):
        nonce = secrets.token_urlsafe(16)
    (told,) = press_all([Pressed(ticket, nonce)])
    if told.beat:
        response: HttpResponse = redirect(request.get_full_path())
    else:
        context = _context(request, seen, guest, ticket, cookie, told)
        response = render(request, "ceremonies/palm.html", context, status=409)
    response.set_cookie(cookie, nonce, max_age=KEPT, samesite="Lax", httponly=True, secure=request.is_secure())
    return response


def _context(
    request: HttpRequest,
    seen: Pass,
    guest: Guest | None,
    ticket: tickets.Ticket,
    cookie: str,
    told: Told | None,
) -> dict[str, object]:
    ceremony = seen.ceremony
    now = screens.standing(ceremony, inside=seen.inside)
    nonce = request.COOKIES.get(cookie, "")
    run = ceremony.run
    mine = run.palms.filter(nonce=nonce).exists() if run and nonce and now.run else False
    tags = screens.spoken(ceremony)
    seat = screens.seats([guest], now.guests, tags, reader_tag())[0] if guest else None
    return {
        "ceremony": ceremony,
        "seen": seen,
        "cities": ceremony.cities_in_order,
        "subject": ceremony.subject,
        "standing": now,
        "seat": seat,
        "mine": mine or bool(seat and seat.pressed),
        "refusal": REFUSALS[told.refusal] if told else "",
        "nonce": nonce or secrets.token_urlsafe(16),
        "state": screens.state(seen, now, "ceremonies")
        | {
            "ticket": str(ticket),
            "guest": guest.pk if guest else 0,
            "mine": bool(seat and seat.pressed),
            "refusals": {word: str(sentence) for word, sentence in REFUSALS.items()},
            "says": _says(),
        },
    }


def _says() -> dict[str, str]:
    """What the script of a phone says, in the language of its page."""
    return {
        "welcome": str(REFUSALS["early"]),
        "open": _("Hold your palm to the light."),
        "held": _("The ceremony is held for a moment. Keep this page open."),
        "sending": _("Your palm is on its way."),
        "waiting": _("No connection. Your palm is kept on this device and sent as soon as there is one."),
        "lit": _("Your light is on the wall. Look up."),
        "hold": _("A little longer: hold until the ring is closed."),
        "met": _("All palms are here. The countdown runs."),
        "launched": _("The city is live."),
        "ended": str(REFUSALS["over"]),
    }
