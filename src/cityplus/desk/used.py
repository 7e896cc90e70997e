"""Where drafts use media: what is in one is not deleted, though nobody sees it yet."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.cities.documents import places_of_media
from cityplus.drafts.models import Draft
from cityplus.media.usage import Use
from cityplus.routes.models import Route


def uses(owner: Actor, ids: Collection[int] | None) -> Iterator[Use]:
    """Every place of a draft of this actor that names one of these media."""
    drafts = list(Draft.objects.filter(owner=owner))
    routes = [draft.subject_id for draft in drafts if draft.kind == "route"]
    slugs = dict(Route.objects.filter(pk__in=routes).values_list("pk", "slug")) if routes else {}
    for draft in drafts:
        shape = draft.does.shape
        for path, medium in places_of_media(shape, draft.document):
            if ids is None or medium in ids:
                said = {
                    "draft": draft.does.title(draft.subject_id, draft.document),
                    "place": shape.label(draft.document, path),
                }
                yield Use(medium, _("Draft “%(draft)s”: %(place)s") % said, _address(owner, draft, slugs), draft=True)


def _address(owner: Actor, draft: Draft, slugs: dict[int, str]) -> str:
    home = reverse("desk:home", args=[owner.handle])
    return f"{home}profile/" if draft.kind == "profile" else f"{home}routes/{slugs.get(draft.subject_id, '')}/"
