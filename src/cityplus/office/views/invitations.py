from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cityplus import limits
from cityplus.cities import placefinder
from cityplus.cities.gazetteer import Place
from cityplus.cities.inviting import invite
from cityplus.cities.models import City as Member
from cityplus.cities.models import Invitation, InvitationError
from cityplus.languages.formats import country, number
from cityplus.languages.tags import reader_tag
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.limits import Limit
from cityplus.office.access import office
from cityplus.office.forms import City
from cityplus.people import patience
from cityplus.web.paging import page_of

LETTERS = Limit("invitations by one person of the office", 100, 3600)
SUGGESTIONS = 10
SIZE = 30
_NEAR = 0.05


@office
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest) -> HttpResponse:
    """Invite a city: found in the gazetteer by ``?q=``, chosen by ``?place=``, or typed. Below, the invitations that wait."""
    if request.method == "POST":
        form = City(request.POST)
        if form.is_valid() and _sent(request, form):
            return redirect("office:city", form.cleaned_data["handle"])
        return render(request, "office/invitations.html", _context(request, form))
    place = placefinder.place(int(asked)) if (asked := request.GET.get("place", "")[:12]).isdecimal() else None
    return render(request, "office/invitations.html", _context(request, City.of(place) if place else City(), place))


def _sent(request: HttpRequest, form: City) -> bool:
    told = form.cleaned_data
    limits.take(LETTERS.by(request.user.pk))
    patience.letter_to(told["email"])
    try:
        invite(form.newcomer, told["email"], by=request.user.get_username(), language=told["letter"])
    except InvitationError as refusal:
        form.add_error("handle", str(refusal))
        return False
    messages.success(request, _("A letter is on its way to %(email)s.") % {"email": told["email"]})
    return True


def _context(request: HttpRequest, form: City, place: Place | None = None) -> dict[str, Any]:
    asked = request.GET.get("q", "")
    found = placefinder.find(asked) if asked.strip() else []
    return {
        "form": form,
        "place": place,
        "near": members_near([place]).first() if place else None,
        "asked": asked,
        "found": [{"place": one, "label": where(one)} for one in found],
        "page": page_of(waiting(), request.GET, ["-pk"], size=SIZE),
        "total": placefinder.known(),
    }


def waiting() -> Any:
    """Invitations to first owners that nobody has answered."""
    return (
        Invitation.objects.filter(state="sent", role="owner")
        .exclude(city__team__role="owner")
        .select_related("city__actor")
    )


def members_near(places: list[Place]) -> Any:
    """Cities that are here already and stand about where one of these places is."""
    boxes = Q(pk=None)
    for place in places:
        boxes |= Q(lat__range=(place.lat - _NEAR, place.lat + _NEAR), lon__range=(place.lon - _NEAR, place.lon + _NEAR))
    return Member.objects.filter(boxes).select_related("actor")


@office
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Cities of the gazetteer for ``?q=``, as the search field of every page takes suggestions; ``url`` leads to the form."""
    found = placefinder.find(request.GET.get("q", ""), most=SUGGESTIONS)
    form = reverse("office:invitations")
    answer = [
        {
            "kind": "place",
            "name": place.native or place.name,
            "language": place.language if place.native else "en",
            "dir": "auto",
            "url": f"{form}?place={place.number}#invite",
            "label": where(place),
            **({"beside": place.name, "besideLanguage": "en"} if place.native else {}),
        }
        for place in found
    ]
    return JsonResponse({"suggestions": answer}, json_dumps_params={"ensure_ascii": False})


def where(place: Place) -> str:
    """The country of a place, for the reader, and how many people it has."""
    tag = reader_tag()
    return f"{country(place.country, tag)} · {number(place.population, tag)}"


@office
@require_POST
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the letter anew, with a new link."""
    invitation = get_object_or_404(waiting(), pk=pk)
    limits.take(LETTERS.by(request.user.pk))
    patience.letter_to(invitation.email)
    try:
        invitation.send_again(by=request.user.get_username())
        messages.success(request, _("A letter is on its way to %(email)s.") % {"email": invitation.email})
    except LifeCycleError:
        messages.error(request, _("It was answered in the meantime."))
    return redirect("office:city", invitation.city.handle)


@office
@require_POST
def revocation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(waiting(), pk=pk)
    try:
        invitation.revoke(by=request.user.get_username())
        messages.success(request, _("The invitation is taken back. Its link opens nothing."))
    except LifeCycleError:
        messages.error(request, _("It was answered in the meantime."))
    return redirect("office:city", invitation.city.handle)
