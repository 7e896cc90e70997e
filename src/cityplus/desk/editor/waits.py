"""What waits for somebody in the drafts of a city: approvals to give, drafts that were given back, publications that were held."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk
from cityplus.desk.waiting import Waiting
from cityplus.drafts.models import Draft, Review
from cityplus.routes.models import Route


def waits(desk: Desk) -> Iterator[Waiting]:
    drafts = list(Draft.objects.filter(owner=desk.city.actor))
    routes = dict(Route.objects.filter(city=desk.city).values_list("pk", "slug")) if drafts else {}
    for draft in drafts:
        name = "profile" if draft.kind == "profile" else f"routes/{routes.get(draft.subject_id, '')}"
        title = {"title": draft.does.title(draft.subject_id, draft.document)}
        if draft.problem and desk.may(Right.PUBLISH):
            words = _("%(title)s was not published at its moment.") % title
            yield Waiting(words, _url(desk, "piece-publication", name), draft.changed_at, urgent=True)
        review = draft.review if draft.state in {"submitted", "open"} else None
        if review and (found := _of_review(desk, draft, review, name, title)):
            yield found


def _of_review(desk: Desk, draft: Draft, review: Review, name: str, title: dict[str, str]) -> Waiting | None:
    if draft.state == "submitted" and desk.may(Right.REVIEW) and desk.by not in draft.authors:
        words = _("%(title)s waits for your approval. %(name)s asks for it.") % {**title, "name": review.asked_by}
        return Waiting(words, _url(desk, "piece-review", name), review.asked_at)
    if draft.state == "open" and review.verdict == Review.Verdict.RETURNED and desk.by == review.asked_by:
        words = _("%(name)s gave %(title)s back to you.") % {**title, "name": review.decided_by}
        return Waiting(words, _url(desk, "piece", name), review.decided_at)
    return None


def _url(desk: Desk, view: str, name: str) -> str:
    return reverse(f"desk:{view}", args=[desk.city.handle, name])
