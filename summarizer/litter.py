"""Page furniture in an article's text: bylines, datelines, navigation, teasers, appeals. It is marked, never cut.

Marks keep facts from resting on furniture, and the two errors have two prices: a teaser list left unmarked invents
events, a sentence marked loses one. So lists and tails are marked boldly, prose only where its words leave no other
reading. Headings, and captions that are sentences, are text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from summarizer.segments import find_paragraphs
from summarizer.spans import Span

_LONGEST = 400  # characters that a line of furniture has at most
_LONGEST_APPEAL = 1500  # and an appeal or legal notice, which may be a paragraph
_EDGE = 260  # characters at a paragraph's ends that are searched for datelines and credits
_LEADS = 3  # paragraphs of prose among which the one with the dateline is: captions may stand before it


def find_litter(text: str) -> list[Span]:
    r"""The furniture in `text`: whole paragraphs or parts of them, in order, disjoint, trimmed.

    Whole paragraphs: bylines, navigation, breadcrumbs, "Read more", "Share this", appeals to subscribe or to follow,
    advertisement marks, cookie banners, copyright, credits, counts, teaser lists, boxes about the author. After a mark
    that ends articles ("Most Read", "About the author") all the rest, unless plain prose of several sentences follows.
    Parts: a dateline before the first sentence, a credit or copyright after the last.

    >>> text = "OSLO, March 3 (Reuters) - A mill burned.\nMost Read\n1. Ten tips for spring"
    >>> [span.of(text) for span in find_litter(text)]
    ['OSLO, March 3 (Reuters) -', 'Most Read', '1. Ten tips for spring']
    """
    lines = _lines(text)
    for mark in (_mark_single, _mark_menus, _mark_teasers, _mark_tails, _mark_leftovers, _mark_biographies):
        mark(lines)
    prose = [index for index, line in enumerate(lines) if line.is_prose and not line.marked]
    lead = prose[min(_LEADS, len(prose)) - 1] if prose else len(lines)
    found: list[Span] = []
    for index, line in enumerate(lines):
        found.extend([line.span] if line.marked else _parts(text, line, index <= lead))
    return found


# ------------------------------------------------------------------------------------------------------------- lines


@dataclass(slots=True)
class _Line:
    """One paragraph and what it looks like; `marked` is set as rules find it to be furniture."""

    span: Span
    text: str  # its first characters, enough to judge it by
    gap: bool  # a blank line stands before it
    words: int = 0
    stops: int = 0  # full stops and their like that end a sentence
    is_prose: bool = False  # a sentence or more, as long as news writes them, that asks the reader for nothing
    plain: str = ""  # in small letters, without signs and numbers at its ends
    marked: bool = False
    byline: bool = field(default=False, repr=False)

    @property
    def length(self) -> int:
        return self.span.end - self.span.start

    @property
    def is_title(self) -> bool:
        """A headline, a heading or an item of a list: short and without a full stop."""
        return not self.stops and self.words <= 25


_STOP = re.compile(r"[\w%)\]\"'’”][.!?…]+[\"'’”)\]]*(?=\s|$)")
_NO_STOP = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Sen|Gov|Gen|vs|No|Jr|Inc|Co|[ap]\.m)\.$")
_NUMBERED = re.compile(r"\d{1,3}\.\s")
_PLAIN_EDGES = re.compile(r"^[\W\d_]+|[\W_]+$")
_SOLICITS = re.compile(
    r"\b(?:newsletters?|subscribe|subscribers? only|unsubscribe|your inbox|cookies|privacy policy|our journalism"
    r"|terms of (?:use|service)|all rights reserved|our app)\b",
    re.IGNORECASE,
)


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    end = 0
    for span in find_paragraphs(text):
        head = text[span.start : min(span.end, span.start + _LONGEST)]
        line = _Line(span, head, bool(found) and text.count("\n", end, span.start) > 1, len(head.split()))
        line.stops = sum(1 for stop in _STOP.finditer(head) if not _NO_STOP.search(head[: stop.end()][-6:]))
        line.stops -= bool(line.stops and _NUMBERED.match(head))
        is_long = line.words >= 9 or (line.stops > 1 and line.words >= 6)
        line.is_prose = line.stops > 0 and is_long and not _SOLICITS.search(head)
        if line.length <= _LONGEST:
            line.plain = " ".join(_PLAIN_EDGES.sub("", head.lower().replace("’", "'")).split())
        found.append(line)
        end = span.end
    return found


# ------------------------------------------------------------------------------- lines that are furniture by themselves


def _phrases(phrases: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in phrases.split("|"))


def _either(*patterns: str, flags: re.RegexFlag = re.NOFLAG) -> Callable[[], re.Pattern[str]]:
    """A pattern that is compiled when it is first asked for: importing need not wait for that."""
    return cache(lambda: re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags))


_ALONE = _phrases(
    "advertisement|advertising|advert|sponsored|sponsored content|sponsored by|paid content|promoted|promoted content|"
    "continue reading|continue reading below|keep reading|scroll to continue|scroll down to continue|loading|load more|"
    "show more|see more|view more|view all|see all|show less|back to top|go to top|skip to content|skip navigation|"
    "skip to main content|menu|main menu|toggle navigation|search|log in|login|sign in|sign out|log out|sign up|"
    "register|my account|subscribe|subscribe now|subscribe today|join now|donate|donate now|support us|become a member|"
    "accept|accept all|accept cookies|reject all|i agree|got it|manage preferences|manage cookies|cookie settings|"
    "cookie policy|cookie preferences|privacy policy|privacy|terms of use|terms of service|terms and conditions|"
    "contact us|about us|advertise|advertise with us|careers|site map|sitemap|rss|share|share this|share this article|"
    "share this story|share this post|share this page|share this video|share on|share article|tweet|tweet this|retweet|"
    "copy link|copy url|link copied|copied|print|print this page|print this article|email this|email this article|"
    "save article|save for later|bookmark|gift this article|give this article|listen|listen to this article|"
    "listen to article|play video|mute|unmute|watch live|watch now|video player is loading|read more|read more here|"
    "read full story|read full article|read the full story|read the full article|read in app|open in app|download app|"
    "get the app|download our app|learn more|find out more|click here|click here to read more|read also|also read|"
    "read next|view comments|show comments|hide comments|no comments|no comments yet|add a comment|add comment|"
    "post a comment|write a comment|comments are closed|be the first to comment|report an error|report a typo|"
    "report this ad|suggest a correction|follow us|follow us on|follow on google news|staff report|staff reports|"
    "from staff reports|staff writer|news desk|web desk|by our staff|agencies|with agency inputs|"
    "with inputs from agencies|next article|previous article|next story|previous story|next post|previous post|"
    "getty images|reuters|afp|associated press|the associated press|bloomberg|xinhua|shutterstock|related video|"
    "related videos|newsletter|newsletters|our standards|thank you for subscribing|thanks for signing up|adchoices|"
    "reuse this content|listen to this story|send feedback|report an issue|end of list|required fields are marked"
)
_MENU = _phrases(
    "home|homepage|news|world|world news|us|u.s|uk|usa|europe|africa|asia|americas|middle east|latin america|china|"
    "india|australia|canada|national|local|local news|nation|international|politics|business|economy|finance|markets|"
    "money|sport|sports|football|cricket|tech|technology|science|health|environment|climate|education|culture|arts|"
    "books|film|music|tv|entertainment|lifestyle|life|style|fashion|food|travel|opinion|editorial|columns|comment|"
    "video|videos|photos|pictures|galleries|podcasts|podcast|radio|live|weather|crime|obituaries|jobs|classifieds|"
    "archive|archives|games|puzzles|crossword|shop|store|more|latest|latest news|breaking news|trending|events|"
    "magazine|features|analysis|explainers|fact check|investigations|newsletters"
)
_SOCIAL = _phrases(
    "facebook|twitter|x|whatsapp|telegram|linkedin|pinterest|reddit|instagram|youtube|tiktok|threads|bluesky|mastodon|"
    "email|e-mail|mail|messenger|viber|wechat|weibo|flipboard|tumblr|pocket|copy|print|sms|share|tweet|link|save|rss|"
    "snapchat|google|google news|apple news|on|via|this|more"
)

_NAME = r"[A-Z][\w'’.-]*(?: (?:[A-Z][\w'’.-]*|de|da|di|van|von|der|den|al|bin|la|le)){1,4}"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = r"(?i:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
_AGENCY = (
    r"(?:Reuters|REUTERS|AP|AFP|Associated Press|dpa|DPA|EPA|EFE|ANSA|Xinhua|TASS|Tass|IANS|ANI|PTI|UPI"
    r"|Kyodo|Yonhap|Anadolu|Bloomberg|CNN|BBC|NPR|VOA|RFE/RL|Al Jazeera|AAP|PA|IRNA|Sputnik|Agencies|Getty(?: Images)?"
    r"|Pool|Shutterstock|iStock|Alamy|Unsplash|Pexels|Pixabay|Wikimedia(?: Commons)?|Flickr|NurPhoto|ZUMA)"
)
_ROLE = (
    r"(?:Writer|Reporter|Correspondent|Editor|Columnist|Contributor|Journalist|Bureau Chief|Photographer|Producer|Staff"
    r"|writer|reporter|correspondent|editor|columnist|contributor|journalist|bureau chief)"
)
_NETWORK = (
    r"(?:X|Twitter|Facebook|Instagram|Telegram|WhatsApp|Google News|Apple News|YouTube|TikTok|LinkedIn|Bluesky|Threads)"
)

_AUTHOR = rf"(?:(?!The\b|{_DAY}\b){_NAME}|{_AGENCY}\b|(?:[Oo]ur|[Ss]taff|[Aa] [Ss]taff|[Aa]dmin|[Ee]ditor)\b)"
_BYLINE = _either(
    r"(?:By|BY|(?:Written|Words|Story|Text|Report|Posted|Published|Edited|Compiled|Analysis) by):?\s+"
    + _AUTHOR
    + rf"(?:(?:,|,? and| AND| &) {_NAME})*"
    + rf"(?: (?:in|for|at|of|on|IN|FOR|reporting from) .{{2,40}}|\s*[,|•·/–—-].{{1,80}}| {_AGENCY}| ?\d.{{0,40}})?\.?$",
    rf"{_NAME}(?:, {_NAME})* and (?:[Aa]gencies|{_AGENCY})$",
    rf"{_NAME}\s*[,|/–—-]\s*(?:[\w'’& -]{{2,40}} )?{_ROLE}"
    r"(?: (?:in|at|for) [A-Z][\w. ]{1,30})?(?:\s*[|•·].{1,40})?$",
)
_OFFICE = re.compile(rf"(?:[A-Z][\w'’&-]* (?:[\w'’&-]+ ){{0,3}})?{_ROLE}(?: in [A-Z]\w+)?$")
_NAME_ALONE = re.compile(rf"{_NAME}$")
_CREDITED = _either(
    r"\(?(?:(?:Additional|Further) )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|Compiled|Written|Edited|Translated) by "
    r"[A-Z].{2,300}$",
    r"\(?(?:Photography|Graphics|Research|Produced|Text) by [A-Z].{2,80}$",
    r"(?:[^.!?]{3,99} reported from [^.!?]{2,60}\. ?){1,2}$",
    r"(?:[^.!?]{3,99} reported from [^.!?]{2,60}\. ){0,2}"
    r"[^.!?]{3,200} contributed (?:to this (?:report|story|article|post)|reporting)\b[^.!?]{0,60}\.?\)?$",
    rf"(?:—|–|--|-|\()\s*(?:with )?{_AGENCY}(?:[/,]\s?{_AGENCY})*\)?\.?$",
    r"\(?With (?:agency )?inputs? from\b.{2,80}$",
)
_DATED = _either(
    r"(?:(?:first|last) )?(?:published|updated|modified|posted|created|date)\b[\s:]*(?:on |at )?"
    rf"(?=.*(?:\d[:.]\d\d|\d{{4}}-\d\d|\d/\d|\b{_MONTH} \d|\d {_MONTH}|\b(?:ago|today|yesterday)\b)).{{3,80}}$",
    rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,? )?(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|{_MONTH} \d{{1,2}}),? "
    r"(?:\d{4},? )?(?:at |[|•·/–—-] )?\d{1,2}[:.]\d\d.{0,50}$",
    flags=re.IGNORECASE,
)
_AGO = _either(
    r"(?:(?:last )?(?:updated|published|posted|modified)[\s:]+|[^.!?|•·]{1,40}\s*[|•·]\s*)?"
    r"(?:about |over )?(?:\d+|an?|one|two|three|a few)\s?"
    r"(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mo|months?|y|yrs?|years?) ago$",
    flags=re.IGNORECASE,
)
_COUNTED = _either(
    r"(?:reading time|read time|listen)\W{1,3}\d+\s?min\w*$",
    r"\d+[\s-]min(?:ute)?s? (?:read|listen|watch)$",
    r"\d[\d,.]*\s?[km]? (?:comments?|shares?|likes?|views?|retweets?|replies|reactions|followers|photos|images)$",
    r"comments?\s*[(:]\s*\d+\)?$",
    r"\d+\s?/\s?\d+$",
    r"page \d+(?: of \d+)?$",
    flags=re.IGNORECASE,
)
_POINTER = _either(
    r"(?:(?:read|see|watch|listen)(?: (?:more|also|next|this|now|live|here|it))?|also (?:read|see)|more|must read"
    r"|related(?: (?:articles?|stor(?:y|ies)|news|coverage|videos?|links?|reading|posts?))?|don['’]t miss|recommended"
    r"|up next|in pictures|more (?:on this|here|details|info\w*|from .{2,30})|(?:further|continue|keep) reading"
    r"|learn more|find out more|click here)\s*(?:[:|»>→►]|\.\.\.|…|[-–—](?=\s|$)).*$",
    r"(?:read|see|view|watch) (?:more|the full|our full|the original|all)\b.{0,150}$",
    r"(?:click|tap) (?:here|on)\b.{0,150}$",
    r"for more (?:news|stories|on this|information)\b.{0,100}$",
    r"more on:? .{2,60}$",
    flags=re.IGNORECASE,
)
_FOLLOW = _either(
    r"(?:(?:You can )?[Ff]ollow|FOLLOW|Connect with|Tweet) (?:us|US|me|our|@\w)",
    rf"(?:(?:You can )?[Ff]ollow|Like|Find|Join|Add|Watch) (?:{_NAME}|the [\w ]{{2,30}}|\w+(?: \w+)?) on {_NETWORK}\b",
    r"(?:(?:Twitter|X|Instagram|Facebook|Telegram|Threads|Email|E-mail|Web|Website|Tel|Phone)\s*:?\s+)?"
    r"(?:@\w{2,30}|https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+)(?:[\s|,/•·]+(?:@\w{2,30}|\S+@\S+\.\w+))*[.:]?$",
    r"(?:Contact|Write to|Email|E-mail|Reach|Send|Get in touch|Message|Tweet)\b.{0,160}(?:\S@\S+\.\w| @\w)",
)
_APPEAL = _either(  # the page asks its reader for something, or tells about itself
    r"(?:sign|signing) up\b(?=[^.!?]*\b(?:newsletters?|alerts?|e-?mails?|inbox|updates|briefing|an? account|here)\b)",
    r"subscribe (?:to|now|today|for|here|and)\b",
    r"(?:please )?(?:register(?! of)|log in|login|sign in|download|get|receive|join|become|donate|enter|unlock|create"
    r"|not a|want to|thanks? (?:you )?for)\b(?=[^.!?]*\b(?:you|your|our|us|here|now|today|free)\b)"
    r"(?=[^.!?]*\b(?:newsletters?|subscri\w+|membership|a member|inbox|apps?|e-?mail address|free trial"
    r"|unlimited access|notifications?|alerts|channel|ad-free|continue reading|sign(?:ing)? up|breaking news)\b)",
    r"already (?:a|have) .{3,30}\?",
    r"support (?:[\w'’]+ )?"
    r"(?:our (?:\w+ )?work|(?:our|independent|quality|local) (?:\w+ )?(?:journalism|reporting|newsroom))",
    r"(?:this|the) (?:article|story|content|page) is (?:for|only|exclusive|available|reserved)\b.{0,60}"
    r"(?:subscribers|members)",
    r"to continue reading\b|you have (?:\w+ ){0,4}free articles|you can unsubscribe\b|you are now subscribed\b",
    r"by (?:clicking|subscribing|continuing|signing|submitting|entering|using|registering)\b.{0,120}"
    r"\b(?:you (?:agree|accept|consent|confirm|acknowledge|are agreeing)|our (?:terms|privacy|cookie|user))\b",
    r"(?:we|we and our partners|this (?:web)?site|our (?:web)?site|\w+\.com) (?:uses?|stores?|values?|cares?)\b"
    r"(?=[^.!?]*\b(?:you|your|our|the best)\b).{0,200}\b(?:cookies|privacy|personal data)\b",
    r"cookies (?:help|allow|enable) us\b|your privacy\b.{0,20}(?:choices|matters|is important|settings)",
    r"(?:please )?enable javascript|your browser (?:does|is) not|to (?:play|view|watch) this (?:video|content|page)",
    r"this video (?:can ?not|is not)\b|(?:story|article|content) continues (?:below|after)\b|advertisement\b.{0,40}$",
    r"(?:have|got|do you have|have you got)\b.{0,30}\b(?:tips?|story (?:idea|tip)|a story|something to share)\b",
    r"(?:let us know|tell us) (?:what you think|your|in the|below|by)\b|share your (?:thoughts|views|story|experience)",
    r"your e-?mail address will not\b|save my name\b.{0,40}\b(?:browser|comment)\b",
    r"send us (?:a|your|an e)\b|what do you think\?.{0,40}\bcomment|comment below",
    r"(?:disclaimer|trigger warning)\b\s*:|the views expressed\b.{0,80}\b(?:author|own)|our standards:",
    r"\(?this (?:article|story|post|piece|report) (?:was |has |is )?.{0,30}"
    r"\b(?:(?:originally|first) (?:published|appeared|posted)|auto-?generated|not been edited|republished)\b",
    flags=re.IGNORECASE,
)
_LEGAL = re.compile(r"©|(?:\(c\)\s*)?copyright\s*(?:©|\(c\)|\d{4}|:|by\b)|\(c\)\s*\d{4}", re.IGNORECASE)
_LEGAL_WORDS = ("all rights reserved", "this material may not be", "this article may not be reproduced")
_CREDIT = _either(
    r"\W{0,2}(?:(?:File|Cover|Featured|Main|Lead|Stock) )?(?:Photos?|PHOTO|Image|IMAGE|Picture|Photograph|Illustration"
    r"|Video|Audio|Graphic|Credits?|Sources?|SOURCES?|Courtesy|FILE)"
    r"(?: (?:[Cc]redit|[Ss]ource|[Cc]ourtesy(?: of)?|by))?"
    r"\s*[:/|©,-]\s*(?P<who>.{2,90})$"
)
_CREDIT_SLASH = _either(
    rf"[\w .'’-]{{2,50}}\s?/\s?{_AGENCY}\b.{{0,40}}$",
    rf"{_AGENCY}(?: Photo| Images)?\s?/\s?[A-Z].{{1,60}}$",
    rf"{_AGENCY} (?:via|for) {_AGENCY}.{{0,20}}$",
)
_TAGGED = _either(
    r"(?:tags?|topics?|filed under|categor(?:y|ies)|keywords|labels|posted in|hashtags|in this (?:story|article))"
    r"\s*[:|].{1,200}$",
    r"(?:#\w+[\s,]*){2,}$",
    flags=re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*[|>»›•·→]\s*|\s+/\s+")
_SAID = re.compile(r"\b(?:said|says|told|added|according to)\b")
_LOWER_IN_NAMES = _phrases(
    "by|for|via|of|the|and|from|courtesy|file|in|at|on|de|da|van|von|der|al|photo|image|handout|pool"
)


def _mark_single(lines: list[_Line]) -> None:
    """Lines whose own words show what they are."""
    last_prose = max((index for index, line in enumerate(lines) if line.is_prose), default=-1)
    for index, line in enumerate(lines):
        is_edge = index < 20 or index > last_prose
        line.byline = line.length <= 160 and is_edge and _is_byline(line)
        line.marked = line.byline or _is_furniture(line, is_first=index == 0)
        if index:
            _mark_below(lines[index - 1], line, lines[index + 1] if index + 1 < len(lines) else None, is_edge)


def _mark_below(above: _Line, line: _Line, below: _Line | None, is_edge: bool) -> None:
    """A title that an empty "Read more:" points to, and an office below the name of the one who wrote."""
    if above.marked and above.plain in ("read more", "read also", "also read", "see also", "read next"):
        isolated = line.is_title and not line.gap and (below is None or below.gap)
        line.marked = line.marked or isolated
    is_name = above.byline or (not above.stops and _NAME_ALONE.match(above.text) is not None)
    if is_edge and is_name and (_OFFICE.match(line.text) or re.match(r"@\w+$", line.text)):
        above.marked = line.marked = True


def _is_byline(line: _Line) -> bool:
    return line.words <= 16 and line.stops <= 1 and _BYLINE().match(line.text) is not None


def _is_furniture(line: _Line, *, is_first: bool) -> bool:
    text = line.text
    if line.length > _LONGEST_APPEAL:
        return False
    if line.length > _LONGEST:
        return _SOLICITS.search(text) is not None and _APPEAL().match(text) is not None
    if line.plain in _ALONE or not any(character.isalnum() for character in text):
        return True
    if _SAID.search(text):
        return bool(_CREDITED().match(text))
    if _CREDITED().match(text) or _LEGAL.match(text) or any(words in line.plain for words in _LEGAL_WORDS):
        return True
    if line.words <= 60 and (_APPEAL().match(text) or (line.stops <= 2 and _FOLLOW().match(text))):
        return True
    if line.words > 35 or line.stops > 1:
        return False
    if not is_first and (_POINTER().match(text) or _is_credit(text)):
        return True
    patterns = (_DATED, _AGO, _COUNTED, _CREDIT_SLASH, _TAGGED)
    return any(pattern().match(text) for pattern in patterns) or _is_bar(line)


def _is_credit(text: str) -> bool:
    """Whether a line is a picture's credit, that is a label and names; a caption with a verb is text."""
    match = _CREDIT().match(text)
    return match is not None and _are_names(match["who"])


