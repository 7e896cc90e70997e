"""What hosts and sides fill in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cityplus.cities.models import City
from cityplus.languages.tags import UI_LANGUAGES, name_of, reader_tag
from cityplus.lib import signs
from cityplus.opportunities import money
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.filters import sector_choices
from cityplus.opportunities.models import Opportunity, Outcome
from cityplus.opportunities.models.parts import SECTORS, TONGUES
from cityplus.opportunities.wording import Row, rows_of, rows_sent, texts_of
from cityplus.social.tongues import tongues

KEYS = ("title", "story", "place")
CURRENCY_CHOICES = [("", "—"), *((code, code) for code in money.CURRENCIES)]
_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_DAYS = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31))]
"""Beyond them some clock of the world has no moment that a program could name."""


class _ValueForm(forms.Form):
    """A range of money: both ends or one, in a currency."""

    value_from = forms.CharField(label=gettext_lazy("Value, from"), required=False, max_length=30)
    value_to = forms.CharField(label=gettext_lazy("Value, to"), required=False, max_length=30)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False, choices=CURRENCY_CHOICES)
    value_public = forms.BooleanField(label=gettext_lazy("Everybody may see the value"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        low, high, currency = (str(data.get(name, "")) for name in ("value_from", "value_to", "currency"))
        if not (low or high):
            return {**data, "value_from": None, "value_to": None, "currency": "", "value_public": False}
        if not currency:
            self.add_error("currency", _("Say in which currency."))
            return data
        try:
            ends = [money.minor(said, currency) for said in (low or high, high or low)]
        except OpportunityError as wrong:
            self.add_error("value_from", str(wrong))
            return data
        if ends[0] > ends[1]:
            self.add_error("value_to", _("This is less than where it begins."))
        return {**data, "value_from": ends[0], "value_to": ends[1]}


def value_initial(thing: Any) -> dict[str, Any]:
    """What stands in the fields of money at first."""
    if not thing.currency:
        return {}
    ends = {name: str(money.major(getattr(thing, name), thing.currency)) for name in ("value_from", "value_to")}
    return {**ends, "currency": thing.currency, "value_public": thing.value_public}


class OpportunityForm(_ValueForm):
    """An opportunity whole. :attr:`facts` are those of ``Opportunity.draft`` and ``edit`` once it is valid."""

    direction = forms.ChoiceField(
        label=gettext_lazy("You offer or ask"), choices=Opportunity.Direction.choices, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("kind of an opportunity", "What it is"), choices=Opportunity.Kind.choices
    )
    sectors = forms.MultipleChoiceField(
        label=gettext_lazy("Sectors"),
        choices=sector_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Up to five: sections or divisions of the United Nations’ ISIC."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages in which you can be answered"), widget=forms.CheckboxSelectMultiple
    )
    lat = forms.FloatField(label=gettext_lazy("Latitude"), required=False, min_value=-90, max_value=90)
    lon = forms.FloatField(label=gettext_lazy("Longitude"), required=False, min_value=-180, max_value=180)
    size = forms.ChoiceField(label=gettext_lazy("Size"), required=False, choices=[("", "—"), *Opportunity.Size.choices])
    audience = forms.ChoiceField(
        label=gettext_lazy("Who sees it"), choices=Opportunity.Audience.choices, widget=forms.RadioSelect
    )
    until = forms.DateField(
        label=gettext_lazy("Open until"),
        widget=_DATE,
        validators=_DAYS,
        help_text=gettext_lazy("Within a year. Two weeks before, we ask whether it still holds."),
    )
    field_order = ["direction", "kind", "sectors", "languages", "lat", "lon", "size", "value_from"]

    def __init__(self, data: Any = None, *, city: City, opportunity: Opportunity | None = None) -> None:
        self.city = city
        self.was = {key: getattr(opportunity, key) for key in KEYS} if opportunity else {}
        super().__init__(data, initial=self._initial(opportunity))
        first = city.languages[0] if city.languages else reader_tag()
        self.rows: list[Row] = rows_sent(data, KEYS) if data is not None else rows_of(self.was, first)
        self.tongues = tongues(*(row.tag for row in self.rows if row.tag))
        offered = dict.fromkeys([*city.languages, *self.initial["languages"], *(one.tag for one in UI_LANGUAGES)])
        self.fields["languages"].choices = [(tag, name_of(tag, reader_tag())) for tag in offered]  # type: ignore[attr-defined]

    def _initial(self, one: Opportunity | None) -> dict[str, Any]:
        if one is None:
            soon = timezone.now().date() + timedelta(days=180)
            return {"direction": "offer", "audience": "all", "until": soon, "languages": self.city.languages}
        plain = {name: getattr(one, name) for name in ("direction", "kind", "lat", "lon", "size", "audience")}
        return {
            **plain,
            **value_initial(one),
            "sectors": [sector.code for sector in one.sectors.all()],
            "languages": [tongue.tag for tongue in one.tongues.all()],
            "until": one.expires_at.astimezone(self.city.zone).date(),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if len(data.get("sectors", ())) > SECTORS:
            self.add_error("sectors", _("Choose %(most)s at most.") % {"most": SECTORS})
        if len(data.get("languages", ())) > TONGUES:
            self.add_error("languages", _("Choose %(most)s at most.") % {"most": TONGUES})
        if (data.get("lat") is None) != (data.get("lon") is None):
            self.add_error("lon", _("A place has a latitude and a longitude, or neither."))
        try:
            self.texts = texts_of(self.rows, KEYS, self.was)
        except OpportunityError as wrong:
            raise forms.ValidationError(str(wrong)) from None
        if not self.texts["title"]:
            raise forms.ValidationError(_("Give it a title."))
        return data

    @property
    def facts(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        until, languages = data.pop("until"), data.pop("languages")
        return {**data, **self.texts, "tongues": languages, "expires_at": end_of(until, self.city)}

    @property
    def slug(self) -> str:
        """The address that its title makes, of the English or else of a Latin version."""
        title = self.texts["title"]
        names = [title.in_language("en"), *(version.text for version in title.versions.values())]
        return next((slug[:70].strip("-") for name in names if (slug := slugify(name))), "opportunity")


class OutcomeForm(_ValueForm):
    """What came of it."""

    kind = forms.ChoiceField(label=gettext_lazy("What came of it"), choices=Outcome.Kind.choices)
    on = forms.DateField(label=gettext_lazy("On which day"), widget=_DATE)
    evidence = forms.URLField(
        label=gettext_lazy("Where one can read of it"), required=False, max_length=300, assume_scheme="https"
    )
    words = forms.CharField(
        label=gettext_lazy("In a few words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    tongue = forms.ChoiceField(label=gettext_lazy("Language of these words"))
    field_order = ["kind", "on"]

    def clean_evidence(self) -> str:
        said: str = self.cleaned_data["evidence"]
        if said and not signs.is_page(said):
            raise forms.ValidationError(_("Give the address of a page, such as https://…"))
        return said

    def __init__(self, data: Any = None, *, today: date | None = None) -> None:
        super().__init__(data, initial={"tongue": reader_tag(), "on": today or timezone.now().date()})
        self.fields["tongue"].choices = tongues(reader_tag())  # type: ignore[attr-defined]


class DayForm(forms.Form):
    """Until when it still holds."""

    until = forms.DateField(label=gettext_lazy("Open until"), widget=_DATE, validators=_DAYS)


def end_of(day: date, city: City) -> datetime:
    """The end of a day by the clocks of a city."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=city.zone)
