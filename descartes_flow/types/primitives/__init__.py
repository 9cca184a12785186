"""Proxies of what Python has a literal for."""
