"""Asking the domain name system: addresses of a host, and texts that a domain says, each within a bounded time."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import dns.exception
import dns.nameserver
import dns.resolver

SECONDS = 5.0


class NamesError(Exception):
    """Nobody answered, or the name is none; ``kind`` is ``missing`` when the answer is that there is nothing."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class Names:
    """Asks the servers given as ``address`` or ``address:port``; without any, those of this machine."""

    def __init__(self, servers: Sequence[str] = ()) -> None:
        self.servers = servers

    def addresses(self, host: str) -> list[str]:
        """All IP addresses of a host; none when it has none or nobody answers."""
        found: list[str] = []
        for kind in ("A", "AAAA"):
            try:
                found += [record.to_text() for record in self._resolver().resolve(f"{host.rstrip('.')}.", kind)]
            except dns.exception.DNSException:
                continue
        return found

    def texts(self, domain: str) -> list[str]:
        """The texts (TXT) of a domain.

        Raises:
            NamesError: the domain has none, or nobody answered.
        """
        try:
            answer = self._resolver().resolve(f"{domain.rstrip('.')}.", "TXT")
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer) as error:
            raise NamesError("missing", str(error)) from None
        except dns.exception.DNSException as error:
            raise NamesError("silent", str(error)) from None
        return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]

    def _resolver(self) -> dns.resolver.Resolver:
        resolver = dns.resolver.Resolver(configure=not self.servers)
        resolver.lifetime = SECONDS
        if self.servers:
            resolver.nameservers = [dns.nameserver.Do53Nameserver(*_server(server)) for server in self.servers]
        return resolver


def _server(text: str) -> tuple[str, int]:
    """``127.0.0.1:5353`` or ``[::1]`` → address and port; port 53 where none is said."""
    parts = urlsplit(f"//{text}")
    return parts.hostname or text, parts.port or 53
