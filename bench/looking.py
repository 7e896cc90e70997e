"""Looks at an ordinary page again and again, in a process of its own: ``python -m bench.looking 8000 10`` prints the p95 in ms; a path
behind it is that of another page."""

from __future__ import annotations

import http.client
import statistics
import sys
import time

PAGE, PAUSE, LEAST = "/@thehague/", 0.05, 20


def main() -> None:
    port, seconds, page = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3] if sys.argv[3:] else PAGE
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    took: list[float] = []
    began = time.perf_counter()
    while time.perf_counter() - began < seconds or len(took) < LEAST:
        asked = time.perf_counter()
        line.request("GET", page, headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{page} answers {answer.status}")
        took.append(1000 * (time.perf_counter() - asked))
        time.sleep(PAUSE)
    print(statistics.quantiles(took, n=100)[94])


main()
