from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cityplus.cities.models import Member
from cityplus.cities.rights import Right, may
from cityplus.desk.access import Desk, desk
from cityplus.desk.editor.island import island
from cityplus.desk.pieces import Piece, piece_of
from cityplus.desk.sides import Side, confirmed_edit, grouped, refused, reviewed_edit, sides_of, typed_edit
from cityplus.drafts import Edit
from cityplus.languages.machines import Busy, MachineError, configured
from cityplus.languages.tags import UI_LANGUAGES, LanguageError, check_tag, direction, name_of, reader_tag
from cityplus.translation.errands import wanted as for_machine
from cityplus.translation.models import Assignment, Errand
from cityplus.translation.rows import Counts, Row, rows_of, state_of
from cityplus.translation.saving import Outcome, save
from cityplus.translation.suggesting import as_edit, propose
from cityplus.translation.wanted import wanted


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.TRANSLATE)
def sides(request: HttpRequest, at: Desk, piece: str, tag: str) -> HttpResponse:
    """Every text of a piece beside its version in one language, and the form that writes them; ``?path=`` is one row alone, for the
    island."""
    there = piece_of(at.city, piece)
    language(tag)
    if request.method != "POST":
        shown = sides_of(at.city, there, tag)
        path = request.GET.get("path")
        return _row(request, at, shown, path) if path else _page(request, at, there, tag, shown)
    posted = request.POST.dict()
    rows = {side.row.path: side.row for side in sides_of(at.city, there, tag)}
    chosen = next((posted[name] for name in ("review", "still", "ask") if name in posted), "")
    outcome = save(there.draft, _edits(rows, posted, chosen), by=at.by)
    proposal, problem = "", ""
    if "ask" in posted and chosen in rows and chosen not in {*outcome.clashes, *outcome.problems}:
        proposal, problem = _ask(at, there, tag, chosen)
    shown = sides_of(at.city, there, tag, _still_typed(posted, outcome))
    side = next((side for side in shown if side.row.path == chosen), None)
    if side and "review" in posted and chosen not in {*outcome.saved, *outcome.clashes, *outcome.problems}:
        problem = refused(side)
    _told(shown, outcome, posted)
    if side:
        side.proposal, side.problem = proposal, side.problem or problem
    if outcome.whole and not proposal and not problem:
        _say_saved(request, outcome, "ask" in posted)
        anchor = (side.anchor if "ask" in posted else side.next or side.anchor) if side else ""
        query = "?open=1" if "open" in request.GET else ""
        return redirect(f"{there.address('sides', tag)}{query}{f'#{anchor}' if anchor else ''}")
    status = HTTPStatus.CONFLICT if outcome.clashes else HTTPStatus.UNPROCESSABLE_ENTITY if not proposal else 200
    return _page(request, at, there, tag, shown, status=status)


def language(tag: str) -> str:
    """The tag of an address.

    Raises:
        Http404: it is none.
    """
    try:
        return check_tag(tag)
    except LanguageError:
        raise Http404 from None


def _edits(rows: Mapping[str, Row], posted: Mapping[str, str], chosen: str) -> list[Edit]:
    edits = []
    for path, row in rows.items():
        edit = typed_edit(row, posted)
        if path == chosen and "review" in posted:
            edit = reviewed_edit(row, posted)
        elif path == chosen and "still" in posted:
            edit = confirmed_edit(row, posted) or edit
        if edit:
            edits.append(edit)
    return edits


def _ask(at: Desk, piece: Piece, tag: str, path: str) -> tuple[str, str]:
    """What a machine says for one text: written where nobody else has written, else to be looked at; or a sentence why not."""
    row = next(side.row for side in sides_of(at.city, piece, tag) if side.row.path == path)
    try:
        (words,) = propose(at.city, [row])
    except LookupError:
        return "", _("No translation service is configured.")
    except Busy:
        return "", _("The translation service has too much to do just now. Please try again later.")
    except MachineError as problem:
        return "", str(problem)
    if row.is_free_for_machines and save(piece.draft, [as_edit(row, words)], by=at.by).whole:
        return "", ""
    return words, ""


