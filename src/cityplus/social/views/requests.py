"""Who asks to follow a locked account."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cityplus.actors.models import Actor
from cityplus.social.going_back import as_somebody
from cityplus.social.models import FollowRequest
from cityplus.social.rendering.faces import FACE, renditions
from cityplus.social.speakers.reader import Reader
from cityplus.web.paging import page_of

SIZE = 40


@never_cache
@require_safe
@as_somebody
def requests(request: HttpRequest, reader: Reader, actor: Actor) -> HttpResponse:
    """Those who wait, who has waited longest first."""
    rows = FollowRequest.objects.filter(target=actor, actor__gone_at=None).select_related(
        *(f"actor__{name}" for name in FACE)
    )
    page = page_of(rows.prefetch_related(*renditions("actor__")), request.GET, ["id"], size=SIZE)
    return render(request, "social/people/requests.html", {"page": page, "actor": actor})


@require_POST
@as_somebody
def answer(request: HttpRequest, reader: Reader, actor: Actor, number: int) -> HttpResponse:
    """Accept one (``accept`` 1) or decline it. One that was answered already is answered."""
    asked = FollowRequest.objects.filter(target=actor, pk=min(number, 2**63 - 1)).first()
    said = request.POST.get("accept")
    if said not in {"0", "1"}:
        raise Http404("it is accepted or declined")
    if asked and said == "1":
        asked.accept(by=request.user.get_username())
    elif asked:
        asked.decline(by=request.user.get_username())
    return redirect("social:requests")
