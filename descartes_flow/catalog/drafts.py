"""From the assets of a scene to drafts of its bands: which there are, their names, where their pixels lie."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from descartes_flow.catalog.assets import (
    Metadata,
    Placement,
    band_metadata,
    is_jpeg2000,
    placement,
    raster_assets,
)
from descartes_flow.catalog.headers import Headers
from descartes_flow.catalog.scenes import Scene, Skip, locate
from descartes_flow.errors import ReadError
from descartes_flow.io.header import BandHeader, Header
from descartes_flow.io.hrefs import is_remote, refusal


@dataclass(slots=True)
class Draft:
    """A band on its way: what is said about it, and the file or the place where its pixels are."""

    asset: str
    name: str
    index: int
    said: Metadata
    href: str
    placement: Placement
    header: Header | None
    roles: object
    driver: str
    aliases: tuple[str, ...] = ()

    @property
    def stored(self) -> BandHeader | None:
        """What its file says about it; None for a remote one."""
        return None if self.header is None else self.header.bands[self.index - 1]

    @property
    def names(self) -> tuple[str, ...]:
        """Under which a rule may speak of it, strongest first."""
        return (self.name, self.asset, *self.aliases)


def drafts_of(scene: Scene, headers: Headers, skip: Skip) -> list[Draft]:
    """Bands of a scene with unique names, and those STAC aliases that mean one band only.

    A local asset is described by its header, a remote one by the projection and raster extensions of its
    item: nothing is fetched from the network. An asset that cannot be used is told to `skip`.
    """
    drafts: list[Draft] = []
    for key, asset in raster_assets(scene.stac).items():
        try:
            drafts += _drafts_of_asset(key, asset, scene, headers)
        except ReadError as error:
            skip(f"{scene.name} {key}", error.reason)
        except ValueError as error:
            skip(f"{scene.name} {key}", str(error))
    names: set[str] = set()
    for draft in drafts:
        draft.name = next(name for name in _spellings(draft) if name not in names)
        names.add(draft.name)
    uses = Counter(alias for draft in drafts for alias in set(draft.aliases))
    for draft in drafts:
        draft.aliases = tuple(alias for alias in draft.aliases if uses[alias] == 1 and alias not in names)
    return drafts


def _drafts_of_asset(key: str, asset: Mapping[str, Any], scene: Scene, headers: Headers) -> Iterator[Draft]:
    href = locate(asset["href"], scene.base)
    properties = scene.stac["properties"]
    refused = refusal(href)
    if refused is not None:
        raise ValueError(refused)
    driver = "JP2OpenJPEG" if is_jpeg2000(asset) else "GTiff"
    said = band_metadata(asset, properties)
    header = None if is_remote(href) else headers(href, driver)
    place = placement(asset, properties) if header is None else _place_of_file(header)
    indexes = range(1, max(1, len(said)) + 1) if header is None else _data_bands(header)
    for position, index in enumerate(indexes):
        about = said[position] if position < len(said) else {}
        name = key if len(indexes) == 1 else _name_in_asset(key, index, about, header)
        aliases = [str(about[field]) for field in ("name", "common_name") if about.get(field)]
        draft = Draft(key, name, index, about, href, place, header, asset.get("roles"), driver)
        draft.aliases = tuple(dict.fromkeys(alias for alias in aliases if alias != name))
        yield draft


def _place_of_file(header: Header) -> Placement:
    if header.crs is None:
        raise ValueError("the file has no CRS, so nobody knows where its pixels lie")
    return Placement(header.crs, header.transform, header.rows, header.cols)


def _data_bands(header: Header) -> Sequence[int]:
    return [index for index in range(1, len(header.bands) + 1) if index != header.alpha]


def _name_in_asset(key: str, index: int, said: Metadata, header: Header | None) -> str:
    described = header.bands[index - 1].description if header is not None else None
    return str(said.get("name") or described or f"{key}_{index}")


def _spellings(draft: Draft) -> Iterator[str]:
    yield draft.name
    yield f"{draft.asset}_{draft.name}"
    number = 1
    while True:
        yield f"{draft.asset}_{draft.name}_{number}"
        number += 1
