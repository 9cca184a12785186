"""What is fixed about a job when it is made."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from .._channel import __version__
from .._settings import settings
from .work import Work

MICROSECONDS_A_DAY = 86400 * 1_000_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What is fixed about a job when it is made; moments in microseconds since 1970, UTC."""

    id: str
    type: str
    """Name of the proxy type whose value it computes."""
    channel: str
    version: str
    """Version of the package."""
    cache: bool
    on_error: str
    created: int
    expires: int

    @classmethod
    def of(cls, work: Work) -> Facts:
        """Those of a new job."""
        now = now_microseconds()
        expires = now + round(settings.job_days * MICROSECONDS_A_DAY)
        return cls(
            secrets.token_hex(24),
            work.result_type,
            work.channel,
            __version__,
            work.cache,
            work.on_error,
            now,
            expires,
        )


def now_microseconds() -> int:
    """Microseconds since 1970, UTC."""
    return time.time_ns() // 1000
