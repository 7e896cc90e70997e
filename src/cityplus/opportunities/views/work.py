"""Where a host writes its opportunities, asks for their review, renews and closes them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cityplus import limits
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.opportunities.access import Bench, as_dealer, as_writer
from cityplus.opportunities.allowed import DRAFTING
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.forms import DayForm, OpportunityForm, end_of
from cityplus.opportunities.models import Interest, Opportunity, Paper
from cityplus.opportunities.models.parts import PAPER_BYTES, PAPERS
from cityplus.web.paging import page_of

SIZE = 40
_FRAME = 64 * 1024
"""Bytes of a form beside its file."""


@require_safe
@as_writer
def work(request: HttpRequest, bench: Bench) -> HttpResponse:
    """All opportunities of the host, in whatever state."""
    page = page_of(
        Opportunity.objects.filter(host=bench.host).for_lists(), request.GET, ["-changed_at", "-id"], size=SIZE
    )
    return render(request, "opportunities/work/list.html", bench.shows(page=page))


@require_safe
@as_dealer
def interests(request: HttpRequest, bench: Bench) -> HttpResponse:
    """The conversations in which this host is a side, the newest first."""
    mine = Q(opportunity__host=bench.host) | Q(organisation__actor=bench.host)
    page = page_of(
        Interest.objects.between(bench.person).filter(mine).whole(), request.GET, ["-moved_at", "-id"], size=SIZE
    )
    rows = [(one, one.opportunity.host_id == bench.host.pk) for one in page.items]
    return render(request, "opportunities/work/interests.html", bench.shows(page=page, rows=rows))


@require_http_methods(["GET", "HEAD", "POST"])
@as_writer
def new(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Write a new one; a draft at first."""
    form = OpportunityForm(request.POST if request.method == "POST" else None, city=bench.city)
    if form.is_bound and "more" not in request.POST and form.is_valid():
        limits.take(DRAFTING.by(bench.host.pk))
        try:
            one = Opportunity.draft(bench.host, _free(bench, form.slug), by=bench.by, **form.facts)
        except OpportunityError as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, _("Saved."))
            return redirect("opportunities:edit", bench.host.handle, one.slug)
    return _form(request, bench, form)


@require_http_methods(["GET", "HEAD", "POST"])
@as_writer
def edit(request: HttpRequest, bench: Bench, slug: str) -> HttpResponse:
    """One of the host's; POST writes all of it anew while it is a draft."""
    one = _own(bench, slug)
    form = OpportunityForm(request.POST if request.method == "POST" else None, city=bench.city, opportunity=one)
    if form.is_bound and "more" not in request.POST and form.is_valid():
        try:
            one.edit(by=bench.by, **form.facts)
        except OpportunityError as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, _("Saved."))
            return redirect("opportunities:edit", bench.host.handle, one.slug)
    return _form(request, bench, form, one)


@require_POST
@as_writer
def submission(request: HttpRequest, bench: Bench, slug: str) -> HttpResponse:
    """Ask the city to look it over."""
    return _done(request, bench, slug, lambda one: one.submit(by=bench.by), _("The city looks it over now."))


@require_POST
@as_writer
def return_(request: HttpRequest, bench: Bench, slug: str) -> HttpResponse:
    """Take it back to write it anew."""
    return _done(
        request, bench, slug, lambda one: one.take_back(by=bench.by), _("It is a draft again; nobody else sees it.")
    )


@require_POST
@as_writer
def renewal(request: HttpRequest, bench: Bench, slug: str) -> HttpResponse:
    """Confirm that it holds, until another day."""
    form = DayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a day to come, within a year: then you are asked whether it still holds."))
        return redirect("opportunities:edit", bench.host.handle, slug)
    until = end_of(form.cleaned_data["until"], bench.city)
    return _done(request, bench, slug, lambda one: one.renew(until, by=bench.by), _("It holds until that day."))


@require_POST
@as_writer
def closing(request: HttpRequest, bench: Bench, slug: str) -> HttpResponse:
    """End it for good."""
    return _done(request, bench, slug, lambda one: one.close(by=bench.by), _("It is closed."))


@csrf_exempt
@require_POST
@as_writer
def papers(request: HttpRequest, bench: Bench, slug: str) -> HttpResponse:
    """Add a PDF. How large the body is is asked before a byte of it is read; then the token against forgery."""
    length = str(request.META.get("CONTENT_LENGTH", ""))
    if not length.isdecimal() or int(length) > PAPER_BYTES + _FRAME:
        return _no_file(request, bench, slug)
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
    return _brought(request, bench, slug)


@csrf_protect
def _brought(request: HttpRequest, bench: Bench, slug: str) -> HttpResponse:
    sent = request.FILES.get("file")
    if sent is None or (sent.size or 0) > PAPER_BYTES:
        return _no_file(request, bench, slug)
    content, name = sent.read(), sent.name or ""
    return _done(request, bench, slug, lambda one: Paper.add(one, name, content, by=bench.by), _("The file is added."))


def _no_file(request: HttpRequest, bench: Bench, slug: str) -> HttpResponse:
    messages.error(request, _("Choose a PDF of at most %(most)s MB.") % {"most": PAPER_BYTES // 1024**2})
    return redirect("opportunities:edit", bench.host.handle, slug)


@require_POST
@as_writer
def paper_removal(request: HttpRequest, bench: Bench, slug: str, number: int) -> HttpResponse:
    """Take a file away."""
    paper = get_object_or_404(_own(bench, slug).papers.select_related("opportunity"), pk=number)
    return _done(request, bench, slug, lambda one: paper.remove(by=bench.by), _("The file is taken away."))


def _own(bench: Bench, slug: str) -> Opportunity:
    return get_object_or_404(Opportunity.objects.for_lists().prefetch_related("papers"), host=bench.host, slug=slug)


def _done(request: HttpRequest, bench: Bench, slug: str, deed: Any, said: str) -> HttpResponse:
    """Do something with it, and say that it is done or why not."""
    try:
        deed(_own(bench, slug))
        messages.success(request, said)
    except OpportunityError as wrong:
        messages.error(request, str(wrong))
    except LifeCycleError:
        messages.error(
            request, _("It is not where that can be done: somebody else was quicker, perhaps. Look at it again.")
        )
    return redirect("opportunities:edit", bench.host.handle, slug)


def _free(bench: Bench, slug: str) -> str:
    """The address, with a number behind it where the host has that one."""
    taken = {"new"} | set(
        Opportunity.objects.filter(host=bench.host, slug__startswith=slug).values_list("slug", flat=True)
    )
    return slug if slug not in taken else next(s for n in range(2, 10**6) if (s := f"{slug}-{n}") not in taken)


def _form(request: HttpRequest, bench: Bench, form: OpportunityForm, one: Opportunity | None = None) -> HttpResponse:
    writable = one is None or one.state == "draft"
    context = bench.shows(form=form, one=one, writable=writable, day=DayForm(), most_papers=PAPERS)
    wrong = form.is_bound and "more" not in request.POST
    return render(
        request,
        "opportunities/work/form.html",
        context,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
    )
