"""Proxies of moments."""
