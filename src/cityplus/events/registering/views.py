"""Registering, the letter's link, and one's own registration."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cityplus import limits
from cityplus.events.errors import RegistrationError
from cityplus.events.models import Event, Registration
from cityplus.events.registering import showing, taking
from cityplus.events.registering.asked import asked
from cityplus.events.registering.form import RegistrationForm, initial_of
from cityplus.events.registering.known import known, open_in
from cityplus.events.views.fetching import find
from cityplus.lib import signs
from cityplus.limits import Limit
from cityplus.web.patience import AGAIN, is_busy

OPENINGS = Limit("links to registrations opened from a network", 60, 600)
_COOKIE, _SALT, _MINUTES = "registration", "events.link", 10 * 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """The form; one's own registrations above it. POST registers."""
    if request.method == "POST":
        return _taken(request, handle, slug)
    return showing.to_strangers(request, lambda: _asked(request, handle, slug))


def _asked(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    event = find(request, handle, slug)
    form = RegistrationForm(initial=_known_of(request), event=event, person=request.user)
    return _page(request, event, form, 200)


def _taken(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """Register, or show what was sent again, with the numbers of places as they are now. Nobody is shown the form again for nothing: it
    costs more than all the rest, and many come."""
    event = asked(handle, slug) or find(request, handle, slug)
    form, status, problem = RegistrationForm(request.POST, event=event, person=request.user), 422, ""
    if form.is_valid():
        try:
            made = taking.take(request, event, form)
        except RegistrationError as refusal:
            problem = str(refusal)
        except OperationalError as error:
            if not is_busy(error):
                raise
            waits = _("Very many people register at this moment, and you are not registered yet.")
            again = _("Nothing that you wrote is lost: send it again in a minute.")
            status, problem = 503, f"{waits} {again}"
        else:
            if made:
                return redirect("events:registration-mine", event.host.handle, event.slug, made.pk)
            return redirect("events:registration-sent", event.host.handle, event.slug)
    event = find(request, handle, slug)
    form = RegistrationForm(request.POST, event=event, person=request.user)
    if problem:
        form.add_error(None, problem)
    return _page(request, event, form, status)


def _page(request: HttpRequest, event: Event, form: RegistrationForm, status: int) -> HttpResponse:
    context: dict[str, Any] = {
        "event": event,
        "host": event.host,
        "form": form,
        "mine": list(known(request, event)),
        "open": event.is_open,
        "ended": event.closes_at is not None and event.closes_at <= timezone.now(),
    }
    page = render(request, "events/registration/form.html", context, status=status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        page.headers["Retry-After"] = str(AGAIN)
    return page


def _known_of(request: HttpRequest) -> dict[str, Any]:
    if not request.user.is_authenticated:
        return {}
    actor = getattr(getattr(request.user, "profile", None), "actor", None)
    return {"email": request.user.email, "name": actor.native_name if actor else ""}


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
    taking.count(request, email)
    taking.again(event, email)
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
