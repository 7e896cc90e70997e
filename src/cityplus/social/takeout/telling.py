"""What a person has here, as values for JSON, one after the other: nothing is held in memory whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from cityplus.actors.models import Actor
from cityplus.media.models import Medium
from cityplus.people.models import Person
from cityplus.social.models import Bar, Bookmark, Boost, Favourite, Follow, Mention, Post, Profile, Silence
from cityplus.social.words import html_of, tags_in
from cityplus.web.addresses import absolute

Fact = dict[str, Any]
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


def profile(person: Person, found: Profile | None) -> Fact:
    """The account and its profile."""
    told: Fact = {
        "name": person.username,
        "email": person.email,
        "letters_in": person.language,
        "joined": moment(person.date_joined),
    }
    if found:
        told |= {
            "handle": found.actor.handle,
            "address": absolute(found.actor.get_absolute_url()),
            "names": found.actor.names.as_json(),
            "about": found.about.as_json(),
            "languages": found.languages,
            "home": found.home.handle if found.home else None,
            "picture": media_name(found.picture) if found.picture else None,
            "locked": found.locked,
            "findable": found.findable,
            "since": moment(found.joined_at),
            "shown": found.actor.gone_at is None,
        }
    return told


def posts(actor: Actor) -> Iterator[Fact]:
    """Every post with all its versions and what it was before it was edited; deleted ones say so."""
    for post in _posts(actor):
        yield {
            "id": str(post.pk),
            "address": absolute(post.get_absolute_url()),
            "at": moment(post.at),
            "text": post.text.as_json(),
            "note": post.note.as_json(),
            "audience": post.audience,
            "may": {"reply": post.who_replies, "boost": post.who_boosts, "quote": post.who_quotes},
            "answers": str(post.reply_to_id) if post.reply_to_id else None,
            "quotes": str(post.quote_id) if post.quote_id else None,
            "asks": post.asks.handle if post.asks else None,
            "space": post.space.handle if post.space else None,
            "attached": {"kind": post.attached_kind, "id": post.attached_id} if post.attached_kind else None,
            "media": [media_name(row.medium) for row in post.media_rows.all()],
            "edited": moment(post.edited_at),
            "hidden": moment(post.hidden_at),
            "frozen": moment(post.frozen_at),
            "withheld": moment(post.withheld_at),
            "deleted": moment(post.gone_at),
            "before": [
                {"text": one.text.as_json(), "note": one.note.as_json(), "until": moment(one.until)}
                for one in post.versions.all()
            ],
        }


def outbox(actor: Actor) -> Iterator[Fact]:
    """The posts that are there as activities of ActivityStreams 2.0, the oldest first."""
    here = absolute(actor.get_absolute_url())
    for post in _posts(actor):
        if post.gone_at:
            continue
        note = _note(post, here)
        yield {"id": f"{note['id']}#create", "type": "Create", "actor": here, "published": note["published"]} | {
            "to": note["to"],
            "cc": note["cc"],
            "object": note,
        }


def _note(post: Post, here: str) -> Fact:
    mentioned = [row.actor for row in post.mentions.all()]
    addresses = {actor.handle: absolute(actor.get_absolute_url()) for actor in mentioned}
    followers, named = f"{here}followers/", [*addresses.values()]
    audiences = {"public": ([PUBLIC], [followers, *named]), "followers": ([followers], named), "mentioned": (named, [])}
    to, cc = audiences[post.audience]
    html = {tag: str(html_of(v.text, addresses, lambda name: f"#{name}")) for tag, v in post.text.versions.items()}
    note: Fact = {
        "id": absolute(post.get_absolute_url()),
        "type": "Note",
        "attributedTo": here,
        "published": moment(post.at),
        "to": to,
        "cc": cc,
        "content": html.get(post.text.original, ""),
        "contentMap": html,
        "tag": [
            *({"type": "Mention", "href": url, "name": f"@{handle}"} for handle, url in addresses.items()),
            *({"type": "Hashtag", "name": f"#{shown}"} for shown in tags_in(post.text).values()),
        ],
        "attachment": [
            {"type": "Document", "mediaType": m.content_type, "url": media_name(m), "name": str(m.alt or m.title)}
            for m in (row.medium for row in post.media_rows.all())
        ],
    }
    if post.edited_at:
        note["updated"] = moment(post.edited_at)
    if post.note:
        note |= {"summary": str(post.note), "sensitive": True}
    if post.reply_to:
        note["inReplyTo"] = absolute(post.reply_to.get_absolute_url())
    return note


def media(actor: Actor) -> Iterator[Fact]:
    """What each file shows, whose it is, and under which licence."""
    for medium in Medium.objects.filter(owner=actor).order_by("pk").iterator():
        yield {
            "file": media_name(medium),
            "kind": medium.kind,
            "type": medium.content_type,
            "alt": medium.alt.as_json(),
            "title": medium.title.as_json(),
            "transcript": medium.transcript.as_json(),
            "credit": medium.credit,
            "licence": medium.licence,
            "sha256": medium.sha256,
        }


def follows(actor: Actor) -> Iterator[Fact]:
    """Whom they follow, and who follows them."""
    for column, other in (("actor", "target"), ("target", "actor")):
        rows = Follow.objects.filter(**{column: actor}).select_related(other).order_by("pk")
        for row in rows.iterator():
            yield {
                "follows" if other == "target" else "followed_by": getattr(row, other).handle,
                "at": moment(row.at),
            }


def bars(actor: Actor) -> Iterator[Fact]:
    """Whom they block and mute, and which words and languages."""
    for bar in Bar.objects.filter(actor=actor).select_related("target").order_by("pk").iterator():
        yield {"kind": bar.kind, "account": bar.target.handle, "at": moment(bar.at), "until": moment(bar.until)}
    for one in Silence.objects.filter(actor=actor).order_by("pk").iterator():
        yield {"kind": f"mute {one.kind}", "what": one.what, "at": moment(one.at), "until": moment(one.until)}


def marks(actor: Actor, model: type[Favourite | Boost | Bookmark]) -> Iterator[Fact]:
    """Which posts they marked, by their addresses: the words are others'."""
    rows = model.objects.filter(actor=actor).select_related("post__author").order_by("pk")
    for row in rows.iterator():
        yield {"post": absolute(row.post.get_absolute_url()), "at": moment(row.at)}


def mentions(actor: Actor) -> Iterator[Fact]:
    """Where others name them."""
    for row in Mention.objects.filter(actor=actor).select_related("post__author").order_by("pk").iterator():
        yield {"post": absolute(row.post.get_absolute_url())}


def media_name(medium: Medium) -> str:
    """Where the file of a medium stands in the zip: by its number, whatever it was called."""
    return f"media/{medium.pk}.{medium.original.rpartition('.')[2]}"


def moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def _posts(actor: Actor) -> Iterator[Post]:
    rows = (
        Post.objects.filter(author=actor).select_related("author", "reply_to__author", "asks", "space").order_by("pk")
    )
    return iter(rows.prefetch_related("versions", "media_rows__medium", "mentions__actor").iterator(chunk_size=200))