def _still_typed(posted: Mapping[str, str], outcome: Outcome) -> dict[str, str]:
    """Of what was sent that which is not written: it stays in its fields."""
    return {path: posted[path] for path in (*outcome.clashes, *outcome.problems) if path in posted}


def _told(shown: list[Side], outcome: Outcome, posted: Mapping[str, str]) -> None:
    for side in shown:
        path = side.row.path
        side.clash, side.problem = outcome.clashes.get(path), outcome.problems.get(path, "")
        if path in outcome.problems:
            side.was = posted.get(f"was:{path}", side.was)


def _say_saved(request: HttpRequest, outcome: Outcome, asked: bool) -> None:
    count = len(outcome.saved)
    if count:
        words = ngettext("%(count)s text was saved.", "%(count)s texts were saved.", count) % {"count": count}
        messages.success(request, words)
    elif not asked:
        messages.info(request, _("Nothing was changed."))


def _page(
    request: HttpRequest, at: Desk, piece: Piece, tag: str, shown: list[Side], *, status: int = 200
) -> HttpResponse:
    """``?open=1`` shows only what needs work, and what has something to be told."""
    states = [side.row.state for side in shown]
    only_open = "open" in request.GET
    listed = [s for s in shown if not only_open or s.row.open or s.problem or s.clash or s.proposal]
    draft = piece.draft
    given = Assignment.objects.select_related("person").filter(
        kind=draft.kind, subject_id=draft.subject_id, language=tag, done_at=None
    )
    team = Member.objects.filter(city=at.city).select_related("person").order_by("person__username")
    context: dict[str, Any] = {
        "desk": at, "piece": piece, "tag": tag, "dir": direction(tag), "language": name_of(tag, reader_tag()),
        "parts": grouped(listed), "counts": Counts.of(states), "only_open": only_open,
        "first_open": next((side.anchor for side in shown if side.row.open), ""),
        "shown": len(listed), "languages": _languages(at, piece, tag),
        "sources": list(dict.fromkeys(side.row.source for side in shown)),
        "machine": configured(), "errand": Errand.newest(draft.kind, draft.subject_id, tag),
        "for_machine": len(for_machine(draft, tag)), "given": given.first(),
        "team": [member for member in team if may(member.role, Right.TRANSLATE)],
        "island": island(piece, at), "preview_url": _preview(piece, tag),
        "troubled": sum(bool(side.problem or side.clash) for side in shown),
    }  # fmt: skip
    return render(request, "desk/sides.html", context, status=status)


def _row(request: HttpRequest, at: Desk, shown: list[Side], path: str) -> HttpResponse:
    side = next((side for side in shown if side.row.path == path), None)
    if side is None:
        raise Http404
    tag, counts = side.row.language, Counts.of(side.row.state for side in shown)
    context = {"desk": at, "side": side, "tag": tag, "dir": direction(tag), "language": name_of(tag, reader_tag()),
               "counts": counts, "machine": configured()}  # fmt: skip
    return render(request, "desk/side_alone.html", context)


def _preview(piece: Piece, tag: str) -> str:
    """Where one reads it in this language; empty where the interface does not speak it."""
    code = next((ui.code for ui in UI_LANGUAGES if ui.tag == tag), "")
    if not code:
        return ""
    with translation.override(code):
        return piece.address("piece-preview")


def _languages(at: Desk, piece: Piece, tag: str) -> list[dict[str, Any]]:
    """The languages that are wanted, each with how far this piece is in it."""
    shape, document = piece.draft.does.shape, piece.draft.document
    texts = [row.text for row in rows_of(shape, document, "")]  # in no language: of each text one
    found = []
    for wish in dict.fromkeys([*wanted(at.city), tag]):
        counts = Counts.of(state_of(text, wish) for text in texts if text.original != wish)
        if counts.total:
            found.append({"tag": wish, "name": name_of(wish, reader_tag()), "counts": counts, "here": wish == tag,
                          "url": piece.address("sides", wish)})  # fmt: skip
    return found
