"""A real JupyterLab (or Notebook 7) on a free loopback port, for tests that a person could do with mouse and keys."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path

import nbformat
import psutil
from playwright.sync_api import BrowserContext, Page

SETTLED = """async () => {
  const app = window.jupyterapp, panel = app.shell.currentWidget;
  await panel.context.ready; await panel.sessionContext.ready;
  const kernel = panel.sessionContext.session?.kernel;
  while (kernel && kernel.status !== 'idle') await new Promise(r => setTimeout(r, 50));
  return null }"""


SAYS = "(pattern) => new RegExp(pattern).test(document.querySelector('.iq .state')?.innerText ?? '')"


def says(page: Page, pattern: str) -> None:
    """Wait until the line under a view's title says so; while the view is drawn anew there is none."""
    page.wait_for_function(SAYS, arg=pattern)


class Lab:
    """One server over one folder."""

    def __init__(self, home: Path, folder: Path, user: str = "ana", app: str = "jupyterlab") -> None:
        self.folder, self.app = folder, app
        self.token = secrets.token_hex(16)
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        settings = home / "settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}))
        env = {
            **os.environ,
            "JUPYTER_CONFIG_DIR": str(home / "config"),
            "JUPYTER_DATA_DIR": str(home / "data"),
            "JUPYTER_RUNTIME_DIR": str(home / "run"),
            "IPYTHONDIR": str(home / "ipython"),
            "JUPYTERHUB_USER": user,
            "XDG_DATA_HOME": str(home / "share"),
        }
        name = "LabApp" if app == "jupyterlab" else "JupyterNotebookApp"
        self.log, self._env = home / "server.log", env
        self._command = [
            *(sys.executable, "-m", app, "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1"),
            *(f"--ServerApp.port={self.port}", "--ServerApp.port_retries=0"),
            *(f"--IdentityProvider.token={self.token}", f"--ServerApp.root_dir={folder}"),
            *(f"--{name}.expose_app_in_browser=True", "--LabApp.news_url=None"),
            *(
                f"--{name}.workspaces_dir={home / 'workspaces'}",
                f"--{name}.user_settings_dir={home / 'settings'}",
            ),
        ]
        self.start()

    def start(self) -> None:
        """Start the server, the first time or once more at the same address."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                self._command, env=self._env, cwd=self.folder, stdout=log, stderr=subprocess.STDOUT
            )
        self._wait()

    def kernels(self) -> list[psutil.Process]:
        """Return the processes of this server's kernels."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [c for c in children if "ipykernel_launcher" in " ".join(c.cmdline())]

    def kill(self) -> None:
        """Kill the server and its kernels, as a crash does."""
        for one in [*self.kernels(), psutil.Process(self.process.pid)]:
            one.kill()
        self.process.wait()

    def _wait(self) -> None:
        until = time.monotonic() + 90
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{self.url}/api?token={self.token}", timeout=2).read()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"The server did not start:\n{self.log.read_text()[-4000:]}")

    def stop(self) -> None:
        """Stop the server and its kernels."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def address(self, notebook: str) -> str:
        """Return where a notebook opens, in a workspace of its own."""
        if self.app != "jupyterlab":
            return f"{self.url}/notebooks/{notebook}?token={self.token}"
        return f"{self.url}/lab/workspaces/{uuid.uuid4().hex}/tree/{notebook}?token={self.token}&reset"

    def open(self, context: BrowserContext, notebook: str, run: bool = True) -> Page:
        """Open a notebook as a person does, and run all its cells."""
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(self.address(notebook))
        page.wait_for_function("() => window.jupyterapp?.shell?.currentWidget?.context")
        page.evaluate(SETTLED)
        if run:
            page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => null)")
        return page


def write_notebook(path: Path, *cells: str) -> None:
    """Write a notebook of code cells."""
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    nb.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nb, path)
