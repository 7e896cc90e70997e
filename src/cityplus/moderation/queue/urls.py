"""The addresses of officers: the same below ``…/moderation/`` at desk and office, and some for one of them alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from cityplus.moderation.queue import appeals, decisions, filters, held, reports, rules, standings

View = Callable[..., HttpResponse]
Pages = Mapping[str, tuple[str, View, str]]
_REPORT, _HELD, _DECISION = "<int:report>/", "held/<int:held>/", "decisions/<int:decision>/"
_APPEAL, _ACTOR = "appeals/<int:appeal>/", "@<handle:actor>/"

SHARED: Pages = {
    "moderation": ("", reports.queue, "GET"),
    "moderation-report": (_REPORT, reports.one, "GET"),
    "moderation-assignment": (f"{_REPORT}assignment/", reports.assignment, "POST"),
    "moderation-verdict": (f"{_REPORT}decision/", reports.decision, "POST"),
    "moderation-held": ("held/", held.waiting, "GET"),
    "moderation-held-verdict": (f"{_HELD}decision/", held.decision, "POST"),
    "moderation-decisions": ("decisions/", decisions.listed, "GET"),
    "moderation-lifting": (f"{_DECISION}lifting/", decisions.lifting, "POST"),
}
DESK: Pages = {**SHARED, "moderation-handover": (f"{_REPORT}handover/", reports.handover, "POST")}
OFFICE: Pages = {
    **SHARED,
    "moderation-agreement": (f"{_DECISION}agreement/", decisions.agreement, "POST"),
    "moderation-appeals": ("appeals/", appeals.waiting, "GET"),
    "moderation-appeal": (_APPEAL, appeals.one, "GET"),
    "moderation-appeal-verdict": (f"{_APPEAL}decision/", appeals.decision, "POST"),
    "moderation-actor": (_ACTOR, standings.one, "GET"),
    "moderation-actor-verdict": (f"{_ACTOR}decision/", standings.decision, "POST"),
    "moderation-rules": ("rules/", rules.rules, "GET POST"),
    "moderation-filters": ("filters/", filters.filters, "GET"),
    "moderation-words": ("filters/words/", filters.word, "POST"),
    "moderation-word-removal": ("filters/words/<int:word>/removal/", filters.word_removal, "POST"),
    "moderation-domains": ("filters/domains/", filters.domain, "POST"),
    "moderation-domain-removal": ("filters/domains/<int:domain>/removal/", filters.domain_removal, "POST"),
    "moderation-newcomers": ("filters/newcomers/", filters.newcomers, "POST"),
}
"""By name: the address, the view, and how it may be asked."""


def addresses(prefix: str, pages: Pages, wrap: Callable[[View, str], Any]) -> list[URLPattern]:
    """All of them below a prefix. ``wrap(view, methods)`` makes of ``view(request, officer, …)`` what Django calls: it finds out who
    asks."""
    return [path(f"{prefix}{where}", wrap(view, methods), name=name) for name, (where, view, methods) in pages.items()]
