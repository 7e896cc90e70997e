"""The letters of events: to who registers, in their language and by their clock."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cityplus.events import calendars, clocks, invitations
from cityplus.events.models import Event, Registration, Session
from cityplus.languages import formats
from cityplus.languages.tags import direction, reader_tag, tag_of
from cityplus.languages.text import Text
from cityplus.lib.tokens import new_token
from cityplus.people import letters
from cityplus.people.letters import Known, Pattern
from cityplus.people.models import Letter

ROOM = "events"
_SOME_TOKEN = new_token()
"""Stands where the token of each letter goes, in those that are made once for many."""
_WHEN = _("When: %(when)s")
_WHERE = _("Where: %(where)s")
_OTHERS = _("Your place at the event stays. Perhaps another session is for you.")
_OWN = _("The link is yours alone and opens once; on the page that it opens you can change or cancel everything.")


def _page(known: Known) -> str:
    return str(known["page"])


PATTERNS = {
    "confirmed": Pattern(
        _("You are registered"),
        (_("You have a place at “%(event)s”."), _WHEN, _WHERE, "%(seats)s", "%(own)s"),
        _("See or change the registration"),
        _page,
    ),
    "waiting": Pattern(
        _("You are on the waiting list"),
        (
            _("“%(event)s” has no place left. You are on the waiting list, and we write as soon as a place is yours."),
            _WHEN,
            _WHERE,
            "%(own)s",
        ),
        _("See or change the registration"),
        _page,
    ),
    "asked": Pattern(
        _("Your registration is looked at"),
        (
            _("The organisers of “%(event)s” look at each registration first. We write as soon as they have decided."),
            _WHEN,
            _WHERE,
            "%(own)s",
        ),
        _("See or change the registration"),
        _page,
    ),
    "taken": Pattern(
        _("A place is yours"),
        (
            _("You have a place at “%(event)s” now."),
            _WHEN,
            _WHERE,
            _("If you cannot come, cancel: somebody else is waiting."),
            "%(own)s",
        ),
        _("See or change the registration"),
        _page,
    ),
    "moved": Pattern(
        _("Your place is in another hall"),
        (_("You come to “%(event)s” in another hall now."), _WHEN, _WHERE, "%(seats)s", "%(own)s"),
        _("See or change the registration"),
        _page,
    ),
    "seated": Pattern(
        _("A seat in a session is yours"),
        (_("You waited for “%(session)s” at “%(event)s”. A seat is yours now."), _WHEN, _WHERE, "%(seats)s", "%(own)s"),
        _("See or change the registration"),
        _page,
    ),
    "renewed": Pattern(
        _("Your ticket has a new code"),
        (
            _(
                "The ticket for “%(event)s” was replaced by a new one. The one before it, on paper too, opens no door any more."
            ),
            "%(own)s",
        ),
        _("See or change the registration"),
        _page,
    ),
    "unseated": Pattern(
        _("A session has changed"),
        (
            _(
                "“%(session)s” at “%(event)s” has no seat for you any more: it is taken from the agenda, or moved to another hall."
            ),
            _OTHERS,
        ),
        _("See the event"),
        _page,
    ),
    "refused": Pattern(
        _("Not this time"), (_("The organisers of “%(event)s” cannot take you."),), _("See the event"), _page
    ),
    "cancelled": Pattern(
        _("Your registration is cancelled"),
        (_("You do not come to “%(event)s”. The place is given to somebody else."),),
        _("See the event"),
        _page,
    ),
    "link": Pattern(
        _("The link to your registration"),
        (_("You are registered for “%(event)s”. Somebody, probably you, asked for a link to that."), "%(own)s"),
        _("See or change the registration"),
        _page,
    ),
    "called_off": Pattern(
        _("The event is cancelled"), (_("“%(event)s” is cancelled: %(reason)s"), _WHEN), _("See the event"), _page
    ),
    "changed": Pattern(
        _("Hours or place have changed"),
        (_("“%(event)s” has changed. This is how it is now:"), _WHEN, _WHERE, "%(seats)s"),
        _("See the event"),
        _page,
    ),
    "week": Pattern(
        _("In a week"),
        (_("“%(event)s” is in a week."), _WHEN, _WHERE, "%(bring)s", "%(seats)s"),
        _("See the event"),
        _page,
    ),
    "today": Pattern(
        _("Today"),
        (_("“%(event)s” begins today."), _WHEN, _WHERE, "%(bring)s", "%(seats)s"),
        _("See the event"),
        _page,
    ),
    "day": Pattern(
        _("Tomorrow"),
        (_("“%(event)s” begins in a day."), _WHEN, _WHERE, "%(bring)s", "%(seats)s"),
        _("See the event"),
        _page,
    ),
}


def plug_in() -> None:
    for name, pattern in PATTERNS.items():
        letters.plug(f"{ROOM}/{name}", pattern)


def registered(registration: Registration, token: str, seated: Sequence[Session] = ()) -> None:
    """Say how it stands to who has just registered, with a seat in these sessions; without a token they have an account, and need no
    link."""
    _write(registration.state, registration, token, seated)


def again(registration: Registration) -> None:
    """Send another link, which makes the one before it void."""
    _write("link", registration, registration.new_link())


def decided(registration: Registration, kind: str, **more: Any) -> None:
    """Say what has become of a registration: taken, waiting, refused, cancelled, moved, seated, unseated, renewed."""
    linked = kind in {"taken", "waiting", "moved", "seated", "renewed"} and registration.person_id is None
    _write(kind, registration, registration.new_link() if linked else "", **more)


def told(registration: Registration, kind: str, reason: str = "") -> None:
    """Say what has become of the event: called_off, changed; or remind of it: week, day, today."""
    _write(kind, registration, "", reason=reason)


def _write(
    kind: str, registration: Registration, token: str, seated: Sequence[Session] | None = None, **more: Any
) -> None:
    person, event = registration.person, registration.event
    with translation.override(person.language if person else registration.language):
        seats = calendars.seats_of(registration) if seated is None else seated
        known = {
            "event": event.title.in_language(reader_tag()),
            "when": when(registration),
            "where": where(registration),
            "bring": _said(_("Please bring: %s"), event.bring.in_language(reader_tag())),
            "seats": _said(_("Your sessions: %s"), " · ".join(_seat(one, registration) for one in seats)),
            "own": str(_OWN) if token else "",
            "page": _address(registration, kind, token and _SOME_TOKEN),
            "reason": "",
            **more,
        }
        calendar = invitations.of(registration, kind, more.get("was", ""), seats)
        to = registration.email
        rendered = letters.rendered(f"{ROOM}/{kind}", to, person, known) if person else _alike(kind, *known.items())
        subject, text, html = rendered
        text, html = (said.replace(_SOME_TOKEN, token) for said in (text, html))
        Letter.post(to, subject, text, html, calendar=calendar)


def _seat(session: Session, registration: Registration) -> str:
    """A session, and when it begins by the clock of the hall."""
    begins = clocks.begins(registration.event, session.starts_at, registration.venue.time_zone)
    return f"{begins} {session.title.in_language(reader_tag())}"


def named(title: Text, registration: Registration) -> str:
    """A title in the language in which somebody is written to."""
    person = registration.person
    return title.in_language(tag_of(person.language if person else registration.language))


def _alike(kind: str, *known: tuple[str, str]) -> tuple[str, str, str]:
    """What stands in the letters of all who have no account and of whom the same is known, made once."""
    return _made(kind, get_language() or "en", known)


@lru_cache(maxsize=500)
def _made(kind: str, language: str, known: tuple[tuple[str, str], ...]) -> tuple[str, str, str]:
    with translation.override(language):
        return letters.rendered(f"{ROOM}/{kind}", "", None, dict(known))


def _said(sentence: Any, words: str) -> str:
    return str(sentence) % words if words else ""


def _address(registration: Registration, kind: str, token: str) -> str:
    event = registration.event
    if token:
        return reverse("events:link", args=[token])
    if registration.person_id and kind in {"confirmed", "waiting", "asked", "taken", "moved", "seated", "renewed"}:
        return reverse("events:registration-mine", args=[event.host.handle, event.slug, registration.pk])
    return event.get_absolute_url()


def when(registration: Registration) -> str:
    """The hours by the clock of the hall, and where another was asked for by that one too, each with its city."""
    event: Event = registration.event
    hall, own = registration.venue.time_zone, registration.time_zone
    city = registration.venue.city
    whose = city.actor.names.in_language(reader_tag()) if city else formats.zone_city(hall, reader_tag())
    said = f"{clocks.span(event.starts_at, event.ends_at, hall)} ({whose} {_offset(event, hall)})"
    if own and own != hall:
        named = f"{formats.zone_city(own, reader_tag())} {_offset(event, own)}"
        said += f" · {clocks.span(event.starts_at, event.ends_at, own)} ({named})"
    return said


def _offset(event: Event, zone: str) -> str:
    """The distance from UTC, after which a letter that is read from right to left goes on that way."""
    mark = "\N{RIGHT-TO-LEFT MARK}" if direction(reader_tag()) == "rtl" else ""
    return formats.offset(event.starts_at, zone) + mark


def where(registration: Registration) -> str:
    venue = registration.venue
    parts = (venue.name.in_language(reader_tag()), venue.address, venue.link)
    return " · ".join(part for part in parts if part)
