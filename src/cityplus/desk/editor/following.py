"""What the page of one writer must hear of a draft that others write in too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cityplus.drafts import Clash, DocumentError, mark
from cityplus.drafts.edits import marks
from cityplus.drafts.models import Draft


def token(draft: Draft) -> str:
    """Which draft a revision is one of: revisions begin anew when a draft is published or thrown away."""
    return f"{draft.base}.{draft.pk or 0}"


def news(draft: Draft, known: str, revision: int, but: Iterable[str] = ()) -> dict[str, Any]:
    """What changed since a revision of the draft ``known``, but for some paths: ``{"fresh", "others", "marks"}``. Where all may be
    different, or parts came and went, ``fresh`` is true, and the page asks for all fields."""
    told: dict[str, Any] = {"draft": token(draft), "revision": draft.revision, "state": draft.state}
    base, _, number = known.partition(".")
    if base != draft.base or (number not in {"0", ""} and number != str(draft.pk)):
        return told | {"fresh": True, "others": [], "marks": {}}
    found = [(path, by) for path, by in draft.since(revision) if path not in set(but)]
    shape, others = draft.does.shape, []
    for path, by in found:
        try:
            value = shape.at(path).value(draft.document)
        except DocumentError:  # a whole group: an older version was restored
            return told | {"fresh": True, "others": [], "marks": {}}
        others.append({"path": path, "value": value, "mark": mark(value), "by": by, "label": label(draft, path)})
    touched = marks(shape, draft.document, (path for path, _ in found)) if found else {}
    return told | {"fresh": False, "others": others, "marks": touched}


def fields(draft: Draft) -> dict[str, Any]:
    """Every value of the draft by its path, each version of a text by its own, with their marks and those of the parts."""
    shape = draft.does.shape
    values: dict[str, Any] = {}
    for path, _leaf in shape.places(draft.document):
        names = path.split("/")
        here: Any = draft.document
        for name in names:
            here = here.get(name) if isinstance(here, dict) else None
        if isinstance(here, dict):
            values |= {f"{path}/{tag}": version for tag, version in here.get("versions", {}).items()}
        else:
            values[path] = here
    found = [{"path": path, "value": value, "mark": mark(value)} for path, value in values.items()]
    parts = {path: one for path, one in marks(shape, draft.document, values).items() if shape.at(path).group}
    return {"draft": token(draft), "revision": draft.revision, "state": draft.state, "fields": found, "marks": parts}


def clash(draft: Draft, one: Clash) -> dict[str, Any]:
    """A clash as the page hears it."""
    at = one.at.isoformat() if one.at else None
    told = {"path": one.path, "value": one.value, "mark": one.mark, "by": one.by, "at": at}
    return told | {"label": label(draft, one.path)}


def label(draft: Draft, path: str) -> str:
    """What a place is called to people; the path itself where it is none any more."""
    try:
        return draft.does.shape.label(draft.document, path)
    except LookupError:
        return path
