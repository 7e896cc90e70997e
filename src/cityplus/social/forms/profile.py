"""What a person says of themselves, as a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cityplus.actors.handles import PATTERN
from cityplus.actors.models import Actor
from cityplus.cities.meant import meant
from cityplus.cities.models import City
from cityplus.languages.tags import reader_tag
from cityplus.languages.text import Text, Version
from cityplus.people.models import Person
from cityplus.social.finding.impostors import check_names, check_own_handle
from cityplus.social.models import Profile
from cityplus.social.tongues import tongues

ABOUT = 500
READS = 4
MOST_ROWS = 12


class ProfileForm(forms.Form):
    """The words stand in rows, one for each language, the original first: ``tongue_0``, ``name_0``, ``about_0`` and so on.
    ``more`` asks for a further row and saves nothing."""

    home = forms.CharField(
        label=gettext_lazy("Home city"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("A member of the network, by its name in any language. Leave it empty to say nothing."),
    )
    locked = forms.BooleanField(
        label=gettext_lazy("Locked"),
        required=False,
        help_text=gettext_lazy("Only those whom you accept follow you, and see whom you follow."),
    )
    findable = forms.BooleanField(
        label=gettext_lazy("Found by search"),
        required=False,
        help_text=gettext_lazy("Others find you by your name, your handle and your home city."),
    )

    def __init__(self, data: Mapping[str, Any] | None, person: Person, profile: Profile | None) -> None:
        self.person, self.profile, self.homes = person, profile, list[City]()
        text = profile.actor.names if profile else Text()
        about = profile.about if profile else Text()
        self.tags = list(dict.fromkeys([*text.languages, *about.languages]))
        super().__init__(data, initial=self._initial(text, about))
        if profile is None:
            self.fields["handle"] = forms.CharField(
                label=gettext_lazy("Handle"),
                max_length=30,
                validators=[check_own_handle],
                help_text=gettext_lazy("Your name in addresses, such as @ana_lima. It stays as it is."),
                widget=forms.TextInput({"autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}),
            )
        self.rows = self._add_rows(self._count(data))
        choices = [("", "—"), *tongues(*self.tags)]
        for place in range(READS):
            label = _("Language that you read") if not place else _("Further language")
            self.fields[f"reads_{place}"] = forms.ChoiceField(label=label, choices=choices, required=not place)

    def _initial(self, names: Text, about: Text) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for row, tag in enumerate(self.tags or [reader_tag()]):
            found[f"tongue_{row}"] = tag
            for key, text in (("name", names), ("about", about)):
                found[f"{key}_{row}"] = text.versions[tag].text if tag in text.versions else ""
        if self.profile:
            profile = self.profile
            found |= {"locked": profile.locked, "findable": profile.findable}
            found["home"] = str(profile.home.actor.names) if profile.home else ""
            found |= {f"reads_{place}": tag for place, tag in enumerate(profile.languages[:READS])}
        else:
            username = self.person.username.replace("-", "_")
            found["handle"] = username if re.fullmatch(PATTERN, username) and not _taken(username) else ""
            found["reads_0"] = reader_tag()
        return found

    def _count(self, data: Mapping[str, Any] | None) -> int:
        """How many rows: those that were sent, one more where that is asked; at first those there are and an empty one."""
        if data is None:
            return min(MOST_ROWS, len(self.tags) + 1)
        sent = sum(1 for row in range(MOST_ROWS) if f"tongue_{row}" in data)
        return max(1, min(MOST_ROWS, sent + ("more" in data)))

    def _add_rows(self, count: int) -> list[int]:
        choices = [("", "—"), *tongues(*self.tags)]
        for row in range(count):
            self.fields[f"tongue_{row}"] = forms.ChoiceField(label=_("Language"), choices=choices, required=False)
            self.fields[f"name_{row}"] = forms.CharField(
                label=pgettext("of a person", "Name"), max_length=80, required=False
            )
            self.fields[f"about_{row}"] = forms.CharField(
                label=_("About you"),
                max_length=ABOUT,
                required=False,
                widget=forms.Textarea({"rows": 3, "dir": "auto"}),
            )
            self.fields[f"name_{row}"].widget.attrs["dir"] = "auto"
        return list(range(count))

    def forgive(self) -> None:
        """A further row was asked for; nothing is judged yet."""
        self._errors = ErrorDict()

    @property
    def bound_rows(self) -> list[dict[str, Any]]:
        return [{key: self[f"{key}_{row}"] for key in ("tongue", "name", "about")} for row in self.rows]

    @property
    def bound_reads(self) -> list[Any]:
        return [self[f"reads_{place}"] for place in range(READS)]

    def clean_handle(self) -> str:
        handle: str = self.cleaned_data["handle"]
        if _taken(handle):
            raise ValidationError(_("Somebody has this handle already."))
        return handle

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        by, at = self.person.username, timezone.now().isoformat(timespec="seconds")
        names, about = Text(), Text()
        for row in self.rows:
            tag, name, words = (str(said.get(f"{key}_{row}") or "").strip() for key in ("tongue", "name", "about"))
            if (name or words) and not tag:
                self.add_error(f"tongue_{row}", _("Say in which language this is."))
                continue
            if name:
                names = _with(names, tag, name, by, at, self.profile.actor.names if self.profile else Text())
            if words:
                about = _with(about, tag, words, by, at, self.profile.about if self.profile else Text())
        try:
            check_names(names)
        except ValidationError as refusal:
            self.add_error("name_0", refusal)
        reads = [said.get(f"reads_{place}") for place in range(READS)]
        said |= {"names": names, "about": about, "languages": list(dict.fromkeys(filter(None, reads)))}
        said["home_city"] = self._home(said.get("home", "").strip())
        return said

    def _home(self, asked: str) -> City | None:
        """The city that is meant; where several may be, they are offered."""
        if not asked:
            return None
        same = self.profile.home if self.profile else None
        if same and asked == str(same.actor.names):
            return same
        city, self.homes = meant(asked)
        if city is None:
            self.add_error("home", _("Which of these do you mean?") if self.homes else _("No member is called so."))
        return city


def _with(text: Text, tag: str, words: str, by: str, at: str, before: Text) -> Text:
    """With a version more; one that is as it was before stays with its moment."""
    was = before.versions.get(tag)
    version = was if was and was.text == words else Version(words, "author", by, at)
    return Text(text.original or tag, {**text.versions, tag: version})


def _taken(handle: str) -> bool:
    return Actor.objects.filter(handle=handle).exists()
