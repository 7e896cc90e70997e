"""What a medium is called: after its file, where that is safe and no other medium of its owner has the name."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.utils.text import slugify

from cityplus.actors.models import Actor

_LONGEST = 80
"""Characters of the name before its number and ending."""


def free(owner: Actor, called: str, original: str) -> str:
    """A name that no medium of this owner has: letters, digits and hyphens of any script in it, and the ending of the original,
    whatever the file's own was. For who holds the owner's row, until the medium is written."""
    from cityplus.media.models import Medium  # noqa: PLC0415 - media are named here

    stem = slugify(PurePosixPath(called.replace("\\", "/")).stem, allow_unicode=True)[:_LONGEST].strip("-_")
    stem, suffix = stem or PurePosixPath(original).stem[:16], PurePosixPath(original).suffix
    taken = set(Medium.objects.filter(owner=owner, name__startswith=f"media/{stem}").values_list("name", flat=True))
    name, number = f"media/{stem}{suffix}", 2
    while name in taken or name.casefold() in {one.casefold() for one in taken}:
        name, number = f"media/{stem}-{number}{suffix}", number + 1
    return name
