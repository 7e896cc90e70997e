"""How many bytes the originals of one actor may have together, and how many they have."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.media.bounds import MEGA
from cityplus.media.errors import TooLarge


def allowed(owner: Actor) -> int:
    """Bytes that this actor may have: a person less than a city."""
    env = settings.CITYPLUS
    return int(env.person_bytes if owner.kind == Actor.Kind.PERSON else env.city_bytes)


def used(owner: Actor) -> int:
    """Bytes of all originals, and of the uploads that are on their way, as large as they say they will be."""
    from cityplus.media.models import Medium, Upload  # noqa: PLC0415 - uploads ask here before they are written

    kept = Medium.objects.filter(owner=owner).aggregate(total=Sum("bytes"))["total"] or 0
    coming = Upload.objects.filter(owner=owner, state__in=("receiving", "joining")).aggregate(total=Sum("size"))[
        "total"
    ]
    return kept + (coming or 0)


def check(owner: Actor, more: int) -> None:
    """See that an actor has room for so many more bytes.

    Raises:
        TooLarge: it has not; the message says how much there is.
    """
    free = allowed(owner) - used(owner)
    if more > free:
        words = (
            _("There is no room for this file: it has %(size)s MB, and of your %(all)s MB %(free)s MB are free.")
            if owner.kind == Actor.Kind.PERSON
            else _(
                "There is no room for this file: it has %(size)s MB, and of the city’s %(all)s MB %(free)s MB are free."
            )
        )
        raise TooLarge(words % {"size": -(-more // MEGA), "all": allowed(owner) // MEGA, "free": max(0, free) // MEGA})


def reserve(owner: Actor, more: int) -> None:
    """Check in the open transaction that writes what counts; of two who would share the last room, one waits for the other.

    Raises:
        TooLarge: as :func:`check`.
    """
    Actor.objects.select_for_update().get(pk=owner.pk)
    check(owner, more)
