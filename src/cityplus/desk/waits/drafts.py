"""What drafts wait for: a review, another look after they came back, publishing, or help."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk
from cityplus.desk.drafted import Drafted, drafted
from cityplus.desk.waiting import Waiting
from cityplus.drafts.models import Draft, Review

MOST = 200


def drafts(desk: Desk) -> Iterator[Waiting]:
    """What this person can do something about."""
    found = drafted(desk.city, list(Draft.objects.filter(owner=desk.city.actor).order_by("changed_at")[:MOST]))
    reviews = _reviews([of.draft for of in found])
    team = set(desk.city.team.values_list("person__username", flat=True))
    for of in found:
        review = reviews.get((of.draft.kind, of.draft.subject_id))
        yield from _one(desk, of, review, team)


def _one(desk: Desk, of: Drafted, review: Review | None, team: set[str]) -> Iterator[Waiting]:
    draft, known = of.draft, {"title": of.title}
    if draft.problem and desk.may(Right.PUBLISH):
        words = _("“%(title)s” could not be published at its moment: %(problem)s")
        yield Waiting(
            words % {**known, "problem": draft.problem},
            of.address(desk.city, "piece-publication"),
            draft.changed_at,
            urgent=True,
        )
    if draft.state == "submitted" and desk.may(Right.REVIEW) and desk.by not in draft.authors:
        asked = {**known, "name": review.asked_by if review else draft.changed_by}
        since = review.asked_at if review else draft.changed_at
        words = _("“%(title)s” waits for your review; %(name)s asks for it.")
        yield Waiting(words % asked, of.address(desk.city, "piece-review"), since)
    if draft.state == "approved" and not draft.publish_at and desk.may(Right.PUBLISH):
        words = _("“%(title)s” is approved and can be published.")
        yield Waiting(words % known, of.address(desk.city, "piece-publication"), draft.changed_at)
    if draft.state == "open" and review and review.verdict == Review.Verdict.RETURNED:
        mine = review.asked_by == desk.by or (review.asked_by not in team and desk.may(Right.WRITE))
        if mine:
            said = {**known, "name": review.decided_by, "reason": review.reason}
            yield Waiting(_("“%(title)s” came back from %(name)s: %(reason)s") % said, of.url, review.decided_at)


def _reviews(found: list[Draft]) -> dict[tuple[str, int], Review]:
    """The newest asking for approval of each of these drafts, since it began."""
    if not found:
        return {}
    subjects = {draft.subject_id for draft in found}
    begun = {(draft.kind, draft.subject_id): draft.begun_at for draft in found}
    asked = Review.objects.filter(version__owner=found[0].owner_id, version__subject_id__in=subjects)
    newest: dict[tuple[str, int], Review] = {}
    for review in asked.filter(asked_at__gte=min(begun.values())).select_related("version").defer("version__document"):
        key = review.version.kind, review.version.subject_id
        if key in begun and review.asked_at >= begun[key]:
            newest.setdefault(key, review)  # they come with the newest first
    return newest
