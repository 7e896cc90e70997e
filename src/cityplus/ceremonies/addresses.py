"""The addresses of a ceremony that stand on paper and in codes: absolute, in the language that each is for."""

from __future__ import annotations

from cityplus.ceremonies import tickets
from cityplus.ceremonies.models import Ceremony, Guest
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.web.addresses import absolute, in_language


def path_of(ceremony: Ceremony, part: str = "") -> str:
    """``/ceremonies/7/`` and what stands below it: ``screen/``, ``palm/``, ``console/``."""
    return f"/ceremonies/{ceremony.pk}/{part}"


def hall_path(ceremony: Ceremony, part: str) -> str:
    """The same with the word of the hall: for screens and phones that nobody is signed in on."""
    return f"{path_of(ceremony, part)}?key={ceremony.key}"


def link_of(guest: Guest) -> str:
    """The link that is a guest's own, in the language that their name was written in first, if the pages have it."""
    code = next((u.code for u in UI_LANGUAGES if u.tag == guest.names.original), "en")
    part = f"palm/{tickets.invitation(guest)}/"
    return absolute(in_language(path_of(guest.ceremony, part), code))