def _are_names(text: str) -> bool:
    words = [word.strip("().,;:'\"’“”") for word in re.split(r"[\s/|]+", text)]
    return len(words) <= 9 and all(not word or not word[0].islower() or word in _LOWER_IN_NAMES for word in words)


def _is_bar(line: _Line) -> bool:
    """Navigation or share buttons on one line: "Home > World > Europe", "Share Facebook Twitter"."""
    if line.stops or line.words > 30:
        return False
    parts = [part.strip().lower() for part in _SEPARATOR.split(line.text) if part.strip()]
    if len(parts) > 1 and all(len(part.split()) <= 5 for part in parts[:-1]):
        known = sum(part in _MENU or part in _ALONE or part in _SOCIAL for part in parts)
        return known >= 2 or (parts[0] == "home" and known >= 1)
    words = line.plain.replace(",", " ").split()
    buttons = all(word in _SOCIAL for word in words)
    return buttons and len(words) > 1 and (len(words) > 2 or bool({"share", "tweet", "print", "copy"} & set(words)))


# -------------------------------------------------------------------------------------- lines that others give away


def _mark_menus(lines: list[_Line]) -> None:
    """Runs of section names or networks, a line each: "Health" alone is a heading, among its like it is a menu.

    Above the headline one alone is the section's name.
    """
    if len(lines) > 1 and lines[0].plain in _MENU and lines[1].is_title:
        lines[0].marked = True
    for known, least in ((_MENU, 4), (_SOCIAL, 2)):
        run: list[_Line] = []
        for line in [*lines, None]:
            if line is not None and (line.plain in known or (run and line.plain in _ALONE)):
                run.append(line)
                continue
            if sum(member.plain in known for member in run) >= least:
                for member in run:
                    member.marked = True
            run = []


