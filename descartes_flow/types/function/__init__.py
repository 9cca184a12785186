"""Proxies of functions."""
