"""What the island of the editor must know to save by itself."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cityplus.desk.access import Desk
from cityplus.desk.editor import following
from cityplus.desk.pieces import Piece
from cityplus.drafts.leaves import Order, Track
from cityplus.drafts.shapes import Each


def island(piece: Piece, at: Desk) -> dict[str, Any]:
    """Addresses, the state of the draft, the values that have no field on the page, and the words it says."""
    told, shape = following.fields(piece.draft), piece.draft.does.shape
    return {
        "edits": piece.address("piece-edits"),
        "presence": piece.address("piece-presence"),
        "fields": piece.address("piece-fields"),
        "shelf": f"{at.by}:{at.city.handle}/{piece.name}",
        "me": at.by,
        "draft": told["draft"],
        "revision": told["revision"],
        "state": told["state"],
        "values": [one for one in told["fields"] if _hidden(piece, one["path"])],
        "marks": told["marks"],
        "groups": [name for name, part in shape.parts.items() if isinstance(part, Each)],
        "orders": [name for name, part in shape.parts.items() if isinstance(part, Order)],
        "words": words(),
    }


def _hidden(piece: Piece, path: str) -> bool:
    leaf = piece.draft.does.shape.at(path).leaf
    return isinstance(leaf, Order | Track)


def words() -> dict[str, str]:
    """What the island says; ``{…}`` is filled in by it."""
    return {
        "saved": _("Everything is saved."),
        "writing": _("Not saved yet…"),
        "saving": _("Saving…"),
        "offline": _("No connection. What you write is kept on this device, and sent when there is one again."),
        "unkept": _("No connection, and this device keeps nothing. Do not close this page."),
        "refused": _("Something was not taken. Look at the marked fields."),
        "clash": _("Somebody else wrote where you did. Choose which text counts."),
        "outdated": _("This page is out of date, or your role has changed. Load it again: what you wrote is kept on this device."),
        "locked": _(
            "You are signed out, or no longer in this team. Nothing more can be written here. "
            "{count} changes that were not saved stay on this device."
        ),
        "locked_forgotten": _("Nothing more can be written here, and nothing of it is on this device any more."),
        "locked_clean": _(
            "You are signed out, or no longer in this team. Nothing more can be written here. Everything you wrote was saved."
        ),
        "structure": _("Parts were added, moved or removed by {name}."),
        "structure_unnamed": _("Parts were added, moved or removed."),
        "elsewhere": _("This draft was published or thrown away meanwhile. You see what is there now."),
        "reload": _("Load the page again"),
        "theirs": _("{name} wrote here meanwhile:"),
        "nothing": _("(nothing)"),
        "keep_mine": _("Keep mine"),
        "take_theirs": _("Take theirs"),
        "copy": _("Copy mine"),
        "copied": _("Copied."),
        "forget": _("Remove them from this device"),
        "here": _("Also here: {names}"),
        "here_at": _("{name} (at “{label}”)"),
        "changed_by": _("Changed by {name} a moment ago"),
        "kept": _("{count} changes from an earlier visit were kept on this device. They are being sent."),
    }  # fmt: skip
