"""Lazy arrays, and the scalars and dtypes that belong to them."""
