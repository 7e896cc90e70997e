"""Who is asking: the address of a visitor behind the operator's own proxies, and the network that limits count by."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address


def client_address(peer: str, forwarded: str, proxies: int) -> str:
    """The address of the visitor.

    ``peer`` is who opened the connection, ``forwarded`` the ``X-Forwarded-For`` header, ``proxies`` how many proxies of the
    operator's stand before the server. Each of them appends the address that it saw, so the visitor is the last but
    ``proxies - 1`` of the list; whatever stands before that was written by the visitor and is not believed. With no
    proxies the header is not looked at. A list that is too short, or holds no address there, gives the peer.
    """
    if proxies < 1:
        return peer
    listed = [part.strip() for part in forwarded.split(",") if part.strip()]
    if len(listed) < proxies:
        return peer
    try:
        return str(ip_address(listed[-proxies]))
    except ValueError:
        return peer


def network_of(address: str) -> str:
    """What limits count as one: an IPv4 address as it is, an IPv6 address by its /64, in which one visitor has them all.
    What is no address stays as it is."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return f"{IPv6Address(int(parsed) >> 64 << 64)}/64"
