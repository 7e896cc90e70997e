"""The languages that people choose from."""

from __future__ import annotations

from cityplus.languages.tags import UI_LANGUAGES, name_of, reader_tag

_OTHERS = (
    "af am az be bn ca cs cy da de el es et eu fa fi ga gl gu ha he hi hr hu hy id ig is it ka kk km ko "
    "ky lo lt lv mk ml mn mr ms mt my nb ne nn pa pl ps pt pt-BR ro ru si sk sl so sq sr sv sw ta te tg "
    "th tl tr uk ur uz vi xh yo zh-Hant zu "
)
TAGS = tuple(dict.fromkeys([*(language.tag for language in UI_LANGUAGES), *_OTHERS.split()]))


def tongues(*more: str) -> list[tuple[str, str]]:
    """Tags with their names in the language of the page, in the order of the names; ``more`` are those that are in use besides."""
    reader = reader_tag()
    found = [(tag, name_of(tag, reader)) for tag in dict.fromkeys([*TAGS, *more])]
    return sorted(found, key=lambda pair: pair[1].casefold())
