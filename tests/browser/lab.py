"""A JupyterLab of its own: free port, temporary folders, nothing of the user's configuration."""

import json
import os
import secrets
import socket
import subprocess
import sys
import threading
import urllib.request
from collections import deque
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]
SECONDS_TO_START = 60
SECONDS_TO_STOP = 20
SETTINGS = "jupyter/settings"


class Lab:
    """A running ``jupyter lab``; notebooks in `notebooks` are opened at ``url(name)``.

    Kernels find this checkout, and keep their settings, caches and catalog below `folder`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notebooks = folder / "notebooks"
        self.notebooks.mkdir()
        self.port = _free_port()
        self._token = secrets.token_hex(16)
        self._log: deque[str] = deque(maxlen=60)
        self._answers = threading.Event()
        self._process = subprocess.Popen(
            self._command(),
            cwd=self.notebooks,
            env=self._environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        # The pipe is read until the server ends: a full one would stop the server.
        self._reader = threading.Thread(target=self._read_log, name="lab-log", daemon=True)
        self._reader.start()
        self._await_start()

    def url(self, notebook: str) -> str:
        """Address of one notebook in a fresh workspace, with the token that opens it."""
        return f"http://127.0.0.1:{self.port}/lab/tree/{notebook}?token={self._token}&reset"

    def api(self, path: str, method: str = "GET") -> Any:
        """What the server's REST API answers, for instance ``api("kernels")``."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/{path}",
            method=method,
            headers={"Authorization": f"token {self._token}"},
        )
        with urllib.request.urlopen(request, timeout=SECONDS_TO_STOP) as response:
            body = response.read()
        return json.loads(body) if body else None

    def log(self) -> str:
        """The last lines that the server and its kernels wrote."""
        return "".join(self._log)

    def stop(self) -> None:
        """End the server and its kernels."""
        self._process.terminate()
        try:
            self._process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(SECONDS_TO_STOP)

    def _command(self) -> list[str]:
        return [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
            *("--ServerApp.ip=127.0.0.1", f"--ServerApp.port={self.port}", "--ServerApp.port_retries=0"),
            f"--ServerApp.root_dir={self.notebooks}",
            f"--IdentityProvider.token={self._token}",
            "--LabApp.expose_app_in_browser=True",  # gives the page `window.jupyterapp`
        ]

    def _environment(self) -> dict[str, str]:
        places = {
            "HOME": "home",
            "IPYTHONDIR": "ipython",
            "JUPYTER_CONFIG_DIR": "jupyter/config",
            "JUPYTER_DATA_DIR": "jupyter/data",
            "JUPYTER_RUNTIME_DIR": "jupyter/runtime",
            "JUPYTERLAB_SETTINGS_DIR": SETTINGS,
            "JUPYTERLAB_WORKSPACES_DIR": "jupyter/workspaces",
            "DESCARTES_FLOW_HOME": "descartes_flow",
        }
        environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
        for name, place in places.items():
            folder = self.folder / place
            folder.mkdir(parents=True)
            environment[name] = str(folder)
        self._write_setting("notification", {"fetchNews": "false", "checkForUpdates": False})
        return environment

    def _write_setting(self, plugin: str, values: dict[str, Any]) -> None:
        """Answer beforehand what JupyterLab would ask its user in a box over the page."""
        file = self.folder / f"{SETTINGS}/@jupyterlab/apputils-extension/{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(values), encoding="utf-8")

    def _read_log(self) -> None:
        assert self._process.stderr is not None
        with self._process.stderr as lines:
            for line in lines:
                self._log.append(line)
                if "is running at" in line:
                    self._answers.set()
        self._answers.set()  # ended: whoever waits looks at the exit code

    def _await_start(self) -> None:
        started = self._answers.wait(SECONDS_TO_START)
        if not started or self._process.poll() is not None:
            self.stop()
            raise RuntimeError(f"JupyterLab did not start; its log ends with:\n{self.log()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