def _mark_teasers(lines: list[_Line]) -> None:
    """Titles between lines such as "3 years ago", and the title above the first of them, unless prose goes on below."""
    times = [index for index, line in enumerate(lines) if line.words <= 12 and _AGO().match(line.text)]
    first: int | None = None
    for here, there in pairwise([*times, -1]):
        between = lines[here + 1 : there] if there >= 0 else []
        linked = there >= 0 and len(between) <= 4 and all(line.marked or line.is_title for line in between)
        if linked:
            first = here if first is None else first
            for line in between:
                line.marked = True
        elif first is not None:
            rest = lines[here + 1 : here + 3]
            if not any(line.is_prose for line in rest):
                _mark_titles_above(lines, first)
            first = None


def _mark_titles_above(lines: list[_Line], index: int) -> None:
    for line in reversed(lines[max(1, index - 2) : index]):
        if not line.is_title:
            return
        line.marked = True


# A mark that ends articles -> how many sentences of plain prose in a row show that the article goes on after all.
_AFTER_COMMENTS = 8  # readers write prose too
_END_SMALL = _phrases(
    "related|related articles|related article|related stories|related story|related news|related content|related posts|"
    "related topics|related links|related coverage|related reading|see also|further reading|read also|also read|"
    "don't miss|must read|must reads|editor's picks|editors' picks|editor's choice|featured|featured stories|"
    "more on this story|more on this topic|on this story|topics|explore more topics|in case you missed it|"
    "latest|latest news|"
    "latest stories|"
    "top stories|top news|more news|more stories|more headlines|other news|other stories|newsletter sign-up|"
    "explore more|keep reading|more like this|you may like|from the archive|watch more|this week's top stories"
)
_END_LARGE = _phrases(
    "most read|most popular|most viewed|most shared|most commented|most watched|most recent|most emailed|trending|"
    "trending now|trending stories|popular|popular now|popular posts|popular stories|popular articles|popular news|"
    "recent posts|recent articles|recent news|recommended|recommended for you|recommended stories|"
    "recommended articles|recommended reading|you may also like|you might also like|you might be interested in|"
    "you may be interested in|you may have missed|what to read next|read next|up next|around the web|from the web|"
    "from around the web|promoted stories|sponsored stories|paid stories|sponsored links|from our partners|"
    "more from the web|more to explore|today's top stories|best of the web|our picks|hot topics|today's headlines|"
    "most discussed|more for you"
)
_END_ALL = _phrases("comments|leave a reply|leave a comment|join the conversation|reader comments|join the discussion")
_END_FROM = re.compile(r"(?:more|also|elsewhere) (?:from|by|in|on) (?:[\w'&.-]+ ?){1,4}$")
_ABOUT = re.compile(
    r"about (?:the |our |this )?(?:authors?|writers?|reporters?|editors?|contributors?|columnist|us|journalist|newsroom"
    r"|(?:[\w'&-]+ ){0,3}(?:team|staff|desk|newsroom|newspaper|correspondent))(?:\(s\))?$|author$|meet the author$"
    r"|(?:written|posted) by$"
)
_TIP = re.compile(
    r"(?:have|got|do you have|have you got) (?:a |any )?(?:news |confidential |story )?tips?\b.{0,60}\??$",
    re.IGNORECASE,
)


