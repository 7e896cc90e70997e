"""Taking a city out: its rows as YAML, read back to see that they would come in again, then everything into the target.

The rows are read as they were at one moment. Originals are copied afterwards: they lie under the hash of their content, and
each is hashed once more on its way.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.core.files.storage import default_storage
from django.db.models import Q

from cityplus import jobs
from cityplus.ceremonies.models import Ceremony, Picture
from cityplus.cities.models import City
from cityplus.languages.tags import LanguageError, check_tag
from cityplus.languages.text import Text
from cityplus.lib.snapshots import snapshot
from cityplus.media import store
from cityplus.media.models import Medium
from cityplus.media.models.medium import BORROWED
from cityplus.packs import ceremonies, format2
from cityplus.packs.opening import Folder
from cityplus.packs.reading import PackError
from cityplus.packs.tables import ACTOR, CAPTION, CITY, CONTACT, LINK, MEDIUM, ROUTE, STEP, STOP, STRENGTH, TIE
from cityplus.packs.targets import Target, target
from cityplus.packs.writing import written
from cityplus.routes.models import Route, Stop
from cityplus.ties.models import Tie

Tell = Callable[[str], None]
_FILE = re.compile(r"media/[A-Za-z0-9][A-Za-z0-9._-]{0,150}", re.ASCII)
_BESIDE = (".yaml", ".vtt")
"""Endings of the files that lie beside a medium, so none of its own."""


def export_city(handle: str, path: Path, tell: Tell = lambda _: None) -> None:
    """Write the pack of a city to a folder, or to a zip where the path ends so.

    Raises:
        PackError: there is no such city, something is at the path already, an original is missing or damaged, or the city
            holds something that an import would refuse. Nothing is left at the path.
    """
    with target(path, handle) as out, store.workbench() as bench:
        stage = bench / handle
        stage.mkdir()
        with snapshot():
            city = City.objects.select_related("actor").filter(actor__handle=handle).first()
            if city is None:
                raise PackError(f"there is no city @{handle}")
            media = _Export(city, stage).run(tell)
        _read_back(stage, media)
        _fill(out, stage, media, tell)


class _Export:
    """Writes the words of one city into a folder; its media are named there, and follow."""

    def __init__(self, city: City, stage: Path) -> None:
        self.city, self.stage = city, stage
        # What lies in the library and does not say yet whose it is could not come in again; shown it is nowhere.
        owned = Q(owner=city.actor) & ~Q(credit="") & ~Q(licence="") & ~Q(name__startswith=BORROWED)
        links = Q(links__stop__route__city=city)
        shown = [city.cover_id, *(key for pair in city.routes.values_list("cover", "film") for key in pair)]
        self.ceremonies = list(
            Ceremony.objects.filter(takings__city=city, takings__order=0, state__in=Ceremony.OVER).order_by(
                "starts_at", "pk"
            )
        )
        shown += [key for c in self.ceremonies for key in (c.music_id, c.recording_id)]
        shown += Picture.objects.filter(ceremony__in=self.ceremonies).values_list("medium", flat=True)
        media = Medium.objects.filter(owned | links | Q(pk__in=[key for key in shown if key])).distinct()
        posters = Medium.objects.filter(pk__in=media.exclude(poster=None).values("poster"))
        found = {m.pk: m for m in [*media.prefetch_related("captions"), *posters.prefetch_related("captions")]}
        self.media = sorted(found.values(), key=lambda m: (m.owner_id != city.actor_id, m.name, m.pk))
        self.files = _files(self.media, city.actor_id)

    def run(self, tell: Tell) -> Mapping[str, Medium]:
        """Returns the media by their names in the pack."""
        routes = self.city.routes.order_by("slug")
        count = len(routes)
        tell(f"@{self.city.handle}: {count} routes, {len(self.media)} media")
        self._write("city.yaml", self._city(), format=format2.FORMAT)
        for number, route in enumerate(routes, 1):
            self._route(route)
            if number % 20 == 0 or number == count:
                tell(f"routes: {number} of {count}")
        for name, ceremony in _names(self.ceremonies).items():
            original = self._head(ceremony.title)
            self._write(name, ceremonies.said(ceremony, original, self._name_of), original=original)
        for medium in self.media:
            self._medium(medium)
        return {self.files[medium.pk]: medium for medium in self.media}

    def _write(self, name: str, said: Mapping[str, Any], **head: str) -> None:
        path = self.stage / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written({**head, **said}), encoding="utf-8", newline="")

    def _name_of(self, pk: int) -> str:
        return self.files[pk]

    def _head(self, *texts: Text) -> str:
        """The language that most of a file was written in first."""
        city = self.city
        for tag in (*(text.original for text in texts if text), city.actor.native_language, *city.languages):
            try:
                return check_tag(tag)
            except LanguageError:
                continue
        return "en"

    def _city(self) -> dict[str, Any]:
        city, original = self.city, self._head()
        lists = {
            "steps": (STEP, city.steps.order_by("pk")),
            "strengths": (STRENGTH, city.strengths.order_by("order", "pk")),
            "contacts": (CONTACT, city.contacts.order_by("order", "pk")),
        }
        said: dict[str, Any] = {
            "original": original,
            **ACTOR.said(city.actor, original, self._name_of),
            **CITY.said(city, original, self._name_of),
        }
        for key, (table, rows) in lists.items():
            said[key] = [table.said(row, original, self._name_of) for row in rows]
        said["ties"] = [self._tie(tie) for tie in Tie.objects.of(city).with_cities()]
        said["ties"].sort(key=lambda tie: str(tie["with"]))
        return {key: value for key, value in said.items() if value != []}

    def _tie(self, tie: Tie) -> dict[str, Any]:
        other = tie.other(self.city)
        by = self.city if tie.proposed_by_id == self.city.pk else other
        return {"with": other.handle, "proposed_by": by.handle, **TIE.said(tie, "", self._name_of)}

    def _route(self, route: Route) -> None:
        original = self._head(route.title)
        folder = f"routes/{route.slug}"
        self._write(f"{folder}/route.yaml", ROUTE.said(route, original, self._name_of), original=original)
        stops = route.stops.prefetch_related("links").order_by("number")
        digits = max(2, *(len(str(stop.number)) for stop in stops), 0)
        for stop in stops:
            self._stop(f"{folder}/stops/{stop.number:0{digits}}-{stop.slug}.yaml", stop)

    def _stop(self, name: str, stop: Stop) -> None:
        original = self._head(stop.title, stop.story)
        said = STOP.said(stop, original, self._name_of)
        links = sorted(stop.links.all(), key=lambda link: (link.order, link.pk))
        if links:
            said["media"] = [
                {"file": self.files[link.medium_id], **LINK.said(link, original, self._name_of)} for link in links
            ]
        self._write(name, said, original=original)

    def _medium(self, medium: Medium) -> None:
        file, original = self.files[medium.pk], self._head(medium.title, medium.alt, medium.transcript)
        said = MEDIUM.said(medium, original, self._name_of)
        if medium.name == file or medium.owner_id != self.city.actor_id:
            said.pop("name")
        captions = []
        for caption in medium.captions.order_by("language"):
            track = f"{file}.{caption.language}.vtt"
            (self.stage / track).parent.mkdir(exist_ok=True)
            (self.stage / track).write_text(caption.vtt, encoding="utf-8", newline="")
            captions.append({**CAPTION.said(caption, original, self._name_of), "file": track})
        self._write(f"{file}.yaml", said | ({"captions": captions} if captions else {}), original=original)


def _names(found: Sequence[Ceremony]) -> dict[str, Ceremony]:
    """The file of each ceremony: its day and its kind, and a number where several are of one day."""
    names: dict[str, Ceremony] = {}
    for ceremony in found:
        stem = f"ceremonies/{ceremony.starts_at:%Y-%m-%d}-{ceremony.kind}"
        name, again = f"{stem}.yaml", 2
        while name in names:
            name, again = f"{stem}-{again}.yaml", again + 1
        names[name] = ceremony
    return names


def _files(media: Sequence[Medium], owner: int) -> dict[int, str]:
    """The name inside the pack of each medium: its own where that can be the name of a file everywhere, else one of its hash."""
    names: dict[int, str] = {}
    taken: set[str] = set()
    for medium in media:
        suffix = PurePosixPath(medium.original).suffix
        name = medium.name
        fits = _FILE.fullmatch(name) and PurePosixPath(name).suffix.lower() == suffix and not name.endswith(_BESIDE)
        if not fits or medium.owner_id != owner or name.lower() in taken:
            name = f"media/{medium.sha256[:16]}{suffix}"
            again = 2
            while name in taken:
                name, again = f"media/{medium.sha256[:16]}-{again}{suffix}", again + 1
        names[medium.pk] = name
        taken.add(name.lower())
    return names


def _read_back(stage: Path, media: Mapping[str, Medium]) -> None:
    """Read the words as an import would: what could not come in again must not go out as if it could."""
    folder = Folder(stage)
    folder.files |= set(media)
    try:
        format2.read(folder, folder.read("city.yaml"))
    except PackError as error:
        raise PackError(f"this city holds what an import would refuse. {error}") from None


def _fill(out: Target, stage: Path, media: Mapping[str, Medium], tell: Tell) -> None:
    words = [path.relative_to(stage).as_posix() for path in stage.rglob("*") if path.is_file()]
    total, done = sum(medium.bytes for medium in media.values()), 0
    told = 0
    for name in sorted([*words, *media]):
        if name not in media:
            with (stage / name).open("rb") as file:
                out.add(name, file)
            continue
        _copy(out, name, media[name])
        done += media[name].bytes
        if total and (done == total or done * 20 // total > told):
            told = done * 20 // total
            jobs.report(done * 100 // total)
            tell(f"media: {_megabytes(done)} of {_megabytes(total)}")


def _copy(out: Target, name: str, medium: Medium) -> None:
    try:
        with default_storage.open(medium.original) as file:
            hashed = _Hashed(file)
            out.add(name, hashed)  # type: ignore[arg-type]
    except FileNotFoundError:
        raise PackError(f"{name}: its original {medium.original} is not in the store") from None
    if hashed.sha256.hexdigest() != medium.sha256:
        raise PackError(f"{name}: its original {medium.original} is damaged; its hash is another than when it came")


class _Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.sha256 = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.sha256.update(data)
        return data


def _megabytes(size: int) -> str:
    return f"{size / 2**20:,.1f} MB"
