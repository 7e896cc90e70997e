"""Lists that are shown a page at a time. A page begins after a thing, not at a count: nothing is shown twice or left out when
things are added before it, and the last page costs no more than the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.http import Http404

M = TypeVar("M", bound=Model)

_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Some things of a list, and the addresses (``?after=60``) of its other pages; an address is empty where there is none.

    ``start`` is the place of the first thing in the whole list, from 1, and ``total`` how many the list has: for who can count them.
    """

    items: Sequence[M]
    first: str = ""
    previous: str = ""
    next: str = ""
    last: str = ""
    start: int = 0
    total: int = 0
    filters: Mapping[str, str] = field(default_factory=dict)

    @property
    def end(self) -> int:
        return self.start + len(self.items) - 1

    @property
    def whole(self) -> bool:
        """Whether this page is the whole list."""
        return not self.previous and not self.next


def page_of(
    found: QuerySet[M],
    asked: Mapping[str, str],
    order: Sequence[str],
    *,
    size: int,
    key: str = "pk",
    filters: Mapping[str, str] | None = None,
) -> Page[M]:
    """The page that the query string asks for by ``after`` or ``before``, each the ``key`` of a thing.

    ``order`` must tell any two things apart, and none of its fields may be null. ``filters`` is what the addresses of the other
    pages keep of the query string.

    Raises:
        Http404: ``after`` or ``before`` names nothing.
    """
    filters = {name: value for name, value in (filters or {}).items() if value}
    found, backward = found.order_by(*order), "before" in asked
    if backward:
        beside = _beside(found, order, _key(asked["before"]), key, after=False)
        items = [*reversed(beside.reverse()[: size + 1])]
        more, items = len(items) > size, items[-size:]
    else:
        beside = _beside(found, order, _key(asked["after"]), key, after=True) if "after" in asked else found
        items = list(beside[: size + 1])
        more, items = len(items) > size, items[:size]
    if not items:
        return Page(items, first=_address(filters, {}) if asked.keys() & {"after", "before"} else "", filters=filters)
    ends = [str(getattr(item, key)) for item in (items[0], items[-1])]
    earlier = more if backward else "after" in asked and _beside(found, order, int(ends[0]), key, after=False).exists()
    later = more
    if backward:
        later = asked["before"] != "end" and _beside(found, order, int(ends[1]), key, after=True).exists()
    return Page(
        items,
        first=_address(filters, {}) if earlier else "",
        previous=_address(filters, {"before": ends[0]}) if earlier else "",
        next=_address(filters, {"after": ends[1]}) if later else "",
        last=_address(filters, {"before": "end"}) if later else "",
        filters=filters,
    )


def _beside(found: QuerySet[M], order: Sequence[str], at: int | None, key: str, *, after: bool) -> QuerySet[M]:
    """What stands after the thing of this key in the order, or before it; before None is everything."""
    if at is None:
        return found
    values = (at,) if [*order] == [key] else _values(found, order, at, key)
    conditions, same = Q(), Q()
    for name, value in zip(order, values, strict=True):
        field_name, descending = name.lstrip("-"), name.startswith("-")
        beyond = "gt" if after != descending else "lt"
        conditions |= same & Q(**{f"{field_name}__{beyond}": value})
        same &= Q(**{field_name: value})
    first, descending = order[0].lstrip("-"), order[0].startswith("-")
    # Said once more by itself, so that the database enters its index here and does not read up to it.
    reach = Q(**{f"{first}__{'gte' if after != descending else 'lte'}": values[0]})
    return found.filter(reach, conditions)


def _values(found: QuerySet[M], order: Sequence[str], at: int, key: str) -> tuple[Any, ...]:
    names = [name.lstrip("-") for name in order]
    values = found.model._default_manager.filter(**{key: at}).order_by().values_list(*names).first()
    if values is None or None in values:
        raise Http404(f"there is no {found.model._meta.verbose_name} {at}")
    return tuple(values)


def _key(asked: str) -> int | None:
    """The key that was asked for; None for the end of the list."""
    if asked == "end":
        return None
    if not (asked.isascii() and asked.isdigit()) or int(asked[:20]) > _LARGEST:
        raise Http404(f"{asked[:40]} is not the number of a thing")
    return int(asked)


def _address(filters: Mapping[str, str], place: Mapping[str, str]) -> str:
    return "?" + urlencode({**filters, **place})
