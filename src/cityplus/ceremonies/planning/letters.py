"""The guests' own links, for the team: to be copied, scanned, or printed as a sheet to cut."""

from __future__ import annotations

from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cityplus.ceremonies import printing
from cityplus.ceremonies.addresses import link_of
from cityplus.ceremonies.models import Ceremony, Guest
from cityplus.ceremonies.planning.planner import Planner
from cityplus.ceremonies.planning.views import deed, refused, shown
from cityplus.languages.tags import reader_tag
from cityplus.web.press import line, svg_code


def tickets(request: HttpRequest, planner: Planner, ceremony: int) -> HttpResponse:
    """Every guest's link, with its code to scan."""
    found = planner.find(ceremony)
    if not _may_see(planner, found):
        return refused(request, planner)
    guests = [{"guest": guest, "link": link_of(guest), "code": drawn(link_of(guest))} for guest in found.guests.all()]
    waiting = found.guests.filter(linked_at=None).exists()
    context = {"ceremony": found, "guests": guests, "waiting": waiting, "changes": planner.may_change(found)}
    return shown(request, planner, "tickets", context)


def sent(request: HttpRequest, planner: Planner, ceremony: int) -> HttpResponse:
    """Note that the guests have their links."""
    return deed(request, planner, ceremony, lambda found: Guest.hand_out(found, by=planner.by), to="ceremony-tickets")


def sheet(request: HttpRequest, planner: Planner, ceremony: int) -> HttpResponse:
    """All of them as a PDF, eight cards a page of A4."""
    found = planner.find(ceremony)
    if not _may_see(planner, found):
        return refused(request, planner)
    return printing.answer(request, "tickets.typ", _book(found), f"tickets-{found.pk}.pdf", kept=False)


def _may_see(planner: Planner, ceremony: Ceremony) -> bool:
    """Who plans or leads: with a guest's link one presses as that guest."""
    return planner.may_lead(ceremony) or planner.may_change(ceremony)


def drawn(address: str) -> SafeString:
    """A code to scan, as SVG within a page."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(border=2, dark="#121b33", light="#ffffff", omitsize=True))  # noqa: S308 - drawn here


def _book(ceremony: Ceremony) -> dict[str, Any]:
    tag = reader_tag()
    return {
        **line("", tag),
        "title": line(ceremony.title.in_language(tag) or _("Launch ceremony"), tag),
        "words": {"scan": _("Your palm: scan this code on the day"), "own": _("This link is yours alone.")},
        "cards": [_card(guest, tag) for guest in ceremony.guests.all()],
    }


def _card(guest: Guest, tag: str) -> dict[str, Any]:
    address = link_of(guest)
    title = guest.title.read((guest.names.original, tag))
    return {
        "name": line(str(guest.names), guest.names.original),
        "title": line(title.text, title.language) if title else None,
        "address": address,
        "qr": svg_code(address),
    }
