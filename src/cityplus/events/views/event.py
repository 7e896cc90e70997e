from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cityplus import pulse
from cityplus.events import structured
from cityplus.events.doors.access import has_doors, may_lead
from cityplus.events.figures import figures
from cityplus.events.models import Event, Paper, Presenter, Timetable
from cityplus.events.planning.planner import languages_of
from cityplus.events.presenting import clips_of, sessions_of
from cityplus.events.views.fetching import find
from cityplus.languages.tags import reader_tag
from cityplus.pulse import Subject
from cityplus.web.pagecache import keep
from cityplus.web.paging import page_of
from cityplus.web.structured import json_ld

SIZE = 24
"""Presenters a page."""


@require_safe
@keep
def event(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """All that everybody may know of an event: before it, while it goes on, and afterwards."""
    found = find(request, handle, slug)
    if found.state != "draft":
        pulse.counts(request, "event", *found.subjects)
    over = found.is_over and found.state != "cancelled"
    pictures = [row.medium for row in found.pictures.select_related("medium").prefetch_related("medium__renditions")]
    papers = list(found.papers.select_related("session"))
    context: dict[str, Any] = {
        "event": found,
        "host": found.host,
        "titles": _titles(found),
        "venues": list(found.venues.all()),
        "agenda": _agenda(found, papers),
        "known": set(
            Presenter.objects.visible_to(request.user).filter(sessions__event=found).values_list("pk", flat=True)
        ),
        "papers": [paper for paper in papers if paper.session_id is None],
        "over": over,
        "figures": figures(found) if over else None,
        "pictures": pictures,
        "leads": may_lead(request.user, found),
        "organises": found.may_edit(request.user),
        "doors": has_doors(found),
        "meets": Timetable.objects.filter(event=found).exists(),
        "ld": json_ld(structured.event_of(found)),
    }
    return render(request, "events/event.html", context)


def _titles(event: Event) -> list[tuple[str, str]]:
    """Its title in the languages of its organisers' cities, but for what the reader reads already."""
    reading = event.title.read((reader_tag(),))
    told = {reading.text} if reading else set()
    versions = event.title.versions
    found = [(tag, versions[tag].text) for tag in languages_of(event) if tag in versions]
    return [(tag, words) for tag, words in found if words not in told]


def _agenda(event: Event, papers: Iterable[Paper]) -> list[dict[str, Any]]:
    of: dict[int | None, list[Paper]] = {}
    for paper in papers:
        of.setdefault(paper.session_id, []).append(paper)
    sessions = event.agenda.select_related("venue").prefetch_related("appearances__presenter")
    return [{"session": one, "papers": of.get(one.pk, [])} for one in sessions]


@require_safe
def paper(request: HttpRequest, handle: str, slug: str, number: int) -> FileResponse:
    """A file of an event, for who may see the event; always as a download."""
    found = get_object_or_404(Paper, event=find(request, handle, slug), pk=min(number, 2**63 - 1))
    name = f"{found.event.slug}-{found.pk}.pdf"
    return FileResponse(
        default_storage.open(found.key), as_attachment=True, filename=name, content_type="application/pdf"
    )


@require_safe
@keep
@pulse.counted("presenters")
def presenters(request: HttpRequest) -> HttpResponse:
    """Of whom everybody may know, and who presents at events of which everybody may know."""
    seen = Event.objects.public().values("pk")
    found = Presenter.objects.public().filter(sessions__event__in=seen).distinct()
    page = page_of(found.for_cards(), request.GET, ["slug", "pk"], size=SIZE)
    return render(request, "events/presenters.html", {"page": page})


@require_safe
@keep
def presenter(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that somebody presents and presented."""
    shown = (
        Presenter.objects.visible_to(request.user)
        .select_related("city__actor", "picture")
        .prefetch_related("picture__renditions")
    )
    found = get_object_or_404(shown, slug=slug)
    pulse.counts(request, "presenter", Subject.of("presenter", found.pk), *(found.city.subjects if found.city else ()))
    sessions, clips = sessions_of(found, request.user), clips_of(found, request.user)
    context = {"presenter": found, "sessions": sessions, "clips": clips, "ld": json_ld(structured.person_of(found))}
    return render(request, "events/presenter.html", context)
