from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.pieces import piece_of
from cityplus.desk.views.sides import language
from cityplus.languages.machines import configured
from cityplus.translation.errands import wanted
from cityplus.translation.models import Errand


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.TRANSLATE)
def errand(request: HttpRequest, at: Desk, piece: str, tag: str) -> HttpResponse:
    """Send a machine through a piece, or stop it (``stop``); asked with GET, how far it is, as JSON."""
    there = piece_of(at.city, piece)
    draft = there.draft
    newest = Errand.newest(draft.kind, draft.subject_id, language(tag))
    if request.method != "POST":
        told = (
            {"state": newest.state, "percent": newest.percent, "problem": newest.problem} if newest else {"state": ""}
        )
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    if "stop" in request.POST:
        if newest and newest.state == "waiting":
            newest.end("stopped", _("It was stopped by %(person)s.") % {"person": at.by})
    elif configured() is None:
        messages.error(request, _("No translation service is configured."))
    elif total := len(wanted(draft, tag)):
        Errand.send(at.city, draft.kind, draft.subject_id, tag, by=at.by, total=total, reader=get_language() or "en")
    else:
        messages.info(request, _("There is nothing for a machine to do: every text has words here."))
    return redirect(there.address("sides", tag))
