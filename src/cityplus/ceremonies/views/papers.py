"""What one takes home: the certificate and the poster of a ceremony that was launched."""

from __future__ import annotations

import contextlib

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from cityplus.ceremonies import posters, printing
from cityplus.ceremonies.certificates import book
from cityplus.ceremonies.keepsakes import Keepsake, keepsake
from cityplus.ceremonies.models import Ceremony
from cityplus.languages.tags import reader_tag
from cityplus.web.keptfiles import folder, keep


@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate as PDF, in the language of the city and that of the host or the reader."""
    kept = _kept(request, pk)
    return printing.answer(request, "certificate.typ", book(kept, reader_tag()), f"certificate-{pk}.pdf")


@require_safe
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture of the wall, 2400 × 1350."""
    made = posters.poster(_kept(request, pk), reader_tag())
    mark = printing.digest(posters.DESIGN, repr(made))
    headers = {
        "ETag": f'"{mark}"',
        "Cache-Control": f"{'private' if request.user.is_authenticated else 'public'}, max-age=0, must-revalidate",
        "Cross-Origin-Resource-Policy": "cross-origin",  # made to be shown elsewhere
    }
    unchanged = get_conditional_response(request, etag=f'"{mark}"')
    if unchanged is not None and unchanged.status_code == 304:
        return unchanged
    place = folder("cards", request.path) / f"{mark}.jpg"
    if place.exists():
        return HttpResponse(place.read_bytes(), content_type="image/jpeg", headers=headers)
    body = posters.draw(made)
    with contextlib.suppress(OSError):  # on a full disk it is drawn each time
        keep(place, body)
    return HttpResponse(body, content_type="image/jpeg", headers=headers)


def _kept(request: HttpRequest, pk: int) -> Keepsake:
    found = Ceremony.objects.visible_to(request.user).filter(pk=pk, state__in=Ceremony.OVER).first()
    if found is None:
        raise Http404
    return keepsake(found)
