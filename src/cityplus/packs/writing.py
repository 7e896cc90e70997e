"""YAML as people write it: the same values give the same bytes, long words stand in blocks as they were written, and every word
that could be taken for something else is quoted. Reading it back (:mod:`cityplus.packs.loading`) gives equal values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

_WIDTH = 88
"""Characters that keys and values may take on one line in braces; longer ones get a line each."""
_LONG = 80
"""Characters from which a word stands in a block of its own."""

_PLAIN = re.compile(r"[^\W\d_](?:[\w ./()’+=;-]*[\w.)])?")
_TAKEN_FOR_ELSE = re.compile(r"null|true|false|yes|no|on|off|y|n", re.IGNORECASE)
_SPECIAL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]"  # what YAML does not take as it stands
)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def written(document: Mapping[str, Any]) -> str:
    """A mapping of words, numbers, lists and mappings as a YAML document."""
    return "\n".join(_block(document, "")) + "\n"


def _block(value: Mapping[str, Any] | Sequence[Any], indent: str) -> list[str]:
    if isinstance(value, Mapping):
        return [line for key, child in value.items() for line in _entry(f"{indent}{_quoted(key)}:", child, indent)]
    return [line for child in value for line in _item(child, indent)]


def _entry(head: str, value: Any, indent: str) -> list[str]:
    """A key and its value."""
    if isinstance(value, str):
        return _word(head, value, indent)
    if not isinstance(value, Mapping | list | tuple):
        return [f"{head} {_scalar(value)}"]
    if isinstance(value, list) and _is_track(value):
        return _track(head, value, indent)
    short = _in_braces(value)
    if short is not None and len(head) + len(short) < _WIDTH:
        return [f"{head} {short}"]
    return [head, *_block(value, indent + "  ")]


def _item(value: Any, indent: str) -> list[str]:
    """An item of a list, its dash in the place of the first two blanks of what follows."""
    if isinstance(value, str):
        return _word(f"{indent}-", value, indent)
    short = _in_braces(value)
    if short is not None and (len(indent) + len(short) < _WIDTH or not isinstance(value, Mapping | list | tuple)):
        return [f"{indent}- {short}"]
    first, *rest = _block(value, indent + "  ")
    return [f"{indent}- {first[len(indent) + 2 :]}", *rest]


def _word(head: str, value: str, indent: str) -> list[str]:
    if (len(value) > _LONG or "\n" in value) and _fits_block(value):
        mark, lines = ("|", value[:-1]) if value.endswith("\n") else ("|-", value)
        return [f"{head} {mark}", *(f"{indent}  {line}" if line else "" for line in lines.split("\n"))]
    return [f"{head} {_quoted(value)}"]


def _fits_block(value: str) -> bool:
    """A block keeps words as they are if it begins with one, ends with at most one line break, and has nothing that YAML
    would read otherwise."""
    return not (_SPECIAL.search(value) or value[0] in " \t\n" or value.endswith("\n\n")) and not any(
        line and not line.strip(" \t") for line in value.split("\n")
    )


def _in_braces(value: Any) -> str | None:
    """A value in braces or brackets, if it is short enough, and no list of things that deserve a line each."""
    if isinstance(value, Mapping):
        parts = [(f"{_quoted(key)}: ", child) for key, child in value.items()]
    elif isinstance(value, list | tuple):
        if any(isinstance(child, Mapping) for child in value):
            return None
        parts = [("", child) for child in value]
    else:
        return _scalar(value)
    said = []
    for head, child in parts:
        inner = _in_braces(child)
        if inner is None:
            return None
        said.append(head + inner)
    line = ", ".join(said)
    if len(line) > _WIDTH or "\\n" in line:
        return None
    return f"{{{line}}}" if isinstance(value, Mapping) else f"[{line}]"


def _is_track(value: list[Any]) -> bool:
    return bool(value) and all(isinstance(point, list) for point in value)


def _track(head: str, value: Sequence[Sequence[Any]], indent: str) -> list[str]:
    """Points in brackets, some to a line."""
    points = [_in_braces(point) for point in value]
    if any(point is None for point in points):
        return [head, *_block(value, indent + "  ")]
    rows = [", ".join(str(point) for point in points[i : i + 4]) for i in range(0, len(points), 4)]
    if len(rows) == 1:
        return [f"{head} [{rows[0]}]"]
    return [f"{head} [", *(f"{indent}  {row}," for row in rows), f"{indent}  ]"]


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} cannot stand in a pack")
    if isinstance(value, int):
        return str(value)
    shown = format(Decimal(repr(value)), "f")  # every digit, and never an exponent
    return shown if "." in shown else f"{shown}.0"


def _quoted(value: str) -> str:
    if _PLAIN.fullmatch(value) and not _TAKEN_FOR_ELSE.fullmatch(value) and not _SPECIAL.search(value):
        return value
    return '"' + _SPECIAL.sub(_escape, re.sub(r'["\\\n\t\r]', lambda m: _ESCAPES[m.group()], value)) + '"'


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"
