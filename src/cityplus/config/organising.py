"""The organisations of a sample network, read from one file beside the packs. All of the file is read and checked first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction

from cityplus.cities.isic import DIVISIONS, SECTIONS
from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.media.errors import MediumError
from cityplus.media.models import Medium
from cityplus.media.probe import Facts, probe
from cityplus.organisations.models import Delegate, Organisation
from cityplus.organisations.roles import Role
from cityplus.packs.checks import handle as handle_of
from cityplus.packs.loading import read_file
from cityplus.packs.reading import Node
from cityplus.people.models import Person

FORMAT = "cityplus-organisations/1"
BY = "sample"
LOGOS = "logos"
LICENCE = "CC-BY-4.0"


@dataclass(frozen=True, slots=True)
class Told:
    """One organisation, as the file tells of it."""

    handle: str
    city: str
    kind: str
    size: str
    languages: Sequence[str]
    activities: Sequence[str]
    names: Text
    about: Text
    offers: Text
    seeks: Text
    node: Node
    logo: Logo | None = None


@dataclass(frozen=True, slots=True)
class Logo:
    """A drawing beside the file, in ``logos/``, named by the handle; ``alt`` says what one sees."""

    path: Path
    facts: Facts
    alt: Text


def read(path: Path) -> Sequence[Told]:
    """Read the file.

    Raises:
        PackError: something in it is missing, unknown or wrong; the message names the line.
    """
    top = read_file(path, path.parent).mapping(["format", "original", "organisations"])
    top["format"].one_of([FORMAT])
    found: dict[str, Told] = {}
    for node in top["organisations"].items():
        told = _told(node, path.parent / LOGOS)
        if told.handle in found:
            raise node.fail(f"the handle {told.handle} stands here for the second time")
        found[told.handle] = told
    return list(found.values())


def _told(node: Node, logos: Path) -> Told:
    top = node.mapping(
        ["handle", "city", "original", "kind", "languages", "activities", "names", "about"],
        ["size", "offers", "seeks", "logo"],
    )
    return Told(
        handle=handle_of(top["handle"]),
        city=handle_of(top["city"]),
        kind=top["kind"].one_of(Organisation.Kind.values),
        size=top["size"].one_of(Organisation.Size.values) if "size" in top else "",
        languages=[one.tag() for one in top["languages"].items()],
        activities=[one.one_of([*SECTIONS, *DIVISIONS]) for one in top["activities"].items()],
        names=_text(top, "names"),
        about=_text(top, "about"),
        offers=_text(top, "offers"),
        seeks=_text(top, "seeks"),
        node=node.place,
        logo=_logo(top, logos / f"{top['handle'].value}.svg") if "logo" in top else None,
    )


def _logo(top: Mapping[str, Node], path: Path) -> Logo:
    alt = _text(top, "logo")
    try:
        return Logo(path, probe(path), alt)
    except MediumError as error:
        raise top["logo"].fail(str(error)) from None


def _text(top: Mapping[str, Node], key: str) -> Text:
    return replace(top[key], original=top["original"].tag()).text() if key in top else Text()


def bring(found: Sequence[Told]) -> int:
    """Write it all, in one transaction, each verified; returns how many there are.

    Raises:
        PackError: it names a city that is not here; nothing has been written.
    """
    with transaction.atomic():
        for told in found:
            city = City.objects.filter(actor__handle=told.city).first()
            if city is None:
                raise told.node.fail(f"there is no city {told.city}")
            facts = {"size": told.size, "languages": told.languages, "about": told.about}
            words = {"offers": told.offers, "seeks": told.seeks}
            organisation = Organisation.found(told.handle, told.names, city, told.kind, None, **facts, **words)
            organisation.busy_in(told.activities, by=BY)
            if told.logo:
                organisation.change(by=BY, logo=_drawn(organisation, told.logo))
            organisation.ask(by=BY)
            organisation.verify(by=BY)
    return len(found)


def _drawn(organisation: Organisation, logo: Logo) -> Medium:
    return Medium.add(
        organisation.actor, logo.path, credit="CityPlus", licence=LICENCE, by=BY, facts=logo.facts, alt=logo.alt
    )


def send(delegates: Mapping[str, str]) -> None:
    """Let people who have an account, by their names, be the owners of organisations, by their handles; whoever is not here is left
    out."""
    for username, handle in delegates.items():
        person = Person.objects.filter(username=username).first()
        organisation = Organisation.objects.filter(actor__handle=handle).first()
        if person and organisation:
            Delegate.join(organisation, person, Role.OWNER, by=BY)
