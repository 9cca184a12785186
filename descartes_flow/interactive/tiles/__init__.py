"""The tiles of a layer: where they are, how far they are, and when they are asked for again."""
