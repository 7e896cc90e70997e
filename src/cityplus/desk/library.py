"""The media of a city as its library shows them: found by kind and words, by what they lack, by whether they are used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.jobs.models import Job
from cityplus.languages.tags import reader_tag
from cityplus.media import usage
from cityplus.media.models import Caption, Medium
from cityplus.media.models.medium import MediumQuerySet
from cityplus.media.usage import Use

SIZE = 24
_LONGEST = 100
_EMPTY = {f"{name}__original": "" for name in ("alt", "title", "transcript")}


@dataclass(frozen=True)
class Wanted:
    """What the query string asks for."""

    kind: str = ""
    q: str = ""
    lacks: bool = False
    unused: bool = False

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Wanted:
        kind = asked.get("kind", "")
        return cls(
            kind if kind in Medium.Kind.values else "",
            " ".join(asked.get("q", "").split())[:_LONGEST],
            asked.get("lacks") == "1",
            asked.get("unused") == "1",
        )

    @property
    def query(self) -> dict[str, str]:
        """The same as part of a query string."""
        return {"kind": self.kind, "q": self.q, "lacks": "1" * self.lacks, "unused": "1" * self.unused}

    def __bool__(self) -> bool:
        return any(self.query.values())


def found(owner: Actor, wanted: Wanted) -> MediumQuerySet:
    media = Medium.objects.own().filter(owner=owner)
    if wanted.kind:
        media = media.filter(kind=wanted.kind)
    for word in wanted.q.casefold().split():
        media = media.filter(found_by__contains=word)
    if wanted.lacks:
        media = media.filter(lacking())
    if wanted.unused:
        media = media.exclude(pk__in={use.medium for use in usage.of(owner)})
    return media


def lacking() -> Q:
    """Media that lack what the gate asks for, as :attr:`Medium.lacks` tells of one."""
    captioned = Q(Exists(Caption.objects.filter(medium=OuterRef("pk"))))
    return (
        Q(credit="") | Q(licence="")
        | Q(kind="picture", alt__original="")
        | Q(kind__in=("film", "sound"), title__original="")
        | Q(kind="sound", transcript__original="")
        | (Q(kind="film") & ~captioned)
    )  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A medium as the library shows it. ``state`` is ``ready``, ``making`` (then ``percent`` says how far) or ``failed``."""

    medium: Medium
    state: str
    percent: int = 0
    uses: Sequence[Use] = field(default_factory=list)

    @property
    def title(self) -> str:
        return title_of(self.medium)

    @property
    def heading(self) -> str:
        """Its title, or its name: what one sees is too long for the head of a page."""
        return self.medium.title.in_language(reader_tag()) or self.medium.name.rpartition("/")[2]

    @property
    def thumb(self) -> str:
        return thumb_of(self.medium)

    @property
    def lacks(self) -> list[str]:
        return [str(LACKS[name]()) for name in self.medium.lacks]


LACKS: Mapping[str, Any] = {
    "alt": lambda: _("no words for those who do not see it"),
    "title": lambda: _("no title"),
    "transcript": lambda: _("no transcript"),
    "credit": lambda: _("nobody is thanked"),
    "licence": lambda: _("no licence"),
    "captions": lambda: _("no captions"),
}


def shown(owner: Actor, media: Sequence[Medium]) -> list[Shown]:
    """What the page needs of some media, in a fixed number of queries; they come with their renditions."""
    uses: dict[int, list[Use]] = {}
    for use in usage.of(owner, [medium.pk for medium in media]) if media else ():
        uses.setdefault(use.medium, []).append(use)
    waiting = [medium.pk for medium in media if not medium.ready]
    jobs: dict[int, Job] = {}
    if waiting:
        for job in Job.objects.filter(kind="media.render", args__medium_id__in=waiting).order_by("pk"):
            jobs[job.args["medium_id"]] = job
    return [_shown(medium, jobs.get(medium.pk), uses.get(medium.pk, [])) for medium in media]


def _shown(medium: Medium, job: Job | None, uses: Sequence[Use]) -> Shown:
    if medium.ready:
        return Shown(medium, "ready", 100, uses)
    state = "failed" if job and job.state == "dead" else "making"
    return Shown(medium, state, job.percent if job else 0, uses)


def title_of(medium: Medium) -> str:
    """What people call it: its title, else what one sees, else its name without folder."""
    words = medium.title.in_language(reader_tag()) or medium.alt.in_language(reader_tag())
    return words or medium.name.rpartition("/")[2]


def thumb_of(medium: Medium) -> str:
    """The address of a small picture of it; empty for sounds, and until it is made."""
    pictures = [one for one in medium.renditions.all() if one.content_type == "image/jpeg"]
    return min(pictures, key=lambda one: abs(one.width - 480)).url if pictures else ""
