"""When was it? Time expressions found in running text and resolved to ISO 8601 values of honest precision.

Precision is never invented (rule 11 of the schema), and what cannot be known is null. Said on Monday, 7 April 2025:

====================================  =======================  ==============================================
what the article writes               value                    why
====================================  =======================  ==============================================
on Monday; Monday; earlier Monday     2025-04-07               the most recent such day, this very day too
on Friday                             2025-04-04               back by default, 2025-04-11 if ``tense="future"``
by Friday, until Friday               2025-04-11               the expression itself looks ahead
last Monday; next Friday              2025-03-31; 2025-04-18   strictly before; in the next calendar week
by April 14; in October               2025-04-14; 2024-10      the nearest, the past before a distant future
early in 2016; early May              2016; 2025-05            "early" tells no day
last month; 18 months ago             2025-03; 2023-10         a month
three years ago; two days ago         2022; 2025-04-05         a year; a day
last week; two weeks ago              2025-03-31/2025-04-06;   ISO 8601 without weeks: the week from Monday to Sunday
                                      2025-03-24/2025-03-30
earlier this week (said on a Friday)  from Monday to Thursday  to the day before publication
earlier this month                    2025-04                  a month or a year has a reduced form of its own
by the end of the month               2025-04-30               its last day, bound ``by``
the spring of 2019                    2019                     a season's months depend on the hemisphere
the fourth quarter; the 1990s         2024-10/2024-12;         an interval
                                      1990/1999
the past 30 days                      2025-03-08/2025-04-07    an interval that ends on the day of publication
over 18 months ago                    2023-10, bound ``by``    no later than then
in two weeks                          null                     ahead only with ``tense="future"``: it may be a span
several weeks ago; in recent days     null                     no number, no date
two days later; the same day          null                     counted from an event: give it as ``event``
recently; later; now; at 5 p.m.       null                     no date
====================================  =======================  ==============================================

Hours and time zones are ignored. An approximation ("around April 14") keeps the date that it names.
Lists with commas, Easter and other moving feasts, fiscal years and two-digit years are left alone.

The rooms, from the ground up; each imports from those above it in this list alone:

- `patterns`: regular expressions, compiled when first used
- `iso`: the values; `words`: months, weekdays and numbers; `units`: the week, month, quarter so many steps away
- `regular`: an expression made regular; `prepositions`: the bound they set, and which way they look
- `counting`: from which day, and which way, an expression counts
- `named` and `relative`: the rules; `rules`: all of them in their order
- `intervals`: from one expression to another; `resolving`: from an expression to its value
- `shapes`: what a time expression looks like; `standing`: whether it is one; `finding`: where they stand in a text
"""

from summarizer.dates.counting import Tense
from summarizer.dates.finding import find_dates
from summarizer.dates.iso import extent, is_iso
from summarizer.dates.prepositions import Bound
from summarizer.dates.resolving import Resolved, resolve

__all__ = ["Bound", "Resolved", "Tense", "extent", "find_dates", "is_iso", "resolve"]