def _ends(line: _Line) -> int:
    """Sentences of prose that it takes to believe that the article goes on below this line; 0 if it ends nothing."""
    plain = line.plain.removesuffix(" (0)")
    if line.words > 10 or not plain:
        return 0
    if plain in _END_SMALL:
        return 2
    if plain in _END_ALL or re.match(r"(?:\d+ comments?|comments? \(?\d+)$", line.text.lower()):
        return _AFTER_COMMENTS
    if plain in _END_LARGE or _ABOUT.match(plain) or _TIP.match(line.text):
        return 3
    return 2 if line.words <= 6 and _END_FROM.match(plain) and not line.stops else 0


def _mark_tails(lines: list[_Line]) -> None:
    """What follows a mark that ends articles, up to where plain prose shows that this one goes on."""
    ahead = _sentences_ahead(lines)
    index, seen = 0, False
    while index < len(lines):
        needed = _ends(lines[index]) if index else 0
        seen = seen or lines[index].is_prose
        if not needed:
            index += 1
            continue
        if needed == _AFTER_COMMENTS and not seen:  # a link at the page's top
            needed = 3
        start = index + (2 if _ABOUT.match(lines[index].plain) else 1)  # past the biography, which is prose
        end = _resumption(lines, ahead, start, needed)
        for line in lines[index:end]:
            line.marked = True
        index = max(end, index + 1)


