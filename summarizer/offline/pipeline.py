"""The trained spaCy pipeline: the weights that ship with the package, or a user's own.

The shipped folder holds ``config.json`` (which components to build) and ``weights.msgpack`` (the labels and every
component's state, its arrays in half precision). Halving the numbers costs nothing that can be measured and halves the
wheel; they become single precision again when read, because spaCy computes in nothing else. Reading this format takes
little more than half the time of ``spacy.load``, which validates settings that only training needs.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import srsly  # type: ignore[import-untyped]
from spacy.lang.en import English
from spacy.language import Language

from summarizer.errors import UsageError

SHIPPED = Path(__file__).parent / "model"
CONFIG = "config.json"
WEIGHTS = "weights.msgpack"

UNIVERSAL_LABELS = frozenset({"nsubj", "obj", "obl"})
"""Relations that every parser trained on a Universal Dependencies treebank has, and no other scheme has all of."""


def load_pipeline(source: str | Path | None = None) -> Language:
    """Load the shipped pipeline, or a spaCy pipeline of the user's by its package name or folder.

    Raises UsageError where there is no such pipeline, or where its parse is not in Universal Dependencies.
    """
    folder = SHIPPED if source is None else Path(source)
    if source is None or (folder / WEIGHTS).is_file():
        return read_halved(folder)
    return checked(_installed(str(source)), str(source))


def _installed(name: str) -> Language:
    try:
        return spacy.load(name)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"no spaCy pipeline could be loaded from {name!r}",
            hint="Give the name of an installed pipeline package or a folder that spaCy wrote, or leave it out.",
        ) from error


def checked(nlp: Language, name: str) -> Language:
    """Return the pipeline if the engine's rules can read its output; raise UsageError if not."""
    labels = {label for pipe_labels in nlp.pipe_labels.values() for label in pipe_labels}
    if not labels >= UNIVERSAL_LABELS:
        raise UsageError(
            f"the pipeline {name!r} does not parse into Universal Dependencies: its labels lack "
            + ", ".join(sorted(UNIVERSAL_LABELS - labels)),
            hint="The rules read UD relations (nsubj, obj, obl). spaCy's own English pipelines use the ClearNLP labels "
            "(dobj, pobj); use one trained on a UD treebank, or leave it out for the shipped one.",
        )
    if not nlp("It works.").has_annotation("POS"):
        raise UsageError(
            f"the pipeline {name!r} sets no universal part-of-speech tags",
            hint="Use a pipeline with a morphologizer (or an attribute ruler over a tagger) besides its parser.",
        )
    return nlp


# ---------------------------------------------------------------------------------------------- half precision on disk


def write_halved(nlp: Language, folder: Path) -> None:
    """Write a trained pipeline's settings, labels and states, with arrays in half precision."""
    settings = nlp.config["components"]
    config = {name: settings[name] for name in nlp.pipe_names}
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    labels = sorted({label for labels in nlp.pipe_labels.values() for label in labels})
    states = {name: _state(pipe) for name, pipe in nlp.pipeline}
    srsly.write_msgpack(folder / WEIGHTS, {"labels": labels, "states": states})


def _state(pipe: Any) -> dict[str, Any]:
    return {"model": halve(pipe.model.to_dict()), "rest": pipe.to_bytes(exclude=["vocab", "model"])}


def read_halved(folder: Path) -> Language:
    """Build the pipeline that :func:`write_halved` wrote, in single precision.

    The vocabulary starts with the labels only: the encoder hashes what it reads, so no word list need be kept.
    """
    nlp = English()
    weights = srsly.read_msgpack(folder / WEIGHTS)
    for label in weights["labels"]:
        nlp.vocab.strings.add(label)
    for name, config in json.loads((folder / CONFIG).read_text(encoding="utf-8")).items():
        state = weights["states"][name]
        pipe: Any = nlp.add_pipe(config.pop("factory"), name, config=config)
        pipe.from_bytes(state["rest"], exclude=["vocab", "model"])
        pipe.model.from_dict(restore(state["model"]))
    return nlp


def halve(value: Any) -> Any:
    """Copy a nest of lists and dicts with every single-precision array in half precision."""
    return _recast(value, np.dtype("float32"), np.dtype("float16"))


def restore(value: Any) -> Any:
    """Undo :func:`halve`: every half-precision array becomes single precision again."""
    return _recast(value, np.dtype("float16"), np.dtype("float32"))


def _recast(value: Any, old: np.dtype[Any], new: np.dtype[Any]) -> Any:
    if isinstance(value, dict):
        return {key: _recast(item, old, new) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_recast(item, old, new) for item in value]
    if isinstance(value, np.ndarray) and value.dtype == old:
        return value.astype(new)
    return value
