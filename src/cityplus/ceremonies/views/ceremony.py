from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cityplus import pulse
from cityplus.ceremonies import screens
from cityplus.ceremonies.replays import replay
from cityplus.ceremonies.views.fetching import find
from cityplus.ceremonies.views.keepsake import kept_page
from cityplus.languages.tags import reader_tag


@require_safe
@never_cache
def ceremony(request: HttpRequest, pk: int) -> HttpResponse:
    """The public page: what it is, when, who comes, how far it is now; once it is kept, the keepsake."""
    seen = find(request, pk)
    found = seen.ceremony
    if found.state == "kept":
        return kept_page(request, found, **(replay(found) or {}))
    cities = found.cities_in_order
    if found.announced:
        pulse.counts(request, "ceremony", *found.subjects)
    now = screens.standing(found, inside=seen.inside)
    guests = found.guests.all()
    context = {
        "ceremony": found,
        "seen": seen,
        "cities": cities,
        "standing": now,
        "seats": screens.seats(guests, now.guests, screens.spoken(found), reader_tag()),
        "needed": sum(guest.needed for guest in guests) if found.quorum_guests else 0,
        "programme": found.programme.all(),
        "state": screens.state(seen, now, "ceremonies"),
        "going": now.step in {"open", "held", "met"},
        "steps": screens.STEPS,
        **(replay(found) or {}),
    }
    return render(request, "ceremonies/ceremony.html", context)
