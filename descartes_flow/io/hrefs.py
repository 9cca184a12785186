"""Which places may be opened at all."""

import ipaddress
import os
import socket
from urllib.parse import urlsplit

REMOTE = frozenset({"https", "s3", "gs", "az"})
"""Schemes that may be opened. Not http: nobody should be able to change pixels on their way."""

DRIVERS = frozenset({"GTiff", "JP2OpenJPEG"})
"""Formats that may be opened. Some others follow references to files that nobody named."""

_METADATA_HOSTS = frozenset({"metadata", "metadata.google.internal", "metadata.goog"})


def is_remote(href: str) -> bool:
    """Whether ``href`` is a URL that may be opened; a local path is not."""
    return urlsplit(href).scheme in REMOTE and not os.path.isabs(href)


def refusal(href: str) -> str | None:
    """Why ``href`` must not be opened, or None.

    A URL is judged by its text: a host name that resolves to a local address is not found out here.

    Examples
    --------
    >>> refusal("/images/a.tif"), refusal("https://example.com/a.tif")
    (None, None)
    >>> refusal("images/a.tif")
    "expected an absolute path or a URL with az, gs, https or s3, got 'images/a.tif'"
    >>> refusal("/vsizip/a.zip/a.tif")
    "paths inside GDAL's virtual file systems are not read: '/vsizip/a.zip/a.tif'"
    """
    if any(ord(letter) < 32 or letter == "<" for letter in href):
        return f"'<' and control characters may not be part of a path or URL: {href!r}"
    if href.lower().startswith("/vsi"):
        return f"paths inside GDAL's virtual file systems are not read: {href!r}"
    if os.path.isabs(href):
        return None
    if not is_remote(href):
        *schemes, last = sorted(REMOTE)
        return f"expected an absolute path or a URL with {', '.join(schemes)} or {last}, got {shown(href)!r}"
    host = urlsplit(href).hostname or ""
    if not host or host in _METADATA_HOSTS or _is_link_local(host):
        return f"hosts of this kind are not read: {host!r}"
    return None


def shown(href: str) -> str:
    """``href`` as it may be printed: without the query of a URL, which can hold a signature."""
    return href if os.path.isabs(href) else href.partition("?")[0]


def _is_link_local(host: str) -> bool:
    try:
        # The packed form understands 2852039166 and 0xA9FEA9FE, as the resolver behind the reader does.
        return ipaddress.ip_address(socket.inet_aton(host)).is_link_local
    except OSError:
        pass
    try:
        return ipaddress.ip_address(host).is_link_local
    except ValueError:
        return False
