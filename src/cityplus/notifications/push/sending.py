"""Sending pushes: a job for each device, so that one that does not answer is asked again alone."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone, translation

from cityplus import jobs
from cityplus.languages.tags import tag_of
from cityplus.lib.fetch import FetchError, post
from cityplus.lib.names import Names
from cityplus.live.callers import person_of
from cityplus.notifications import reading
from cityplus.notifications.kinds import PUSH
from cityplus.notifications.models import Device, Notice, Wishes
from cityplus.notifications.push import sealing, vapid
from cityplus.notifications.reading import Line
from cityplus.web.addresses import absolute

log = logging.getLogger(__name__)
TTL = 24 * 3600
"""Seconds for which the service keeps a push for a device that sleeps; what is older is told by page and digest."""
_GONE = {404, 410}
_NEVER = {400, 401, 403, 413}
"""What is answered to a push that will not be taken however often it is sent."""
_TITLE, _BODY = 120, 400


AGAIN = 8
"""Times that a push is tried anew after the first; the pauses grow from one minute to two hours."""


class PushError(Exception):
    """A service that did not take a push now. ``after`` is for how many seconds it asks to be let alone."""

    def __init__(self, message: str, after: int = 0) -> None:
        super().__init__(message)
        self.after = after


@jobs.job("notifications.push")
def send(notice: int, device: int, again: int = 0) -> None:
    """The work of the job: what the person may see and wants now is pushed; what was read meanwhile is not. A service that is away
    or busy is asked again later, by a job of its own."""
    told = Notice.objects.select_related("person").filter(pk=notice, read_at=None).first()
    to = Device.objects.filter(pk=device, person=told.person_id).first() if told else None
    if told is None or to is None:
        return
    if person_of(to.session).pk != told.person_id:  # signed out there, or the account was closed
        to.delete()
        return
    line = _line(told)
    if line is None:
        return
    try:
        _push(to, _message(line, told.person.language), _topic(told))
    except PushError as error:
        log.warning("a push was not taken, time %d: %s", again + 1, error)
        if again < AGAIN:
            pause = max(timedelta(minutes=2**again), timedelta(seconds=min(error.after, TTL)))
            jobs.enqueue(
                "notifications.push",
                key=f"{notice}:{device}:{again + 1}",
                not_before=timezone.now() + pause,
                notice=notice,
                device=device,
                again=again + 1,
            )


def _line(notice: Notice) -> Line | None:
    """The words for the group of a notice, as its reader would see them now."""
    person = notice.person
    if not Wishes.of(person).wants(notice.kind, PUSH):
        return None
    same = {"kind": notice.kind, "subject": notice.subject, "subject_id": notice.subject_id}
    head = Notice.objects.of(person).unread().filter(head=True, **same)[:1]
    with translation.override(person.language):
        return next(iter(reading.lines(person, reading.groups(person, list(head)))), None)


def _message(line: Line, language: str) -> bytes:
    """What the service worker reads; words that are too long for it are cut."""
    tag = tag_of(language)
    said: dict[str, Any] = {
        "title": line.said.text[:_TITLE],
        "body": line.said.excerpt[:_BODY],
        "url": absolute(line.said.path),
        "tag": f"{line.group.head.kind}:{line.group.head.subject}:{line.group.subject_id}",
        "lang": tag,
        "dir": "rtl" if tag == "ar" else "ltr",
    }
    return json.dumps(said, ensure_ascii=False).encode()


def _topic(notice: Notice) -> str:
    """One push of a group waits at the service at a time; the name says nothing of what it is about."""
    name = f"{settings.SECRET_KEY}:{notice.person_id}:{notice.kind}:{notice.subject}:{notice.subject_id}"
    return sealing.encode(hashlib.sha256(name.encode()).digest()[:18])


def _push(device: Device, message: bytes, topic: str) -> None:
    headers = {
        "Authorization": vapid.authorization(device.endpoint),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TTL),
        "Topic": topic,
        "Urgency": "normal",
    }
    body = sealing.seal(message, device.p256dh, device.auth)
    names, allowed = Names(settings.CITYPLUS.dns), settings.CITYPLUS.fetch_allow
    try:
        told = post(device.endpoint, body, headers=headers, resolve=names.addresses, allow=allowed)
        status, after = told.status, told.headers.get("retry-after", "")
    except FetchError as error:
        if error.kind != "address":
            raise PushError(f"{_host(device)}: {error.kind}") from None
        log.warning("a device named an address that is not asked: %s", error)
        status, after = 410, ""
    if status in _GONE:
        device.delete()
    elif status in _NEVER:
        log.warning("%s does not take a push: status %d", _host(device), status)
    elif not 200 <= status < 300:
        raise PushError(f"{_host(device)}: status {status}", int(after) if after.isdecimal() and len(after) < 9 else 0)
    else:
        type(device).objects.filter(pk=device.pk).update(pushed_at=timezone.now())


def _host(device: Device) -> str:
    """An endpoint is a secret of the browser; its host is not."""
    return urlsplit(device.endpoint).hostname or ""
