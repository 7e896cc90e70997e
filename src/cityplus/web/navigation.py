"""The main navigation: a room plugs its entry in from ``apps.ready()``."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class NavItem:
    """``label`` is a lazy translation; ``url_name`` is reversed when a page is made; lower ``order`` comes first."""

    order: int
    label: str | Promise
    url_name: str


_items: dict[str, NavItem] = {}


def plug(order: int, label: str | Promise, url_name: str) -> None:
    _items[url_name] = NavItem(order, label, url_name)


def items() -> list[NavItem]:
    return sorted(_items.values(), key=lambda item: item.order)
