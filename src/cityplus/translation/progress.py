"""How far the texts of a city are in each language: its profile, its routes with drafts and without, and its media."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cityplus.cities.models import City
from cityplus.cities.profile import ProfileKind
from cityplus.drafts.leaves import Words
from cityplus.drafts.models import Draft
from cityplus.drafts.shapes import Document, Shape
from cityplus.languages.tags import reader_tag
from cityplus.languages.text import Text, Version
from cityplus.media.models import Caption, Medium
from cityplus.routes.document import ROUTE, STOP
from cityplus.routes.models import Route, Stop
from cityplus.translation.rows import Counts, state_of


@dataclass(frozen=True)
class Work:
    """Something whose texts are translated. ``name`` is how addresses of the desk name it; ``kind`` and ``subject`` those of its
    draft, and empty of the media."""

    kind: str
    subject: int
    name: str
    title: str
    texts: Sequence[Text]

    def counts(self, tag: str) -> Counts:
        """How many of its texts that were written in other languages are how far in this one."""
        return Counts.of(
            state_of(text, tag) for text in self.texts if text and text.original != tag and str(text).strip()
        )


def works(city: City) -> list[Work]:
    """Everything of a city that has texts, in a fixed number of queries: the profile, its routes by title, and its media."""
    drafts = {(draft.kind, draft.subject_id): draft for draft in Draft.objects.filter(owner=city.actor)}
    profile = drafts.get(("profile", city.pk))
    document = profile.document if profile else ProfileKind().read(city.pk)
    found = [Work("profile", city.pk, "profile", _("Profile"), _of_document(ProfileKind.shape, document))]
    routes = list(Route.objects.filter(city=city))
    stops = defaultdict(list)
    plain = [route.pk for route in routes if ("route", route.pk) not in drafts]
    for stop in Stop.objects.filter(route__in=plain):
        stops[stop.route_id].append(stop)
    for route in routes:
        draft = drafts.get(("route", route.pk))
        texts = _of_document(ROUTE, draft.document) if draft else _of_rows(route, stops[route.pk])
        title = texts[0].in_language(reader_tag()) if texts else ""
        found.append(Work("route", route.pk, f"routes/{route.slug}", title or route.slug, texts))
    found[1:] = sorted(found[1:], key=lambda work: work.title.casefold())
    media = _of_media(city)
    return [*found, Work("", 0, "media", _("Media library"), media)] if media else found


def _of_document(shape: Shape, document: Document) -> list[Text]:
    texts = []
    for path, _leaf in shape.texts(document):
        here: Any = document
        for name in path.split("/"):
            here = here.get(name) or {}
        texts.append(Text.from_json(here))
    return texts


def _of_rows(route: Route, stops: Iterable[Stop]) -> list[Text]:
    """As of the document of a route that nobody has a draft of, without making one."""
    texts = [getattr(route, name) for name, leaf in ROUTE.parts.items() if isinstance(leaf, Words)]
    names = [name for name, leaf in STOP.parts.items() if isinstance(leaf, Words)]
    return texts + [getattr(stop, name) for stop in stops for name in names]


def _of_media(city: City) -> list[Text]:
    """What media say, and their captions: of a film with captions every other language lacks them."""
    texts: list[Text] = []
    for alt, title, transcript in Medium.objects.filter(owner=city.actor).values_list("alt", "title", "transcript"):
        texts += [text for text in (alt, title, transcript) if text]
    captions: dict[int, dict[str, Version]] = defaultdict(dict)
    tracks = Caption.objects.filter(medium__owner=city.actor).order_by("id")
    for medium, language, state in tracks.values_list("medium_id", "language", "state"):
        captions[medium][language] = Version("WEBVTT", state)
    for versions in captions.values():
        written = [tag for tag, version in versions.items() if version.state == "author"]
        texts.append(Text((written or list(versions))[0], versions))
    return texts
