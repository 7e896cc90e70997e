"""One medium: its words, whose it is, its focal point; other bytes for it; its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from cityplus.cities.rights import Right
from cityplus.desk import wording
from cityplus.desk.access import Desk, desk
from cityplus.desk.library import shown
from cityplus.languages.tags import LanguageError, check_tag
from cityplus.media import licences, multipart, quota, store, usage
from cityplus.media.bounds import Bounds
from cityplus.media.errors import Changed, InUse, MediumError
from cityplus.media.models import Medium


def medium_of(at: Desk, pk: int) -> Medium:
    """A medium of this city.

    Raises:
        Http404: it has none of this number.
    """
    found = Medium.objects.with_renditions().select_related("owner").filter(pk=pk, owner=at.city.actor).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.SEE, POST=Right.TRANSLATE)
def medium(request: HttpRequest, at: Desk, pk: int) -> HttpResponse:
    """Everything about it; POST changes what is said of it. Translators change versions in other languages alone."""
    found = medium_of(at, pk)
    tag = _tag(request, found, at)
    if request.method == "POST":
        try:
            values = wording.said(request.POST.dict(), found, at.city, whole=at.may(Right.MEDIA))
            found.describe(by=at.by, seen=request.POST.get("seen", ""), **values)
        except Changed as error:
            return _page(request, at, medium_of(at, pk), tag, problem=str(error), typed=request.POST.dict(), status=409)
        except (MediumError, LanguageError) as error:
            return _page(request, at, found, tag, problem=str(error), typed=request.POST.dict(), status=400)
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('desk:medium', args=[at.city.handle, pk])}?tag={tag}")
    return _page(request, at, found, tag)


def _tag(request: HttpRequest, found: Medium, at: Desk) -> str:
    """The language that is edited beside the original: the one asked for, else the first that is not there yet."""
    asked = request.POST.get("tag") or request.GET.get("tag", "")
    try:
        return check_tag(asked)
    except LanguageError:
        languages = [one for one in wording.languages_of(found, at.city) if not one["original"]]
        return next((one["tag"] for one in languages if not one["state"]), languages[0]["tag"] if languages else "en")


def _page(
    request: HttpRequest, at: Desk, found: Medium, tag: str, *, problem: str = "", typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {
        "desk": at,
        "medium": found,
        "shown": shown(at.city.actor, [found])[0],
        "tag": tag,
        "original": wording.original_of(found, at.city),
        "languages": wording.languages_of(found, at.city),
        "fields": wording.fields_of(found, tag, at.city),
        "focal_x": round(found.focal_x * 100),
        "focal_y": round(found.focal_y * 100),
        "licences": licences.choices(found.licence),
        "uses": list(usage.of(at.city.actor, [found.pk])),
        "captions": {caption.language: caption for caption in found.captions.all()},
        "problem": problem,
        "typed": typed or {},
        "largest": Bounds.now().largest,
    }
    return render(request, "desk/media/one.html", context, status=status)


@csrf_exempt  # as in the library
@require_POST
@desk(Right.MEDIA)
def replacement(request: HttpRequest, at: Desk, pk: int) -> HttpResponse:
    """Other bytes for the same medium, without a script."""
    found = medium_of(at, pk)
    try:
        with store.workbench() as bench:
            path = bench / "file"
            request.POST, _called = multipart.receive_named(request, path, Bounds.now().largest)  # type: ignore[assignment]

            @csrf_protect
            def replace(request: HttpRequest) -> HttpResponse:
                quota.check(at.city.actor, path.stat().st_size - found.bytes)
                found.replace(path, by=at.by)
                messages.success(request, _("The file was replaced. Pages follow as soon as the new one is prepared."))
                return redirect("desk:medium", at.city.handle, pk)

            return replace(request)
    except MediumError as error:
        messages.error(request, str(error).replace("file: ", "", 1))
        return redirect("desk:medium", at.city.handle, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.MEDIA)
def deletion(request: HttpRequest, at: Desk, pk: int) -> HttpResponse:
    """Ask once more, or say where it is used; POST deletes it."""
    found = medium_of(at, pk)
    status = 200
    if request.method == "POST":
        try:
            found.remove(by=at.by)
        except InUse:
            status = 409
        else:
            messages.success(request, _("The medium was deleted."))
            return redirect("desk:media", at.city.handle)
    uses = list(usage.of(at.city.actor, [pk]))
    context = {"desk": at, "medium": found, "shown": shown(at.city.actor, [found])[0], "uses": uses}
    return render(request, "desk/media/deletion.html", context, status=status)
