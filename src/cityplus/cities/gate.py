"""What media and texts of a city need before they are public: what every city asks, and what a city asks of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from cityplus.cities.models import Rules
from cityplus.drafts import Gap
from cityplus.languages.tags import name_of, reader_tag
from cityplus.languages.text import Text
from cityplus.media.models import Medium


def of_picture(medium: Medium) -> Iterator[Gap]:
    """A picture has words for those who do not see it, and says whose it is."""
    name = {"name": medium.name}
    if not str(medium.alt).strip():
        yield Gap(_("The picture %(name)s has no words for those who do not see it.") % name, f"media/{medium.pk}/alt")
    yield from _of_rights(medium)


def _of_rights(medium: Medium) -> Iterator[Gap]:
    if not (medium.credit and medium.licence):
        words = {
            "picture": _("The picture %(name)s does not say whose it is and under which licence."),
            "film": _("The film %(name)s does not say whose it is and under which licence."),
            "sound": _("The sound %(name)s does not say whose it is and under which licence."),
        }[medium.kind]
        yield Gap(words % {"name": medium.name}, f"media/{medium.pk}/credit")


def of_film(medium: Medium, rules: Rules) -> Iterator[Gap]:
    """A film has a title, says whose it is, and has captions where the city asks for them."""
    if not str(medium.title).strip():
        yield Gap(_("The film %(name)s has no title.") % {"name": medium.name}, f"media/{medium.pk}/title")
    yield from _of_rights(medium)
    if rules.captions and not list(medium.captions.all()):
        yield Gap(_("The film %(name)s has no captions.") % {"name": medium.name}, f"media/{medium.pk}/captions")


def of_sound(medium: Medium, role: str, rules: Rules) -> Iterator[Gap]:
    """A sound has a title and says whose it is. One in which somebody speaks has a transcript where the city asks for it; a
    soundscape has no words to write down."""
    if not str(medium.title).strip():
        yield Gap(_("The sound %(name)s has no title.") % {"name": medium.name}, f"media/{medium.pk}/title")
    yield from _of_rights(medium)
    if rules.transcripts and role == "guide" and not str(medium.transcript).strip():
        yield Gap(_("The sound %(name)s has no transcript.") % {"name": medium.name}, f"media/{medium.pk}/transcript")


def of_texts(rules: Rules, texts: Iterable[tuple[str, str, Text]]) -> Iterator[Gap]:
    """Every text is there in the languages that the city asks for; ``texts`` have a path, a name and the text."""
    for path, name, text in texts:
        for tag in rules.languages if text else ():
            if tag not in text.versions:
                known = {"text": name, "language": name_of(tag, reader_tag())}
                yield Gap(_("%(text)s is not there in this language: %(language)s.") % known, f"{path}/{tag}")
