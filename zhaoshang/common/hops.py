"""From where a request really came: the address before the last proxy of our own. Plain Python.

``X-Forwarded-For`` is written by whoever sends it, and each proxy adds at the right the address that it saw. Only what our own proxies
added is believed: from the right, the first address that is not one of theirs.
"""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network
HOME_PREFIX = 64  # one household or office has a whole /64 of IPv6 (RFC 6177), so its addresses are one


def networks(written: str) -> tuple[Network, ...]:
    """``10.0.0.0/8, 127.0.0.1`` as networks. Raises ``ValueError``, naming what is none."""
    return tuple(ip_network(one.strip(), strict=False) for one in written.split(",") if one.strip())


def _known(text: str, trusted: Iterable[Network]) -> bool:
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return any(address in network for network in trusted)


def sender(peer: str, forwarded: str, trusted: Sequence[Network]) -> str:
    """The address that a request is counted under; ``peer`` is who opened the connection, ``forwarded`` the header as it came."""
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    seen = peer
    while hops and _known(seen, trusted):
        seen = hops.pop()
    return _household(seen)


def _household(text: str) -> str:
    try:
        address = ip_address(text)
    except ValueError:
        return "unknown"
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, HOME_PREFIX), strict=False))
