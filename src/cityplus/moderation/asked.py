"""What is asked of who makes an account: to accept the rules, and to be old enough."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cityplus.moderation.models import Acceptance, Edition, OldEnough
from cityplus.people.models import Person

OLDEST = 130


def age_on(born: date, today: date) -> int:
    """Whole years. Who was born on 29 February is a year older on 1 March of a year that has no such day."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


class Rules:
    """The rules of the network, where there are any."""

    def fields(self) -> Mapping[str, forms.Field]:
        if Edition.in_force() is None:
            return {}
        words = format_html(
            gettext("I have read the {} and accept them."),
            format_html('<a href="{}">{}</a>', reverse("moderation:rules"), gettext("rules of the network")),
        )
        return {
            "rules": forms.BooleanField(
                label=words, error_messages={"required": _("Without them there is no account.")}
            )
        }

    def keep(self, person: Person, given: Mapping[str, Any]) -> None:
        edition = Edition.in_force()
        if edition and given.get("rules"):
            Acceptance.give(person, edition)


class BirthField(forms.DateField):
    """The day of one's birth, which is looked at and forgotten."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        today = timezone.now().date()
        if value and not 0 <= age_on(value, today) <= OLDEST:
            raise ValidationError(gettext("This is not the day of your birth."))
        least = settings.CITYPLUS.least_age
        if value and age_on(value, today) < least:
            raise ValidationError(gettext("One has to be %(years)s years old to have an account.") % {"years": least})


class Age:
    """The age from which one may have an account; 0 asks nothing."""

    def fields(self) -> Mapping[str, forms.Field]:
        if not settings.CITYPLUS.least_age:
            return {}
        widget = forms.DateInput(attrs={"type": "date", "autocomplete": "bday", "min": "1900-01-01"}, format="%Y-%m-%d")
        help_text = gettext("To see that you are at least %(years)s years old. We do not keep it.")
        return {
            "born": BirthField(
                label=_("Day of birth"), widget=widget, help_text=help_text % {"years": settings.CITYPLUS.least_age}
            )
        }

    def keep(self, person: Person, given: Mapping[str, Any]) -> None:
        if settings.CITYPLUS.least_age and given.get("born"):
            OldEnough.say(person, settings.CITYPLUS.least_age)
