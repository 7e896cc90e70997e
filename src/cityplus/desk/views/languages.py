from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cityplus.cities.models import Member
from cityplus.cities.rights import Right, may
from cityplus.desk.access import Desk, desk
from cityplus.desk.pieces import piece_of
from cityplus.desk.policies import may_assign
from cityplus.desk.views.sides import language
from cityplus.languages.tags import name_of, reader_tag
from cityplus.translation.models import Assignment
from cityplus.translation.progress import Work, works
from cityplus.translation.rows import Counts
from cityplus.translation.wanted import wanted


@dataclass(frozen=True)
class Cell:
    """A piece in one language."""

    tag: str
    name: str
    counts: Counts
    url: str
    who: str


@dataclass(frozen=True)
class Line:
    """A piece in the languages that are asked for, the neediest first; ``done`` are those in which nothing is left."""

    work: Work
    open: list[Cell]
    done: list[Cell]

    @property
    def need(self) -> tuple[int, int, int]:
        return max((cell.counts.need for cell in self.open), default=(0, 0, 0))


@require_safe
@desk(Right.TRANSLATE)
def queue(request: HttpRequest, at: Desk) -> HttpResponse:
    """How far each piece is in each language, the neediest first. ``?lang=`` shows one language, ``?mine=1`` what one was given."""
    tags = wanted(at.city)
    chosen = request.GET.get("lang", "")
    asked = [language(chosen)] if chosen else tags
    given = {
        (one.kind, one.subject_id, one.language): one.person.get_username()
        for one in Assignment.objects.filter(city=at.city, done_at=None).select_related("person")
    }
    mine = "mine" in request.GET
    lines = [_line(at, work, asked, given, mine) for work in works(at.city)]
    lines = sorted((line for line in lines if line.open or line.done), key=lambda line: line.need, reverse=True)
    totals = [cell for line in lines for cell in (*line.open, *line.done)]
    context = {
        "desk": at, "lines": [line for line in lines if line.open], "finished": [line for line in lines if not line.open],
        "tags": [(tag, name_of(tag, reader_tag())) for tag in dict.fromkeys([*tags, *asked])],
        "chosen": chosen, "chosen_name": name_of(chosen, reader_tag()) if chosen else "", "mine": mine,
        "counts": sum((cell.counts for cell in totals), Counts()),
    }  # fmt: skip
    return render(request, "desk/languages.html", context)


def _line(at: Desk, work: Work, tags: list[str], given: dict[tuple[str, int, str], str], mine: bool) -> Line:
    cells = []
    for tag in tags:
        counts, who = work.counts(tag), given.get((work.kind, work.subject, tag), "")
        if counts.total and (not mine or who == at.by):
            cells.append(Cell(tag, name_of(tag, reader_tag()), counts, _address(at, work, tag), who))
    cells.sort(key=lambda cell: cell.counts.need, reverse=True)
    return Line(work, [cell for cell in cells if cell.counts.open], [cell for cell in cells if not cell.counts.open])


def _address(at: Desk, work: Work, tag: str) -> str:
    """Where one writes it: media in their library."""
    if work.kind:
        return reverse("desk:sides", args=[at.city.handle, work.name, tag])
    return f"{reverse('desk:home', args=[at.city.handle])}media/"


@require_POST
@desk(Right.TRANSLATE)
def assignment(request: HttpRequest, at: Desk, piece: str, tag: str) -> HttpResponse:
    """Give a piece in a language to somebody (``person``), to nobody, or say that it is done (``done``)."""
    there = piece_of(at.city, piece)
    draft = there.draft
    name = request.POST.get("person", "")
    open_ = Assignment.objects.select_related("person", "city__actor").filter(
        city=at.city, kind=draft.kind, subject_id=draft.subject_id, language=language(tag), done_at=None
    )
    present = open_.first()
    theirs = {name or at.by, present.person.get_username() if present else at.by}
    if not may_assign(at.role, theirs == {at.by}):
        says = _("give work to others, or take it from them")
        roles = [role.label for role in Member.Role if may_assign(role, False)]
        return render(request, "desk/not_yours.html", {"desk": at, "says": says, "roles": roles}, status=403)
    if "done" in request.POST:
        if present:
            present.finish(by=at.by)
    elif name:
        members = Member.objects.select_related("person").filter(city=at.city)
        member = get_object_or_404(members, person__username=name)
        if may(member.role, Right.TRANSLATE):
            Assignment.give(at.city, draft.kind, draft.subject_id, tag, member.person, by=at.by)
    elif present:
        present.withdraw(by=at.by)
    return redirect(there.address("sides", tag))
