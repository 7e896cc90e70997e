"""Adding the stops of a file to a route that is being worked at: edits of its draft, all of them in one save or none."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cityplus.drafts import DocumentError, DraftClash, Edit, mark
from cityplus.drafts.leaves import Leaf, Unfit
from cityplus.drafts.models import Draft
from cityplus.drafts.shapes import Document
from cityplus.routes.document import MOST_STOPS, STOP
from cityplus.routes.formats.importing import Plan, Report, report_of
from cityplus.routes.formats.laying import LaidStop
from cityplus.routes.formats.licences import spdx_of
from cityplus.routes.formats.reading import FileError, Finds
from cityplus.routes.models import Route


def add(plan: Plan, route: Route, *, by: str) -> Report:
    """Write what a file holds into the draft of a route: its stops after the present ones, or in their place. Words about the
    whole of it (summary, credit, licence) are taken where the draft has none.

    Raises:
        FileError: the draft cannot take it, or was changed since its sender looked. Nothing has been written.
    """
    draft = Draft.on("route", route.pk, route.city.actor)
    wish = plan.wish
    if wish.instead and wish.revision is not None and draft.revision != wish.revision:
        raise FileError(_("The draft was changed since you opened the page. Look at it, and send the file again."))
    edits = edits_of(plan, draft.document)
    try:
        with transaction.atomic():
            if wish.instead and draft.document["order"]:
                draft.keep(by=by, note=_("Before the stops of “%(file)s” took their place") % {"file": wish.name[:80]})
            draft.edit(edits, by=by)
    except DraftClash:
        raise FileError(_("Somebody else changed the draft meanwhile. Send the file again.")) from None
    except DocumentError as problem:
        raise FileError(problem.sentence) from None
    return report_of(plan)


def edits_of(plan: Plan, document: Document) -> list[Edit]:
    """The edits that bring the stops of a file into a document.

    Raises:
        FileError: the route would have too many stops.
    """
    present: dict[str, Document] = document["stops"]
    instead, laid = plan.wish.instead, plan.laid.stops
    count = len(laid) + (0 if instead else len(present))
    if count > MOST_STOPS:
        raise FileError(
            _("The draft would have %(count)s stops; a draft has %(most)s at most.")
            % {"count": count, "most": MOST_STOPS}
        )
    taken = set() if instead else set(present)
    parts: dict[str, Document] = {}
    for stop in laid:
        key = free_key(stop.place.name, taken)
        taken.add(key)
        parts[key] = _part(stop, plan.wish.language, plan.finds)
    edits = [Edit(f"stops/{key}", mark(present.get(key)), part) for key, part in parts.items()]
    if instead:
        edits += [Edit(f"stops/{key}", mark(stop), None) for key, stop in present.items() if key not in parts]
        edits.append(Edit("order", mark(document["order"]), list(parts)))
    return [*edits, *_words(plan, document)]


def free_key(name: str, taken: set[str]) -> str:
    """A key for a stop of this name that no other has."""
    wanted = slugify(name)[:75].strip("-_").replace("_", "-") or "stop"
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(key for key in numbered if key not in taken)


def _part(laid: LaidStop, tag: str, finds: Finds) -> Document:
    """A stop as the draft takes it; what it does not take is said to be unused."""
    place = laid.place
    values: dict[str, Any] = {
        "lat": place.point.lat,
        "lon": place.point.lon,
        "address": place.address,
        "address_language": tag if place.address else "",
        "website": place.link,
        "leg_track": laid.track,
    }
    part: Document = {}
    for name, value in values.items():
        leaf = STOP.parts[name]
        try:
            part[name] = leaf.clean(value) if isinstance(leaf, Leaf) else value
        except Unfit as problem:
            finds.leave(place.name, str(problem))
    for name, words in (("title", place.name), ("story", place.words)):
        if words:
            part[name] = {tag: words}
    return part


def _words(plan: Plan, document: Document) -> list[Edit]:
    finds, tag = plan.finds, plan.wish.language
    edits = []
    if finds.words and not document["summary"].get("versions"):
        edits.append(Edit(f"summary/{tag}", "", finds.words[:2000]))
    for name, value in (("credit", finds.credit[:200]), ("licence", spdx_of(finds.licence))):
        if value and not document[name]:
            edits.append(Edit(name, "", value))
    return edits
