"""What waits for somebody at the desk because it was given to them, pieces in a language; and how it goes over to another."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cityplus.cities.models import City
from cityplus.cities.rights import Right
from cityplus.desk.access import Desk
from cityplus.desk.pieces import piece_of
from cityplus.desk.waiting import Waiting
from cityplus.languages.tags import name_of, reader_tag
from cityplus.routes.models import Route
from cityplus.translation.models import Assignment
from cityplus.translation.rows import Counts, rows_of


def waiting_for(desk: Desk) -> Iterator[Waiting]:
    """The assignments of this person that are not done, each with how much is left."""
    if not desk.may(Right.TRANSLATE):
        return
    mine = list(Assignment.objects.filter(city=desk.city, person=desk.person, done_at=None))
    slugs = dict(Route.objects.filter(pk__in=[one.subject_id for one in mine]).values_list("pk", "slug"))
    for one in mine:
        if one.kind == "route" and one.subject_id not in slugs:
            continue  # the route is gone
        piece = piece_of(desk.city, "profile" if one.kind == "profile" else f"routes/{slugs[one.subject_id]}")
        rows = rows_of(piece.draft.does.shape, piece.draft.document, one.language)
        left = Counts.of(row.state for row in rows).open
        named = {"piece": piece.title, "language": name_of(one.language, reader_tag()), "count": left}
        words = ngettext(
            "%(piece)s, %(language)s: %(count)s text needs your work",
            "%(piece)s, %(language)s: %(count)s texts need your work",
            left,
        )
        if not left:
            words = _("%(piece)s, %(language)s: nothing is left; say that it is done")
        yield Waiting(words % named, piece.address("sides", one.language), since=one.at)


def pass_on(city: City, leaver: str, successor: str) -> int:
    """Who takes a place in the team over gets what is to be translated there; returns how many pieces those are."""
    heir = city.team.get(person__username=successor).person
    return Assignment.objects.filter(city=city, person__username=leaver, done_at=None).update(person=heir)
