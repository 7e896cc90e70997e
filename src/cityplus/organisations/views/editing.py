"""What an organisation says of itself: its page, its activities, its logo."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from cityplus.cities.isic import DIVISIONS, SECTIONS, section_of, title_of
from cityplus.lib import signs
from cityplus.media import multipart, store
from cityplus.media.bounds import Bounds
from cityplus.media.errors import MediumError
from cityplus.organisations import logos
from cityplus.organisations.access import Workplace, workplace
from cityplus.organisations.filters import branches
from cityplus.organisations.forms import PageForm
from cityplus.organisations.models import OrganisationError
from cityplus.organisations.roles import Right

MOST = 8
"""Activities of an organisation."""
SHOWN = 30
"""Branches that one search shows."""


@require_http_methods(["GET", "HEAD", "POST"])
@workplace(Right.WRITE)
def page(request: HttpRequest, at: Workplace) -> HttpResponse:
    """Its words in every language that it has them in, and its facts."""
    data = request.POST if request.method == "POST" else None
    form = PageForm(data, at.organisation, at.by)
    asks = data is not None and "more" in data
    if data is not None and not asks and form.is_valid():
        try:
            at.organisation.change(by=at.by, **form.values())
        except OrganisationError as refusal:  # its city was asked, or said yes, while this was typed
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The page is as you said."))
            return redirect("organisations:work", at.organisation.actor.handle)
    if asks:
        form.forgive()
    status = 422 if data is not None and not asks else 200
    context = {"at": at, "organisation": at.organisation, "form": form}
    return render(request, "organisations/work/page.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@workplace(Right.WRITE)
def activities(request: HttpRequest, at: Workplace) -> HttpResponse:
    """What it is active in, by sections and divisions of ISIC: found by words, the main one first."""
    codes = list(at.organisation.activities.values_list("code", flat=True))
    if request.method == "POST":
        return _change(request, at, codes)
    words = request.GET.get("q", "")[:100].replace("\0", "")
    found = branches(words)
    context = {
        "at": at,
        "organisation": at.organisation,
        "chosen": [_branch(code) for code in codes],
        "q": words,
        "found": [_branch(code) | {"chosen": code in codes} for code in found[:SHOWN]],
        "more": len(found) > SHOWN,
        "full": len(codes) >= MOST,
        "most": MOST,
        "sections": [_branch(code) for code in SECTIONS] if not words else [],
    }
    return render(request, "organisations/work/activities.html", context)


def _change(request: HttpRequest, at: Workplace, codes: list[str]) -> HttpResponse:
    deed, code = next(((key, request.POST[key]) for key in ("add", "drop", "first") if key in request.POST), ("", ""))
    if code in {*SECTIONS, *DIVISIONS} and deed:
        others = [one for one in codes if one != code]
        wanted = {"add": [*others, code], "drop": others, "first": [code, *others]}[deed]
        if len(wanted) > MOST:
            messages.error(request, _("These are enough. Take one away first."))
        else:
            at.organisation.busy_in(codes if deed == "add" and code in codes else wanted, by=at.by)
    return redirect("organisations:work-activities", at.organisation.actor.handle)


def _branch(code: str) -> dict[str, Any]:
    section = section_of(code)
    return {"code": code, "title": title_of(code), "section": title_of(section) if section != code else ""}


@csrf_exempt  # the form is read first, into a place of our own; then it is checked, below
@require_POST
@workplace(Right.WRITE)
def logo(request: HttpRequest, at: Workplace) -> HttpResponse:
    """Show another logo, or none. The file is looked into as every other that strangers send."""
    try:
        with store.workbench() as bench:
            path = bench / "file"
            request.POST = multipart.receive(request, path, Bounds.now().largest)  # type: ignore[assignment]

            @csrf_protect
            def take(request: HttpRequest) -> HttpResponse:
                logos.show(at.organisation, path, signs.line(request.POST.get("alt", "")), by=at.by)
                messages.success(request, _("The logo is being prepared. It is seen in a moment."))
                return redirect("organisations:work-page", at.organisation.actor.handle)

            return take(request)
    except MediumError as refusal:
        messages.error(request, str(refusal))
        return redirect("organisations:work-page", at.organisation.actor.handle)


@require_POST
@workplace(Right.WRITE)
def logo_removal(request: HttpRequest, at: Workplace) -> HttpResponse:
    """Show none any more."""
    logos.take_away(at.organisation, by=at.by)
    return redirect("organisations:work-page", at.organisation.actor.handle)
