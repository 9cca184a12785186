"""Which set of operations this package speaks: its channel, which saved programs record."""

from __future__ import annotations

from .errors import NotFound

__version__ = "0.1.0"

__channel__ = "v1-0"
"""The channel that programs are saved under and computed on; `_set_channel` changes it."""

CHANNELS = frozenset({"v1-0"})
"""The channels whose programs this version of the package reads."""


def _set_channel(name: str) -> None:
    """Compute and save on another channel from now on.

    Raises
    ------
    TypeError
        If `name` is no text. Whether there is such a channel shows when something is computed.
    """
    global __channel__
    if not isinstance(name, str):
        raise TypeError(f"_set_channel(): expected the name of a channel, got {name!r}")
    __channel__ = name


def present_channel() -> str:
    """The channel of this process.

    Raises
    ------
    NotFound
        If this version of the package does not speak it.
    """
    check_channel(__channel__)
    return __channel__


def check_channel(name: str) -> None:
    """Refuse a channel that this version of the package does not speak.

    Raises
    ------
    NotFound
        As the message of a service would put it.
    """
    if name not in CHANNELS:
        raise NotFound(f'404 Channel "{name}" does not exist. If it used to, please upgrade your client.')
