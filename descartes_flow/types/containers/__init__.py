"""Proxies of containers."""
