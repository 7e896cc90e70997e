"""The operator's console: one page that shows how far it is, and everything that is done from it as resources of its own."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cityplus.ceremonies.leading import console_of, leads
from cityplus.ceremonies.models import Ceremony, NotNow, Run
from cityplus.lib.lifecycle import LifeCycleError


@require_safe
@leads
def console(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """Who has pressed and who has not, how far the quorum is, and what can be done now."""
    return _page(request, ceremony)


@require_POST
@leads
def runs(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """Begin a rehearsal, or open the ceremony in earnest."""
    rehearsal = request.POST.get("rehearsal") == "yes"
    if not rehearsal and not _sure(request):
        return _ask(
            request,
            ceremony,
            _("Open the ceremony in earnest?"),
            _("Palms count from now on, and the launch cannot be undone."),
            _("Open it"),
        )
    return _do(request, ceremony, lambda: Run.begin(ceremony, by=_by(request), rehearsal=rehearsal))


@require_POST
@leads
def hold(request: HttpRequest, ceremony: Ceremony, run: int) -> HttpResponse:
    """Take no palms for a while, and stop a countdown."""
    found, reason = _run(ceremony, run), request.POST.get("reason", "").strip()[:300]
    return _do(request, ceremony, lambda: found.hold(by=_by(request), reason=reason))


@require_POST
@leads
def resumption(request: HttpRequest, ceremony: Ceremony, run: int) -> HttpResponse:
    """Go on."""
    found = _run(ceremony, run)
    return _do(request, ceremony, lambda: found.resume(by=_by(request)))


@require_POST
@leads
def ending(request: HttpRequest, ceremony: Ceremony, run: int) -> HttpResponse:
    """End a rehearsal, or call the ceremony off with its run."""
    found, reason = _run(ceremony, run), request.POST.get("reason", "").strip()[:300]
    if not found.rehearsal and not _sure(request):
        return _ask(
            request,
            ceremony,
            _("Call the ceremony off?"),
            _("It ends here, before everyone, and is not taken up again."),
            _("Call it off"),
            reason=reason,
        )
    if not found.rehearsal and not reason:
        return _page(request, ceremony, _("Say why it is called off."), 422)
    return _do(request, ceremony, lambda: found.call_off(by=_by(request), reason=reason))


@require_POST
@leads
def palms(request: HttpRequest, ceremony: Ceremony, run: int) -> HttpResponse:
    """Enter a guest's palm by hand, with the reason."""
    found, said = _run(ceremony, run), request.POST.get("guest", "")
    guest = (
        ceremony.guests.filter(pk=int(said)).first() if said.isascii() and said.isdecimal() and len(said) < 19 else None
    )
    if guest is None:
        return _page(request, ceremony, _("Choose the guest whose palm is entered."), 422)
    return _do(request, ceremony, lambda: found.enter(guest, by=_by(request), reason=request.POST.get("reason", "")))


@require_POST
@leads
def wiping(request: HttpRequest, ceremony: Ceremony, run: int) -> HttpResponse:
    """Forget a rehearsal with all its palms."""
    found = _run(ceremony, run)
    if found.rehearsal and not _sure(request):
        return _ask(request, ceremony, _("Wipe this rehearsal?"), _("All its palms are forgotten."), _("Wipe it"))
    return _do(request, ceremony, lambda: found.wipe(by=_by(request)))


@require_POST
@leads
def key(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """Give the hall a new link; the old one opens nothing any more."""
    if not _sure(request):
        about = _("The wall and the phones that came in by the old link are out, and have to be opened anew.")
        return _ask(request, ceremony, _("Make a new link for the hall?"), about, _("Make it"))
    return _do(request, ceremony, lambda: ceremony.renew_key(by=_by(request)))


@require_POST
@leads
def keeping(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    """Show the keepsake to everybody."""
    return _do(request, ceremony, lambda: ceremony.keep(by=_by(request)))


def _do(request: HttpRequest, ceremony: Ceremony, deed: Callable[[], object]) -> HttpResponse:
    """Do it and come back; what is refused is said on the console, with how it stands now."""
    try:
        deed()
    except NotNow as refusal:
        return _page(request, ceremony, str(refusal), 409)
    except LifeCycleError:
        return _page(
            request,
            ceremony,
            _("That is not possible any more: it stands as you see below. Another operator may have been faster."),
            409,
        )
    return redirect("ceremonies:console", ceremony.pk)


def _run(ceremony: Ceremony, pk: int) -> Run:
    found = ceremony.runs.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _by(request: HttpRequest) -> str:
    return request.user.get_username()


def _sure(request: HttpRequest) -> bool:
    return request.POST.get("sure") == "yes"


def _ask(
    request: HttpRequest, ceremony: Ceremony, question: str, about: str, answer: str, reason: str | None = None
) -> HttpResponse:
    """What cannot be undone is asked once more, on a page of its own: it works without script, and nobody does it by a slip."""
    kept = {
        name: value for name, value in request.POST.items() if name not in {"csrfmiddlewaretoken", "reason", "sure"}
    }
    context = {
        "ceremony": ceremony,
        "question": question,
        "about": about,
        "answer": answer,
        "reason": reason,
        "kept": kept,
    }
    return render(request, "ceremonies/sure.html", context)


def _page(request: HttpRequest, ceremony: Ceremony, refusal: str = "", status: int = 200) -> HttpResponse:
    ceremony.refresh_from_db()
    context = {"ceremony": ceremony, "console": console_of(ceremony), "refusal": refusal}
    return render(request, "ceremonies/console.html", context, status=status)
