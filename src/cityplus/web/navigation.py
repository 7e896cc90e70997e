"""The navigation of every page: a room plugs its entry in from ``apps.ready()``."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class NavItem:
    """``label`` is a lazy translation; ``url_name`` is reversed when a page is made; lower ``order`` comes first.

    The header holds six words in every language, so what few look for stands ``only_footer``; all others stand above and below.
    Entries of one ``row`` stand as tabs on each other's pages; the one of them in the header is marked on all of these.
    """

    order: int
    label: str | Promise
    url_name: str
    only_footer: bool = False
    row: str = ""


_items: dict[str, NavItem] = {}


def plug(order: int, label: str | Promise, url_name: str, *, only_footer: bool = False, row: str = "") -> None:
    _items[url_name] = NavItem(order, label, url_name, only_footer, row)


def items() -> list[NavItem]:
    return sorted(_items.values(), key=lambda item: item.order)


def row_of(name: str) -> list[NavItem]:
    """The entries of one row, in their order."""
    return [item for item in items() if item.row == name]
