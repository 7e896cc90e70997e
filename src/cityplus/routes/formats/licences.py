"""Licences: what SPDX calls them, and the addresses by which files of other programs name them."""

from __future__ import annotations

import re

_OTHERS = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}
_CC = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-(\d\.\d)")
_CC_ADDRESS = re.compile(r"https?://creativecommons\.org/licenses/(by(?:-nc)?(?:-sa|-nd)?)/(\d\.\d)\b.*", re.IGNORECASE)


def address_of(spdx: str) -> str:
    """The page of a licence; that of the SPDX list for those we do not know; nothing for nothing."""
    if found := _CC.fullmatch(spdx):
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    return _OTHERS.get(spdx, f"https://spdx.org/licenses/{spdx}.html" if spdx else "")


def spdx_of(said: str) -> str:
    """The SPDX identifier of a licence that is said by its address or by its identifier; nothing when we do not know it."""
    said = said.strip()
    if found := _CC_ADDRESS.fullmatch(said):
        return f"CC-{found[1].upper()}-{found[2]}"
    if said in _OTHERS or _CC.fullmatch(said):
        return said
    bare = said.removeprefix("http://").removeprefix("https://").rstrip("/").casefold()
    return next((spdx for spdx, address in _OTHERS.items() if address[8:].rstrip("/").casefold() == bare), "")
