"""What one says of an organisation, as forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus.actors.models import Actor
from cityplus.cities.meant import meant
from cityplus.cities.models import City
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.languages.text import Text
from cityplus.lib import signs
from cityplus.organisations.fields import Rows
from cityplus.organisations.models import Organisation
from cityplus.organisations.roles import Role
from cityplus.social.finding.impostors import check_names, check_own_handle
from cityplus.social.tongues import tongues

TONGUES = 6
"""In so many languages one can deal with an organisation at most."""
WEBSITE, EMAIL = 300, 254
"""Characters of an address that there is room for."""


class _Base(forms.Form):
    rows: Rows
    by = ""

    def forgive(self) -> None:
        """A further row was asked for; nothing is judged yet."""
        self._errors = ErrorDict()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said |= {f"text_{key}": text for key, text in self.rows.read(said, self.by).items()}
        if "name" in self.rows.keys:
            try:
                check_names(said["text_name"])
            except ValidationError as refusal:
                self.add_error("name_0", refusal)
        return said


class WithCity(_Base):
    """A form with the city, by its name in any language; where several are called so, they are offered."""

    cities: list[City]

    def add_city(self, now: City | None) -> None:
        self.cities, self.now = [], now
        self.fields["city"] = forms.CharField(
            label=_("City"),
            max_length=100,
            initial=str(now.actor.names) if now else "",
            help_text=_(
                "The member of the network in which it is, by its name in any language. It verifies the organisation."
            ),
        )

    def clean_city(self) -> City:
        asked = self.cleaned_data["city"].strip()
        if self.now and asked == str(self.now.actor.names):
            return self.now
        city, self.cities = meant(asked)
        if city is None:
            raise ValidationError(_("Which of these do you mean?") if self.cities else _("No member is called so."))
        return city


class FoundingForm(WithCity):
    """What there must be to begin with: handle, name, kind, city."""

    handle = forms.CharField(
        label=gettext_lazy("Handle"),
        max_length=30,
        help_text=gettext_lazy("Its name in addresses, such as @delta_lab. It stays as it is."),
        widget=forms.TextInput({"autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Organisation.Kind.choices)

    def __init__(self, data: Any, by: str) -> None:
        super().__init__(data)
        self.by = by
        self.rows = Rows(self, ("name",), {"name": Text()})
        self.add_city(None)

    def clean_handle(self) -> str:
        handle: str = self.cleaned_data["handle"].strip().lstrip("@")
        check_own_handle(handle)
        if Actor.objects.filter(handle=handle).exists():
            raise ValidationError(_("Somebody has this handle already."))
        return handle


class PageForm(WithCity):
    """All that the page says but the activities and the logo. What the city vouches for is asked only while it does not."""

    size = forms.ChoiceField(
        label=gettext_lazy("Size"), required=False, choices=[("", gettext_lazy("not said")), *Organisation.Size.choices]
    )
    website = forms.CharField(
        label=gettext_lazy("Website"),
        required=False,
        max_length=WEBSITE,
        widget=forms.URLInput({"dir": "ltr", "placeholder": "https://"}),
    )

    def __init__(self, data: Any, organisation: Organisation, by: str) -> None:
        self.organisation, self.by = organisation, by
        initial = {"size": organisation.size, "website": organisation.website, "kind": organisation.kind}
        super().__init__(data, initial=initial)
        texts = {"about": organisation.about, "offers": organisation.offers, "seeks": organisation.seeks}
        if not organisation.is_fixed:
            texts = {"name": organisation.actor.names, **texts}
            self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=Organisation.Kind.choices)
            self.add_city(organisation.city)
        self.rows = Rows(self, tuple(texts), texts)
        choices = [("", "—"), *tongues(*organisation.languages)]
        for place in range(TONGUES):
            label = _("Language in which one can deal with it") if not place else _("Further language")
            initial_tag = organisation.languages[place] if place < len(organisation.languages) else ""
            self.fields[f"speaks_{place}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=initial_tag
            )

    @property
    def bound_speaks(self) -> list[Any]:
        return [self[f"speaks_{place}"] for place in range(TONGUES)]

    def clean_website(self) -> str:
        typed: str = self.cleaned_data["website"].strip()
        if typed and "://" not in typed:
            typed = f"https://{typed}"
        if typed:
            try:
                URLValidator(schemes=["https", "http"])(typed)
            except ValidationError:
                raise ValidationError(_("This is no address of a website.")) from None
            if len(typed) > WEBSITE or not signs.is_page(typed):
                raise ValidationError(_("This is no address of a website."))
        return typed

    def values(self) -> dict[str, Any]:
        """What was said, as :meth:`Organisation.change` takes it."""
        said = self.cleaned_data
        told = {key: said[f"text_{key}"] for key in self.rows.keys if key != "name"}
        told |= {"size": said["size"], "website": said["website"]}
        told["languages"] = list(dict.fromkeys(filter(None, (said[f"speaks_{place}"] for place in range(TONGUES)))))
        if not self.organisation.is_fixed:
            told |= {"names": said["text_name"], "kind": said["kind"], "city": said["city"]}
        return told


class InvitationForm(forms.Form):
    """Whom to invite, as what, in which language."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), max_length=EMAIL, widget=forms.EmailInput({"autocomplete": "off"})
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices, initial=Role.REPRESENTATIVE)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letter"), choices=[(one.code, one.name) for one in UI_LANGUAGES]
    )
