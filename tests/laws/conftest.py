from tests.scenes import scenes as scenes
