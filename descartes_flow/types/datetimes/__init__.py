"""Proxies of moments and durations."""
