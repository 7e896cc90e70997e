"""Who may change what in a draft; who may do the rest stands in the rights of the roles."""

from __future__ import annotations

from collections.abc import Iterable

from cityplus.cities.rights import Right, may
from cityplus.drafts.shapes import Document, Shape


def may_edit(role: str, shape: Shape, document: Document, paths: Iterable[str]) -> bool:
    """Writers edit everything; translators the versions of texts in other languages than the original.

    Raises:
        DocumentError: a path leads nowhere.
    """
    if may(role, Right.WRITE):
        return True
    places = [shape.at(path) for path in paths]
    return may(role, Right.TRANSLATE) and all(place.is_translation(document) for place in places)


def may_end(role: str, *, own: bool) -> bool:
    """Everybody may leave; who keeps the team takes others out of it."""
    return own or may(role, Right.TEAM)


def may_hand_over(role: str, *, own: bool, raises: bool) -> bool:
    """Who keeps the team hands over for anybody; others their own place, to somebody who gains no right by it."""
    return may(role, Right.TEAM) or (own and not raises)


def may_assign(role: str, only_oneself: bool) -> bool:
    """Who translates takes work, and gives it back; who writes gives it to others too."""
    return may(role, Right.WRITE) or (only_oneself and may(role, Right.TRANSLATE))
