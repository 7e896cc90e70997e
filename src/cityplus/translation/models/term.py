from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus import journal
from cityplus.cities.models import City
from cityplus.languages.tags import LanguageError, check_tag
from cityplus.translation.glossary import Pair, folded

_UNKEEPABLE = re.compile(r"[\x00\ud800-\udfff]")
MOST = 200
"""Characters of a term."""
MOST_TERMS = 5000
"""Terms that a city keeps for itself, or with one other."""


class TermError(ValueError):
    """A term that a glossary does not take; the message is a sentence for its writer."""


class TermQuerySet(models.QuerySet["Term"]):
    def of(self, city: City) -> TermQuerySet:
        """Those that this city keeps, for itself and with others."""
        return self.filter(Q(first=city) | Q(second=city))

    def with_cities(self) -> TermQuerySet:
        return self.select_related("first__actor", "second__actor")


class Term(models.Model):
    """An agreed word: ``target`` is said in the target language for ``source``.

    It is of one city (``first``, ``second`` is empty) or of two tied ones, in the alphabetical order of their handles; both teams keep
    it then. It holds in both directions.
    """

    first = models.ForeignKey(City, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(City, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    source_language = models.CharField(max_length=20)
    source = models.CharField(max_length=MOST)
    target_language = models.CharField(max_length=20)
    target = models.CharField(max_length=MOST)
    note = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["source_language", "target_language", "source", "id"]
        indexes = [models.Index(fields=["first", "second"], name="translation_terms_of")]

    def __str__(self) -> str:
        return f"{self.source} ({self.source_language}) → {self.target} ({self.target_language})"

    @property
    def pair(self) -> tuple[City, City | None]:
        return self.first, self.second

    def other(self, city: City) -> City | None:
        """The city with which this one keeps it."""
        return self.second if self.first_id == city.pk else self.first

    @classmethod
    def keep(cls, city: City, other: City | None = None, /, *, by: str, **words: str) -> tuple[Term, bool]:
        """Agree on a word, or change what was agreed for the same word; returns the term, and whether anything changed. The words are
        ``source_language``, ``source``, ``target_language``, ``target`` and, if wished, ``note``.

        Raises:
            TermError: it is none.
        """
        values = _checked(**words)
        first, second = sorted((city, other), key=lambda one: one.handle) if other else (city, None)
        with transaction.atomic():
            City.objects.select_for_update(no_key=True).get(pk=first.pk)  # one at a time: no word is agreed upon twice
            same = cls.objects.filter(
                first=first,
                second=second,
                source_language=values["source_language"],
                target_language=values["target_language"],
            )
            term = next((one for one in same if folded(one.source) == folded(values["source"])), None)
            if term and (term.source, term.target, term.note) == (values["source"], values["target"], values["note"]):
                return term, False
            if term is None and cls.objects.filter(first=first, second=second).count() >= MOST_TERMS:
                raise TermError(_("A glossary has at most %(most)s terms.") % {"most": MOST_TERMS})
            term = term or cls(first=first, second=second)
            for name, value in {**values, "by": by, "at": timezone.now()}.items():
                setattr(term, name, value)
            term.save()
            journal.record("term.kept", term, handle=city.handle, by=by, **term._told)
        return term, True

    def drop(self, city: City, *, by: str) -> None:
        """Have it no more."""
        with transaction.atomic():
            journal.record("term.dropped", self, handle=city.handle, by=by, **self._told)
            self.delete()

    @property
    def _told(self) -> dict[str, Any]:
        names = ("source_language", "source", "target_language", "target")
        other = {"with": f"{self.first.handle}+{self.second.handle}"} if self.second else {}
        return {name: getattr(self, name) for name in names} | other

    @classmethod
    def pairs(cls, city: City, source: str, target: str) -> list[Pair]:
        """What a city, alone or with others, has agreed on between two languages, in either direction."""
        return cls.between(cls.objects.of(city), source, target)

    @staticmethod
    def between(terms: Iterable[Term], source: str, target: str) -> list[Pair]:
        """Of these terms those between two languages, as pairs from the one to the other."""
        found = {}
        for term in terms:
            if (term.source_language, term.target_language) == (source, target):
                found[Pair(term.source, term.target, term.note)] = True
            elif (term.source_language, term.target_language) == (target, source):
                found[Pair(term.target, term.source, term.note)] = True
        return list(found)


def _checked(source_language: str, source: str, target_language: str, target: str, note: str = "") -> dict[str, str]:
    try:
        check_tag(source_language)
        check_tag(target_language)
    except LanguageError as problem:
        raise TermError(str(problem)) from None
    if source_language == target_language:
        raise TermError(_("A term leads from one language to another."))
    words = {name: " ".join(text.split()) for name, text in (("source", source), ("target", target), ("note", note))}
    if not folded(words["source"]) or not folded(words["target"]):
        raise TermError(_("A term has words in both languages."))
    if any(_UNKEEPABLE.search(text) for text in words.values()):
        raise TermError(_("This is no text."))
    if len(words["source"]) > MOST or len(words["target"]) > MOST:
        raise TermError(_("A term is too long: at most %(most)s characters.") % {"most": MOST})
    if len(words["note"]) > 300:
        raise TermError(_("The note is too long: at most %(most)s characters.") % {"most": 300})
    return {"source_language": source_language, "target_language": target_language, **words}
