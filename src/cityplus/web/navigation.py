"""The navigation of every page: a room plugs its entry in from ``apps.ready()``."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class NavItem:
    """``label`` is a lazy translation; ``url_name`` is reversed when a page is made; lower ``order`` comes first.

    What few look for stands ``only_footer``; all others stand above and below.
    """

    order: int
    label: str | Promise
    url_name: str
    only_footer: bool = False


_items: dict[str, NavItem] = {}


def plug(order: int, label: str | Promise, url_name: str, *, only_footer: bool = False) -> None:
    _items[url_name] = NavItem(order, label, url_name, only_footer)


def items() -> list[NavItem]:
    return sorted(_items.values(), key=lambda item: item.order)
