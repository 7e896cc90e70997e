"""Files as evidence of an outcome: added by the side that told it, read by whoever may, taken away."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from cityplus import limits
from cityplus.media import multipart, store
from cityplus.media.errors import MediumError
from cityplus.opportunities import evidence
from cityplus.opportunities.access import as_side
from cityplus.opportunities.allowed import PROVING
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.models import Interest, Proof
from cityplus.opportunities.models.parts import PAPER_BYTES


@csrf_exempt
@require_POST
@as_side
def proofs(request: HttpRequest, interest: Interest, side: str, outcome: int) -> HttpResponse:
    """Add a file (``file``), for everybody where it is ``public``. The side stands in the address, since the form is read into a place of
    our own first; then the token against forgery is looked at."""
    found = get_object_or_404(interest.outcomes, pk=outcome)
    try:
        with store.workbench() as bench:
            path = bench / "file"
            form, called = multipart.receive_named(request, path, PAPER_BYTES)
            request.POST = form  # type: ignore[assignment]

            @csrf_protect
            def take(request: HttpRequest) -> HttpResponse:
                limits.take(PROVING.by(request.user.pk))
                kept, name = evidence.fit(path, called)
                by = request.user.get_username()
                Proof.add(found, side, name, kept, public="public" in request.POST, by=by)
                messages.success(request, _("The file is added."))
                return redirect(interest.page_of(side, "came"))

            return take(request)
    except MediumError:
        messages.error(
            request, _("Choose a PDF or a picture of at most %(most)s MB.") % {"most": PAPER_BYTES // 1024**2}
        )
    except OpportunityError as wrong:
        messages.error(request, str(wrong))
    return redirect(interest.page_of(side, "came"))


@require_safe
@never_cache
def proof(request: HttpRequest, number: int, outcome: int, file: int) -> HttpResponseBase:
    """A file, always a download; for who may not have it there is none."""
    visible = Proof.objects.visible_to(request.user)
    found = get_object_or_404(visible, pk=file, outcome=outcome, outcome__interest=number)
    if not default_storage.exists(found.key):
        raise Http404(f"the file {found.key} is not in the store")
    kept = default_storage.open(found.key)
    response = FileResponse(kept, as_attachment=True, filename=found.name, content_type=found.content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@as_side
def proof_removal(request: HttpRequest, interest: Interest, side: str, outcome: int, file: int) -> HttpResponse:
    """Take it away, for the side that added it."""
    found = get_object_or_404(
        Proof.objects.select_related("outcome"), outcome__in=interest.outcomes.filter(pk=outcome), pk=file
    )
    try:
        found.remove(side, by=request.user.get_username())
        messages.success(request, _("The file is taken away."))
    except OpportunityError as wrong:
        messages.error(request, str(wrong))
    return redirect(interest.page_of(side, "came"))
