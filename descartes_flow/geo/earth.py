"""Names and sizes of the two CRSs that everything else refers to."""

import math

LONLAT = "EPSG:4326"
"""Longitude and latitude, WGS84."""

WEB_MERCATOR = "EPSG:3857"

EARTH_RADIUS = 6378137.0
"""Radius of the sphere of EPSG:3857 and semi-major axis of WGS84, in metres."""

HALF_EQUATOR = math.pi * EARTH_RADIUS
"""Half the side of the square world of EPSG:3857, in metres."""

WEB_MERCATOR_LATITUDE = 85.0511287798066
"""Latitude at which that square ends."""
