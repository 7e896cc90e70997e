"""What the office fills in."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cityplus.actors.handles import check_handle
from cityplus.actors.models import Actor
from cityplus.cities import gazetteer, placefinder
from cityplus.cities.inviting import Newcomer, free_handle
from cityplus.languages.formats import country
from cityplus.languages.tags import UI_LANGUAGES, LanguageError, check_tag, reader_tag
from cityplus.languages.text import Text, Version


def countries() -> list[tuple[str, str]]:
    """Codes and names of countries, by the reader's names."""
    tag = reader_tag()
    named = ((code, country(code, tag)) for code in gazetteer.countries())
    return [("", ""), *sorted((pair for pair in named if pair[0] != pair[1]), key=lambda pair: pair[1])]


def letter_languages() -> list[tuple[str, str]]:
    return [(language.code, language.name) for language in UI_LANGUAGES]


class Owner(forms.Form):
    """Whom the letter goes to, and in which language."""

    email = forms.EmailField(label=_("E-mail of the first owner"), max_length=254)
    letter = forms.ChoiceField(label=_("Language of the letter"), choices=letter_languages)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["letter"].initial = get_language()
        self.fields["email"].widget.attrs |= {"autocomplete": "off", "dir": "ltr"}


class City(Owner):
    """A city that is to be invited. With a ``place`` of the gazetteer, it brings the names in other languages along."""

    place = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name in English"), max_length=100)
    native = forms.CharField(
        label=_("Its own name"), max_length=100, required=False, help_text=_("In its main language and script.")
    )
    languages = forms.CharField(
        label=_("Languages"), max_length=100, help_text=_("BCP 47 tags by commas, the main one first: nl, en")
    )
    handle = forms.CharField(
        label=_("Handle"),
        max_length=30,
        required=False,
        help_text=_("Its address: small letters, digits and underscores. Empty: one is proposed from the name."),
    )
    country = forms.ChoiceField(label=_("Country"), choices=countries)
    lat = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90)
    lon = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180)
    time_zone = forms.CharField(label=_("Time zone (IANA)"), max_length=64, help_text=_("Such as Europe/Amsterdam."))
    population = forms.IntegerField(label=_("Population"), min_value=0, max_value=100_000_000, required=False)
    population_year = forms.IntegerField(label=_("Year of the count"), min_value=0, max_value=2100, required=False)
    population_source = forms.CharField(label=_("Source of the population"), max_length=200, required=False)

    field_order = ("name", "native", "languages", "handle", "country", "lat", "lon", "time_zone", "population")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lat", "lon"):
            self.fields[name].widget.attrs["step"] = "any"
        for name in ("handle", "time_zone", "languages"):
            self.fields[name].widget.attrs |= {"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}
        for name in ("name", "native"):
            self.fields[name].widget.attrs["dir"] = "auto"
        self.fields["native"].widget.attrs["list"] = "natives"

    @classmethod
    def of(cls, place: gazetteer.Place) -> City:
        """Filled in with what the gazetteer knows."""
        newcomer = Newcomer.of(place)
        facts = {
            name: getattr(newcomer, name) for name in ("handle", "country", "lat", "lon", "time_zone", "population")
        }
        words = {"name": place.name, "native": place.native, "languages": ", ".join(newcomer.languages)}
        return cls(initial={**facts, **words, "place": place.number, "population_source": newcomer.population_source})

    def clean_languages(self) -> list[str]:
        tags = [tag.strip() for tag in self.cleaned_data["languages"].split(",") if tag.strip()]
        try:
            found = [check_tag(tag) for tag in tags]
        except LanguageError as problem:
            raise ValidationError(str(problem)) from None
        if not found:
            raise ValidationError(_now("Say at least one language."))
        return list(dict.fromkeys(found))

    def clean_time_zone(self) -> str:
        zone = str(self.cleaned_data["time_zone"])
        if zone not in available_timezones():
            raise ValidationError(
                _now("“%(text)s” is not an IANA time zone such as Europe/Amsterdam.") % {"text": zone}
            )
        return zone

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        handle = str(told.get("handle", "")).strip().lower().removeprefix("@")
        name, code = told.get("name", ""), told.get("country", "")
        if "handle" not in told or not name:
            return told
        told["handle"] = handle or free_handle(name, code)
        try:
            check_handle(told["handle"])
        except ValidationError as refusal:
            self.add_error("handle", refusal)
            return told
        if Actor.objects.filter(handle=told["handle"]).exists():
            words = _now("@%(handle)s is taken; @%(free)s is free.")
            self.add_error("handle", words % {"handle": handle, "free": free_handle(name, code)})
        return told

    @property
    def newcomer(self) -> Newcomer:
        """What was filled in, once it is valid."""
        told = self.cleaned_data
        return Newcomer(
            handle=told["handle"],
            names=self._names(),
            country=told["country"],
            lat=told["lat"],
            lon=told["lon"],
            time_zone=told["time_zone"],
            languages=told["languages"],
            population=told["population"] or 0,
            population_year=told["population_year"] or 0,
            population_source=told["population_source"] if told["population"] else "",
        )

    def _names(self) -> Text:
        told = self.cleaned_data
        place = placefinder.place(told["place"]) if told["place"] else None
        names = dict(place.all_names.versions) if place else {}
        main = told["languages"][0]
        names["en"] = Version(told["name"])
        if told["native"].strip():
            names[main] = Version(told["native"].strip())
        return Text(main if main in names else "en", names)


class Reason(forms.Form):
    """Why. It goes to the team, and into the journal."""

    reason = forms.CharField(
        label=_("Reason"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"})
    )