def _sentences_ahead(lines: Sequence[_Line]) -> list[int]:
    """For each line, the sentences of prose from it on, uninterrupted; one more where only furniture follows."""
    ahead = [0] * (len(lines) + 1)
    closing = True
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.is_prose and not line.marked:
            ahead[index] = max(1, line.stops) + (ahead[index + 1] or int(closing))
        closing = closing and (line.marked or line.is_prose)
    return ahead[:-1]


def _resumption(lines: Sequence[_Line], ahead: Sequence[int], start: int, needed: int) -> int:
    """The line at which the article goes on, with its heading if one stands apart from the teasers; else the end."""
    for index in range(start, len(lines)):
        if ahead[index] >= needed:
            above = lines[index - 1]
            has_heading = index - 1 > start and above.is_title and above.gap and lines[index].words > above.words
            return index - 1 if has_heading and not above.marked else index
    return len(lines)


def _mark_leftovers(lines: list[_Line]) -> None:
    """Titles below the last prose that follow a line of furniture: a footer's links and teasers."""
    last = max((index for index, line in enumerate(lines) if line.stops and not line.marked), default=-1)
    below = False
    for line in lines[last + 1 :] if last >= 0 else []:
        below = below or line.marked
        line.marked = line.marked or (below and line.is_title)


