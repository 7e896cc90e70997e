"""The card of a post is made when it is posted or edited: by a job, so that nobody waits for somebody else's server."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cityplus import jobs, journal
from cityplus.actors.models import Actor
from cityplus.journal.models import Entry
from cityplus.lib.fetch import FetchError, fetch, fetch_file
from cityplus.lib.names import Names
from cityplus.media import store
from cityplus.media.errors import InUse, MediumError
from cityplus.media.models import Medium
from cityplus.media.models.medium import BORROWED, file_values
from cityplus.media.probe import SVG, probe
from cityplus.social.links.reading import Said, read
from cityplus.social.models import Card, Post
from cityplus.social.words import links_in

log = logging.getLogger(__name__)
AGENT = "CityPlus (link card)"
PICTURE = 5_000_000
"""Bytes that the picture of a page may have."""
PICTURES = ("image/jpeg", "image/png", "image/webp")


@journal.subscribe("social.cards", "post.posted", "post.edited")
def ask_for_card(entry: Entry) -> None:
    """Enqueue the job for a post that has a link, or had one."""
    post = Post.objects.there().filter(pk=entry.subject_id).first()
    if post and (link_of(post) or Card.objects.filter(post=post).exists()):
        jobs.enqueue("social.card", key=str(entry.pk), priority=6, post=post.pk)


def link_of(post: Post) -> str:
    """The link that a post has a card of: its first one, unless it has media, a quote or something attached; empty where it has none.
    What leads to this network is attached, not fetched."""
    if post.attached_kind or post.quote_id or post.media_rows.exists():
        return ""
    ours = urlsplit(settings.CITYPLUS.public_url).netloc
    return next((link for link in links_in(post.text) if _host(link) not in {"", ours}), "")


@jobs.job("social.card")
def make(post: int) -> None:
    """Make, renew or take away the card of a post. A page that cannot be had leaves none; it is not tried again."""
    found = Post.objects.there().select_related("author").filter(pk=post).first()
    if found is None:
        return
    link = link_of(found)
    said, where = _page(link) if link else (None, "")
    if said is None:
        _write(found, link, None, None)
        return
    with _picture(said.picture, found.author, urlsplit(where).netloc) as picture:
        _write(found, link, said, picture)


def _page(link: str) -> tuple[Said | None, str]:
    try:
        page = fetch(_ascii(link), resolve=_names().addresses, allow=settings.CITYPLUS.fetch_allow, agent=AGENT)
    except (FetchError, ValueError) as problem:
        log.info("no card: %s", problem)
        return None, ""
    return read(page.text, page.url), page.url


@contextlib.contextmanager
def _picture(address: str, owner: Actor, host: str) -> Iterator[Medium | None]:
    """The picture of a page as a medium of ours; None where it has none that we take."""
    with store.workbench() as bench:
        yield _kept(address, bench / "picture", owner, host) if address else None


def _kept(address: str, path: Path, owner: Actor, host: str) -> Medium | None:
    allow, resolve = settings.CITYPLUS.fetch_allow, _names().addresses
    try:
        file = fetch_file(_ascii(address), resolve=resolve, types=PICTURES, most=PICTURE, allow=allow, agent=AGENT)
        path.write_bytes(file.content)
        facts = probe(path, by_stranger=True)
        if facts.kind != Medium.Kind.PICTURE or facts.content_type == SVG:
            return None
        digest = file_values(path, facts)["sha256"]
        return Medium.add(
            owner,
            path,
            f"{BORROWED}{digest[:32]}{facts.ending}",
            credit=host[:200] or "?",
            licence="LicenseRef-rights-reserved",
            facts=facts,
        )
    except (FetchError, MediumError, ValueError) as problem:
        log.info("no picture for a card: %s", problem)
        return None


def _write(post: Post, link: str, said: Said | None, picture: Medium | None) -> None:
    """Write the card that a post has now, or none; a picture that no card shows any more goes."""
    with transaction.atomic():
        there = Post.objects.there().select_for_update(of=("self",)).filter(pk=post.pk).first()
        before = Card.objects.filter(post=post).select_related("picture").first()
        if there is not None and link == link_of(there):
            if said:
                values = {"title": said.title, "description": said.says, "site": said.site, "language": said.language}
                values |= {"url": link, "picture": picture, "fetched_at": timezone.now()}
                Card.objects.update_or_create(post=there, defaults=values)
            else:
                Card.objects.filter(post=post).delete()
            if said or before:
                there.touch()
        spare = [m for m in (before and before.picture, picture) if m and not Card.objects.filter(picture=m).exists()]
    for medium in {m.pk: m for m in spare}.values():
        with contextlib.suppress(InUse):
            medium.remove(by="")


def _host(link: str) -> str:
    """With its port; empty for what is no address."""
    try:
        return urlsplit(_ascii(link)).netloc
    except ValueError:
        return ""


def _names() -> Names:
    return Names(settings.CITYPLUS.dns)


def _ascii(link: str) -> str:
    """An address as it is sent: its host as DNS writes it, everything else in ASCII.

    Raises:
        ValueError: it is no address.
    """
    parts = urlsplit(link)
    host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
    if parts.username is not None or not host:
        raise ValueError(f"{link[:80]!r} is no address of a page")
    host = f"[{host}]" if ":" in host else host
    netloc = f"{host}:{parts.port}" if parts.port else host
    safe = "/%:@!$&'()*+,;=~-._?"
    return urlunsplit((parts.scheme, netloc, quote(parts.path, safe) or "/", quote(parts.query, safe), ""))
