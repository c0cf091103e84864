"""A picture of every screen in both themes and both languages, on the sample visit; nothing is judged here: somebody has to look.

`python -m tests.screens [FOLDER] [--only NAME,…] [--small] [--pages]` writes PNG files, by default into `screenshots/` (ignored by git).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from fieldtool.domain.changes import Record
from tests.screen_scenes import AT_HEADQUARTERS, BEFORE, EMPTY, SCENES, play

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Name: width, height, scale. 2560 × 1440 at 200 %; and a small laptop at 100, 150, 200 and 300 %.
SIZES = {
    "1366": (1366, 768, 1.0), "2560": (1280, 720, 2.0), "1366x150": (911, 512, 1.5), "1366x200": (683, 384, 2.0),
    "1366x300": (455, 256, 3.0),
}  # fmt: skip
USUAL = ("1366", "2560")
THEMES, LANGUAGES = ("light", "dark", "light-high", "dark-high"), ("en", "ru")
PAGES = (
    "unlock",
    "first-run",
    "visit",
    "meetings",
    "recommendations",
    "follow_up",
    "summary",
    "exchange",
    "conflict",
    "headquarters",
    "history",
    "settings",
    "meeting_form",
    "find",
    "help",
    "tour",
    *SCENES,
)
MARKS = {"en": "On observers they will look at others' practice #obs", "ru": "По наблюдателям посмотрят чужую практику #obs"}


def main(arguments: Sequence[str]) -> int:
    """Take every picture, each density in a process of its own; the exit code is 0 when all were taken."""
    parser = argparse.ArgumentParser(prog="dev.py screenshots", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("screenshots"))
    parser.add_argument("--only", default="", help="names of pages, separated by commas")
    parser.add_argument("--small", action="store_true", help="1366 × 768 only")
    parser.add_argument("--sizes", default=",".join(USUAL), help=f"of {', '.join(SIZES)}; default: {', '.join(USUAL)}")
    parser.add_argument("--themes", default="light,dark", help=f"of {', '.join(THEMES)}; default: light, dark")
    parser.add_argument("--languages", default=",".join(LANGUAGES), help="en, ru")
    parser.add_argument("--pages", action="store_true", help="contact sheets of every page of the summaries instead")
    parser.add_argument("--inside", default="", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    pages = [p for p in PAGES if not options.only or p in options.only.split(",")]
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.pages:
        from tests.montage import draw_sheets

        print(f"{draw_sheets(options.folder)} sheets of pages in {options.folder}")
        return 0
    if options.inside:
        size, vaults = options.inside.split(":", 1)
        take(options.folder, size, pages, Path(vaults), options.themes.split(","), options.languages.split(","))
        return 0
    with tempfile.TemporaryDirectory(prefix="fieldtool-screens-") as made:
        from tests.ui.vaults import make_disputed

        make_disputed(Path(made))
        failed = 0
        for size in ["1366"] if options.small else options.sizes.split(","):
            scale = SIZES[size][2]
            words = [sys.executable, "-m", "tests.screens", str(options.folder), "--only", ",".join(pages), "--inside", f"{size}:{made}"]
            words += ["--themes", options.themes, "--languages", options.languages]
            failed |= subprocess.call(words, env=os.environ | {"QT_SCALE_FACTOR": str(scale)})
    return failed


def take(folder: Path, size: str, pages: Sequence[str], vaults: Path, themes: Sequence[str], languages: Sequence[str]) -> None:
    """Take the pictures of one density."""
    from fieldtool.ui import words
    from fieldtool.ui.look import palette
    from fieldtool.ui.opening import make_application
    from fieldtool.ui.preferences import PreferenceFile

    preferences = PreferenceFile(vaults / "config" / "window.conf")
    preferences.change(theme="light", language="en")
    application = make_application(preferences)
    for theme in themes:
        for language in languages:
            family, _, high = theme.partition("-")
            preferences.change(theme=family, contrast=high or "normal", language=language)
            words.language.use(language)
            palette.apply(application, family, contrast=high or "normal")
            for page in pages:
                picture = Picture(vaults, page, size, preferences)
                picture.take(folder / f"{page}-{theme}-{language}-{size}.png")
    print(f"screenshots: {len(pages) * len(themes) * len(languages)} pictures at {size} in {folder}", flush=True)


class Picture:
    """One window on a copy of a vault, for one picture."""

    def __init__(self, vaults: Path, page: str, size: str, preferences: object) -> None:
        from fieldtool.ui.gate import Gate
        from fieldtool.ui.preferences import PreferenceFile
        from fieldtool.ui.shell import Window
        from tests.ui.vaults import PASSPHRASE

        assert isinstance(preferences, PreferenceFile)
        self.page, self.gate = page, Gate()
        self.copy = Path(tempfile.mkdtemp(prefix="fieldtool-screen-")) / "vault"
        if page == "tour":
            shutil.copytree(sample_vault(vaults), self.copy)
        elif page in EMPTY:
            self.gate.create(self.copy, PASSPHRASE, "Aru Bekova", "", "laptop 1").session.close()
        elif page in ("recovery", "unlock-refused") or page not in ("first-run", *BEFORE):
            shutil.copytree(vaults / ("hq" if page in ("headquarters", *AT_HEADQUARTERS) else "head"), self.copy)
        self.window = Window(self.copy, self.gate, preferences)
        wide, high, _ = SIZES[size]
        self.window.resize(wide, high)
        whole: list[bool] = []  # the page follows the first frame; opening a vault before that would be undone by it
        self.window.painted.connect(lambda: whole.append(True))
        self.window.show()
        self.language = preferences.values.language
        wait_until(lambda: bool(whole))

    def take(self, path: Path) -> None:
        """Bring the window to its page, wait until everything has arrived, and keep its pixels."""
        from fieldtool.ui.gate import SAMPLE_PASSPHRASE
        from tests.ui.vaults import PASSPHRASE

        if self.page in BEFORE:
            play(self.page, self.window)
        elif self.page not in ("unlock", "first-run"):
            self.window.open(self.gate.unlock(self.copy, SAMPLE_PASSPHRASE if self.page == "tour" else PASSPHRASE))
            self._quiet()
            self._go()
            self._quiet()
        wait(150)
        self.window.grab().save(str(path))
        self.window.close()
        shutil.rmtree(self.copy.parent, ignore_errors=True)

    def _go(self) -> None:
        from fieldtool.ui.screens.meetings import Meetings
        from fieldtool.ui.screens.summary import Summary

        frame = self.window.frame
        assert frame is not None
        if self.page in SCENES:
            play(self.page, self.window, self._quiet)
            return
        session = frame.desk.session
        target = second_meeting(session.store.list_("meeting")) if self.page in ("history", "meetings") else ""
        frame.show_screen({"find": "visit", "help": "visit", "tour": "meetings"}.get(self.page, self.page), target)
        self._quiet()
        if self.page == "find":
            frame.finder.open("комисс" if self.language == "ru" else "register")
        if self.page == "help":
            self.window.show_help()
        screen = frame.screens.get("meetings")
        if self.page == "meetings" and isinstance(screen, Meetings):
            screen.writing.line.setFocus()
            screen.writing.line.insertPlainText(MARKS[self.language])
        if self.page == "summary":
            summary = frame.screens["summary"]
            wait_until(lambda: isinstance(summary, Summary) and summary.page._shown is not None)

    def _quiet(self) -> None:
        frame = self.window.frame
        assert frame is not None
        for _ in range(3):
            wait(20)
            wait_until(lambda: not (frame.desk.reads.busy or frame.desk.writes.busy or frame.desk.slow.busy))


def sample_vault(vaults: Path) -> Path:
    """The vault of the sample visit as a newcomer gets it, made once for all pictures."""
    from fieldtool.ui.gate import SAMPLE_PASSPHRASE, Gate

    folder = vaults / "sample-visit"
    if not Gate().exists(folder):
        from fieldtool.services.first_steps import make_sample_vault

        make_sample_vault(folder, SAMPLE_PASSPHRASE).close()
    return folder


def second_meeting(records: Sequence[Record]) -> str:
    """The meeting with the election commission: it has the most notes."""
    return sorted(records, key=lambda r: str(r.fields["start"]))[1].id


def wait(milliseconds: int) -> None:
    """Let the event loop run for a while."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(done: Callable[[], bool], seconds: float = 20) -> None:
    """Let the event loop run until something holds. Raises `TimeoutError`."""
    import time

    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            raise TimeoutError("the window did not come to rest")
        wait(10)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
