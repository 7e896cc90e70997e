from __future__ import annotations

from django.http import Http404, HttpRequest

from cityplus.ceremonies.passes import Pass, pass_of


def find(request: HttpRequest, pk: int, invitation: str = "") -> Pass:
    """A ceremony for who may see it: by who they are, or by ``?key=…`` or a guest's ``invitation``.

    Raises:
        Http404: there is none, or they may not.
    """
    found = pass_of(request.user, pk, invitation or request.GET.get("key", "")[:200])
    if found is None:
        raise Http404
    return found
