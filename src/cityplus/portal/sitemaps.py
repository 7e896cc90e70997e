"""The addresses of all public pages, in parts that are each read by one look along a key, whatever the size of the network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from django.db.models import Model, QuerySet
from django.urls import reverse

from cityplus.ceremonies.models import Ceremony
from cityplus.cities.models import City
from cityplus.events.models import Event, Organiser, Presenter
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.opportunities.models import Opportunity
from cityplus.organisations.models import Organisation
from cityplus.portal import sitemap_posts
from cityplus.routes.models import Route, Stop
from cityplus.ties.models import Tie
from cityplus.web.addresses import absolute, bare, in_language

STEP = 3000
"""Keys a part. With seven languages it has at most 21,000 addresses, and by the longest names some 40 MB: within the 50,000 and the
50 MB that a sitemap may have."""
PAGES = (
    "portal:home",
    "cities:directory",
    "routes:index",
    "ties:index",
    "organisations:directory",
    "opportunities:index",
    "opportunities:outcomes",
    "social:network",
    "ceremonies:index",
    "events:index",
    "portal:about",
    "portal:pulse",
    "pulse:counting",
)

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def _cities() -> QuerySet[City]:
    return City.objects.public().order_by("pk")


def _routes() -> QuerySet[Route]:
    return Route.objects.public().order_by("pk")


def _stops() -> QuerySet[Stop]:
    return Stop.objects.filter(route__state="published", route__city__stage__in=City.PUBLIC).order_by("pk")


def _ties() -> QuerySet[Tie]:
    return Tie.objects.public().order_by("pk")


def _events() -> QuerySet[Organiser]:
    """By who began them, below whose address they stand."""
    return Organiser.objects.filter(place=0, event__in=Event.objects.public()).order_by("pk")


def _presenters() -> QuerySet[Presenter]:
    return Presenter.objects.public().order_by("pk")


def _organisations() -> QuerySet[Organisation]:
    return Organisation.objects.public().filter(actor__limited_at=None).order_by("pk")


def _ceremonies() -> QuerySet[Ceremony]:
    return Ceremony.objects.filter(announced=True).order_by("pk")


def _opportunities() -> QuerySet[Opportunity]:
    return Opportunity.objects.public().open().order_by("pk")


_SECTIONS: dict[str, tuple[Callable[[], QuerySet[Model]], str, tuple[str, ...]]] = {
    "cities": (_cities, "actors:page", ("actor__handle",)),
    "routes": (_routes, "routes:route", ("city__actor__handle", "slug")),
    "stops": (_stops, "routes:stop", ("route__city__actor__handle", "route__slug", "number")),
    "ties": (_ties, "ties:pair", ("first__actor__handle", "second__actor__handle")),
    "organisations": (_organisations, "actors:page", ("actor__handle",)),
    "opportunities": (_opportunities, "opportunities:opportunity", ("host__handle", "slug")),
    "ceremonies": (_ceremonies, "ceremonies:ceremony", ("pk",)),
    "events": (_events, "events:page", ("actor__handle", "event__slug")),
    "presenters": (_presenters, "events:presenter", ("slug",)),
}
"""By its name what a section lists, the name of its address, and what stands in that."""


def index() -> Iterator[str]:
    """The sitemap index: one part with the pages of the network itself, and all parts of the sections that are not empty."""
    yield f"{_HEAD}<sitemapindex {_SCHEMA}>{_part(reverse('sitemap-part', args=['pages', 0]))}"
    for name, (public, _, _) in _SECTIONS.items():
        for number in _numbers(public()):
            yield _part(reverse("sitemap-part", args=[name, number]))
    for day in sitemap_posts.days():
        yield _part(reverse("sitemap-part", args=["posts", day]))
    yield "</sitemapindex>"


def _numbers(things: QuerySet[Model]) -> Iterator[int]:
    """The numbers of the parts that have something in them. Each is one look along the keys, however far they are apart."""
    begin = 0
    while (key := things.filter(pk__gte=begin).order_by("pk").values_list("pk", flat=True).first()) is not None:
        yield key // STEP
        begin = (key // STEP + 1) * STEP


def part(section: str, number: int) -> Iterator[str] | None:
    """A part as pieces of XML, None where there is none."""
    paths = _paths(section, number)
    first = next(paths, None)
    return None if first is None else _urlset(first, paths)


def _urlset(first: str, others: Iterable[str]) -> Iterator[str]:
    yield f'{_HEAD}<urlset {_SCHEMA} xmlns:xhtml="http://www.w3.org/1999/xhtml">{_entry(first)}'
    yield from map(_entry, others)
    yield "</urlset>"


def _paths(section: str, number: int) -> Iterator[str]:
    """The addresses of a part without their language."""
    if section == "pages":
        yield from (bare(reverse(name)) for name in PAGES if not number)
    if section == "posts":
        yield from sitemap_posts.paths(number)
    if section not in _SECTIONS:
        return
    public, name, arguments = _SECTIONS[section]
    for values in _within(public(), number).values_list(*arguments).iterator(chunk_size=500):
        yield bare(reverse(name, args=values))


def _within(things: QuerySet[Model], number: int) -> QuerySet[Model]:
    return things.filter(pk__gte=number * STEP, pk__lt=(number + 1) * STEP)


def _part(path: str) -> str:
    return f"<sitemap><loc>{escape(absolute(path))}</loc></sitemap>"


def _entry(path: str) -> str:
    """A page in every language, each naming its sisters."""
    addresses = [(u.tag, absolute(in_language(path, u.code))) for u in UI_LANGUAGES]
    sisters = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(tag)} href={quoteattr(href)}/>' for tag, href in addresses
    )
    return "".join(f"<url><loc>{escape(href)}</loc>{sisters}</url>" for _, href in addresses)
