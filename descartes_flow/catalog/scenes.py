"""What a source offers, before anything is known about its pixels: STAC items, as plain dicts."""

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pystac

from descartes_flow.errors import CatalogError

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")

Skip = Callable[[str, str], None]
"""Takes the name of something that is left out, and the reason."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One STAC item as it came, of any STAC version."""

    stac: Mapping[str, Any]

    base: str
    """File or URL of the item, against which its relative hrefs count; "" where it came as a dict."""

    @property
    def name(self) -> str:
        """Id of the item, as text."""
        return str(self.stac.get("id") or "")


def locate(href: str, base: str) -> str:
    """Absolute path or URL of `href`, a reference that stands in the file or at the URL `base`.

    Examples
    --------
    >>> locate("./B04.tif", "/images/stac/item.json")
    '/images/stac/B04.tif'
    >>> locate("B04.tif", "https://example.com/stac/item.json")
    'https://example.com/stac/B04.tif'
    """
    if href.lower().startswith("file://"):
        return unquote(urlsplit(href).path)
    if _URL.match(href):
        return href
    if _URL.match(base):
        return urljoin(base, href)
    return os.path.abspath(os.path.join(os.path.dirname(base), href))


def is_stac_file(path: Path) -> bool:
    """Whether the name of this file is one that STAC has."""
    return path.suffix.lower() in (".json", ".geojson")


def scenes_of_file(path: Path, skip: Skip) -> Iterator[Scene]:
    """Items of a STAC file: an item, an ItemCollection, a list of items, a collection or a catalog.

    Raises
    ------
    CatalogError
        If the file holds no STAC.
    """
    path = Path(os.path.abspath(path))
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogError(f"add(source=): {str(path)!r} cannot be read as JSON: {error}") from error
    yield from scenes_of(content, skip, str(path))


def scenes_of(content: object, skip: Skip, base: str = "") -> Iterator[Scene]:
    """Items of a dict, a list of dicts, or an object of pystac.

    Raises
    ------
    CatalogError
        If it is no STAC.
    """
    if isinstance(content, pystac.Item):
        yield Scene(
            content.to_dict(include_self_link=False, transform_hrefs=False), content.get_self_href() or base
        )
    elif isinstance(content, pystac.Catalog):
        for item in content.get_items(recursive=True):
            yield from scenes_of(item, skip)
    elif isinstance(content, Mapping):
        yield from _scenes_of_dict(content, skip, base)
    elif isinstance(content, Iterable) and not isinstance(content, (str, bytes)):
        for place, part in enumerate(content):
            try:
                yield from scenes_of(part, skip, base)
            except CatalogError as error:
                skip(f"part {place} of the source", str(error))
    else:
        raise CatalogError(
            f"add(source=): expected STAC, got {type(content).__name__} {str(content)[:100]!r}"
        )


def _scenes_of_dict(content: Mapping[str, Any], skip: Skip, base: str) -> Iterator[Scene]:
    if content.get("type") == "Feature" and isinstance(content.get("assets"), Mapping):
        yield Scene(content, base)
    elif content.get("type") == "FeatureCollection":
        yield from scenes_of(content.get("features", []), skip, base)
    elif "stac_version" in content and isinstance(content.get("links"), list):
        yield from _scenes_of_links(content, skip, base)
    else:
        raise CatalogError(
            f"add(source=): {base or 'a dict'} is no STAC item, ItemCollection, collection or catalog; "
            f"its keys: {sorted(map(str, content))[:8]}"
        )


def _scenes_of_links(catalog: Mapping[str, Any], skip: Skip, base: str) -> Iterator[Scene]:
    """Items below a catalog file, without recursion: catalogs can be deep, or link in a circle."""
    links, seen = _links_below(catalog, base), {base}
    while links:
        href = links.pop(0)
        if href in seen:
            continue
        seen.add(href)
        if _URL.match(href):
            skip(
                href,
                "add() follows no link to another host; give it the items, for instance read by pystac",
            )
            continue
        try:
            content = json.loads(Path(href).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            skip(href, f"cannot be read as JSON: {error}")
            continue
        if isinstance(content, Mapping) and content.get("type") not in ("Feature", "FeatureCollection"):
            links = _links_below(content, href) + links
        else:
            yield from scenes_of(content, skip, href)


def _links_below(catalog: Mapping[str, Any], base: str) -> list[str]:
    links = [link for link in catalog.get("links") or [] if isinstance(link, Mapping) and "href" in link]
    return [
        locate(str(link["href"]), base) for link in links if link.get("rel") in ("child", "item", "items")
    ]
