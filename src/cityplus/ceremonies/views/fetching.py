from __future__ import annotations

from typing import Any

from django.http import Http404

from cityplus.ceremonies.models import Ceremony
from cityplus.ceremonies.streams import may_listen


def find(person: Any, pk: int) -> Ceremony:
    """A ceremony for who may see its page or listen to it.

    Raises:
        Http404: there is none, or they may not.
    """
    if not may_listen(person, str(pk)):
        raise Http404
    return Ceremony.objects.select_related("music").get(pk=pk)
