"""Converts old office files by LibreOffice: in a private folder, within limits, without macros or network."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

LONGEST_CONVERSION = 180.0  # seconds; a report takes one, one of a thousand pages ten
LARGEST_MEMORY = 4 << 30  # bytes of address space that LibreOffice may take, where the system can hold it to that
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
# No macro runs, no link is followed, and whatever would go to the network goes to a port where nothing listens.
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_DEAD_PROXY = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")


class ConversionError(Exception):
    """LibreOffice gave no file; too_long: because it took longer than LONGEST_CONVERSION."""

    def __init__(self, too_long: bool = False) -> None:
        """Say why."""
        super().__init__("too long" if too_long else "no file")
        self.too_long = too_long


def find_libreoffice() -> str | None:
    """Return the program, from the path or from where it is usually installed; None where it is missing."""
    named = (shutil.which(name) for name in ("soffice", "libreoffice"))
    return next(filter(None, named), None) or next((place for place in _PLACES if Path(place).is_file()), None)


def convert(data: bytes, ending: str, target: str, program: str) -> bytes:
    """Return a file in another format. ending: of its name, with a dot; target: of the format wanted, without.

    Each conversion has a profile of its own, so that several processes do not wait for each other; a new one costs a
    tenth of a second. Raises ConversionError.
    """
    with tempfile.TemporaryDirectory(prefix="classify-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"document{ending}"
        source.write_bytes(data)
        _make_profile(folder / "profile")
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
        command += [
            "--nolockcheck",
            "--nodefault",
            "--convert-to",
            target,
            "--outdir",
            str(folder / "out"),
            str(source),
        ]
        _run(command, folder)
        try:
            return (folder / "out" / f"document.{target}").read_bytes()
        except OSError as error:
            raise ConversionError from error


def _make_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{"" if path.startswith("Inet") else "Office."}{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>',
        encoding="utf-8",
    )


def _run(command: list[str], folder: Path) -> None:
    """Run LibreOffice, and end it with all the processes that it started."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command,
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        cwd=folder,
        env=os.environ | _DEAD_PROXY,
        start_new_session=True,  # a group of processes, which can be ended together
    )
    try:
        _limit(process.pid)
        process.wait(LONGEST_CONVERSION)
    except subprocess.TimeoutExpired:
        raise ConversionError(too_long=True) from None
    finally:
        _end(process)


def _limit(pid: int) -> None:
    """Hold a process and those that it starts to some time and memory; even where this one ends, they will."""
    if sys.platform == "linux":
        import resource

        seconds = int(LONGEST_CONVERSION)
        for limit, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, LARGEST_MEMORY)):
            try:
                resource.prlimit(pid, limit, (most, most))
            except (OSError, ValueError):  # it has ended already, or may have less
                continue


def _end(process: "subprocess.Popen[bytes]") -> None:
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError):  # all of them have ended
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
