"""What is filled in at a door and on its console."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus.events.doors.walkins import kept_until
from cityplus.events.models import Event
from cityplus.languages import formats
from cityplus.languages.tags import reader_tag
from cityplus.lib import signs


class WalkInForm(forms.Form):
    """Somebody who registers at the door."""

    name = forms.CharField(label=gettext_lazy("Name of the guest"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("E-mail"))
    language = forms.ChoiceField(label=gettext_lazy("Language of letters"), choices=settings.LANGUAGES)
    reason = forms.CharField(
        label=gettext_lazy("Reason, where the hall is full"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("The hall has one place more then, and the trail says who decided it."),
    )

    consent = forms.BooleanField()

    def __init__(self, *args: Any, event: Event, team: bool, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"language": reader_tag().lower()})
        kwargs["auto_id"] = "walk-in-%s"
        super().__init__(*args, **kwargs)
        words = _("They agree that the organisers keep this until %(day)s, for this event alone.")
        self.fields["consent"].label = words % {"day": formats.day(kept_until(event), reader_tag())}
        if not team:
            del self.fields["reason"]

    def clean_name(self) -> str:
        if name := signs.line(self.cleaned_data["name"]):
            return name
        raise forms.ValidationError(_("This is needed."))


class StewardForm(forms.Form):
    """Somebody who opens the doors without an account."""

    name = forms.CharField(label=gettext_lazy("Name of the steward"), max_length=120)
