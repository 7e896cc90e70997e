"""Readers and writers of the benchmark of the conversation: real clients over HTTP, each with a session of its own."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlsplit

ROOT = "/api/cityplus/v1"
TOKEN = "c" * 32
CHANCE = Random(6)  # noqa: S311
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Crowd:
    """Milliseconds of what readers and writers asked, what was posted, and what each reader who waits for news has met."""

    pages: list[float] = field(default_factory=list)
    posts: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    met: list[list[str]] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)


async def ask(
    line: Line, method: str, address: str, cookies: str = "", body: Any = None, more: str = ""
) -> tuple[int, float, Any]:
    """Status, milliseconds from the first byte sent to the last received, and what was said."""
    reader, writer = line
    sent = json.dumps(body).encode() if body is not None else b""
    head = f"{method} {address} HTTP/1.1\r\nHost: localhost\r\n{more}"
    if cookies:
        head += f"Cookie: {cookies}\r\n"
    if sent:
        head += f"X-CSRFToken: {TOKEN}\r\nContent-Type: application/json\r\nContent-Length: {len(sent)}\r\n"
    began = time.perf_counter()
    writer.write(f"{head}\r\n".encode() + sent)
    answer = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    told = await reader.readexactly(int(answer.partition("content-length:")[2].partition("\r\n")[0]))
    took = (time.perf_counter() - began) * 1000
    status = int(answer.split(" ", 2)[1])
    return status, took, json.loads(told) if status == 200 and "application/json" in answer else told


def post(number: int) -> dict[str, Any]:
    words = f"Number {number}: the lamps along the water are lit again, and everybody is asked to look up."
    words += " #harbour" * (number % 5 == 0)
    return {"text": {"original": "en", "versions": {"en": words}}}


async def write(
    port: int, voices: Sequence[tuple[str, str]], clients: int, seconds: float
) -> tuple[list[float], list[int]]:
    """So many clients post without a pause; returns the milliseconds of each post that was taken, and the refusals."""
    times: list[float] = []
    refused: list[int] = []
    end = time.monotonic() + seconds

    async def one(cookies: str, handle: str) -> None:
        line = await asyncio.open_connection("127.0.0.1", port)
        while time.monotonic() < end:
            status, took, _ = await ask(line, "POST", f"{ROOT}/posts?as={handle}", cookies, post(len(times)))
            times.append(took) if status == 200 else refused.append(status)
        line[1].close()

    await asyncio.gather(*(one(*voices[n % len(voices)]) for n in range(clients)))
    return times, refused


async def crowd(
    port: int, readers: Sequence[str], voices: Sequence[tuple[str, str]], count: int, seconds: float
) -> Crowd:
    """``count`` readers scroll, half through their homes and half waiting for what is new, while the voices post once a second each."""
    seen = Crowd()
    gates = asyncio.Event()
    end = time.monotonic() + seconds
    done = asyncio.gather(*(_scroll(port, readers[n % len(readers)], seen, end) for n in range(count // 2)))
    waiting = asyncio.gather(*(_wait_for_news(port, seen, gates) for _ in range(count - count // 2)))
    await asyncio.gather(*(_post_now_and_then(port, *voice, seen, end) for voice in voices))
    await done
    gates.set()
    await waiting
    return seen


async def _scroll(port: int, cookies: str, seen: Crowd, end: float) -> None:
    """Down through three pages of a home, and again from the top."""
    line = await asyncio.open_connection("127.0.0.1", port)
    while time.monotonic() < end:
        address = f"{ROOT}/timelines/home"
        for _ in range(3):
            status, took, told = await ask(line, "GET", address, cookies)
            seen.pages.append(took) if status == 200 else seen.refused.append(status)
            if status != 200 or not told["next"]:
                break
            address = "?".join(urlsplit(told["next"])[2:4])
            await asyncio.sleep(CHANCE.uniform(0.5, 1.5))
    line[1].close()


async def _wait_for_news(port: int, seen: Crowd, over: asyncio.Event) -> None:
    """From where the timeline begins, ask for what is newer, until nothing is posted any more and all of it was met."""
    line = await asyncio.open_connection("127.0.0.1", port)
    _, _, told = await ask(line, "GET", f"{ROOT}/timelines/network?limit=1")
    met: list[str] = []
    seen.met.append(met)
    address, more = _newer(told["items"][0]["id"]), True
    while more:
        last = over.is_set()
        status, took, told = await ask(line, "GET", address)
        if status == 200:
            seen.pages.append(took)
            met += [item["id"] for item in reversed(told["items"])]
            address = _newer(told["items"][0]["id"]) if told["items"] else address
        else:
            seen.refused.append(status)
        more = not last or bool(status == 200 and told["items"])
        if more and not last:
            await asyncio.sleep(CHANCE.uniform(0.5, 1.5))
    line[1].close()


def _newer(number: str) -> str:
    import struct  # noqa: PLC0415
    from base64 import urlsafe_b64encode  # noqa: PLC0415

    cursor = urlsafe_b64encode(struct.pack(">QQ", int(number), 0)).decode().rstrip("=")
    return f"{ROOT}/timelines/network?before={cursor}"


async def _post_now_and_then(port: int, cookies: str, handle: str, seen: Crowd, end: float) -> None:
    line = await asyncio.open_connection("127.0.0.1", port)
    await asyncio.sleep(CHANCE.uniform(0.5, 1.5))  # who waits for news has begun
    while time.monotonic() < end - 1:
        status, took, told = await ask(line, "POST", f"{ROOT}/posts?as={handle}", cookies, post(len(seen.said)))
        if status == 200:
            seen.posts.append(took)
            seen.said.append(told["post"]["id"])
        else:
            seen.refused.append(status)
        await asyncio.sleep(CHANCE.uniform(0.8, 1.2))
    line[1].close()
