from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from cityplus.cities.rights import Right
from cityplus.desk.access import Desk, desk
from cityplus.languages.tags import UI_LANGUAGES, name_of, reader_tag
from cityplus.translation import sheets
from cityplus.translation.glossary import folded
from cityplus.translation.models import Term, TermError
from cityplus.translation.wanted import friends, wanted

FIELDS = ("source_language", "source", "target_language", "target", "note")
_FRAME = 64 * 1024
"""Bytes of a request beside its file."""


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.TRANSLATE)
def glossary(request: HttpRequest, at: Desk) -> HttpResponse:
    """The words that the city has agreed on, alone and with its friends (``?with=``, ``?q=``); POST keeps one more."""
    typed = {name: request.POST.get(name, "").strip() for name in (*FIELDS, "with")}
    problem = ""
    if request.method == "POST":
        others = {friend.handle: friend for friend in friends(at.city)}
        try:
            if typed["with"] and typed["with"] not in others:
                raise TermError(_("“%(handle)s” is no city that yours is tied to.") % {"handle": typed["with"][:60]})
            values = {name: typed[name] for name in FIELDS}
            Term.keep(at.city, others.get(typed["with"]), by=at.by, **values)
        except TermError as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("“%(source)s” is “%(target)s”.") % typed)
            return redirect("desk:glossary", at.city.handle)
    return _page(request, at, typed=typed, problem=problem)


def _page(
    request: HttpRequest, at: Desk, *, typed: dict[str, str], problem: str = "", problems: Any = ()
) -> HttpResponse:
    ours = friends(at.city)
    terms = Term.objects.of(at.city).with_cities()
    chosen, wish = request.GET.get("with", ""), request.GET.get("q", "").strip()[:100]
    if chosen:
        pair = {at.city.pk, *(friend.pk for friend in ours if friend.handle == chosen)}
        terms = terms.filter(first__in=pair, second__in=pair) if chosen != "-" else terms.filter(second=None)
    found = [t for t in terms if not wish or folded(wish) in f"{folded(t.source)}\n{folded(t.target)}"]
    tags = dict.fromkeys([*at.city.languages, *wanted(at.city), *(language.tag for language in UI_LANGUAGES)])
    typed["source_language"] = typed["source_language"] or next(iter(tags))
    typed["target_language"] = typed["target_language"] or next(tag for tag in tags if tag != typed["source_language"])
    context = {
        "desk": at, "terms": [{"term": term, "other": term.other(at.city)} for term in found], "friends": ours,
        "tags": [(tag, name_of(tag, reader_tag())) for tag in tags], "typed": typed, "problem": problem,
        "problems": problems, "chosen": chosen, "wish": wish,
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem or problems else HTTPStatus.OK
    return render(request, "desk/glossary.html", context, status=status)


@require_POST
@desk(Right.TRANSLATE)
def term(request: HttpRequest, at: Desk, term: int) -> HttpResponse:
    """Have a term no more (``drop``)."""
    found = get_object_or_404(Term.objects.of(at.city).with_cities(), pk=term)
    if "drop" in request.POST:
        found.drop(at.city, by=at.by)
        messages.success(request, _("“%(source)s” is no longer in the glossary.") % {"source": found.source})
    return redirect("desk:glossary", at.city.handle)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.TRANSLATE)
def glossary_file(request: HttpRequest, at: Desk) -> HttpResponse:
    """The glossary as a sheet; POST brings one in (field ``file``). How large a body is, is asked before it is read."""
    if request.method != "POST":
        terms = Term.objects.of(at.city).with_cities()
        return HttpResponse(
            sheets.written(terms, at.city),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="glossary-{at.city.handle}.csv"'},
        )
    length = str(request.META.get("CONTENT_LENGTH", ""))
    if not length.isdecimal() or int(length) > sheets.MOST_BYTES + _FRAME:
        problem = _("The file is larger than %(most)s MB.") % {"most": sheets.MOST_BYTES // 2**20}
        return HttpResponse(
            problem, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, content_type="text/plain; charset=utf-8"
        )
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    return _brought(request, at)


@csrf_protect
def _brought(request: HttpRequest, at: Desk) -> HttpResponse:
    file = request.FILES.get("file")
    try:
        if file is None:
            raise sheets.SheetError([_("Choose a file first.")])
        result = sheets.brought(file.read(), at.city, friends(at.city), by=at.by)
    except sheets.SheetError as refusal:
        return _page(request, at, typed=dict.fromkeys((*FIELDS, "with"), ""), problems=refusal.problems)
    words = ngettext("%(count)s term is new or changed.", "%(count)s terms are new or changed.", result.changed)
    messages.success(request, words % {"count": result.changed})
    return redirect("desk:glossary", at.city.handle)
