"""One opportunity, and the files beside it."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cityplus import pulse
from cityplus.languages.tags import reader_tag
from cityplus.opportunities.models import Opportunity, Outcome, Paper
from cityplus.opportunities.showing import sight, structured
from cityplus.social.tongues import tongues
from cityplus.web.pagecache import keep
from cityplus.web.structured import json_ld, page


@require_safe
@keep
def opportunity(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """The opportunity; of one that is not public yet, or not for this visitor, there is no page."""
    one = known(request, handle, slug)
    public = Opportunity.objects.public().filter(pk=one.pk).exists()
    if public:
        pulse.counts(request, "opportunity", pulse.Subject.of("opportunity", one.pk), *one.city.subjects)
    return render(request, "opportunities/opportunity.html", shown(request, one, public=public))


def shown(request: HttpRequest, one: Opportunity, *, public: bool, problem: str = "") -> dict[str, object]:
    """What the page shows of it to this visitor."""
    outcomes = Outcome.objects.counted(request.user).filter(interest__opportunity=one)
    return {
        "one": one,
        "sight": sight(request.user, one),
        "outcomes": outcomes.select_related("interest__organisation__actor").prefetch_related("proofs"),
        "tongues": tongues(),
        "tongue": reader_tag(),
        "problem": problem,
        "json_ld": _data(one) if public else "",
    }


def known(request: HttpRequest, handle: str, slug: str) -> Opportunity:
    """What this visitor may see under this address; else there is nothing."""
    visible = Opportunity.objects.visible_to(request.user).for_lists().prefetch_related("papers")
    return get_object_or_404(visible, host__handle=handle, slug=slug)


@require_safe
@never_cache
def paper(request: HttpRequest, handle: str, slug: str, number: int) -> HttpResponseBase:
    """A file, for who may see the opportunity; always a download."""
    found = get_object_or_404(Paper, opportunity=known(request, handle, slug), pk=number)
    if not default_storage.exists(found.key):
        raise Http404(f"the file {found.key} is not in the store")
    file = default_storage.open(found.key)
    response = FileResponse(file, as_attachment=True, filename=found.name, content_type="application/pdf")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _data(one: Opportunity) -> str:
    tag, path = reader_tag(), one.get_absolute_url()
    name = one.title.in_language(tag)
    host = one.host
    way = [
        (_("Opportunities"), reverse("opportunities:index")),
        (host.names.in_language(tag), host.get_absolute_url()),
        (name, path),
    ]
    return json_ld(page(path, name, tag, structured(one), way))
