"""The settings page: everything that an operator can set, typed, read from the environment.

Each field of :class:`Env` is one variable ``CITYPLUS_<NAME>``. A value that cannot be read stops the start with a
sentence that names it. ``cityplus doctor --settings`` prints this page as its own manual.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from email.utils import getaddresses
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from cityplus.config import keyfiles, translators
from cityplus.config.values import networks, servers, words

PREFIX = "CITYPLUS_"


class SettingError(ValueError):
    """A setting that cannot be read; the message names it and says what it takes."""


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not value.strip().isdecimal() or not low <= int(value) <= high:
            raise ValueError(f"takes a whole number from {low} to {high}")
        return int(value)

    return read


def _flag(value: str) -> bool:
    if value.lower() not in {"0", "1", "true", "false", "yes", "no", "on", "off"}:
        raise ValueError("takes yes or no")
    return value.lower() in {"1", "true", "yes", "on"}


def _folder(value: str) -> Path:
    if not value.strip():
        raise ValueError("takes the path of a folder")
    return Path(value).expanduser().absolute()


def _database(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/")):
        raise ValueError("takes postgresql://user:password@host:5432/name, or nothing for SQLite in the data folder")
    parts.port  # noqa: B018 - raises ValueError when it is no number
    return value


def _basemap(value: str) -> str:
    if value and not value.endswith(".pmtiles") and urlsplit(value).scheme not in {"http", "https"}:
        raise ValueError("takes the path of a .pmtiles file, the https address of a map style, or nothing")
    return value


def _base_url(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/")):
        raise ValueError("takes an address with no path, such as https://cityplus.example")
    return value.rstrip("/")


def _mail(value: str) -> str:
    parts = urlsplit(value)
    words = dict(parse_qsl(parts.query, keep_blank_values=True))
    if value and (
        parts.scheme not in {"smtp", "smtps"}
        or not parts.hostname
        or parts.path.strip("/")
        or words not in ({}, {"tls": "yes"}, {"tls": "no"})
    ):
        raise ValueError(
            "takes smtp://user:password@host:587 or smtps://…:465, or nothing; ?tls=no for a server nearby"
        )
    parts.port  # noqa: B018 - raises ValueError when it is no number
    return value


def _mail_from(value: str) -> str:
    addresses = [address for _, address in getaddresses([value])]
    if value and not (
        value.isprintable() and len(addresses) == 1 and re.fullmatch(r"[^@\s<>,]+@[^@\s<>,]+", addresses[0])
    ):
        raise ValueError("takes an address such as CityPlus <post@cityplus.example>")
    return value


def _path(value: str) -> str:
    """A path without a slash before it, and with one after it; or nothing."""
    bare = value.strip().strip("/")
    if bare and not re.fullmatch(r"[\w-]+(/[\w-]+)*", bare, re.ASCII):
        raise ValueError("takes a path of letters, digits and hyphens such as operator, or nothing")
    return f"{bare}/" if bare else ""


def _setting(default: Any, read: Callable[[str], Any], about: str, *, secret: bool = False) -> Any:
    """One setting; the value of a secret one is never repeated in a message."""
    return field(default=default, metadata={"read": read, "about": about, "secret": secret})


@dataclass(frozen=True, slots=True)
class Env:
    """The settings of one running CityPlus. Read it with :func:`read`."""

    data: Path = _setting(Path(".data"), _folder, "The folder that holds everything: database, media, secret.")
    database: str = _setting("", _database, "A PostgreSQL address. Empty: SQLite in the data folder.", secret=True)
    host: str = _setting("127.0.0.1", str, "The address that the server listens on.")
    port: int = _setting(8000, _whole(1, 65535), "The port that the server listens on.")
    base_url: str = _setting("", _base_url, "The public address. Empty: http://localhost and the port.")
    allowed_hosts: tuple[str, ...] = _setting(
        (), words, "More host names that may be asked for, by commas. That of the public address always may."
    )
    https: bool = _setting(False, _flag, "Whether visitors come by https: secure cookies and HSTS.")
    proxies: int = _setting(
        0, _whole(0, 8), "How many proxies of yours stand before the server; each adds to X-Forwarded-For."
    )
    workers: int = _setting(1, _whole(1, 64), "Server processes.")
    threads: int = _setting(8, _whole(1, 256), "Threads for Django in each server process.")
    listeners: int = _setting(
        6000, _whole(1, 100_000), "Open lines of one stream in each server process; each needs a file of the system."
    )
    job_workers: int = _setting(2, _whole(1, 64), "Jobs (renditions and the like) done at the same time.")
    basemap: str = _setting(
        "", _basemap, "A .pmtiles file on this disk, or the address of a map style. Empty: our own drawn map."
    )
    ffmpeg: str = _setting("", str, "The ffmpeg to use. Empty: a system one from 8.1.3, else the one that came along.")
    media_picture_mb: int = _setting(50, _whole(1, 1000), "Megabytes that a picture may have.")
    media_film_mb: int = _setting(2000, _whole(1, 100_000), "Megabytes that a film or sound may have.")
    media_megapixels: int = _setting(100, _whole(1, 1000), "Millions of pixels that a picture may have.")
    media_frames: int = _setting(
        300, _whole(1, 10_000), "Frames that a moving picture may have; its first one is shown."
    )
    media_seconds: int = _setting(3600, _whole(1, 86_400), "Seconds that a film or sound may last.")
    media_streams: int = _setting(16, _whole(1, 100), "Streams that the file of a film or sound may hold.")
    media_memory_mb: int = _setting(
        2500, _whole(500, 64_000), "Megabytes of memory that one tool at work on a file of a stranger may take."
    )
    media_minutes: int = _setting(30, _whole(1, 600), "Minutes that one tool may work on one file.")
    city_bytes: int = _setting(
        20_000_000_000, _whole(1_000_000, 10**15), "Bytes that the originals of one city may have together."
    )
    person_bytes: int = _setting(
        1_000_000_000, _whole(1_000_000, 10**15), "Bytes that the originals of one person may have together."
    )
    s3_bucket: str = _setting(
        "", str, "The bucket that holds the media, in any S3-compatible store. Empty: the data folder."
    )
    s3_endpoint: str = _setting("", _base_url, "The address of the store. Empty: that of Amazon.")
    s3_region: str = _setting("", str, "The region of the bucket, where the store has regions.")
    s3_access_key: str = _setting("", str, "The name under which the store knows this network.")
    s3_secret_key: str = _setting("", str, "What proves it.", secret=True)
    secret_key: str = _setting("", str, "Signs sessions. Empty: made once and kept in the data folder.", secret=True)
    secret_key_file: str = _setting("", str, "A file that holds the secret key, for secret stores.")
    push_key: str = _setting(
        "", keyfiles.push_key, "Signs pushes to browsers. Empty: made once and kept in the data folder.", secret=True
    )
    ticket_key: str = _setting(
        "", keyfiles.ticket_key, "Signs tickets of events. Empty: made of the secret key.", secret=True
    )
    notices_days: int = _setting(180, _whole(1, 3650), "Days that a notice is kept after it was read.")
    demo_password: str = _setting(
        "", str, "The password of the sample accounts. Empty: random, printed once.", secret=True
    )
    mail: str = _setting(
        "", _mail, "The mail server, smtp://user:password@host:587. Empty: letters go to the terminal.", secret=True
    )
    mail_from: str = _setting("", _mail_from, "The sender of letters. Empty: CityPlus at the public host.")
    least_age: int = _setting(
        16, _whole(0, 99), "How old one has to be to make an account, in years. 0: nobody is asked."
    )
    appeal_days: int = _setting(180, _whole(1, 3650), "Days within which a decision of moderation can be appealed.")
    sign_up: bool = _setting(False, _flag, "Whether strangers may make accounts.")
    dns: tuple[str, ...] = _setting(
        (), servers, "The name servers that are asked for proofs of cities, by commas. Empty: those of this machine."
    )
    fetch_allow: tuple[Any, ...] = _setting(
        (), networks, "Networks that proofs may be fetched from although they are not public; for trials."
    )
    admin_path: str = _setting("operator/", _path, "Where the operator's pages stand. Empty: nowhere.")
    translator: str = _setting(
        "",
        translators.kind,
        "What proposes translations: libretranslate or deepl, for their protocols. Empty: nothing.",
    )
    translator_url: str = _setting(
        "", translators.address, "The address of that service. Empty: for deepl that of DeepL, free or paid by the key."
    )
    translator_key: str = _setting("", str, "The key of that service, where it asks for one.", secret=True)
    translate_posts: int = _setting(
        200_000, _whole(0, 10**9), "Characters of posts that the translation service is given in a day. 0: none."
    )
    translate_posts_each: int = _setting(
        20_000,
        _whole(0, 10**9),
        "Of these, characters of the posts of one author. An original counts for each language.",
    )
    debug: bool = _setting(False, _flag, "Developer mode: error pages with traces, templates read anew.")

    @property
    def public_url(self) -> str:
        return self.base_url or f"http://localhost:{self.port}"

    @property
    def hosts(self) -> list[str]:
        own = urlsplit(self.public_url).hostname or "localhost"
        return sorted({own, _bracketed(self.own_host), "localhost", "127.0.0.1", "[::1]", *self.allowed_hosts})

    @property
    def sender(self) -> str:
        """Whom letters are from."""
        return self.mail_from or f"CityPlus <noreply@{urlsplit(self.public_url).hostname or 'localhost'}>"

    @property
    def own_host(self) -> str:
        """Where this machine reaches its own server, also when that listens on every address."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(self.host, self.host)  # noqa: S104 - compared

    @property
    def own_url(self) -> str:
        return f"http://{_bracketed(self.own_host)}:{self.port}"

    def secret(self) -> str:
        """The secret key: given, read from a file, or made once with mode 0600 in the data folder."""
        if self.secret_key:
            return self.secret_key
        path = Path(self.secret_key_file) if self.secret_key_file else self.data / "secret"
        if not self.secret_key_file:
            keyfiles.make(path, keyfiles.new_secret)
        try:
            secret = path.read_text().strip()
        except OSError as error:
            raise SettingError(f"{PREFIX}SECRET_KEY_FILE: {path} cannot be read: {error.strerror}") from None
        if not secret:
            raise SettingError(f"{PREFIX}SECRET_KEY_FILE: {path} is empty")
        return secret

    def push_secret(self) -> str:
        """The private key of pushes, P-256 in base64url: given, or made once with mode 0600 beside the secret key. Who takes
        pushes is bound to it: with another one everybody must ask for them anew."""
        if self.push_key:
            return self.push_key
        path = self.data / "push-key"
        keyfiles.make(path, keyfiles.new_push_key)
        return path.read_text().strip()

    def ticket_secret(self) -> str:
        """The private key of tickets, Ed25519 in base64url: given, or made of the secret key, so that machines which share that one and
        restored backups have it. With another one no ticket that was given opens a door."""
        return self.ticket_key or keyfiles.ticket_key_of(self.secret())


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def read(environ: Mapping[str, str] = os.environ) -> Env:
    """Read the settings.

    Raises:
        SettingError: a value cannot be read, or a ``CITYPLUS_`` variable is not one of ours (a typing mistake
            must not pass for a setting).
    """
    known = {PREFIX + f.name.upper(): f for f in fields(Env)}
    for name in environ:
        if name.startswith(PREFIX) and name not in known:
            raise SettingError(f"{name} is not a setting. There are: {', '.join(sorted(known))}")
    values: dict[str, Any] = {"data": Path(".data").absolute()}
    for name, setting in known.items():
        if name in environ:
            try:
                values[setting.name] = setting.metadata["read"](environ[name])
            except ValueError as error:
                shown = name if setting.metadata["secret"] else f"{name}={environ[name]!r}"
                raise SettingError(f"{shown}: {error}") from None
    bucket = [bool(values.get(name)) for name in ("s3_bucket", "s3_access_key", "s3_secret_key")]
    if any(bucket) and not all(bucket):
        raise SettingError(
            f"{PREFIX}S3_BUCKET, {PREFIX}S3_ACCESS_KEY and {PREFIX}S3_SECRET_KEY go together: set all or none"
        )
    if lack := translators.problem(values):
        raise SettingError(f"{PREFIX}{lack}")
    return Env(**values)


def manual() -> str:
    """The settings page as text: name, default and meaning of each."""
    lines = []
    for setting in fields(Env):
        default = setting.default if setting.default not in ("", ()) else "empty"
        lines.append(f"{PREFIX}{setting.name.upper()} (default: {default})\n    {setting.metadata['about']}")
    return "\n".join(lines)
