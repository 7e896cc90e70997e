"""Words of a plain form as a text: ``text:nl``, ``text:zh-Hans``… or one field ``text`` with its ``language``."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus.languages.tags import LanguageError, check_tag
from cityplus.languages.text import Text, Version
from cityplus.social.errors import BadPost

_MOST = 12
"""Languages of one text."""


def text_of(form: Mapping[str, str], original: str = "") -> Text:
    """The text that a form holds, as its author wrote it; the first version that has words is the original, unless another is said.

    Raises:
        BadPost: a language is none.
    """
    said = {"": form.get("text", "")} if "text" in form else {}
    words = {form.get("language", ""): said[""]} if said else {}
    words |= {name.partition(":")[2]: value for name, value in form.items() if name.startswith("text:")}
    versions = {}
    for tag, value in list(words.items())[:_MOST]:
        if value.strip():
            versions[_tag(tag)] = Version(value.replace("\r\n", "\n").strip(), "author", at=_now())
    if not versions:
        return Text()
    return Text(original if original in versions else next(iter(versions)), versions)


def _tag(tag: str) -> str:
    try:
        return check_tag(tag)
    except LanguageError:
        raise BadPost(_("Say in which language it is written."), "language") from None


def _now() -> str:
    return timezone.now().isoformat(timespec="seconds")
