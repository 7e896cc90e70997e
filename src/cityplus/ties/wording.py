"""The words of a common question as a plain form has them: ``question:nl``, ``answer:zh-Hans``…"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from cityplus.cities.models import City
from cityplus.languages.tags import LanguageError, check_tag
from cityplus.languages.text import Text, Version

MOST = 12
"""Languages of one text."""


def worded(old: Text, form: Mapping[str, str], field: str, city: City) -> Text:
    """The text with what the form changes: a version that reads as before stays what it was, who wrote or read it included; one that was
    changed is by this city: its author's in the original, else reviewed. What was emptied is gone, but for the original."""
    versions, now = dict(old.versions), timezone.now().isoformat(timespec="seconds")
    for name, value in form.items():
        head, _colon, tag = name.partition(":")
        words = value.replace("\r\n", "\n").strip()
        if head != field or not _is_tag(tag) or (tag not in versions and len(versions) >= MOST):
            continue
        if not words and tag != old.original:
            versions.pop(tag, None)
        elif words and (tag not in versions or versions[tag].text != words):
            state = "author" if tag == (old.original or tag) else "reviewed"
            versions[tag] = Version(words, state, city.handle, now)
    return Text(old.original or next(iter(versions), ""), versions)


def tags_of(city: City, other: City, *texts: Text) -> list[str]:
    """The languages in which the form asks for it: the first of both cities, then those that there are."""
    tags = [*city.languages[:1], *other.languages[:1], *(tag for text in texts for tag in text.languages)]
    return list(dict.fromkeys(tags))


def _is_tag(tag: str) -> bool:
    try:
        return bool(check_tag(tag))
    except LanguageError:
        return False
