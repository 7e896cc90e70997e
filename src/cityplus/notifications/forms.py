"""The form of what somebody wants to hear of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from cityplus.languages import formats
from cityplus.languages.tags import UI_LANGUAGES, locale_of, reader_tag
from cityplus.notifications.due import Rhythm
from cityplus.notifications.kinds import MAIL, PAGE, PUSH, WAYS, kinds
from cityplus.notifications.models import Wishes
from cityplus.people.models import Person

WAY_LABELS = {PAGE: _("In the page"), MAIL: _("By mail"), PUSH: _("By push")}
_REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def zones() -> list[str]:
    """The zones that are proposed; others that the database of zones knows are taken too."""
    return ["UTC", *sorted(zone for zone in available_timezones() if zone.partition("/")[0] in _REGIONS)]


class WishesForm(forms.Form):
    """Begins with what is chosen; :meth:`keep` takes over what was chosen now."""

    digest = forms.ChoiceField(
        label=_("Digest by mail"),
        choices=[
            (Rhythm.NEVER, _("Never")),
            (Rhythm.DAILY, _("Every day")),
            (Rhythm.WEEKLY, _("Every week")),
        ],
        help_text=_("One letter with what you have not read yet. Where there is nothing, no letter comes."),
    )
    weekday = forms.TypedChoiceField(label=_("Day of the weekly digest"), coerce=int)
    hour = forms.TypedChoiceField(label=_("Hour"), coerce=int)
    zone = forms.CharField(
        label=_("Your time zone"),
        max_length=60,
        help_text=_("Such as Europe/Amsterdam: the hour is meant by the clocks there."),
        widget=forms.TextInput(attrs={"list": "zones", "spellcheck": "false", "autocapitalize": "none", "dir": "ltr"}),
        error_messages={"required": _("Choose a time zone from the list, such as Europe/Amsterdam.")},
    )
    language = forms.ChoiceField(
        label=_("Language of letters and pushes"), choices=[(u.code, u.name) for u in UI_LANGUAGES]
    )

    def __init__(self, person: Person, data: Any = None) -> None:
        self.person, self.wishes = person, Wishes.of(person)
        super().__init__(data, initial=self._chosen(), auto_id="wish-%s")
        tag = reader_tag()
        names = locale_of(tag).days["stand-alone"]["wide"]
        start = formats.week_start(tag)
        self.fields["weekday"].choices = [((start + n) % 7, names[(start + n) % 7]) for n in range(7)]  # type: ignore[attr-defined]
        self.fields["hour"].choices = [(hour, _at(hour, tag)) for hour in range(24)]  # type: ignore[attr-defined]
        for kind in kinds().values():
            self.fields[f"kind-{kind.name}"] = forms.MultipleChoiceField(
                label=str(kind.label), required=False, choices=[(way, WAY_LABELS[way]) for way in WAYS]
            )
            self.initial[f"kind-{kind.name}"] = [way for way in WAYS if self.wishes.wants(kind.name, way)]

    def _chosen(self) -> dict[str, Any]:
        wishes = self.wishes
        weekday = wishes.weekday if not wishes._state.adding else formats.week_start(reader_tag())
        return {
            "digest": wishes.digest, "hour": wishes.hour, "weekday": weekday, "zone": wishes.zone,
            "language": self.person.language,
        }  # fmt: skip

    def clean_zone(self) -> str:
        zone = str(self.cleaned_data["zone"]).strip()
        known = {name.lower(): name for name in available_timezones()}
        if zone.lower() not in known:
            raise forms.ValidationError(_("We know no time zone of this name. Choose one from the list."))
        return known[zone.lower()]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each kind with its ways, for the table."""
        return [
            {
                "kind": kind,
                "ways": [
                    {"way": way, "label": WAY_LABELS[way], "on": way in (self[f"kind-{kind.name}"].value() or ())}
                    for way in WAYS
                ],
            }
            for kind in kinds().values()
        ]

    def keep(self) -> None:
        """Take over what was chosen; the form must be valid."""
        told = dict(self.cleaned_data)
        language = told.pop("language")
        ways = {name.removeprefix("kind-"): told.pop(name) for name in list(told) if name.startswith("kind-")}
        self.wishes.choose(ways, **told)
        if language != self.person.language:
            self.person.prefer(language)


def _at(hour: int, tag: str) -> str:
    return formats.clock(datetime(2001, 1, 1, hour, tzinfo=UTC), "UTC", tag)
