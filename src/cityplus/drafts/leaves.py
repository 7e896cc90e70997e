"""The values that stand at the leaves of a document, each with its own rule."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Label = str | Promise
_UNKEEPABLE = re.compile(r"[\x00\ud800-\udfff]")
"""Letters that are none, and that a database may refuse."""
_url = URLValidator(schemes=["http", "https"])


class Unfit(ValueError):
    """A value that a leaf does not take; the message is a sentence for its writer."""


@dataclass(frozen=True)
class Leaf:
    """One value of a document. ``label`` names it to its writers."""

    label: Label

    @property
    def empty(self) -> Any:
        """What stands there before anybody wrote."""
        return ""

    def clean(self, value: Any) -> Any:
        """The value as it is kept.

        Raises:
            Unfit: the leaf does not take it.
        """
        raise NotImplementedError


@dataclass(frozen=True)
class Words(Leaf):
    """A text in several languages; each version is a path of its own below this one. ``most`` counts characters."""

    most: int = 20_000
    lines: bool = True

    @property
    def empty(self) -> Any:
        return {}

    def clean(self, value: Any) -> Any:
        if not isinstance(value, str) or _UNKEEPABLE.search(value):
            raise Unfit(_("This is no text."))
        text = value.strip() if self.lines else " ".join(value.split())
        if len(text) > self.most:
            raise Unfit(_("The text is too long: at most %(most)s characters.") % {"most": self.most})
        return text.replace("\r\n", "\n")


@dataclass(frozen=True)
class Line(Leaf):
    """One line in no particular language: an address, a name. ``check`` raises ``ValueError`` with a sentence."""

    most: int = 300
    check: Callable[[str], object] | None = None

    def clean(self, value: Any) -> str:
        if not isinstance(value, str) or _UNKEEPABLE.search(value):
            raise Unfit(_("This is no text."))
        text = " ".join(value.split())
        if len(text) > self.most:
            raise Unfit(_("The text is too long: at most %(most)s characters.") % {"most": self.most})
        if text and self.check:
            try:
                self.check(text)
            except ValueError as problem:
                raise Unfit(str(problem)) from None
        return text


@dataclass(frozen=True)
class Link(Leaf):
    """An address of the web."""

    def clean(self, value: Any) -> str:
        text = value.strip() if isinstance(value, str) else ""
        try:
            if text:
                _url(text)
        except ValidationError:
            raise Unfit(
                _("“%(text)s” is not a web address such as https://example.org/.") % {"text": text[:80]}
            ) from None
        if len(text) > 200:
            raise Unfit(_("The address is too long: at most %(most)s characters.") % {"most": 200})
        return text


@dataclass(frozen=True)
class Choice(Leaf):
    """One of several words, or nothing where ``blank``. ``choices`` are pairs of word and label."""

    choices: Sequence[tuple[str, Any]] = ()
    blank: bool = False

    def clean(self, value: Any) -> str:
        if value in {word for word, _ in self.choices} or (self.blank and value == ""):
            return str(value)
        known = ", ".join(str(label) for _, label in self.choices)
        raise Unfit(_("Choose one of: %(known)s.") % {"known": known})


@dataclass(frozen=True)
class Whole(Leaf):
    """A whole number between two bounds."""

    least: int = 0
    most: int = 100_000

    @property
    def empty(self) -> Any:
        return 0

    def clean(self, value: Any) -> int:
        if isinstance(value, str) and value.strip().isdecimal():
            value = int(value)
        if value == "":
            value = 0
        if isinstance(value, bool) or not isinstance(value, int) or not self.least <= value <= self.most:
            bounds = {"least": self.least, "most": self.most}
            raise Unfit(_("Give a whole number from %(least)s to %(most)s.") % bounds)
        return value


@dataclass(frozen=True)
class Degrees(Leaf):
    """Degrees of WGS-84 up to ``most`` on either side, or None while nobody knows where."""

    most: float = 90

    @property
    def empty(self) -> Any:
        return None

    def clean(self, value: Any) -> float | None:
        if value in ("", None):
            return None
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = math.nan
        if isinstance(value, bool) or not abs(number) <= self.most:
            raise Unfit(_("Give degrees from −%(most)s to %(most)s, such as 52.0867.") % {"most": f"{self.most:g}"})
        return round(number, 7)


@dataclass(frozen=True)
class Many(Leaf):
    """A list of values of one leaf, in order; ``most`` of them."""

    of: Leaf | None = None
    most: int = 100

    @property
    def empty(self) -> Any:
        return []

    def clean(self, value: Any) -> list[Any]:
        if not isinstance(value, list) or len(value) > self.most:
            raise Unfit(_("Give a list of at most %(most)s.") % {"most": self.most})
        return [self.of.clean(one) for one in value] if self.of else value


@dataclass(frozen=True)
class Medium(Leaf):
    """A medium of the draft's owner by its number, or None. ``kind`` is picture, film or sound."""

    kind: str = "picture"

    @property
    def empty(self) -> Any:
        return None

    def clean(self, value: Any) -> int | None:
        return None if value in ("", None) else _number(value)


@dataclass(frozen=True)
class Media(Leaf):
    """Media of the draft's owner in order: ``[{"medium": 7, "role": "guide"}, …]``."""

    roles: Sequence[tuple[str, Any]] = ()
    most: int = 40

    @property
    def empty(self) -> Any:
        return []

    def clean(self, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list) or len(value) > self.most:
            raise Unfit(_("Give a list of at most %(most)s.") % {"most": self.most})
        return [self._one(one) for one in value]

    def _one(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or set(value) - {"medium", "role"}:
            raise Unfit(_("This is no medium."))
        role = value.get("role", "")
        if role and role not in {word for word, _ in self.roles}:
            raise Unfit(_("This is no medium."))
        return {"medium": _number(value.get("medium")), "role": role}


@dataclass(frozen=True)
class Track(Leaf):
    """A drawn way: ``[[lat, lon], …]`` in degrees."""

    most: int = 2_000

    @property
    def empty(self) -> Any:
        return []

    def clean(self, value: Any) -> list[list[float]]:
        if not isinstance(value, list) or len(value) > self.most:
            raise Unfit(_("A drawn way has at most %(most)s points.") % {"most": self.most})
        return [self._point(point) for point in value]

    def _point(self, point: Any) -> list[float]:
        try:
            lat, lon = (float(number) for number in point)
        except (TypeError, ValueError):
            raise Unfit(_("A point of a way is a latitude and a longitude.")) from None
        if not (abs(lat) <= 90 and abs(lon) <= 180):
            raise Unfit(_("A point of a way is a latitude and a longitude."))
        return [round(lat, 7), round(lon, 7)]


@dataclass(frozen=True)
class Order(Leaf):
    """The keys of a group of parts, in order. What the group has and the order lacks comes last; what it lacks is dropped."""

    of: str = ""

    @property
    def empty(self) -> Any:
        return []

    def clean(self, value: Any) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
            raise Unfit(_("Give the parts in their order."))
        return list(dict.fromkeys(value))

    def settled(self, order: Iterable[str], present: Iterable[str]) -> list[str]:
        """The order of what is there."""
        here = list(present)
        known = [key for key in order if key in set(here)]
        return known + [key for key in here if key not in set(known)]


def _number(value: Any) -> int:
    if isinstance(value, str) and value.isdecimal() and len(value) < 19:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise Unfit(_("This is no medium."))
    return value
