"""The same work done by other packages: as their users do it, and in the best form that we know."""
