"""What organisations say of media: who may add them, who may see them, and where they are shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.media.models import Medium
from cityplus.media.usage import Use
from cityplus.organisations.models import Organisation
from cityplus.organisations.roles import Right, roles_with


def may_add(person: Any, owner: Actor) -> bool:
    """Who writes for an organisation adds to its media, before it is verified too."""
    mine = Organisation.objects.filter(actor=owner, delegates__person=person.pk)
    return mine.filter(delegates__role__in=roles_with(Right.WRITE)).exclude(state="closed").exists()


def seen_by(person: Any, ids: Collection[int]) -> Iterable[int]:
    """A logo is seen by who may see the organisation; all media of one by its delegates."""
    organisations = Organisation.objects.visible_to(person)
    yield from organisations.filter(logo__in=ids).values_list("logo_id", flat=True)
    if person.is_authenticated:
        mine = Organisation.objects.filter(delegates__person=person.pk).values("actor")
        yield from Medium.objects.filter(pk__in=ids, owner__in=mine).values_list("pk", flat=True)


def uses(owner: Actor, ids: Collection[int] | None) -> Iterable[Use]:
    """The logos of organisations."""
    found = Organisation.objects.filter(logo__owner=owner).select_related("actor")
    for one in found if ids is None else found.filter(logo__in=ids):
        yield Use(int(one.logo_id or 0), _("Logo of the organisation"), one.get_absolute_url())
