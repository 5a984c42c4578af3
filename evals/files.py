"""Writing a file so that nobody ever reads half of one."""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path

from summarizer import UsageError


def put(path: Path, data: bytes) -> None:
    """Put a file in its place whole: written beside it first, then moved there. Raises UsageError if it cannot be."""
    target = path.resolve()
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        draft.write_bytes(data)
        draft.replace(target)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise UsageError(f"cannot write {path}: {error.strerror}", "give another path") from error
