"""`datasets` itself: opened without a trace on disk, kept quiet, and what it raises put into our words."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from summarizer import InputError, SummarizerError, UsageError

Rows = Iterable[Mapping[str, Any]]


def open_parquet(path: Path) -> Rows:
    """The rows of a parquet file."""
    from datasets import IterableDataset

    with _quiet(), TemporaryDirectory() as cache:
        return _streamed(IterableDataset.from_parquet(str(path), cache_dir=cache))


def open_arrow(path: Path) -> Rows:
    """The rows of an Arrow file as the library writes it."""
    from datasets import IterableDataset

    return _streamed(IterableDataset.from_file(str(path)))


def open_folder(folder: Path, config: str = "") -> Mapping[str, Rows]:
    """The splits of a folder that `save_to_disk` wrote, or of one with tables."""
    from datasets import DatasetDict, load_from_disk

    if not any((folder / name).is_file() for name in ("state.json", "dataset_dict.json")):
        with TemporaryDirectory() as cache:
            return _built(str(folder), config, cache)
    with _quiet():
        found = load_from_disk(str(folder))
    splits = found if isinstance(found, DatasetDict) else {str(found.split or "train"): found}
    return {name: _streamed(rows) for name, rows in splits.items()}


def open_hub(name: str, config: str = "") -> Mapping[str, Rows]:
    """The splits of a dataset of the hub. A cache that cannot be written to is replaced by a temporary one."""
    from datasets.config import HF_DATASETS_CACHE

    with TemporaryDirectory() as cache:
        return _built(name, config, None if _is_writable(Path(HF_DATASETS_CACHE)) else cache)


def is_format(name: str) -> bool:
    """Whether the library means a file format by a name, and would read whatever files lie in the working folder."""
    return name.isidentifier() and find_spec(f"datasets.packaged_modules.{name}") is not None


def _built(name: str, config: str, cache: str | None) -> Mapping[str, Rows]:
    from datasets import load_dataset_builder

    with _quiet():
        builder = load_dataset_builder(name, config or None, cache_dir=cache)
        if builder.name == "text":  # it would make every line an article
            raise UsageError("holds plain texts, no table", "texts are summarized as they are")
        splits = builder.as_streaming_dataset()
    return {str(split): _streamed(rows) for split, rows in splits.items()}


def _is_writable(folder: Path) -> bool:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return there.is_dir() and os.access(there, os.W_OK)


def _streamed(rows: Rows) -> Iterator[Mapping[str, Any]]:
    """The rows, the library kept quiet while it reads each."""
    waiting = iter(rows)
    while True:
        with _quiet():
            row = next(waiting, None)
        if row is None:
            return
        yield row


@contextmanager
def _quiet() -> Iterator[None]:
    """No progress bars, no log on standard error and no count of downloads sent; all as it was afterwards."""
    import datasets
    import huggingface_hub

    bars, counts = datasets.are_progress_bars_disabled(), datasets.config.HF_UPDATE_DOWNLOAD_COUNTS
    levels = [(log, log.get_verbosity()) for log in (datasets.logging, huggingface_hub.logging)]
    try:
        datasets.disable_progress_bars()
        datasets.config.HF_UPDATE_DOWNLOAD_COUNTS = False
        for log, _ in levels:
            log.set_verbosity(log.CRITICAL)
        yield
    finally:
        if not bars:
            datasets.enable_progress_bars()
        datasets.config.HF_UPDATE_DOWNLOAD_COUNTS = counts
        for log, level in levels:
            log.set_verbosity(level)


def in_our_words(error: Exception) -> SummarizerError:
    """Whatever opening or reading a table raises, as an error of ours without the table's name.

    Of the library's wording only the names of configurations are passed on.
    """
    words = str(error)
    configs = re.search(r"(?:available configs|Available): \[(.*?)\]", words)
    match error:
        case SummarizerError():
            return error
        case ConnectionError():
            hint = "no file or folder is called so; check the path, the network and that HF_HUB_OFFLINE is not set"
            return InputError("the Hugging Face hub can't be reached", hint)
        case ValueError() if configs:
            hint = f"NAME:CONFIGURATION with one of {configs[1].replace(chr(39), '')}"
            return UsageError("its configuration must be named", hint)
        case RuntimeError() if "scripts are no longer supported" in words:
            return UsageError("is made by a script, which is not run", "have it saved as parquet, and name that")
        case PermissionError() | NotADirectoryError():
            hint = "make it readable; for a dataset of the hub HF_HOME must name a folder that can be written to"
            return InputError("can't be read or cached", hint)
        case FileNotFoundError():
            hint = "check the name; a gated or private dataset of the hub needs a token (HF_TOKEN)"
            return InputError("no such file, folder or dataset, or there is no table in it", hint)
    return InputError(f"can't be read as a table ({type(error).__name__})", "make it anew, or save it as parquet")
