"""What parties and organisers fill in."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus.cities.isic import DIVISIONS, SECTIONS, section_of
from cityplus.events.models import Event, Party, Timetable
from cityplus.languages import formats
from cityplus.languages.tags import reader_tag
from cityplus.organisations.models import Organisation

MOST = 6
"""Codes that one may name."""


def codes() -> list[tuple[str, list[tuple[str, str]]]]:
    """Sections with their divisions, as a list to choose from."""
    found = []
    for letter, title in SECTIONS.items():
        below = [(code, str(name)) for code, name in DIVISIONS.items() if section_of(code) == letter]
        found.append((str(title), [(letter, _("%s, all of it") % title), *below]))
    return found


class PartyForm(forms.Form):
    """What an organisation offers and seeks at the meetings, and when it is there."""

    seeks = forms.MultipleChoiceField(
        label=gettext_lazy("You seek"), choices=codes, required=False, widget=forms.CheckboxSelectMultiple
    )
    offers = forms.MultipleChoiceField(
        label=gettext_lazy("You offer"),
        choices=codes,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing chosen: what the organisation is active in."),
    )
    sizes = forms.MultipleChoiceField(
        label=gettext_lazy("Size of those you look for"),
        choices=Organisation.Size.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    from_at = forms.TypedChoiceField(
        label=gettext_lazy("There from"), required=False, coerce=datetime.fromisoformat, empty_value=None
    )
    until_at = forms.TypedChoiceField(
        label=gettext_lazy("There until"), required=False, coerce=datetime.fromisoformat, empty_value=None
    )

    def __init__(
        self, *args: Any, timetable: Timetable, zone: ZoneInfo, party: Party | None = None, **kwargs: Any
    ) -> None:
        if party:
            moments = {name: at.isoformat() if (at := getattr(party, name)) else "" for name in ("from_at", "until_at")}
            kwargs["initial"] = {"seeks": party.seeks, "offers": party.offers, "sizes": party.sizes, **moments}
        super().__init__(*args, **kwargs)
        starts = timetable.slots()
        ends = [timetable.end_of(start) for start in starts]
        for name, moments_, label in (("from_at", starts, _("the beginning")), ("until_at", ends, _("the end"))):
            field: Any = self.fields[name]
            field.choices = [
                ("", label),
                *((at.isoformat(), formats.moment(at, zone.key, reader_tag())) for at in moments_),
            ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("seeks", "offers"):
            if len(data.get(name, ())) > MOST:
                self.add_error(name, _("Choose %d at most, so that suggestions mean something.") % MOST)
        if data.get("from_at") and data.get("until_at") and data["from_at"] >= data["until_at"]:
            self.add_error("until_at", _("This is before you come."))
        return data


class HoursForm(forms.Form):
    """When organisations meet, by the clock of the first hall."""

    first_from = forms.DateTimeField(label=gettext_lazy("First part, from"))
    first_to = forms.DateTimeField(label=gettext_lazy("First part, to"))
    second_from = forms.DateTimeField(label=gettext_lazy("Second part, from"), required=False)
    second_to = forms.DateTimeField(label=gettext_lazy("Second part, to"), required=False)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes of a meeting"), min_value=5, max_value=120)
    walk = forms.IntegerField(label=gettext_lazy("Minutes between two meetings"), min_value=0, max_value=60)
    streak = forms.IntegerField(
        label=gettext_lazy("Meetings without a pause, at most"),
        min_value=0,
        max_value=20,
        help_text=gettext_lazy("0: nobody needs a pause."),
    )

    def __init__(self, *args: Any, event: Event, timetable: Timetable | None, zone: ZoneInfo, **kwargs: Any) -> None:
        self.zone = zone
        hours = timetable.hours() if timetable else [(event.starts_at, event.ends_at)]
        said = {"minutes": 20, "walk": 5, "streak": 4}
        if timetable:
            said = {name: getattr(timetable, name) for name in said}
        named = zip(("first", "second"), hours, strict=False)
        moments = {
            f"{part}_{end}": f"{at.astimezone(zone):%Y-%m-%dT%H:%M}"
            for part, both in named
            for end, at in zip(("from", "to"), both, strict=True)
        }
        kwargs["initial"] = {**said, **moments}
        super().__init__(*args, **kwargs)
        for name in ("first_from", "first_to", "second_from", "second_to"):
            self.fields[name].widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def parts(self) -> list[tuple[datetime, datetime]]:
        """The parts that were filled in; half a part is none."""
        pairs = [
            tuple(self.cleaned_data.get(f"{part}_{end}") for end in ("from", "to")) for part in ("first", "second")
        ]
        return [(self._moment(start), self._moment(end)) for start, end in pairs if start and end]

    def _moment(self, said: datetime) -> datetime:
        """Django read it by the clock of the server's zone; what was meant is the clock of the hall."""
        return said.replace(tzinfo=self.zone)


class PlacesForm(forms.Form):
    """Tables and video lines of one hall."""

    tables = forms.IntegerField(label=gettext_lazy("Tables"), min_value=0, max_value=500)
    lines = forms.IntegerField(label=gettext_lazy("Video lines"), min_value=0, max_value=500)
