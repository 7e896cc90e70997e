"""The form of a piece, sent without JavaScript: what it changes, and the parts that its buttons add, move and remove."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from cityplus.desk.editor import following, posted
from cityplus.drafts import DraftClash, Edit, mark
from cityplus.drafts.leaves import Order
from cityplus.drafts.models import Draft
from cityplus.drafts.shapes import Each, in_order

CHOICE, PART = "choice:", "part:"
"""Before a path: whose text counts where two wrote; the mark of a part as the page showed it."""


@dataclass
class Sent:
    """What a form asks for: edits, its values as controls show them, and where the page is to be looked at next."""

    edits: list[Edit]
    typed: dict[str, Any]
    anchor: str = ""


def sent(draft: Draft, form: posted.Posted) -> Sent:
    """Read a form.

    Raises:
        DocumentError: a path leads nowhere.
    """
    edits, typed = posted.edits(draft.does.shape, form)
    theirs = {name.removeprefix(CHOICE) for name in form if name.startswith(CHOICE) and form[name] == "theirs"}
    found = Sent([edit for edit in edits if edit.path not in theirs], typed)
    mine = [name.removeprefix(CHOICE) for name in form if name.startswith(CHOICE) and form[name] == "mine"]
    for path in [*([str(form["remove"])] if "remove" in form else []), *(one for one in mine if _is_part(draft, one))]:
        _remove(found, draft, path, form)
    if "add" in form:
        _add(found, draft, str(form["add"]))
    elif "move" in form:
        _move(found, draft, str(form["move"]))
    elif "at" in form:
        found.anchor = str(form["at"])
    return found


def clashes(draft: Draft, form: posted.Posted, asked: Sent, met: DraftClash) -> dict[str, Any]:
    """What a page shows that lets its writer choose between two texts, and the hidden fields that carry the rest of the form."""
    shape = draft.does.shape
    mine = {edit.path: edit.value for edit in asked.edits}
    rows = []
    for clash in met.clashes:
        row = {name: getattr(clash, name) for name in ("path", "by", "at", "mark")}
        place = shape.at(clash.path)
        row |= {
            "label": following.label(draft, clash.path),
            "part": bool(place.group),
            "choice": f"{CHOICE}{clash.path}",
        }
        if place.leaf:
            here = {"text": mine[clash.path]} if place.language else mine[clash.path]
            row |= {"theirs": posted.shown(place.leaf, clash.value), "mine": posted.shown(place.leaf, here)}
        rows.append(row)
    known = {row["path"] for row in rows}
    hidden = [(name, value) for name, values in posted.carried(form, mine).items() for value in values]
    hidden += [(f"{posted.WAS}{edit.path}", edit.was) for edit in asked.edits if edit.path not in known]
    buttons = ["add", "move"] + ([] if "remove" in form and form["remove"] in known else ["remove"])
    hidden += [(name, str(form[name])) for name in buttons if name in form]
    return {"clashes": rows, "hidden": hidden}


def _is_part(draft: Draft, path: str) -> bool:
    return bool(draft.does.shape.at(path).group)


def _remove(found: Sent, draft: Draft, path: str, form: posted.Posted) -> None:
    if not _is_part(draft, path):
        return
    found.edits = [edit for edit in found.edits if not edit.path.startswith(f"{path}/")]
    was = str(form[f"{PART}{path}"]) if f"{PART}{path}" in form else ""
    found.edits.append(Edit(path, was, None))
    found.anchor = f"s-{path.partition('/')[0]}"


def _add(found: Sent, draft: Draft, group: str) -> None:
    if not isinstance(draft.does.shape.parts.get(group), Each):
        return
    path = f"{group}/{group.removesuffix('s')}-{secrets.token_hex(3)}"
    found.edits.append(Edit(path, "", {}))
    found.anchor = f"p-{path.replace('/', '-')}"


def _move(found: Sent, draft: Draft, what: str) -> None:
    """``stops/pier:-1``: one place up. It is a step from where the part stands now, whoever moved it before."""
    path, _, step = what.partition(":")
    group, _, key = path.partition("/")
    shape, document = draft.does.shape, draft.document
    name = next((n for n, part in shape.parts.items() if isinstance(part, Order) and part.of == group), "")
    keys = in_order(shape, document, group) if name else []
    if key not in keys or step not in {"1", "-1"}:
        return
    here = keys.index(key)
    there = min(max(here + int(step), 0), len(keys) - 1)
    keys.insert(there, keys.pop(here))
    found.edits.append(Edit(name, mark(document.get(name)), keys))
    found.anchor = f"p-{path.replace('/', '-')}"
