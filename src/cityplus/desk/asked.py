"""What the form of the stops asks for without a script: which button was pressed, or what was typed before Enter."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from cityplus.desk import stops
from cityplus.desk.pieces import Piece
from cityplus.desk.places import Known, known
from cityplus.drafts import Edit, mark
from cityplus.drafts.shapes import Document
from cityplus.lib import coordinates
from cityplus.lib.geo import Point
from cityplus.routes.document import MOST_STOPS, ROUTE
from cityplus.routes.models import Mode

Form = Mapping[str, str]


class NotSaved(ValueError):
    """A change that cannot be made; the message is a sentence."""


@dataclass(frozen=True)
class Asked:
    """Edits to save, the stop that they are about, and what to say of it; or places to choose from. ``taken`` is the stop that is
    taken out, as it was."""

    key: str = ""
    edits: list[Edit] = field(default_factory=list)
    words: str = ""
    found: list[Known] | None = None
    q: str = ""
    taken: dict[str, Any] | None = None


def asked(piece: Piece, form: Form) -> Asked:
    """What is asked for.

    Raises:
        NotSaved: it cannot be done.
        NotAPlace: coordinates that are none on Earth.
        QueryError: too long a question.
    """
    name, value = _pressed(form)
    what = _DOES[name](piece, value, form)
    return replace(what, edits=[replace(edit, was=form.get(f"was:{edit.path}", edit.was)) for edit in what.edits])


def label(document: Document, key: str) -> str:
    """What a stop is called to people, with its number."""
    return ROUTE.label(document, f"stops/{key}")


def languages_of(piece: Piece) -> list[str]:
    """The languages that names of new stops are taken in: the draft's own first."""
    title = piece.draft.document.get("title") or {}
    found = [title.get("original", ""), *title.get("versions", {}), *piece.city.languages]
    return list(dict.fromkeys(tag for tag in found if tag)) or ["en"]


def new_stop(piece: Piece, names: Mapping[str, str], point: Point | None, place: int = 0) -> tuple[str, list[Edit]]:
    """The edits that add a stop.

    Raises:
        NotSaved: there are as many as there may be.
    """
    document = piece.draft.document
    if len(document["stops"]) >= MOST_STOPS:
        raise NotSaved(_("A route has at most %(most)s stops.") % {"most": MOST_STOPS})
    return stops.added(document, names, point, place)


def _pressed(form: Form) -> tuple[str, str]:
    """The button; when Enter was pressed in a field, what that field is for."""
    for name in _DOES:
        if name in form:
            return name, form[name]
    for name, value in form.items():
        head, _colon, key = name.partition(":")
        if value.strip() and head in {"number", "q"}:
            return ("locate" if head == "q" else head, key) if key else ("find", "")
    raise NotSaved(_("Nothing was asked for. Press one of the buttons."))


def _move(piece: Piece, key: str, place: int) -> Asked:
    document = piece.draft.document
    name = label(document, _present(document, key))
    edits = stops.moved(document, key, place)
    number = max(1, min(len(document["stops"]), place))
    return Asked(key, edits, _("%(stop)s is now number %(number)s.") % {"stop": name, "number": number})


def _by(step: int) -> Callable[[Piece, str, Form], Asked]:
    def move(piece: Piece, key: str, form: Form) -> Asked:
        order = stops.order_of(piece.draft.document)
        return _move(piece, key, (order.index(key) if key in order else 0) + 1 + step)

    return move


def _number(piece: Piece, key: str, form: Form) -> Asked:
    said = form.get(f"number:{key}", "").strip()
    if not said.isdecimal() or len(said) > 4:
        raise NotSaved(_("Give the number that the stop shall have."))
    return _move(piece, key, int(said))


def _remove(piece: Piece, key: str, form: Form) -> Asked:
    document = piece.draft.document
    name = label(document, _present(document, key))
    taken = {"piece": piece.name, "key": key, "part": document["stops"][key], "order": stops.order_of(document)}
    edits = stops.removed(document, key)
    return Asked("", edits, _("%(stop)s was taken out.") % {"stop": name}, taken=taken)


