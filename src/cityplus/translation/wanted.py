"""The languages that a city's texts are wanted in."""

from __future__ import annotations

from cityplus.cities.models import City, Rules
from cityplus.languages.tags import UI_LANGUAGES, LanguageError, check_tag
from cityplus.ties.models import Tie


def friends(city: City) -> list[City]:
    """The cities that this one is tied to, in the order of their handles."""
    ties = Tie.objects.of(city).filter(state="accepted").with_cities()
    return sorted((tie.other(city) for tie in ties), key=lambda other: other.handle)


def wanted(city: City) -> list[str]:
    """What the city asks of itself first, then the main languages of its friends, then those of the interface; each once."""
    tags = [*Rules.of(city).languages]
    tags += [friend.languages[0] for friend in friends(city) if friend.languages]
    tags += [language.tag for language in UI_LANGUAGES]
    return [tag for tag in dict.fromkeys(tags) if _is_tag(tag)]


def _is_tag(tag: str) -> bool:
    try:
        check_tag(tag)
    except LanguageError:
        return False
    return True
