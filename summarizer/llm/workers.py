"""Several articles under way at once, their results in order."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from queue import SimpleQueue

from summarizer.article import Article
from summarizer.errors import SummarizerError
from summarizer.schema import EventSummary

Summarize = Callable[[Article], EventSummary]
"""What a worker does."""

_Result = Future[EventSummary | SummarizerError]
_Jobs = SimpleQueue[tuple[_Result, Article] | None]


def in_order(
    summarize: Summarize, articles: Iterable[Article], *, concurrency: int
) -> Iterator[EventSummary | SummarizerError]:
    """One result an article, in order; an article that fails yields its error. Other exceptions are raised here.

    Articles are taken as they are needed. Whoever stops listening (Ctrl-C) need not wait for what is under way: the
    threads do not outlive the program.
    """
    jobs: _Jobs = SimpleQueue()
    under_way: deque[_Result] = deque()
    started = 0
    try:
        for article in articles:
            under_way.append(Future())
            jobs.put((under_way[-1], article))
            if started < concurrency:
                threading.Thread(target=_work, args=(summarize, jobs), daemon=True).start()
                started += 1
            if len(under_way) >= 2 * concurrency:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        for result in under_way:
            result.cancel()
        for _ in range(started):
            jobs.put(None)


def _work(summarize: Summarize, jobs: _Jobs) -> None:
    while (job := jobs.get()) is not None:
        result, article = job
        if not result.set_running_or_notify_cancel():
            continue
        try:
            result.set_result(summarize(article))
        except SummarizerError as error:
            result.set_result(error)
        except BaseException as error:
            result.set_exception(error)
