"""Presenters, as the organisers of an event write of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.events.errors import EventError
from cityplus.events.models import Clip, Event, Presenter
from cityplus.events.planning import specs
from cityplus.events.planning.pages import About, form, key_of, media_of, refused
from cityplus.events.planning.planner import Planner, city_of, languages_of, spoken_of
from cityplus.events.planning.sheet import Sheet
from cityplus.events.planning.views import SLUG
from cityplus.events.presenting import addresses_of
from cityplus.social import attachments

CLIPS = 60


def presenter(request: HttpRequest, planner: Planner, event: int, presenter: int = 0) -> HttpResponse:
    """A presenter: a new one, of the city that plans, or one of this event who is of no other city than that. An organisation writes of
    those whom it has introduced: not of its mayor."""
    found = planner.find(event)
    row = get_object_or_404(Presenter, pk=min(presenter, 2**63 - 1)) if presenter else None
    if row and not _may_write(planner, found, row):
        return refused(request, planner)
    pictures = media_of(found, "picture")
    if row and row.picture and str(row.picture_id) not in dict(pictures):
        pictures.append((str(row.picture_id), row.picture.name))
    fields = specs.presenter(pictures, spoken_of(found, row.languages if row else ()))
    kept = {spec.name: getattr(row, spec.name) for spec in fields if hasattr(row, spec.name)} if row else {}
    kept |= {"picture": row.picture_id or "", "clips": addresses_of(row, request.user)} if row else {}
    data = request.POST if request.method == "POST" else None
    sheet = Sheet(fields, kept, tags=languages_of(found), zone=found.time_zone, data=data)

    def keep(values: dict[str, Any]) -> None:
        if not SLUG.fullmatch(values["slug"]):
            raise EventError(_("Use small letters, digits and hyphens."))
        clips = values.pop("clips")
        values["picture_id"] = key_of(values.pop("picture"))
        if row is None:
            whose = {"city": _city(planner, found), "introduced_for": _organisation(planner)}
            made = Presenter.introduce(values.pop("slug"), by=planner.by, **whose, **values)
        else:
            made = row
            if values["slug"] != row.slug and Presenter.objects.filter(slug=values["slug"]).exists():
                raise EventError(_("There is a presenter at this address already; choose another one."))
            row.change(by=planner.by, **values)
        _see(request, made, clips)

    about = About(
        title=_("Presenter") if row else _("Introduce a presenter"), part="agenda",
        action=planner.address("event-presenter", found.pk, row.pk) if row else planner.address("event-presenters", found.pk),
    )  # fmt: skip
    return form(request, planner, found, sheet, keep, about)


def _city(planner: Planner, event: Event) -> Any:
    return planner.city or city_of(event.host)


def _organisation(planner: Planner) -> Actor | None:
    return planner.actor if planner.actor and planner.actor.kind == Actor.Kind.ORGANISATION else None


def _may_write(planner: Planner, event: Event, presenter: Presenter) -> bool:
    """The office writes of all; a city of who is of it, an organisation of whom it introduced there; both of who is of no city and in
    this event."""
    if planner.actor is None:
        return True
    if presenter.city_id is not None:
        ours = planner.city is not None and presenter.city_id == planner.city.pk
        organisation = _organisation(planner)
        return ours and (organisation is None or presenter.introduced_for_id == organisation.pk)
    return presenter.appearances.filter(session__event=event).exists()


def _see(request: HttpRequest, presenter: Presenter, lines: str) -> None:
    """Keep where else the presenter is seen; an address that leads nowhere is said, and left out."""
    keys = []
    for line in dict.fromkeys(filter(None, map(str.strip, lines.splitlines()[:CLIPS]))):
        key = attachments.find(line, request.user)
        if key:
            keys.append(key)
        else:
            messages.warning(request, _("There is nothing of this network at %(address)s.") % {"address": line[:200]})
    Clip.keep(presenter, keys)
