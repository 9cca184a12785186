"""`Job`, under the path that users import it from."""

from ..jobs import Job

__all__ = ["Job"]
