"""Fields that forms of organisations have in common: words in several languages, and the city by its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from cityplus.languages.tags import name_of, reader_tag
from cityplus.languages.text import Text
from cityplus.languages.typed import texts_typed
from cityplus.lib import signs
from cityplus.social.tongues import tongues

MOST_ROWS = 12
LENGTHS = {"name": 120, "about": 2000, "offers": 1000, "seeks": 1000}
_PLAIN = {"name": signs.line, "about": signs.lines, "offers": signs.lines, "seeks": signs.lines}


class Rows:
    """Rows of words in a form, one for each language, the original first: ``tongue_0``, ``name_0``, ``about_0`` and so on.
    A field ``more`` in what was sent asks for a further row."""

    def __init__(self, form: forms.Form, keys: Sequence[str], texts: Mapping[str, Text]) -> None:
        self.form, self.keys, self.texts = form, keys, texts
        self.tags = list(dict.fromkeys(tag for text in texts.values() for tag in text.languages))
        self.numbers = range(self._count(form.data if form.is_bound else None))
        labels = {"name": _("Name"), "about": _("About it"), "offers": _("What it offers"), "seeks": _("What it seeks")}
        choices = [("", "—"), *tongues(*self.tags)]
        for row in self.numbers:
            form.fields[f"tongue_{row}"] = forms.ChoiceField(
                label=_("Language"), choices=choices, required=False, initial=self._tag(row)
            )
            for key in keys:
                widget = forms.TextInput if key == "name" else forms.Textarea
                form.fields[f"{key}_{row}"] = forms.CharField(
                    label=labels[key],
                    required=False,
                    max_length=LENGTHS[key],
                    initial=self._words(key, row),
                    widget=widget({"dir": "auto", **({} if key == "name" else {"rows": 4})}),
                )

    def _count(self, data: Mapping[str, Any] | None) -> int:
        """How many: those that were sent, one more where that is asked; at first those there are and an empty one."""
        if data is None:
            return min(MOST_ROWS, len(self.tags) + 1)
        sent = sum(1 for row in range(MOST_ROWS) if f"tongue_{row}" in data)
        return max(1, min(MOST_ROWS, sent + ("more" in data)))

    def _tag(self, row: int) -> str:
        return self.tags[row] if row < len(self.tags) else reader_tag() if not row else ""

    def _words(self, key: str, row: int) -> str:
        versions = self.texts[key].versions if key in self.texts else {}
        tag = self._tag(row)
        return versions[tag].text if tag in versions else ""

    @property
    def bound(self) -> list[list[Any]]:
        return [[self.form[f"{key}_{row}"] for key in ("tongue", *self.keys)] for row in self.numbers]

    def read(self, said: Mapping[str, Any], by: str) -> dict[str, Text]:
        """The texts that were sent, as :func:`texts_typed` reads them. Words in no language, or in one that another row has, are an
        error of the form."""
        found: dict[str, dict[str, str]] = {}
        for row in self.numbers:
            tag = str(said.get(f"tongue_{row}") or "")
            words = {key: _PLAIN[key](str(said.get(f"{key}_{row}") or "")) for key in self.keys}
            if not any(words.values()):
                continue
            if not tag:
                self.form.add_error(f"tongue_{row}", _("Say in which language this is."))
            elif tag in found:
                known = {"language": name_of(tag, reader_tag())}
                self.form.add_error(f"tongue_{row}", _("There are two rows in one language: %(language)s.") % known)
            else:
                found[tag] = words
        return texts_typed(found.items(), self.keys, self.texts, by)
