"""The profile of a city as the document of a draft, and back."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cityplus import journal
from cityplus.cities.documents import media_of, public_text, said, verify_media
from cityplus.cities.gate import of_picture, of_texts
from cityplus.cities.isic import SECTIONS
from cityplus.cities.models import City, Contact, Rules, Strength
from cityplus.drafts import Gap
from cityplus.drafts.leaves import Choice, Degrees, Leaf, Line, Many, Medium, Order, Whole, Words
from cityplus.drafts.shapes import Document, Each, Shape, in_order
from cityplus.languages.tags import check_tag
from cityplus.languages.text import Text

KINDS = (
    (Contact.Kind.WEBSITE, _("Website")),
    (Contact.Kind.EMAIL, _("E-mail")),
    (Contact.Kind.PHONE, _("Telephone")),
    (Contact.Kind.ADDRESS, _("Address")),
)
_CONTACTS = {
    Contact.Kind.WEBSITE: re.compile(r"https?://[^\s/]\S*"),
    Contact.Kind.EMAIL: re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+"),
    Contact.Kind.PHONE: re.compile(r"\+?[0-9 ()-]{5,}"),
    Contact.Kind.ADDRESS: re.compile(r".*\S.*"),
}


def _zone(text: str) -> None:
    if text not in available_timezones():
        raise ValueError(_now("“%(text)s” is not an IANA time zone such as Europe/Amsterdam.") % {"text": text[:60]})


def _country(text: str) -> None:
    if not re.fullmatch(r"[A-Z]{2}", text):
        raise ValueError(_now("“%(text)s” is not an ISO 3166-1 code such as NL.") % {"text": text[:60]})


def _strength_label(part: Document, number: int) -> str:
    section = part.get("section", "")
    return str(SECTIONS[section]) if section in SECTIONS else _now("Strength %(number)s") % {"number": number}


def _contact_label(part: Document, number: int) -> str:
    kinds = {str(kind): label for kind, label in KINDS}
    return str(kinds.get(part.get("kind", ""), "")) or _now("Contact %(number)s") % {"number": number}


STRENGTH = Shape(
    {
        "section": Choice(_("Section"), [(letter, name) for letter, name in SECTIONS.items()]),
        "sentence": Words(_("One sentence on it"), most=500),
    }
)
CONTACT = Shape({"kind": Choice(_("Kind"), KINDS), "value": Line(_("Contact"), most=300)})
PROFILE = Shape(
    {
        "names": Words(_("Names of the city"), most=100, lines=False),
        "tagline": Words(_("The city in one sentence"), most=300, lines=False),
        "profile": Words(_("The city in its own words")),
        "cover": Medium(_("Cover picture"), kind="picture"),
        "languages": Many(
            _("Languages of the city, the main one first"), of=Line("", most=20, check=check_tag), most=20
        ),
        "country": Line(_("Country (ISO 3166-1)"), most=2, check=_country),
        "lat": Degrees(_("Latitude"), most=90),
        "lon": Degrees(_("Longitude"), most=180),
        "time_zone": Line(_("Time zone (IANA)"), most=64, check=_zone),
        "population": Whole(_("Population"), most=100_000_000),
        "population_year": Whole(_("Year of the count"), most=2100),
        "population_scope": Choice(_("What was counted"), City.Scope.choices, blank=True),
        "population_source": Line(_("Source of the population"), most=200),
        "hue": Whole(_("The city’s own light, from 0 to 359"), most=359),
        "sources": Many(_("Sources"), of=Line("", most=500), most=60),
        "strength_order": Order(_("Order of the strengths"), of="strengths"),
        "strengths": Each(STRENGTH, _strength_label, most=20),
        "contact_order": Order(_("Order of the contacts"), of="contacts"),
        "contacts": Each(CONTACT, _contact_label, most=20),
    }
)
_PLAIN = [
    n for n in PROFILE.parts if n not in {"names", "cover", "strengths", "contacts", "strength_order", "contact_order"}
]


class ProfileKind:
    """Drafts of the kind ``profile``; the subject is the number of the city."""

    name = "profile"
    shape = PROFILE

    def read(self, subject: int) -> Document:
        city = self._city(subject)
        document: Document = {name: said(getattr(city, name)) for name in _PLAIN}
        document |= {"names": said(city.actor.names), "cover": city.cover_id}
        document["strengths"] = {
            f"s{n}": {"section": one.section, "sentence": said(one.sentence)}
            for n, one in enumerate(city.strengths.all(), 1)
        }
        document["contacts"] = {
            f"c{n}": {"kind": one.kind, "value": one.value} for n, one in enumerate(city.contacts.all(), 1)
        }
        document |= {"strength_order": list(document["strengths"]), "contact_order": list(document["contacts"])}
        return document

    def verify(self, subject: int, edits: Collection[tuple[str, Leaf, Any]]) -> None:
        if edits:  # words need no looking up
            verify_media(self._city(subject).actor, edits)

    def gaps(self, subject: int, document: Document) -> list[Gap]:
        city = self._city(subject)
        found = []
        names = public_text(document["names"], city.handle)
        if not names:
            found.append(Gap(_now("The city has no name."), "names"))
        if not document["languages"]:
            found.append(Gap(_now("The city has no language."), "languages"))
        for name in ("lat", "lon"):
            if document[name] is None:
                found.append(Gap(_now("The city has no place on the map."), name))
        found += _contact_gaps(document)
        texts = [(n, str(PROFILE.label(document, n)), public_text(document[n], "")) for n in ("tagline", "profile")]
        found += of_texts(Rules.of(city), texts)
        cover = media_of(city.actor, PROFILE, document).get(document["cover"])
        return [*found, *of_picture(cover)] if cover else found

    def title(self, subject: int, document: Document) -> str:
        return _now("Profile")

    def needs_review(self, subject: int) -> bool:
        return Rules.of(self._city(subject)).four_eyes

    def write(self, subject: int, document: Document, *, by: str) -> None:
        with transaction.atomic():
            city = staged(City.objects.select_for_update().select_related("actor").get(pk=subject), document)
            city.actor.save(update_fields=["names"])
            city.actor.touch()
            city.save()
            Strength.objects.filter(city=city).delete()
            Contact.objects.filter(city=city).delete()
            Strength.objects.bulk_create(strengths(city, document))
            Contact.objects.bulk_create(contacts(city, document))
            journal.record("city.changed", city, handle=city.handle, by=by)

    @staticmethod
    def _city(subject: int) -> City:
        return City.objects.select_related("actor").get(pk=subject)


def staged(city: City, document: Document) -> City:
    """The city as the document says, in memory alone; its strengths and contacts too."""
    for name in _PLAIN:
        value = document[name]
        setattr(city, name, public_text(value, city.handle) if isinstance(getattr(city, name), Text) else value)
    city.actor.names = public_text(document["names"], city.handle)
    city.cover = media_of(city.actor, PROFILE, document).get(document["cover"])
    city._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "strengths": strengths(city, document),
        "contacts": contacts(city, document),
    }
    return city


def strengths(city: City, document: Document) -> list[Strength]:
    """The strengths of a document, in order and unsaved."""
    parts = [document["strengths"][key] for key in in_order(PROFILE, document, "strengths")]
    return [
        Strength(city=city, section=one["section"], sentence=public_text(one["sentence"], city.handle), order=n)
        for n, one in enumerate(parts)
    ]


def contacts(city: City, document: Document) -> list[Contact]:
    """The contacts of a document, in order and unsaved."""
    parts = [document["contacts"][key] for key in in_order(PROFILE, document, "contacts")]
    return [Contact(city=city, kind=one["kind"], value=one["value"], order=n) for n, one in enumerate(parts)]


def _contact_gaps(document: Document) -> list[Gap]:
    found = []
    for number, key in enumerate(in_order(PROFILE, document, "contacts"), 1):
        part = document["contacts"][key]
        pattern = _CONTACTS.get(part["kind"])
        if pattern is None or not pattern.fullmatch(part["value"]):
            words = _now("%(contact)s: this is not complete.") % {"contact": _contact_label(part, number)}
            found.append(Gap(words, f"contacts/{key}/value"))
    for number, key in enumerate(in_order(PROFILE, document, "strengths"), 1):
        if document["strengths"][key]["section"] not in SECTIONS:
            words = _now("%(strength)s has no section.") % {
                "strength": _strength_label(document["strengths"][key], number)
            }
            found.append(Gap(words, f"strengths/{key}/section"))
    return found
