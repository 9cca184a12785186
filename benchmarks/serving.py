"""Our tile server in a process of its own, driven through its standard input.

``python -m benchmarks.serving`` writes the layers' URL templates as one line of JSON. Then each line that it
reads is done and answered with a line: ``cold`` forgets all pixels, ``warm`` nothing, ``busy`` keeps
a thread busy with pure Python, ``calm`` ends that.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.http_pan import busy
from benchmarks.measuring import nothing
from descartes_flow.geo import Tile


class Server:
    """The other process, as seen from here."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._templates: dict[str, str] = json.loads(self._answer())

    def url(self, layer: str, tile: Tile) -> str:
        """Address of a tile."""
        return self._templates[layer].format(x=tile.x, y=tile.y, z=tile.z)

    def tell(self, command: str) -> None:
        """Have a command done."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{command}\n")
        self._process.stdin.flush()
        self._answer()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the tile server ended with {self._process.wait()}")
        return line


@contextmanager
def server() -> Iterator[Server]:
    """Start the server; it ends when its input does."""
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.serving"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Server(process)
        assert process.stdin is not None
        process.stdin.close()


def main() -> None:
    """Serve until the input ends."""
    import descartes_flow as wf
    from benchmarks import ours, states

    map = wf.Map()
    map.layer_log.changed = lambda: print(*map.layer_log.lines, sep="\n", file=sys.stderr)
    looks = {"scales": ours.RGB_STYLE.scales, "checkerboard": ours.RGB_STYLE.checkerboard}
    images = {"rgb": ours.rgb(), "median": ours.median()}
    layers = {name: image.tile_layer(name, **looks, map=map) for name, image in images.items()}
    templates = {name: layer.url for name, layer in layers.items()}
    states.get_ready()
    with states.without_result_caches():
        print(json.dumps(templates), flush=True)
        stop = threading.Event()
        for line in sys.stdin:
            command = line.strip()
            if command == "busy":
                stop.clear()
                threading.Thread(target=busy, args=(stop,), daemon=True).start()
            else:
                {"cold": states.forget_pixels, "warm": nothing, "calm": stop.set}[command]()
            print("done", flush=True)


if __name__ == "__main__":
    main()
