"""The bell in the head of every page: how many groups are new."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cityplus.languages import formats
from cityplus.languages.tags import reader_tag
from cityplus.notifications import reading
from cityplus.people.models import Person


@dataclass(frozen=True, slots=True)
class Bell:
    """``count`` stops at one more than what is ``shown``; ``says`` is for who does not see it."""

    count: int

    @property
    def shown(self) -> str:
        tag = reader_tag()
        if self.count > reading.BELL:
            return f"{formats.number(reading.BELL, tag)}+"
        return formats.number(self.count, tag) if self.count else ""

    @property
    def says(self) -> str:
        if not self.count:
            return _("Notices: nothing new")
        if self.count > reading.BELL:
            return _("Notices: more than %(n)s new") % {"n": reading.BELL}
        return ngettext("Notices: %(n)s new", "Notices: %(n)s new", self.count) % {"n": self.count}


def of(person: Person) -> Bell:
    return Bell(reading.unread(person))
