"""A model behind any OpenAI-compatible endpoint, held by Instructor: validated, asked again, counted.

    with ModelEngine("gpt-4.1-mini") as engine:
        summary = engine.summarize(article)

One summary runs like this. Instructor makes the request, reads the answer into a response model and asks again where
that refuses it; the response model hands every draft to `drafts.accept`, so that each refusal names all violations at
once, and the last draft to `drafts.salvage`. Between Instructor and the openai client stands `asking`: it sees every
reply and every failure first, and the talk counts tokens, gives a cut reply one more try with more room, changes to
another way of asking where an endpoint refuses one, and turns what is left into our errors. Below the client lie the
transports: `patience` (time, and what is not worth a retry) over the network, and over both the tape.

The rooms, from the top; each imports only from lines below its own:

    engine                           one object that summarizes articles, blocking, awaited, or many at once
    asking, connections, workers     Instructor's part; the clients and what they stand on; several articles at once
    patience                         the transport that keeps a summary's deadline
    talk                             the state of one summary: what was asked, heard and spent
    options, reply                   what a caller may say; what an endpoint says
    dialect, faults                  the ways of asking; failures and what they are called

Failures and what becomes of them are listed in `tests/test_llm.py`. No message holds a key, a piece of the article or
of a reply: of what an endpoint says only its status and its error code are repeated.
"""

from __future__ import annotations

from summarizer.llm.dialect import Dialect, sent_schema
from summarizer.llm.engine import ModelEngine
from summarizer.llm.options import Mode, ModelOptions
from summarizer.llm.reply import bare_json

__all__ = ["Dialect", "Mode", "ModelEngine", "ModelOptions", "bare_json", "sent_schema"]
