"""The door of the palms: ``POST /live/palms/`` with ``{"ticket", "nonce"}``.

Presses are kept in groups, one transaction for all that wait, and each is answered when that is durable.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cityplus import live
from cityplus.ceremonies import tickets
from cityplus.ceremonies.tickets import Ticket
from cityplus.live.committing import Away, Committer, Full

NONCE = re.compile(r"[A-Za-z0-9_-]{8,64}")
LIMIT = 1024
_STATUS = {"link": 400, "stranger": 404, "busy": 503}


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press that came: by which ticket, with which nonce."""

    ticket: Ticket
    nonce: str


@dataclass(frozen=True, slots=True)
class Told:
    """What became of it: its beat, or the word that says why it does not count."""

    beat: int = 0
    refusal: str = ""


def _keep(pressed: Sequence[Pressed], now: datetime) -> Sequence[Told]:
    from cityplus.ceremonies.pressing import press_all  # noqa: PLC0415 - models load after apps

    return press_all(pressed)


REST = 0.05
"""Seconds in which palms gather: a batch asks the database ten questions, however many palms are in it."""
committer = Committer("palms", _keep, REST)


@live.answer("palms", "POST", limit=LIMIT, close=committer.close)
async def palms(asked: live.Asked) -> live.Answer:
    """Count one palm. The answer is ``{"beat": n}`` once it is durable, and the same when it is sent again; else
    ``{"refusal": word}``, of which :data:`cityplus.ceremonies.words.REFUSALS` has the sentence."""
    try:
        said = json.loads(asked.body)
        ticket = tickets.read(str(said["ticket"]))
        nonce = str(said["nonce"])
        if not NONCE.fullmatch(nonce):
            raise ValueError("no nonce")
    except (ValueError, KeyError, TypeError):
        return _answer(Told(refusal="link"))
    try:
        return _answer(await committer.keep(Pressed(ticket, nonce)))
    except (Full, Away):
        return _answer(Told(refusal="busy"))


def _answer(told: Told) -> live.Answer:
    body = {"beat": told.beat} if told.beat else {"refusal": told.refusal}
    status = 200 if told.beat else _STATUS.get(told.refusal, 409)
    headers = ((b"retry-after", b"1"),) if status == 503 else ()
    return live.Answer(status, json.dumps(body).encode(), "application/json", headers)
