"""What users hold beside proxies, under the paths that they import from."""