def _find(piece: Piece, key: str, form: Form) -> Asked:
    q = form.get("q", "").strip()
    found = known(q, piece.city)
    if len(found) == 1 and found[0].source == "coordinates":
        return _added(piece, {}, found[0].point, form)
    return Asked("", found=found, q=q)


def _locate(piece: Piece, key: str, form: Form) -> Asked:
    document = piece.draft.document
    q = form.get(f"q:{_present(document, key)}", "").strip()
    found = known(q, piece.city)
    if len(found) == 1 and found[0].source == "coordinates":
        return _placed(document, key, found[0].point)
    return Asked(key, found=found, q=q)


def _take(piece: Piece, value: str, form: Form) -> Asked:
    """One of the places that were shown, ``{"key", "at", "names", "name"}``: for a stop that there is, or for a new one."""
    try:
        said = json.loads(value)
        point = Point(*map(float, said["at"]))
        key, name = str(said.get("key", "")), str(said.get("name", ""))[:200]
        known_names = {str(tag): str(words)[:200] for tag, words in dict(said.get("names", {})).items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise NotSaved(_("Choose one of the places.")) from None
    if key:
        return _placed(piece.draft.document, key, point)
    return _added(piece, stops.names_of(known_names, name, languages_of(piece)), point, form)


def _bare(piece: Piece, value: str, form: Form) -> Asked:
    return _added(piece, stops.names_of({}, form.get("q", "").strip()[:200], languages_of(piece)), None, form)


def _added(piece: Piece, names: Mapping[str, str], point: Point | None, form: Form) -> Asked:
    said = form.get("place", "").strip()
    key, edits = new_stop(piece, names, point, int(said) if said.isdecimal() and len(said) < 5 else 0)
    return Asked(key, edits, _("The stop was added."))


def _placed(document: Document, key: str, point: Point) -> Asked:
    name = label(document, _present(document, key))
    return Asked(key, stops.located(document, key, point), _("%(stop)s has its place.") % {"stop": name})


def _mode(piece: Piece, key: str, form: Form) -> Asked:
    document = piece.draft.document
    stop, mode = document["stops"][_present(document, key)], form.get(f"mode:{key}", "")
    if mode and mode not in Mode.values:
        raise NotSaved(_("Choose how one comes there."))
    edit = Edit(f"stops/{key}/leg_mode", mark(stop["leg_mode"]), mode)
    return Asked(key, [edit], _("The way to %(stop)s was changed.") % {"stop": label(document, key)})


def _track(piece: Piece, key: str, form: Form) -> Asked:
    document = piece.draft.document
    present = document["stops"][_present(document, key)]["leg_track"]
    points = []
    for number, line in enumerate(form.get(f"track:{key}", "").splitlines(), 1):
        point = coordinates.read(line) if line.strip() else None
        if point:
            points.append([point.lat, point.lon])
        elif line.strip():
            said = {"number": number, "line": line.strip()[:60]}
            raise NotSaved(_("Line %(number)s, “%(line)s”, says no coordinates such as 52.0867, 4.2955.") % said)
    words = _("The way to %(stop)s is drawn with %(count)s points.")
    said = {"stop": label(document, key), "count": len(points)}
    return Asked(key, [Edit(f"stops/{key}/leg_track", mark(present), points)], words % said)


def _clear(piece: Piece, key: str, form: Form) -> Asked:
    document = piece.draft.document
    track = document["stops"][_present(document, key)]["leg_track"]
    edit = Edit(f"stops/{key}/leg_track", mark(track), [])
    return Asked(key, [edit], _("The way to %(stop)s is not drawn any more.") % {"stop": label(document, key)})


def _present(document: Document, key: str) -> str:
    if key not in document["stops"]:
        raise NotSaved(_("This stop is not in the draft any more."))
    return key


_DOES: Mapping[str, Callable[[Piece, str, Form], Asked]] = {
    "up": _by(-1),
    "down": _by(1),
    "number": _number,
    "remove": _remove,
    "locate": _locate,
    "mode": _mode,
    "track": _track,
    "clear": _clear,
    "take": _take,
    "bare": _bare,
    "find": _find,
}
