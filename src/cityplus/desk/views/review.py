from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.desk.editor.gaps import missing
from cityplus.desk.pieces import piece_of
from cityplus.desk.views.versions import compared
from cityplus.drafts import NotAllowed
from cityplus.drafts.models import Review, Version
from cityplus.lib.lifecycle import LifeCycleError

MOST_REVIEWS = 10


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.SEE, POST=Right.WRITE)
def review(request: HttpRequest, at: Desk, piece: str) -> HttpResponse:
    """What the draft changes, and what was said of it; POST asks somebody else to approve it."""
    found = piece_of(at.city, piece)
    draft = found.draft
    if request.method == "POST":
        try:
            draft.submit(by=at.by, note=request.POST.get("note", "").strip())
            messages.success(request, _("It waits for somebody else of the team now."))
        except LifeCycleError:
            messages.error(request, _("This draft waits for approval already, or has it."))
        return redirect("desk:piece-review", at.city.handle, piece)
    kept = Version.of(draft.kind, draft.subject_id)
    context = {
        "desk": at,
        "piece": found,
        "draft": draft,
        "gaps": missing(found, draft.gaps()),
        "reviews": Review.objects.filter(version__in=kept)
        .select_related("version")
        .defer("version__document")[:MOST_REVIEWS],
        "differences": compared(found, draft.does.read(draft.subject_id), draft.document) if draft.pk else [],
        "needed": draft.does.needs_review(draft.subject_id),
        "wrote": at.by in draft.authors,
    }
    return render(request, "desk/review.html", context)


@require_POST
@desk(Right.SEE, POST=Right.REVIEW)
def decision(request: HttpRequest, at: Desk, piece: str) -> HttpResponse:
    """Approve a draft, or give it back with a reason."""
    found = piece_of(at.city, piece)
    approve, reason = request.POST.get("verdict") == "approved", request.POST.get("reason", "").strip()
    if request.POST.get("revision") != str(found.draft.revision):
        messages.error(request, _("The draft was changed since you looked. Look again before you decide."))
    elif not approve and not reason:
        messages.error(request, _("Say why you give it back: its writers want to know what to change."))
    else:
        try:
            found.draft.decide(approve=approve, by=at.by, reason=reason)
            messages.success(request, _("Approved.") if approve else _("Given back."))
        except NotAllowed as refused:
            messages.error(request, str(refused))
        except LifeCycleError:
            messages.error(request, _("This draft does not wait for approval."))
    return redirect("desk:piece-review", at.city.handle, piece)
