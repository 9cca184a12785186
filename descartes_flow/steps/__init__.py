"""The vocabulary of plans: bound rasters, columns, deferred scalars, and the typed steps that make pixels."""
