"""The filters of the directory, and finding a branch by words."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q
from django.utils import translation

from cityplus import search
from cityplus.cities.isic import DIVISIONS, SECTIONS, section_of, title_of
from cityplus.organisations.models import Activity
from cityplus.organisations.models.organisation import OrganisationQuerySet
from cityplus.search.words import fold

NAMES = ("city", "branch", "kind", "size", "language", "q")
_LONGEST = {"q": 100}


def chosen_in(asked: Mapping[str, str]) -> dict[str, str]:
    """What a query string chooses, empty where it chooses nothing."""
    return {name: asked.get(name, "").strip().replace("\0", "")[: _LONGEST.get(name, 35)] for name in NAMES}


def fitting(organisations: OrganisationQuerySet, chosen: Mapping[str, str]) -> OrganisationQuerySet:
    """Those of this city, this section or division of ISIC, kind, size and language, that are found by these words."""
    plain = {"city__actor__handle": chosen["city"], "kind": chosen["kind"], "size": chosen["size"]}
    organisations = organisations.filter(**{name: value for name, value in plain.items() if value})
    if code := chosen["branch"]:
        own = Q(section=code) if code in SECTIONS else Q(code=code)
        organisations = organisations.filter(pk__in=Activity.objects.filter(own).values("organisation"))
    if tag := chosen["language"]:
        organisations = organisations.filter(tongues__tag=tag)
    if words := chosen["q"]:
        found = search.fitting(words, "organisation")
        organisations = organisations.none() if found is None else organisations.filter(pk__in=found)
    return organisations


def branches(words: str) -> list[str]:
    """The sections and divisions whose name, in the language of the page or in English, has all of these words, or whose code they
    are. Those whose section has them come after those that have them themselves."""
    wanted = fold(words).split()
    if not wanted:
        return []
    if (code := words.strip().upper()) in {*SECTIONS, *DIVISIONS}:
        return [code]
    names = {code: _names(code) for code in (*SECTIONS, *DIVISIONS)}
    own = [code for code, name in names.items() if all(word in name for word in wanted)]
    under = [code for code in DIVISIONS if section_of(code) in own and code not in own]
    return [*own, *under]


def _names(code: str) -> str:
    with translation.override("en"):
        english = title_of(code)
    return fold(f"{title_of(code)} {english}")
