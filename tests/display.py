"""A virtual X display for as long as a block lasts, for tests and benchmarks that need a real window; it never uses the user's screen."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def virtual_display(width: int = 1366, height: int = 768) -> Iterator[str]:
    """Run Xvfb and yield its display name, such as ":7".

    Raises `FileNotFoundError` when Xvfb is not installed and `RuntimeError` when it does not start: neither is ever skipped.
    """
    listening, telling = os.pipe()
    screen = f"{width}x{height}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(telling), "-screen", "0", screen, "-nolisten", "tcp", "-noreset"],
        pass_fds=[telling],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(telling)
    try:
        with os.fdopen(listening) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError(f"Xvfb did not start (exit code {server.wait(10)})")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


def window_environment(display: str) -> dict[str, str]:
    """The environment of a child process that opens its window on `display`, whatever the tests' own Qt platform is."""
    environment = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
    return environment | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
