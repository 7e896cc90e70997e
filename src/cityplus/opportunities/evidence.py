"""Files as evidence: what is taken, and as what it is kept."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from cityplus.media import pictures
from cityplus.media.errors import MediumError
from cityplus.media.sniffing import sniff
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.models.parts import file_name, is_pdf

_ENDINGS = (".pdf", ".jpeg", ".jpg", ".png", ".webp", ".heic")


def fit(path: Path, called: str) -> tuple[Path, str]:
    """The file as it is kept, beside ``path``, and its name. A PDF stays as it is; a picture is drawn anew, so that nothing in it says
    where, when or with what it was taken.

    Raises:
        OpportunityError: it is neither, or cannot be read.
    """
    with path.open("rb") as file:
        if is_pdf(file.read(5)):
            return path.rename(path.with_name("kept.pdf")), file_name(called, ".pdf", _ENDINGS)
    try:
        sort = sniff(path)
        if sort is None or not sort.picture:
            raise MediumError(f"{path.name}: no picture")
        return pictures.plain(path, sort, path.parent), file_name(called, ".jpg", _ENDINGS)
    except MediumError:
        raise OpportunityError(
            _("“%(name)s” is no PDF, and no picture that we can read (JPEG, PNG, WebP, HEIC).") % {"name": called[:80]}
        ) from None
