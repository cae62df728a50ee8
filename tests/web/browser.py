"""A headless Chromium that tests steer through its DevTools protocol: real keys, real pages."""

import base64
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from websockets.sync.client import connect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_SECONDS = 30.0
# What the protocol wants to know of keys that write nothing, and of Enter.
_KEY_CODES = {"Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "Tab": 9}


class Browser:
    """One tab of a Chromium process."""

    def __init__(self, port: int) -> None:
        self.port = port
        with urlopen(
            Request(f"http://127.0.0.1:{port}/json/new?about:blank", method="PUT"), timeout=_SECONDS
        ) as answer:
            address = json.load(answer)["webSocketDebuggerUrl"]
        self._open = ExitStack()
        self.connection = self._open.enter_context(connect(address, max_size=None, open_timeout=_SECONDS))
        self.number = 0
        self.console: list[str] = []  # errors that the page told, such as what its policy forbade
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.requested: list[str] = []

    def call(self, method: str, **values: Any) -> dict[str, Any]:
        """Call a method of the protocol; note what the page tells meanwhile."""
        self.number += 1
        self.connection.send(json.dumps({"id": self.number, "method": method, "params": values}))
        while True:
            told = json.loads(self.connection.recv(timeout=_SECONDS))
            if told.get("id") == self.number:
                assert "error" not in told, told
                found: dict[str, Any] = told["result"]
                return found
            self._note(told)

    def _note(self, told: dict[str, Any]) -> None:
        match told.get("method"):
            case "Log.entryAdded" if told["params"]["entry"]["level"] == "error":
                self.console.append(told["params"]["entry"]["text"])
            case "Runtime.exceptionThrown":
                self.console.append(json.dumps(told["params"]["exceptionDetails"]))
            case "Network.requestWillBeSent":
                self.requested.append(told["params"]["request"]["url"])

    def run(self, script: str) -> Any:
        """Return the value of an expression in the page."""
        found = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def wait(self, script: str) -> Any:
        """Wait until an expression is true, and return its value."""
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            if value := self.run(script):
                return value
            time.sleep(0.03)
        raise AssertionError(f"never true: {script}; the page has: {self.run('document.body.innerText')}")

    def open(self, address: str) -> None:
        """Go to an address."""
        self.call("Page.navigate", url=address)

    def press(self, *keys: str) -> None:
        """Press keys one after another, as a person would."""
        for key in keys:
            about: dict[str, Any] = {"key": key, "windowsVirtualKeyCode": _KEY_CODES.get(key, ord(key[0].upper()))}
            text = "\r" if key == "Enter" else key if len(key) == 1 else ""
            self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **about)
            self.call("Input.dispatchKeyEvent", type="keyUp", **about)

    def size(self, width: int, height: int = 900) -> None:
        """Make the window so many pixels wide and high."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def picture(self, place: Path) -> None:
        """Save what the window shows."""
        place.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def close(self) -> None:
        """Close the tab."""
        self.call("Page.close")
        self._open.close()

    def front(self) -> None:
        """Show this tab; others are hidden."""
        self.call("Page.bringToFront")


@contextmanager
def chromium(profile: Path) -> Iterator[int]:
    """Run Chromium with a profile of its own, and give the port of its protocol."""
    assert CHROMIUM is not None
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0"]
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=zh-CN"]
    process = subprocess.Popen(
        [CHROMIUM, *options, *quiet, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        told = profile / "DevToolsActivePort"
        end = time.monotonic() + _SECONDS
        while not (told.is_file() and told.read_text().strip()) and time.monotonic() < end:
            time.sleep(0.05)
        yield int(told.read_text().splitlines()[0])
    finally:
        process.terminate()
        process.wait(timeout=_SECONDS)
