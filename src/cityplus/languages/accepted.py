"""What a reader's program says it reads: the ``Accept-Language`` header (RFC 9110) as tags that our texts know."""

from __future__ import annotations

import re

_ITEM = re.compile(
    r"\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3})\s*(?:;\s*[qQ]\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*)?"
)
_SCRIPTS = {"CN": "Hans", "SG": "Hans", "MY": "Hans", "TW": "Hant", "HK": "Hant", "MO": "Hant"}
"""How Chinese is written where; browsers name the place, our texts the script."""
MOST = 5


def accepted(header: str) -> tuple[str, ...]:
    """The tags of a header, the dearest first, each as we write it (``zh-tw`` → ``zh-Hant``); at most five.

    What is no language is passed over, as are ``*`` and what is refused with ``q=0``.
    """
    wishes = []
    for part in header[:1000].split(","):
        found = _ITEM.fullmatch(part)
        weight = float(found[2] or 1) if found else 0
        if found and weight:
            wishes.append((-weight, spelled(found[1])))
    wishes.sort(key=lambda wish: wish[0])  # stable: of equal weight the first named comes first
    return tuple(dict.fromkeys(tag for _, tag in wishes))[:MOST]


def spelled(tag: str) -> str:
    """A tag in the case of BCP 47, without what our texts do not tell apart; of Chinese the script."""
    language, *rest = tag.replace("_", "-").split("-")
    script = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), "")
    region = next(
        (part.upper() for part in rest if (len(part) == 2 and part.isalpha()) or (len(part) == 3 and part.isdecimal())),
        "",
    )
    language = language.lower()
    if language == "zh" and (script or region):
        return f"zh-{script or _SCRIPTS.get(region, 'Hans')}"
    return "-".join(part for part in (language, script, region) if part)
