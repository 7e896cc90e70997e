"""Captions of a film in one language: as cues, as a WebVTT file, and from a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from cityplus.cities.rights import Right
from cityplus.desk import wording
from cityplus.desk.access import Desk, desk
from cityplus.desk.views.media.one import medium_of
from cityplus.languages.tags import LanguageError, check_tag, direction, name_of, reader_tag
from cityplus.languages.text import STATES
from cityplus.media import multipart, store, subtitles
from cityplus.media.errors import Changed, MediumError
from cityplus.media.models import Caption, Medium
from cityplus.media.subtitles.cues import MOST_BYTES


@csrf_exempt  # a file of captions comes by a form with a file
@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.SEE, POST=Right.TRANSLATE)
def captions(request: HttpRequest, at: Desk, pk: int, tag: str) -> HttpResponse:
    """The editor. POST writes them: from the text of the form, or from a file; ``remove`` takes them away."""
    film = _film(at, pk, tag)
    if request.method != "POST":
        return _page(request, at, film, tag)
    try:
        with store.workbench() as bench:
            path = bench / "file"
            if request.content_type == "multipart/form-data":
                request.POST, _called = multipart.receive_named(request, path, MOST_BYTES)  # type: ignore[assignment]

            @csrf_protect
            def write(request: HttpRequest) -> HttpResponse:
                return _write(request, at, film, tag, path.read_bytes() if path.exists() else None)

            return write(request)
    except MediumError as error:
        return _page(request, at, film, tag, problems=[subtitles.Problem(0, str(error))], status=error.status)


def _write(request: HttpRequest, at: Desk, film: Medium, tag: str, file: bytes | None) -> HttpResponse:
    if tag == wording.original_of(film, at.city) and not at.may(Right.MEDIA):
        words = _("Captions in the original language are written by owners and editors.")
        return _page(request, at, film, tag, problems=[subtitles.Problem(0, words)], status=403)
    if request.POST.get("remove"):
        Caption.remove(film, tag, by=at.by)
        messages.success(request, _("The captions were taken away."))
        return redirect("desk:medium", at.city.handle, film.pk)
    state = request.POST.get("state", "author")
    text = request.POST.get("vtt", "")
    try:
        if file is not None:
            text = subtitles.as_vtt(subtitles.read(file))
        else:
            subtitles.parse(text)
        Caption.write(
            film, tag, text, state if state in STATES else "author", by=at.by, seen=request.POST.get("seen", "")
        )
    except subtitles.CueError as error:
        typed = text if file is None else None
        return _page(request, at, film, tag, problems=error.problems, typed=typed, status=400)
    except Changed as error:
        return _page(request, at, film, tag, problems=[subtitles.Problem(0, str(error))], typed=text, status=409)
    messages.success(request, _("Saved."))
    return redirect("desk:captions", at.city.handle, film.pk, tag)


@require_safe
@desk(Right.SEE)
def captions_file(request: HttpRequest, at: Desk, pk: int, tag: str, ending: str) -> HttpResponse:
    """The captions as a file: ``vtt`` or ``srt``."""
    film = _film(at, pk, tag)
    track = film.captions.filter(language=tag).first()
    if track is None or ending not in {"vtt", "srt"}:
        raise Http404
    text = track.vtt
    if ending == "srt":
        try:
            text = subtitles.as_srt(subtitles.parse(track.vtt))
        except subtitles.CueError:
            raise Http404 from None
    kind = "text/vtt" if ending == "vtt" else "application/x-subrip"
    name = f"captions-{film.pk}-{tag}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8", headers=headers)


def _film(at: Desk, pk: int, tag: str) -> Medium:
    film = medium_of(at, pk)
    try:
        check_tag(tag)
    except LanguageError:
        raise Http404 from None
    if film.kind != Medium.Kind.FILM:
        raise Http404
    return film


def _page(
    request: HttpRequest, at: Desk, film: Medium, tag: str, *, problems: list[subtitles.Problem] | None = None,
    typed: str | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    track = next((one for one in film.captions.all() if one.language == tag), None)
    original = wording.original_of(film, at.city)
    beside = next((one for one in film.captions.all() if one.language == original and tag != original), None)
    text = typed if typed is not None else track.vtt if track else ""
    context: dict[str, Any] = {
        "desk": at,
        "medium": film,
        "tag": tag,
        "dir": direction(tag),
        "language": name_of(tag, reader_tag()),
        "track": track,
        "beside": beside,
        "vtt": text or "WEBVTT\n\n",
        "problems": problems or [],
        "advice": _advice(text, film) if not problems and text else [],
        "state": track.state if track else "author",
        "states": [("author", _("Written by a person")), ("machine", _("Made by a machine, not read yet")),
                   ("reviewed", _("Read and approved"))],
        "may_write": at.may(Right.MEDIA) or (at.may(Right.TRANSLATE) and tag != original),
    }  # fmt: skip
    return render(request, "desk/media/captions.html", context, status=status)


def _advice(text: str, film: Medium) -> list[subtitles.Problem]:
    try:
        return subtitles.advice(subtitles.parse(text), film.seconds)
    except subtitles.CueError as error:
        return error.problems