_SELF = re.compile(r"(?:Hi|Hello|Hey)\b[,!.]*\s+(?:I['’]m|I am|[Mm]y name is)\s+(?P<name>[A-Z]\w+(?: [A-Z]\w+)?)")
_LIFE = re.compile(
    rf"(?P<name>{_NAME}) (?:is|was|works|covers|writes|reports|has (?:covered|been|worked|written))\b"
    r"(?=.*\b(?:reporter|correspondent|journalist|columnist|editor|writer|freelance|contributor|anchor|bureau chief)\b)"
)


def _mark_biographies(lines: list[_Line]) -> None:
    """A last paragraph that tells who wrote the article, known by the byline or by an address in it."""
    bylines = " ".join(line.text for line in lines if line.byline)
    kept = [line for line in lines if not line.marked]
    for line in kept[-2:] if len(kept) > 2 else []:
        match = _SELF.match(line.text) or _LIFE.match(line.text)
        if match is None or _SAID.search(line.text):
            continue
        known = match["name"].lower() in bylines.lower()
        line.marked = known or bool(re.search(r"(?:^|\s)@\w{3,}|\S@\S+\.\w", line.text)) or match.re is _SELF


# -------------------------------------------------------------------------------------------------- parts of a line

_DATE = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH}|{_DAY})(?:,? \d{{4}})?"
_CAPS = r"[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]*){0,3}"
_PLACE = r"[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]+|de|of|al)){0,3}"
_DASH = r"\s*(?:—|–|--|―|(?<=[\s)])-(?=\s)|(?<=\))-)\s*"
_BEGINS = r"(?=[\"“‘'(\[]?[A-Z0-9])"
_AGENCY_DATELINE = _either(
    rf"(?:{_PLACE}(?:[,/] ?{_PLACE}){{0,2}}(?:,? {_DATE})?,? |{_DATE},? )?"
    rf"[(\[](?P<agency>[A-Z][\w.&'’/ -]{{1,40}})[)\]](?P<dash>{_DASH}|\s*:\s+|\s+(?=[A-Z“\"]))"
)
_DATED_DATELINE = _either(rf"{_PLACE}(?:[,/] ?{_PLACE}){{0,2}},? {_DATE}(?:{_DASH}|\s*:\s+){_BEGINS}")
_CAPS_DATELINE = _either(rf"(?P<place>{_CAPS})(?:, {_PLACE}){{0,2}}(?:{_DASH}|\s*:\s+){_BEGINS}")
# Cities that news style lets stand alone in a dateline (the Associated Press's list, shortened).
_ALONE_DATELINE = _either(
    r"(?:Amsterdam|Athens|Atlanta|Bangkok|Beijing|Berlin|Boston|Brussels|Buenos Aires|Cairo|Chicago|Copenhagen|Dallas"
    r"|Delhi|Denver|Dhaka|Dubai|Dublin|Geneva|Hanoi|Havana|Helsinki|Hong Kong|Houston|Islamabad|Istanbul|Jakarta"
    r"|Jerusalem|Johannesburg|Kabul|Kyiv|Lisbon|London|Los Angeles|Madrid|Manila|Mexico City|Miami|Milan|Moscow|Mumbai"
    r"|Nairobi|New Delhi|New York|Oslo|Paris|Philadelphia|Prague|Rio de Janeiro|Rome|San Francisco|Seattle|Seoul"
    r"|Shanghai|Singapore|Stockholm|Sydney|Taipei|Tehran|Tel Aviv|Tokyo|Toronto|United Nations|Vienna|Warsaw"
    rf"|Washington|Zurich){_DASH}{_BEGINS}"
)
_PLACE_DATELINE = _either(rf"{_PLACE}(?:, {_PLACE}){{1,3}}{_DASH}{_BEGINS}")
_KNOWN_AGENCY = re.compile(rf"{_AGENCY}$|\S+\.(?:com|org|net|news|info|co|tv|\w\w)$")
_NO_CITIES = _phrases(
    "NATO|OPEC|ASEAN|UNICEF|UNESCO|UNHCR|FIFA|UEFA|NASA|INTERPOL|BREAKING|BREAKING NEWS|UPDATE|UPDATED|EXCLUSIVE|"
    "WATCH|LIVE|VIDEO|OPINION|ANALYSIS|EXPLAINER|EXPLAINED|FACTBOX|COMMENT|EDITORIAL|INTERVIEW|REVIEW|NOTE|WARNING|"
    "CORRECTION|ALERT|SYSTEM|USER|COVID|BREXIT|FACT CHECK|TIMELINE|PROFILE|QUESTION|ANSWER|HOST|READ|READ MORE|MORE"
)
_AFTER_STOP = r"(?<=[.!?\"”’)] )"
_CREDITS = (
    (
        r"(?:Image|Photo|Video|Audio|Picture|Photograph|Illustration|Credit|(?:Photo|Image) credit)s?:"
        r" (?P<who>[A-Z][^:.!?]{1,60})\.?"
    ),
    r"[(\[](?:(?:File )?(?:Photo|Image|Picture)|Credit|Courtesy|Handout|File)\b[^()\[\]]{0,80}[)\]]\.?",
    rf"[(\[][^()\[\]]{{0,60}}\b{_AGENCY} ?(?:[Pp]hoto|[Ii]mages?|[Ff]ile)?(?:\s?/| via)[^()\[\]]{{1,60}}[)\]]\.?",
    rf"[(\[][^()\[\]]{{2,60}}\s?(?:/|via)\s?{_AGENCY}[^()\[\]]{{0,30}}[)\]]\.?",
    rf"{_AFTER_STOP}(?:[-–—]{{1,2}}\s*|\(){_AGENCY}(?:/{_AGENCY})*\)?\.?",
    rf"{_AFTER_STOP}\(?(?:Additional reporting|Reporting|Writing|Editing) by [A-Z][^!?]{{3,200}}",
    rf"{_AFTER_STOP}(?:©|\([cC]\)|Copyright)\s*(?:©\s*)?\d{{4}}.{{0,160}}",
)
_TAIL_CREDIT = _either(rf"(?:(?<=\s)|(?<=[.!?\"”’)])|^)(?P<part>{'|'.join(_CREDITS)})$")
_TAIL_HINT = re.compile(r"[©:/()\[\]]| by |[-–—] ?[A-Z]")
_LABEL = re.compile(r"Image (?:caption|source),\s+")


