"""Asking a machine over HTTP: bounded in time and size, and every failure a sentence.

The address is the operator's own, from the settings, and may well be a machine nearby: it is no address that a stranger gave.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import httpx
from django.utils.translation import gettext as _

from cityplus.languages.machines.errors import Busy, MachineError

CONNECT = 5.0
READ = 20.0
WHOLE = 30.0
"""Seconds to reach the machine, between two pieces of its answer, and for all of it."""
MOST_BYTES = 4 * 1024 * 1024
SOONEST, LATEST = 5, 3600
"""Bounds of the seconds after which a busy machine is asked again, whatever it says itself."""
QUOTA = 456
"""DeepL's own status: what was paid for is used up."""


def ask(
    method: str, url: str, *, headers: Mapping[str, str], body: Any = None, patience: float = WHOLE
) -> tuple[int, Any]:
    """The status and the JSON of an answer; None where it has none. Of the statuses below 500 it is the caller who knows what
    they mean, but for those that say “later”.

    Raises:
        Busy: the machine says that it would later.
        MachineError: it is not there, is too slow, or does not speak JSON.
    """
    until = time.monotonic() + patience
    timeout = httpx.Timeout(min(READ, patience), connect=min(CONNECT, patience))
    try:
        with (
            httpx.Client(timeout=timeout, trust_env=False, follow_redirects=False) as client,
            client.stream(method, url, headers=dict(headers), json=body) as response,
        ):
            status = response.status_code
            later = response.headers.get("Retry-After", "")
            content = _read(response, until)
    except httpx.TimeoutException:
        raise MachineError(_("The translation service took too long to answer. Please try again later.")) from None
    except httpx.HTTPError:
        raise MachineError(_("The translation service cannot be reached. Please tell the operator.")) from None
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE, 529}:
        raise busy(_seconds(later))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise MachineError(_("The translation service is out of order (%(status)s).") % {"status": status})
    try:
        return status, json.loads(content) if content.strip() else None
    except ValueError:
        if status >= HTTPStatus.BAD_REQUEST:
            return status, None
        raise strange() from None


def busy(seconds: int) -> Busy:
    return Busy(_("The translation service has too much to do just now. It is asked again later."), seconds)


def strange() -> MachineError:
    """Of an answer that is none by the protocol."""
    return MachineError(_("The translation service gave an answer that we do not understand."))


def wrong_key() -> MachineError:
    return MachineError(_("The translation service refuses our key. Please tell the operator."))


def used_up() -> MachineError:
    return MachineError(_("The quota of the translation service is used up. Please tell the operator."))


def refused(reason: object) -> MachineError:
    """Of what the service does not take, with its own words where it says any."""
    said = " ".join(str(reason or "").split())[:200] or "400"
    return MachineError(_("The translation service did not take the text: %(reason)s") % {"reason": said})


def _read(response: httpx.Response, until: float) -> bytes:
    content = bytearray()
    for piece in response.iter_bytes():
        content += piece
        if len(content) > MOST_BYTES:
            raise strange()
        if time.monotonic() > until:
            raise httpx.ReadTimeout("the whole answer took too long")
    return bytes(content)


def _seconds(later: str) -> int:
    """What ``Retry-After`` says, seconds or a date, within bounds; half a minute where it says nothing."""
    seconds = 30.0
    if later.strip().isdecimal():
        seconds = float(later)
    elif later:
        with contextlib.suppress(TypeError, ValueError):
            seconds = (parsedate_to_datetime(later) - datetime.now(UTC)).total_seconds()
    return int(min(max(seconds, SOONEST), LATEST))
