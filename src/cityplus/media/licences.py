"""Licences to choose from, as SPDX names them and as people do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

LICENCES: Sequence[tuple[str, Any]] = (
    ("CC0-1.0", _("CC0 1.0: given to everybody, without conditions")),
    ("CC-BY-4.0", _("Creative Commons Attribution 4.0")),
    ("CC-BY-SA-4.0", _("Creative Commons Attribution, share alike 4.0")),
    ("CC-BY-ND-4.0", _("Creative Commons Attribution, no derivatives 4.0")),
    ("CC-BY-NC-4.0", _("Creative Commons Attribution, not for commerce 4.0")),
    ("CC-BY-NC-SA-4.0", _("Creative Commons Attribution, not for commerce, share alike 4.0")),
    ("CC-BY-NC-ND-4.0", _("Creative Commons Attribution, not for commerce, no derivatives 4.0")),
    ("CC-BY-3.0", _("Creative Commons Attribution 3.0")),
    ("CC-BY-SA-3.0", _("Creative Commons Attribution, share alike 3.0")),
    ("CC-BY-2.0", _("Creative Commons Attribution 2.0")),
    ("CC-BY-SA-2.0", _("Creative Commons Attribution, share alike 2.0")),
    ("CC-PDDC", _("In the public domain, by dedication or by age")),
    ("OGL-UK-3.0", _("Open Government Licence 3.0 (United Kingdom)")),
    ("etalab-2.0", _("Open licence 2.0 (Etalab, France)")),
    ("DL-DE-BY-2.0", _("Data licence Germany, attribution 2.0")),
    ("OGL-Canada-2.0", _("Open Government Licence 2.0 (Canada)")),
    ("FreeArt-1.3", _("Free Art Licence 1.3")),
    ("LicenseRef-rights-reserved", _("All rights reserved; the city may show it")),
)
"""SPDX identifiers, and what stands for the rest: ``LicenseRef-…`` is how SPDX names a licence that is not on its list."""
_KNOWN = {spdx for spdx, _ in LICENCES}


def choices(present: str) -> list[tuple[str, Any]]:
    """What a form offers: nothing chosen, those above, and what stands there now if it is none of them."""
    other = [(present, present)] if present and present not in _KNOWN else []
    return [("", _("Not said yet")), *LICENCES, *other]