def _parts(text: str, line: _Line, is_lead: bool) -> Iterator[Span]:
    """What is furniture within a line that is not: the dateline at its head, the credit at its tail."""
    start, end = line.span
    head = _dateline(text, line) if is_lead else _agency_tag(line.text)
    if head is None and (label := _LABEL.match(line.text)):
        head = label.end()
    if head:
        yield _trimmed(text, start, start + head)
    tail = _credit(text[max(start + (head or 0), end - _EDGE) : end])
    if tail:
        yield _trimmed(text, end - tail, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return Span(start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip()))


def _agency_tag(head: str) -> int | None:
    """The length of "LONDON, March 3 (Reuters) -" at a line's head, an agency that is known as one."""
    match = _AGENCY_DATELINE().match(head)
    known = match and _KNOWN_AGENCY.match(match["agency"]) and match["dash"].strip()
    return match.end() if match and known and match.end() < len(head) else None


def _dateline(text: str, line: _Line) -> int | None:
    """The length of the dateline at the head of the article's first sentence."""
    head = line.text[:_EDGE]
    if line.is_title:
        return None
    match = _AGENCY_DATELINE().match(head)
    if match and (
        _KNOWN_AGENCY.match(match["agency"]) or (match["dash"].strip() and len(match["agency"].split()) <= 3)
    ):
        return match.end()
    match = _DATED_DATELINE().match(head)
    if match:
        return match.end()
    match = _CAPS_DATELINE().match(head)
    if match and _is_city(text, match["place"]):
        return match.end()
    match = _PLACE_DATELINE().match(head) or _ALONE_DATELINE().match(head)
    if match and not re.match(rf"[^.!?]*{_DASH}", head[match.end() :]):  # else the dash opens a parenthesis
        return match.end()
    return None


def _is_city(text: str, place: str) -> bool:
    """Whether a word in capitals is a dateline's: written so only here, and no body, label or speaker known by it."""
    letters = sum(character.isalpha() for character in place)
    return letters > 3 and place not in _NO_CITIES and text.count(place) == 1


def _credit(tail: str) -> int | None:
    """The length of the credit, agency sign or copyright at the end of a paragraph, of which `tail` is the end."""
    match = _TAIL_CREDIT().search(tail) if _TAIL_HINT.search(tail) else None
    if match is None or (match["who"] and not _are_names(match["who"])):
        return None
    return len(tail) - match.start("part")
