"""The pages of planning, for the desk and for the office alike."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cityplus.ceremonies import policies
from cityplus.ceremonies.models import Ceremony, NotNow
from cityplus.ceremonies.planning.beginning import Wrong, begin
from cityplus.ceremonies.planning.parts import parts
from cityplus.ceremonies.planning.plan import Plan
from cityplus.ceremonies.planning.planner import Planner
from cityplus.cities.models import City
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.media.models import Medium
from cityplus.routes.models import Route
from cityplus.web.paging import page_of

LISTED = 50


def ceremonies(request: HttpRequest, planner: Planner) -> HttpResponse:
    """The ceremonies that are planned from here, the coming first; a new one by POST."""
    if request.method == "POST":
        return _begin(request, planner)
    found = planner.ceremonies.prefetch_related("takings__city__actor")
    page = page_of(found, request.GET, ("-starts_at", "-pk"), size=LISTED)
    return shown(request, planner, "list", {"page": page})


def new(request: HttpRequest, planner: Planner) -> HttpResponse:
    """The first page of planning."""
    return _new(request, planner)


def _new(request: HttpRequest, planner: Planner, wrong: Wrong | None = None) -> HttpResponse:
    kinds = [(value, label) for value, label in Ceremony.Kind.choices if planner.may_plan(value)]
    routes = Route.objects.filter(city=planner.city).exclude(state="published")[:200] if planner.city else []
    coming = City.objects.exclude(stage__in=City.PUBLIC).select_related("actor")[:50] if not planner.city else []
    context = {"kinds": kinds, "routes": routes, "coming": coming, "typed": request.POST, "wrong": wrong}
    return shown(request, planner, "new", context, status=422 if wrong else 200)


def _begin(request: HttpRequest, planner: Planner) -> HttpResponse:
    if not planner.may_plan(request.POST.get("kind", "")):
        return refused(
            request, planner, _("The launch of a city is planned by an owner of its team, or by the network office.")
        )
    try:
        made = begin(planner, request.POST)
    except Wrong as wrong:
        return _new(request, planner, wrong)
    messages.success(request, _("The ceremony is planned. Say now what it is to be like."))
    return redirect(planner.address("ceremony", made.pk))


def plan(request: HttpRequest, planner: Planner, ceremony: int) -> HttpResponse:
    """The whole plan of one ceremony; changed by POST."""
    found = planner.find(ceremony)
    if request.method != "POST":
        return plan_page(request, planner, found)
    if not planner.may_change(found):
        return refused(request, planner)
    form = Plan(found, planner.city, request.POST)
    try:
        if not form.keep(by=planner.by):
            return plan_page(request, planner, found, form=form, status=422)
    except NotNow as refusal:
        return plan_page(request, planner, planner.find(ceremony), refusal=str(refusal), status=409)
    messages.success(request, _("The plan is kept."))
    return redirect(planner.address("ceremony", found.pk))


def announcement(request: HttpRequest, planner: Planner, ceremony: int) -> HttpResponse:
    """Show the public page, or hide it again."""
    return deed(
        request, planner, ceremony, lambda c: c.announce(by=planner.by, shown=request.POST.get("shown") != "no")
    )


def cancellation(request: HttpRequest, planner: Planner, ceremony: int) -> HttpResponse:
    """Call a ceremony off that was not opened."""
    found = planner.find(ceremony)
    if not planner.may_change(found):
        return refused(request, planner)
    if request.POST.get("sure") != "yes":
        return shown(request, planner, "cancellation", {"ceremony": found, "reason": request.POST.get("reason", "")})
    return deed(request, planner, ceremony, lambda c: c.call_off(by=planner.by, reason=request.POST.get("reason", "")))


def pictures(request: HttpRequest, planner: Planner, ceremony: int) -> HttpResponse:
    """Choose the pictures and the recording of the keepsake."""
    found = planner.find(ceremony)
    media = {str(medium.pk): medium for medium in media_of(found, planner.city)}
    chosen = [media[pk] for pk in request.POST.getlist("picture") if pk in media and media[pk].kind == "picture"]
    film = media.get(request.POST.get("recording", ""))
    recording = film if film and film.kind == "film" else None
    return deed(request, planner, ceremony, lambda c: c.show(chosen, recording, by=planner.by))


def deed(request: HttpRequest, planner: Planner, ceremony: int, do: Any, to: str = "ceremony") -> HttpResponse:
    """Do one thing to a ceremony of theirs and come back to its plan; a refusal is said there."""
    found = planner.find(ceremony)
    if not planner.may_change(found):
        return refused(request, planner)
    try:
        do(found)
    except (NotNow, LifeCycleError) as refusal:
        return plan_page(request, planner, planner.find(ceremony), refusal=str(refusal), status=409)
    return redirect(planner.address(to, ceremony))


def plan_page(
    request: HttpRequest,
    planner: Planner,
    found: Ceremony,
    *,
    status: int = 200,
    form: Plan | None = None,
    refusal: str = "",
) -> HttpResponse:
    media = media_of(found, planner.city)
    chosen = list(found.shown.values_list("medium", flat=True))
    place = {pk: number for number, pk in enumerate(chosen)}
    context = {
        "ceremony": found,
        "plan": form or Plan(found, planner.city),
        "refusal": refusal,
        "guests": list(found.guests.all()),
        "parts": list(parts(planner, found)),
        "changes": planner.may_change(found),
        "leads": policies.may_lead(request.user, found),
        "planning": found.state in Ceremony.PLANNING,
        "walls": Ceremony.Wall.choices,
        "pictures": sorted((m for m in media if m.kind == "picture"), key=lambda m: place.get(m.pk, len(place))),
        "films": [m for m in media if m.kind == "film"],
        "chosen": chosen,
    }
    return shown(request, planner, "plan", context, status=status)


def media_of(ceremony: Ceremony, city: City | None) -> list[Medium]:
    """Pictures and films of its cities (of one alone, where a city is given), the newest first, and those that were chosen."""
    films_and_pictures = Medium.objects.filter(kind__in=("picture", "film")).prefetch_related("renditions")
    owners = {"owner__city": city} if city else {"owner__city__in": ceremony.cities_in_order}
    newest = list(films_and_pictures.filter(**owners).distinct().order_by("-pk")[:120])
    known = {medium.pk for medium in newest}
    chosen = films_and_pictures.filter(
        pk__in=[*ceremony.shown.values_list("medium", flat=True), ceremony.recording_id or 0]
    )
    return [*newest, *(medium for medium in chosen if medium.pk not in known)]


def refused(request: HttpRequest, planner: Planner, sentence: str = "") -> HttpResponse:
    """Somebody of the team whose role does not do this."""
    sentence = sentence or _("Your role does not plan this ceremony. An owner of the team can.")
    return shown(request, planner, "refused", {"sentence": sentence}, status=403)


def shown(
    request: HttpRequest, planner: Planner, page: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of planning in the frame of who plans."""
    whole = {"planner": planner, "frame": planner.frame, **planner.context, **context}
    return render(request, f"ceremonies/planning/{page}.html", whole, status=status)
