"""The package as it is shipped: one wheel, one top-level name, prompts inside, nothing heavy without need."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import summarizer

ROOT = Path(__file__).parents[1]
ARTICLE = "Kenya expelled two Danish diplomats on Tuesday, the foreign ministry said.\n"


def run(*command: str | Path, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, input=stdin, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    built = run(*command, cwd=ROOT)
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_one_top_level_name_with_prompts_tables_and_weights_inside(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"summarizer"}
    assert any(name.startswith("summarizer/prompts/") for name in names)
    assert "summarizer/countries.tsv" in names
    assert any(name.startswith("summarizer/offline/tables/") for name in names)
    assert any(name.startswith("summarizer/offline/model/") for name in names)
    assert "summarizer/offline/model/LICENSE" in names


def test_the_wheel_runs_in_a_clean_environment_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "env"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    packages = Path(
        run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).stdout.strip()
    )
    zipfile.ZipFile(wheel).extractall(packages)
    # The dependencies of this environment, without its own editable install: a plain path line runs no .pth behind it.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    command = (python, "-m", "summarizer", "-", "--engine", "offline", "--format", "json")
    done = run(*command, cwd=tmp_path, stdin=ARTICLE)
    assert done.returncode == 0, done.stderr
    assert '"SANCTION"' in done.stdout
    where = run(python, "-c", "import summarizer; print(summarizer.__file__)", cwd=tmp_path).stdout
    assert str(home) in where
    shown = run(python, "-m", "summarizer", "prompt", "list", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "news" in shown.stdout


def test_every_public_name_can_be_imported_from_the_front_door() -> None:
    for name in summarizer.__all__:
        assert getattr(summarizer, name) is not None
    assert set(summarizer.__all__) <= set(dir(summarizer))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'sumarize'"):
        summarizer.sumarize  # noqa: B018


FORBIDDEN = ("openai", "instructor", "datasets", "httpx2", "trafilatura")

WITHOUT_A_NETWORK = """
import socket, sys

class Blocked(socket.socket):
    def __init__(self, *args, **kwargs):
        raise AssertionError("a socket was opened")

socket.socket = Blocked
socket.create_connection = Blocked
socket.getaddrinfo = Blocked
from summarizer import summarize
summary = summarize(sys.stdin.read(), engine="offline")
loaded = [name for name in {forbidden!r} if name in sys.modules]
assert not loaded, loaded
print(summary.main.event_type)
"""


def test_the_embedded_engine_opens_no_socket_and_imports_no_client() -> None:
    done = run(sys.executable, "-c", WITHOUT_A_NETWORK.format(forbidden=FORBIDDEN), cwd=ROOT, stdin=ARTICLE)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "SANCTION"


def test_the_seeds_are_articles_and_nothing_else() -> None:
    assert sorted(path.suffix for path in (ROOT / "seeds").iterdir()) == [".txt"] * 5
