"""Every exception of the package.

::

    DescartesFlowError
    ├── ProxyTypeError (TypeError)        a proxy got an argument of an unsuitable type
    ├── GraftError                        a graft cannot be read or called
    │   ├── GraftSyntaxError
    │   ├── GraftNameError                unknown name
    │   ├── GraftTypeError                wrong arguments
    │   └── GraftRuntimeError             cycles
    ├── ContextError (ValueError)         a GeoContext that describes no grid
    ├── TileError (ValueError)            a tile address outside the tile matrix
    ├── StyleError (ValueError)           colours or scales that cannot be drawn
    ├── CatalogError (ValueError)         a source that cannot be added, or bad rules
    ├── NotFound (LookupError)            no such product, image, job, channel
    ├── ReadError                         pixels of one band of one scene cannot be read
    │   └── StaleSourceError              the file changed since it was added
    ├── JobComputeError                   a run failed (`code`, `id`, `message`)
    │   ├── JobInvalid                    missing band, name mismatch, bad context, ...
    │   │   ├── JobInvalidTyping          an operation on an unsuitable type
    │   │   ├── TileTooCostly             a map tile beyond a limit of the settings
    │   │   └── NeedsContext              something spatial without a GeoContext
    │   ├── JobDeadlineExceeded  JobOOM  JobInterrupt  JobTerminated  JobAuth
    │   └── JobSerialization  JobDestination
    ├── JobStoreError                     the file that keeps jobs cannot be used
    ├── JobTimeoutError
    └── JobCancelled
"""

from typing import ClassVar


class DescartesFlowError(Exception):
    """Base of every error that the package raises on purpose."""


class ProxyTypeError(DescartesFlowError, TypeError):
    """An operation or a construction got an argument of an unsuitable type."""


class GraftError(DescartesFlowError):
    """A graft cannot be read or called."""


class GraftSyntaxError(GraftError):
    """A graft is not well formed."""


class GraftNameError(GraftError):
    """A graft refers to a name that nothing defines."""


class GraftTypeError(GraftError):
    """A function of a graft is called with unsuitable arguments."""


class GraftRuntimeError(GraftError):
    """A graft cannot be evaluated, for instance because its keys form a cycle."""


class ContextError(DescartesFlowError, ValueError):
    """A GeoContext does not describe a grid; the message names the field."""


class TileError(DescartesFlowError, ValueError):
    """A tile address lies outside its tile matrix."""


class StyleError(DescartesFlowError, ValueError):
    """Scales or a colormap that cannot be drawn."""


class CatalogError(DescartesFlowError, ValueError):
    """A source cannot be added to the catalog, or its rules contradict it."""


class NotFound(DescartesFlowError, LookupError):
    """No product, image, job or channel has this id."""


class ReadError(DescartesFlowError):
    """The pixels of one band of one scene cannot be read.

    Attributes
    ----------
    item : str
        Id of the scene, ``<product>:<item>``, or the file where no scene is made of it yet.
    band : str
        Name of the band, or "" where the whole file cannot be read.
    reason : str
        What the file or its driver said.
    """

    def __init__(self, item: str, band: str, reason: str) -> None:
        super().__init__(item, band, reason)
        self.item = item
        self.band = band
        self.reason = reason

    @property
    def what(self) -> str:
        """What cannot be read: a band or a file."""
        return f"band {self.band!r} of {self.item!r}" if self.band else repr(self.item)

    def __str__(self) -> str:
        return f"{self.what} cannot be read: {self.reason}"


class StaleSourceError(ReadError):
    """A file has changed since it was added to the catalog."""


class JobComputeError(DescartesFlowError):
    """A run failed.

    Attributes
    ----------
    id : str
        Id of the job.
    message : str
        What went wrong, with the operation and the user's line where they are known.
    """

    code: ClassVar[str] = "ERROR_UNKNOWN"

    def __init__(self, message: str, id: str = "") -> None:
        super().__init__(message, id)
        self.message = message
        self.id = id

    def __str__(self) -> str:
        if not self.id:
            return self.message
        return f'Job("{self.id}") failed with: code={self.code}, message="{self.message}"'


class JobInvalid(JobComputeError):
    """The computation is not valid: a missing band, names that do not match, a bad context."""

    code = "ERROR_INVALID"


class TileTooCostly(JobInvalid):
    """A map tile would cost more than the settings allow.

    Attributes
    ----------
    kind : str
        In two words what to do, or what is short.
    limit : str
        Which setting forbids it, and the way out; the same for all tiles of a layer.
    """

    def __init__(self, message: str, id: str = "", kind: str = "Zoom in", limit: str = "") -> None:
        super().__init__(message, id)
        self.kind = kind
        self.limit = limit or message


class NeedsContext(JobInvalid):
    """Something spatial was asked for without a GeoContext."""

    def __init__(
        self,
        message: str = "this needs a GeoContext: pass one to compute, like x.compute(wf.map.geocontext())",
        id: str = "",
    ) -> None:
        super().__init__(message, id)


class JobInvalidTyping(JobInvalid):
    """An operation met a value of a type that it does not work on."""

    code = "ERROR_TYPING"


class JobDeadlineExceeded(JobComputeError):
    """The run took longer than the configured limit."""

    code = "ERROR_DEADLINE"


class JobOOM(JobComputeError):
    """The run needs more memory than the configured budget."""

    code = "ERROR_OOM"


class JobInterrupt(JobComputeError):
    """The run was interrupted, for instance because its process ended before it did."""

    code = "ERROR_INTERRUPT"


class JobTerminated(JobComputeError):
    """The process that ran the job was killed, or crashed."""

    code = "ERROR_TERMINATED"


class JobAuth(JobComputeError):
    """A source refused access."""

    code = "ERROR_AUTH"


class JobSerialization(JobComputeError):
    """The result cannot be encoded in the format asked for."""

    code = "ERROR_SERIALIZATION"


class JobDestination(JobComputeError):
    """The result cannot be delivered."""

    code = "ERROR_DESTINATION"


class JobStoreError(DescartesFlowError):
    """The file in which jobs and their results are kept cannot be used."""


class JobTimeoutError(DescartesFlowError):
    """The caller's patience ended before the job did."""


class JobCancelled(DescartesFlowError):
    """The job was cancelled."""
