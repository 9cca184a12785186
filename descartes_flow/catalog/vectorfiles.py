"""Names for files of features, which `FeatureCollection.from_vector_id` knows."""

import os
from pathlib import Path

from descartes_flow.catalog.store import current_store
from descartes_flow.errors import CatalogError, NotFound
from descartes_flow.io.hrefs import is_remote, refusal


def add_vectors(name: str, path: str | Path) -> None:
    """Give a name to a file of features; a name that is there already is given anew.

    Parameters
    ----------
    name : str
        What `FeatureCollection.from_vector_id` is called with; not the look of a path or a URL.
    path : str or Path
        A GeoJSON, GeoPackage, FlatGeobuf or GeoParquet file, or the URL (https, s3, gs, az) of one. The file
        is read when something is computed.

    Raises
    ------
    CatalogError
        If the name looks like a path, the file is missing, or the URL may not be opened.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile(suffix=".geojson") as file:
    ...     add_vectors("fields", file.name)
    >>> "fields" in vectors()
    True
    >>> remove_vectors("fields")
    """
    if not isinstance(name, str) or not name or "/" in name or os.path.isabs(name):
        raise CatalogError(f"add_vectors(name=): expected a name such as 'fields', got {name!r}")
    href = os.fspath(path)
    if not is_remote(href) and "://" not in href:
        href = os.path.abspath(os.path.expanduser(href))
        if not os.path.isfile(href):
            raise CatalogError(f"add_vectors(path=): there is no file {href!r}")
    reason = refusal(href)
    if reason:
        raise CatalogError(f"add_vectors(path=): {reason}")
    current_store().write_vectors(name, href)


def vectors() -> dict[str, str]:
    """Paths and URLs of files of features, by their names.

    Examples
    --------
    >>> add_vectors("countries", "https://example.com/countries.fgb")
    >>> vectors()["countries"]
    'https://example.com/countries.fgb'
    >>> remove_vectors("countries")
    """
    return current_store().vectors()


def remove_vectors(name: str) -> None:
    """Take a name out; the file stays.

    Raises
    ------
    NotFound
        If there is no such name.

    Examples
    --------
    >>> add_vectors("forests", "https://example.com/forests.fgb")
    >>> remove_vectors("forests")
    """
    known = vectors()
    if name not in known:
        raise NotFound(f"remove_vectors(name=): no vectors are called {name!r}; known: {list(known)}")
    current_store().write_vectors(name, None)
