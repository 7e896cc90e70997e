from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cityplus.cities.models import City
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.pieces import title_of
from cityplus.drafts.models import Draft
from cityplus.languages.tags import UI_LANGUAGES, LanguageError, check_tag, name_of, reader_tag
from cityplus.languages.text import Text, Version
from cityplus.routes.models import Mode, Route

STATES = (
    ("draft", gettext_lazy("Not public yet")),
    ("published", gettext_lazy("Public")),
    ("withdrawn", gettext_lazy("Taken back")),
)
MOST_TITLE = 200


@dataclass(frozen=True)
class Row:
    """A route in the list: what the public has of it, and how its draft stands, if there is one."""

    route: Route
    title: str
    draft: Draft | None

    @property
    def piece(self) -> str:
        return f"routes/{self.route.slug}"

    @property
    def changed_at(self) -> datetime:
        return self.draft.changed_at if self.draft else self.route.changed_at


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.SEE, POST=Right.WRITE)
def routes(request: HttpRequest, at: Desk) -> HttpResponse:
    """The routes of the city by state; POST begins a new one."""
    said: dict[str, str] = {"language": _main_language(at.city), "mode": "walk"}
    problem = ""
    if request.method == "POST":
        said = {name: request.POST.get(name, "").strip() for name in ("title", "language", "mode")}
        problem = _problem(said)
        if not problem:
            version = Version(" ".join(said["title"].split()), "author", f"@{at.city.handle}")
            title = Text(said["language"], {said["language"]: version})
            route = Route.draft(at.city, title, by=at.by, mode=said["mode"])
            return redirect("desk:piece", at.city.handle, f"routes/{route.slug}")
    context = {
        "desk": at,
        "groups": _groups(at.city),
        "said": said,
        "problem": problem,
        "modes": Mode.choices,
        "languages": _languages(at.city),
    }
    return render(request, "desk/routes.html", context, status=422 if problem else 200)


def _problem(said: dict[str, str]) -> str:
    if not said["title"]:
        return _("A route needs a title to begin with; it can be changed at any time.")
    if len(said["title"]) > MOST_TITLE:
        return _("The text is too long: at most %(most)s characters.") % {"most": MOST_TITLE}
    if said["mode"] not in Mode.values:
        return _("Choose how one goes.")
    try:
        check_tag(said["language"])
    except LanguageError as problem:
        return str(problem)
    return ""


def _groups(city: City) -> list[dict[str, Any]]:
    """The routes by what the public has of them, those that were worked at last first."""
    drafts = Draft.objects.filter(owner=city.actor, kind="route").defer("document")
    titles = dict(drafts.values_list("subject_id", "document__title"))
    begun = {draft.subject_id: draft for draft in drafts}
    rows = []
    for route in Route.objects.filter(city=city):
        route.city = city
        text = Text.from_json(titles[route.pk]) if titles.get(route.pk) else route.title
        rows.append(Row(route, title_of(text, route.slug), begun.get(route.pk)))
    rows.sort(key=lambda row: row.changed_at, reverse=True)
    found = [
        {"state": state, "name": name, "rows": [row for row in rows if row.route.state == state]}
        for state, name in STATES
    ]
    return [group for group in found if group["rows"]]


def _main_language(city: City) -> str:
    return next(iter(city.languages), "") or reader_tag()


def _languages(city: City) -> list[tuple[str, str]]:
    """The languages to begin in: those of the city first, then those of the interface."""
    tags = dict.fromkeys([*city.languages, *(language.tag for language in UI_LANGUAGES)])
    return [(tag, name_of(tag, reader_tag())) for tag in tags]
