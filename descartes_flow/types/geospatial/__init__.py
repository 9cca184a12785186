"""Proxies of imagery, areas and shapes."""
