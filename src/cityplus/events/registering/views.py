"""Registering, the letter's link, and one's own registration."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cityplus import limits
from cityplus.events import letters
from cityplus.events.errors import RegisteredError, RegistrationError
from cityplus.events.models import Event, Registration
from cityplus.events.models.seat import OPEN
from cityplus.events.registering.form import RegistrationForm, initial_of
from cityplus.events.registering.known import known, open_in
from cityplus.events.views.fetching import find
from cityplus.lib import signs
from cityplus.limits import Limit
from cityplus.people import patience

REGISTRATIONS = Limit("registrations of a network", 120, 600)
OPENINGS = Limit("links to registrations opened from a network", 60, 600)
_COOKIE, _SALT, _MINUTES = "registration", "events.link", 10 * 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """The form; one's own registrations above it. POST registers."""
    event = find(request, handle, slug)
    about: dict[str, Any] = {"event": event, "person": request.user}
    if request.method == "POST":
        form = RegistrationForm(request.POST, **about)
        if form.is_valid():
            limits.take(REGISTRATIONS.by(limits.network(request)))
            patience.letter_to(form.cleaned_data["email"])
            try:
                return _register(request, event, form)
            except RegistrationError as refusal:
                form.add_error(None, str(refusal))
    else:
        form = RegistrationForm(initial=_known_of(request), **about)
    context = {
        "event": event,
        "host": event.host,
        "form": form,
        "mine": list(known(request, event)),
        "open": event.is_open,
    }
    return render(request, "events/registration/form.html", context, status=422 if form.is_bound else 200)


def _known_of(request: HttpRequest) -> dict[str, Any]:
    if not request.user.is_authenticated:
        return {}
    actor = getattr(getattr(request.user, "profile", None), "actor", None)
    return {"email": request.user.email, "name": actor.native_name if actor else ""}


def _register(request: HttpRequest, event: Event, form: RegistrationForm) -> HttpResponse:
    """Make it, and its letter, as one. Who is not signed in hears by letter alone how it stands, so that nobody learns who comes."""
    email = form.cleaned_data["email"].strip().lower()
    own = request.user.is_authenticated and email == (request.user.email or "").lower()
    facts = {**form.facts(), "language": get_language() or "en", "consent_until": form.until}
    if own:
        facts |= {"person": request.user, "proved_at": timezone.now()}
    venue = form.halls[form.cleaned_data["venue"]]
    try:
        with transaction.atomic():
            made, token = Registration.make(venue, email=email, sessions=form.wanted(), **facts)
            letters.registered(made, "" if own else token)
    except RegisteredError:
        if own:
            raise
        with transaction.atomic():
            rows = Registration.objects.select_for_update(no_key=True).filter(event=event, email=email, state__in=OPEN)
            for there in rows:  # none, where it was cancelled in this moment
                letters.again(there)
        return redirect("events:registration-sent", event.host.handle, event.slug)
    if own:
        return redirect("events:registration-mine", event.host.handle, event.slug, made.pk)
    return redirect("events:registration-sent", event.host.handle, event.slug)


@never_cache
@require_safe
def sent(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """What one reads after registering without an account."""
    event = find(request, handle, slug)
    return render(request, "events/registration/sent.html", {"event": event, "host": event.host})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, handle: str, slug: str, number: int) -> HttpResponse:
    """One's own registration: how it stands, and the form that changes it."""
    event = find(request, handle, slug)
    row = get_object_or_404(known(request, event), pk=min(number, 2**63 - 1))
    form = RegistrationForm(
        request.POST if request.method == "POST" else None,
        event=event, person=request.user, registration=row, initial=initial_of(row),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            _change(row, form, _who(request))
        except RegistrationError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is kept."))
            return redirect("events:registration-mine", event.host.handle, event.slug, row.pk)
    context = {
        "event": event,
        "host": event.host,
        "row": row,
        "form": form,
        "seats": list(row.seats.select_related("session")),
    }
    return render(request, "events/registration/mine.html", context, status=422 if form.errors else 200)


def _change(row: Registration, form: RegistrationForm, by: str) -> None:
    with transaction.atomic():
        row.amend(by=by, **form.facts())
        row.move(form.halls[form.cleaned_data["venue"]], by=by)
        row.choose(form.wanted(), by=by)


@never_cache
@require_POST
def cancellation(request: HttpRequest, handle: str, slug: str, number: int) -> HttpResponse:
    """Give the place back."""
    event = find(request, handle, slug)
    row = get_object_or_404(known(request, event), pk=min(number, 2**63 - 1))
    row.cancel(by=_who(request))
    messages.success(request, _("Your registration is cancelled."))
    return redirect("events:registration", event.host.handle, event.slug)


@never_cache
@require_POST
def letter(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """Have another link sent to one's address; nobody is told whether it is registered."""
    event = find(request, handle, slug)
    email = signs.line(request.POST.get("email", "")).lower()[:254]
    limits.take(REGISTRATIONS.by(limits.network(request)))
    patience.letter_to(email)
    with transaction.atomic():
        row = (
            Registration.objects.select_for_update(no_key=True).filter(event=event, email=email, state__in=OPEN).first()
        )
        if row:
            letters.again(row)
    return redirect("events:registration-sent", event.host.handle, event.slug)


@never_cache
@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link of a letter leads: it is put into a cookie for ten minutes, and leaves the address at once, so that it
    stands in no Referer and no history of another page."""
    response = redirect("events:opening")
    signed = signing.dumps(token, salt=_SALT)
    response.set_cookie(_COOKIE, signed, max_age=_MINUTES, httponly=True, secure=request.is_secure(), samesite="Lax")
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest) -> HttpResponse:
    """Asks whether to open it, for programs that look into letters open links too; POST spends the link."""
    try:
        token = signing.loads(request.COOKIES.get(_COOKIE, ""), salt=_SALT, max_age=_MINUTES)
    except signing.BadSignature:
        token = ""
    if request.method != "POST":
        there = bool(token) and Registration.of_token(token) is not None
        return render(request, "events/registration/opening.html", {"there": there})
    limits.take(OPENINGS.by(limits.network(request)))
    row = Registration.open_link(token) if token else None
    if row is None:
        response = render(request, "events/registration/opening.html", {"there": False}, status=410)
    else:
        open_in(request, row)
        event = row.event
        response = redirect("events:registration-mine", event.host.handle, event.slug, row.pk)
    response.delete_cookie(_COOKIE)
    return response


def _who(request: HttpRequest) -> str:
    return request.user.get_username() if request.user.is_authenticated else ""
