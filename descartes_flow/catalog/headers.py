"""Headers of files during one `add`: each file is opened once, whatever number of bands and items use it."""

from descartes_flow.errors import ReadError
from descartes_flow.io.header import Header, read_header


class Headers:
    """Reads headers and remembers them, failures too."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Header | ReadError] = {}

    def __call__(self, path: str, driver: str = "GTiff") -> Header:
        """Header of the file at an absolute path, which must be of the driver's format.

        Raises
        ------
        ReadError
            If it cannot be read.
        """
        key = (path, driver)
        if key not in self._known:
            try:
                self._known[key] = read_header(path, driver)
            except ReadError as error:
                self._known[key] = error
        found = self._known[key]
        if isinstance(found, ReadError):
            raise found
        return found
