"""The form of a city's rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cityplus.cities.models import City, Rules
from cityplus.languages.tags import UI_LANGUAGES, LanguageError, check_tag, name_of, reader_tag

LICENCES = (
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-NC-ND-4.0",
    "CC0-1.0",
)
"""What is proposed; any SPDX identifier is taken."""
_SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{1,39}")
_MOST = 20


class RulesForm(forms.Form):
    """``values`` are those of :meth:`Rules.set` once the form is valid."""

    four_eyes = forms.BooleanField(
        required=False,
        label=_("Four eyes"),
        help_text=_("Somebody who has not written in a draft approves it before it is published."),
    )
    captions = forms.BooleanField(required=False, label=_("Films have captions"))
    transcripts = forms.BooleanField(required=False, label=_("Sounds in which somebody speaks have a transcript"))
    access_notes = forms.BooleanField(required=False, label=_("Every stop says how one gets in"))
    languages = forms.MultipleChoiceField(
        required=False, label=_("Languages in which every text must be there"), widget=forms.CheckboxSelectMultiple
    )
    more = forms.CharField(
        required=False,
        max_length=300,
        label=_("Further languages"),
        help_text=_("BCP 47 tags with commas between them, such as pt-BR, tr."),
    )
    answer_hours = forms.IntegerField(
        min_value=0,
        max_value=1000,
        label=_("Hours in which a question is answered"),
        help_text=_("What waits longer is shown as overdue. 0 sets no goal."),
    )
    credit = forms.CharField(required=False, max_length=200, label=_("Credit that is proposed for new media"))
    licence = forms.CharField(
        required=False,
        max_length=40,
        label=_("Licence that is proposed for new media"),
        help_text=_("An SPDX identifier such as CC-BY-4.0."),
        widget=forms.TextInput(attrs={"list": "licences"}),
    )

    @classmethod
    def of(cls, rules: Rules, data: Mapping[str, Any] | None) -> RulesForm:
        offered = offered_to(rules.city)
        plain = ("four_eyes", "captions", "transcripts", "access_notes", "answer_hours", "credit", "licence")
        initial = {name: getattr(rules, name) for name in plain}
        initial["languages"] = [tag for tag in rules.languages if tag in offered]
        initial["more"] = ", ".join(tag for tag in rules.languages if tag not in offered)
        form = cls(data, initial=initial)
        form.fields["languages"].choices = [(tag, name_of(tag, reader_tag())) for tag in offered]  # type: ignore[attr-defined]
        return form

    @property
    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        more = values.pop("more")
        return values | {"languages": list(dict.fromkeys([*values["languages"], *more]))}

    @property
    def licences(self) -> tuple[str, ...]:
        return LICENCES

    def clean_more(self) -> list[str]:
        tags = [tag.strip() for tag in self.cleaned_data["more"].split(",") if tag.strip()]
        if len(tags) > _MOST:
            raise forms.ValidationError(_now("At most %(most)s further languages.") % {"most": _MOST})
        for tag in tags:
            try:
                check_tag(tag)
            except LanguageError as problem:
                raise forms.ValidationError(str(problem)) from None
        return tags

    def clean_licence(self) -> str:
        licence = str(self.cleaned_data["licence"])
        if licence and not _SPDX.fullmatch(licence):
            raise forms.ValidationError(_now("Write an SPDX identifier such as CC-BY-4.0."))
        return licence


def offered_to(city: City) -> list[str]:
    """The languages of the city first, then those of the interface."""
    return list(dict.fromkeys([*city.languages, *(language.tag for language in UI_LANGUAGES)]))
