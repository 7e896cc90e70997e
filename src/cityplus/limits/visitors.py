"""Who is asking, as limits see it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from cityplus.lib.clients import client_address, network_of


def address(request: HttpRequest) -> str:
    """The address of the visitor, behind as many proxies as the settings name."""
    meta = request.META
    peer, forwarded = meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", "")
    return client_address(peer, forwarded, settings.CITYPLUS.proxies)


def network(request: HttpRequest) -> str:
    """What counts as one visitor: an IPv4 address, or the /64 of an IPv6 address."""
    return network_of(address(request))
