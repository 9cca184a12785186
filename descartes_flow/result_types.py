"""What `compute` gives for imagery, geometries and features, to name in annotations and ``isinstance``."""

from .engine.results import ImageCollectionResult, ImageResult
from .geo.features import (
    FeatureCollectionResult,
    FeatureResult,
    GeometryCollectionResult,
    GeometryResult,
)

__all__ = [
    "FeatureCollectionResult",
    "FeatureResult",
    "GeometryCollectionResult",
    "GeometryResult",
    "ImageCollectionResult",
    "ImageResult",
]
