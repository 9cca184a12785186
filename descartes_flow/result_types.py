"""What `compute` gives for imagery, to name in annotations and ``isinstance``."""

from .engine.results import ImageCollectionResult, ImageResult

__all__ = ["ImageCollectionResult", "ImageResult"]
