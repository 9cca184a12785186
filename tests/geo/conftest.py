from hypothesis import settings

# The first projection of a CRS reads PROJ's database: no deadline may turn that into a failure.
settings.register_profile("geo", deadline=None)
settings.load_profile("geo")
