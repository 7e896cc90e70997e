"""What the island of the stops must know: addresses, languages, and the words it says."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cityplus.desk.access import Desk
from cityplus.desk.asked import languages_of
from cityplus.desk.editor import following
from cityplus.desk.editor.island import island
from cityplus.desk.pieces import Piece
from cityplus.routes.document import MOST_STOPS, ROUTE


def draft_island(piece: Piece, at: Desk) -> dict[str, Any]:
    """That of the editor, with every value: this page has no fields that say them."""
    return {**island(piece, at), "values": following.fields(piece.draft)["fields"]}


def stops_island(piece: Piece) -> dict[str, Any]:
    """``languages`` are those that new names are taken in, ``tags`` all that the draft has, the original first."""
    languages = languages_of(piece)
    document = piece.draft.document
    tags = dict.fromkeys(languages)
    for path, _leaf in ROUTE.texts(document):
        here: Any = document
        for name in path.split("/"):
            here = here[name]
        tags |= dict.fromkeys(here.get("versions", {}))
    return {
        "legs": piece.address("piece-legs"),
        "places": reverse("desk:places", args=[piece.city.handle]),
        "languages": languages,
        "tags": list(tags),
        "centre": [piece.city.lat, piece.city.lon],
        "most": MOST_STOPS,
        "words": words(),
    }


def words() -> dict[str, str]:
    """What the island says; ``{…}`` is filled in by it."""
    return {
        "nameless": _("without a name"),
        "no_place": _("No place yet"),
        "moved": _("{name} is now number {number} of {count}."),
        "placed": _("{name} has its place."),
        "added": _("{name} was added as number {number}."),
        "removed": _("{name} was taken out."),
        "undo": _("Bring the stop back"),
        "back": _("{name} is back."),
        "cleared": _("The way to {name} is not drawn any more."),
        "drawn": _("The way to {name} is drawn with {count} points."),
        "number": _("Give the number that the stop shall have."),
        "most": _("A route has at most %(most)s stops.") % {"most": MOST_STOPS},
        "nowhere": _("The way is not known before both stops have a place."),
        "found": _("{count} places found."),
        "none": _("No such place is known to the network. Coordinates always are."),
        "unreachable": _("No connection. Degrees can be typed all the same, such as 52.0867, 4.2955."),
        "bar": _("What a tap on the map does"),
        "bar_look": _("Tap the map to add a stop or to move one. Drag the numbers, or move them with the arrow keys."),
        "bar_still": _("You may look at the stops, and not move them."),
        "bar_place": _("Tap the place of {name}."),
        "bar_draw": _("Tap the way to {name}, from the stop before it. Points: {count}"),
        "middle": _("Take the middle of the map"),
        "leave": _("Leave it"),
        "add_here": _("Add a stop here"),
        "move_here": _("Move {name} here"),
        "undo_point": _("Undo the last point"),
        "clear_points": _("Clear all points"),
        "finish": _("Finish the way"),
        "arrows": _("The arrow keys move it by five metres, with Shift by fifty."),
        "opened": _("The map is open. Move it until its middle is the place of the stop, and press once more."),
    }
