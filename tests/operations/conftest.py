from tests.operations.world import world as world
