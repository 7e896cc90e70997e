from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cityplus.cities.models import Candidacy, City, Invitation, Step
from cityplus.office.access import office
from cityplus.web.paging import page_of

SIZE = 50
STAGES = (
    ("preparing", _("Preparing"), _("They make their profile and their first route, and ask for admission.")),
    ("invited", _("Invited"), _("They wait for the first owner to accept.")),
    ("ready", _("Ready"), _("They wait for their launch.")),
)


@office
@require_safe
def cities(request: HttpRequest) -> HttpResponse:
    """The cities that are on their way to the launch, by stage, each with what it waits for."""
    asked = request.GET.get("stage", "")
    stages = [stage for stage in STAGES if asked in ("", stage[0])] or list(STAGES)
    only = len(stages) == 1
    groups = []
    for stage, title, says in stages:
        found = _with_what_they_wait_for(stage)
        page = page_of(found, request.GET if only else {}, ["-pk"], size=SIZE, filters={"stage": stage})
        groups.append({"stage": stage, "title": title, "says": says, "page": page})
    asking = Candidacy.objects.filter(state="asked").count()
    return render(request, "office/cities.html", {"groups": groups, "asking": asking, "only": only})


def _with_what_they_wait_for(stage: str):  # type: ignore[no-untyped-def] # a queryset with prefetches of its own names
    owners = Invitation.objects.filter(role="owner").order_by("-pk")
    return (
        City.objects.filter(stage=stage)
        .select_related("actor")
        .prefetch_related(
            Prefetch("invitations", queryset=owners, to_attr="letters"),
            Prefetch("candidacies", queryset=Candidacy.objects.order_by("-pk"), to_attr="asked"),
            Prefetch("steps", queryset=Step.objects.order_by("-pk"), to_attr="walked"),
        )
    )
