from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.editor import following
from cityplus.desk.editor.answers import answer, problem, said
from cityplus.desk.pieces import piece_of
from cityplus.desk.policies import may_edit
from cityplus.drafts import DocumentError, DraftClash, Edit
from cityplus.drafts.models import Presence

MOST_EDITS, MOST_SENT = 500, 8


@require_safe
@desk(Right.SEE)
def fields(request: HttpRequest, at: Desk, piece: str) -> HttpResponse:
    """All values of the draft as they are now."""
    return answer(following.fields(piece_of(at.city, piece).draft))


@require_POST
@desk(Right.SEE, POST=Right.TRANSLATE)
def edits(request: HttpRequest, at: Desk, piece: str) -> HttpResponse:
    """Edits of the draft, all or none; the answer comes after the commit, with what others did since ``revision``."""
    draft = piece_of(at.city, piece).draft
    try:
        body = said(request)
        known, revision = _known(body)
        wanted = _edits(body)
    except ValueError:
        return problem(400, _("Send the edits as JSON: a list of objects with path, was and value."))
    try:
        for edit in wanted:
            if not may_edit(at.role, draft.does.shape, draft.document, [edit.path]):
                words = _("Translators write versions in other languages than the original; this is something else.")
                return problem(403, words, path=edit.path)
        saved = draft.edit(wanted, by=at.by)
    except DocumentError as refused:
        return problem(422, refused.sentence, path=refused.path)
    except DraftClash as met:
        words = _("Somebody else wrote here meanwhile. Nothing of yours was written.")
        return problem(409, words, clashes=[following.clash(draft, one) for one in met.clashes])
    told = following.news(draft, known, revision, but=[edit.path for edit in wanted])
    return answer(told | {"marks": told["marks"] | saved.marks})


@require_POST
@desk(Right.SEE)
def presence(request: HttpRequest, at: Desk, piece: str) -> HttpResponse:
    """A sign of life of an open page. It hears who else is here and where, and what changed."""
    draft = piece_of(at.city, piece).draft
    try:
        body = said(request)
        known, revision = _known(body)
    except ValueError:
        return problem(400, _("Send the path, the revision and the draft as JSON."))
    path = body.get("path")
    present = Presence.meet(draft, at.person, path if isinstance(path, str) else "")
    here = [
        {"name": one.person.get_username(), "path": one.path, "label": following.label(draft, one.path)}
        for one in present
    ]
    return answer(following.news(draft, known, revision) | {"here": here})


def _known(body: dict[str, Any]) -> tuple[str, int]:
    known, revision = body.get("draft", ""), body.get("revision", 0)
    if not isinstance(known, str) or not isinstance(revision, int) or not 0 <= revision < 2**31:
        raise ValueError
    return known, revision


def _edits(body: dict[str, Any]) -> list[Edit]:
    given = body.get("edits")
    if not isinstance(given, list) or not 0 < len(given) <= MOST_EDITS:
        raise ValueError
    found = []
    for one in given:
        if not isinstance(one, dict) or not isinstance(one.get("path"), str) or "value" not in one:
            raise ValueError
        if not isinstance(was := one.get("was", ""), str):
            raise ValueError
        if not isinstance(sent := one.get("sent", []), list) or len(sent) > MOST_SENT:
            raise ValueError
        found.append(Edit(one["path"], was, one["value"], sent=tuple(sent)))
    return found
