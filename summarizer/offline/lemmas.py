"""The dictionary form of a word: what the treebank attests, then irregular forms, then the rules of English spelling.

A trained lemmatizer fails on exactly the verbs of the news ("expelled" → "expelle"), for it learns endings and not
spelling. The rules here are those of Quirk et al. (1985), *A Comprehensive Grammar of the English Language*, 3.5-3.10
and 5.80-5.81, read backwards: a doubled consonant, a dropped *e*, *y* for *i*. What they leave open (is "rating" of
"rat" or of "rate"?) a list of known dictionary forms decides, which the training script draws from the treebank.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

TABLE = Path(__file__).parent / "model" / "lemmas.json"

VOWELS = "aeiouy"


@dataclass(frozen=True)
class LemmaTable:
    """What a treebank attests: by tag, the forms no rule explains, and the dictionary forms that exist."""

    exceptions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    known: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def knows(self, upos: str, candidate: str) -> bool:
        """Say whether the treebank has this dictionary form under this tag."""
        return candidate in self.known.get(upos, ())


EMPTY = LemmaTable()


@cache
def shipped_table() -> LemmaTable:
    """Read the table that ships with the weights."""
    return read_table(TABLE)


def read_table(path: Path) -> LemmaTable:
    """Read a table as :func:`write_table` wrote it."""
    data = json.loads(path.read_text(encoding="utf-8"))
    known = {upos: frozenset(lemmas.split()) for upos, lemmas in data["known"].items()}
    return LemmaTable(exceptions=data["exceptions"], known=known)


def write_table(table: LemmaTable, path: Path) -> None:
    """Write a table as JSON, in an order that does not depend on how it was made."""
    data = {
        "exceptions": {upos: dict(sorted(forms.items())) for upos, forms in sorted(table.exceptions.items())},
        "known": {upos: " ".join(sorted(lemmas)) for upos, lemmas in sorted(table.known.items())},
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def lemma(form: str, upos: str, table: LemmaTable | None = None) -> str:
    """Give the dictionary form of a word under its universal part-of-speech tag.

    Names keep their spelling, everything else comes in lower case and with straight apostrophes.

    >>> lemma("expelled", "VERB"), lemma("denies", "VERB"), lemma("sought", "VERB"), lemma("allies", "NOUN")
    ('expel', 'deny', 'seek', 'ally')
    """
    table = shipped_table() if table is None else table
    plain = form.replace("’", "'")
    lowered = plain.lower()
    attested = table.exceptions.get(upos, {}).get(lowered)
    if attested is not None:
        return attested
    if upos == "PROPN":
        return plain
    acronym = upos == "NOUN" and plain.isupper() and len(plain) <= 3
    return lowered if acronym else regular(lowered, upos, table)


def regular(form: str, upos: str, table: LemmaTable = EMPTY) -> str:
    """Give the dictionary form of a lower-case word by irregular forms and rules, the treebank's exceptions aside."""
    if upos in ("VERB", "AUX"):
        return _verb(form, table)
    if upos == "NOUN":
        return _noun(form, table)
    if upos in ("ADJ", "ADV"):
        return _graded(form, upos, table)
    return form


# ---------------------------------------------------------------------------------------------------------- irregulars

# Base, then its irregular forms; a past may have a prefix before it (see _PREFIXED).
_IRREGULAR_VERBS = """
arise arose arisen|awake awoke awoken|be am is are was were been|bear bore borne born|beat beaten|become became
befall befell befallen|begin began begun|behold beheld|bend bent|beset|bet|bid bade bidden|bind bound|bite bit bitten
bleed bled|blow blew blown|break broke broken|breed bred|bring brought|broadcast|build built|burn burnt|burst
buy bought|cast|catch caught|choose chose chosen|cling clung|come came|cost|creep crept|cut|deal dealt|dig dug
do did done does|draw drew drawn|dream dreamt|drink drank drunk|drive drove driven|dwell dwelt|eat ate eaten
fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|fling flung|fly flew flown
forbid forbade forbidden|forecast|forget forgot forgotten|forgive forgave forgiven|forsake forsook forsaken
freeze froze frozen|get got gotten|give gave given|go went gone goes|grind ground|grow grew grown|hang hung
have has had|hear heard|hide hid hidden|hit|hold held|hurt|keep kept|kneel knelt|know knew known|lay laid|lead led
lean leant|leap leapt|learn learnt|leave left|lend lent|let|lie lain lying|belie belies belied belying
underlie underlies underlay underlain underlying|rely relying|light lit|lose lost|make made|mean meant|meet met
mow mown|pay paid|plead pled|prove proven|put|quit|read|rent|rid|ride rode ridden|ring rang rung|rise rose risen
run ran|say said|see saw seen|seek sought|sell sold|send sent|set|sew sewn|shake shook shaken|shear shorn|shed
shine shone|shoot shot|show shown|shrink shrank shrunk|shut|sing sang sung|sink sank sunk|sit sat|slay slew slain
sleep slept|slide slid|sling slung|slink slunk|slit|smell smelt|sow sown|speak spoke spoken|speed sped|spell spelt
spend spent|spill spilt|spin spun|spit spat|split|spoil spoilt|spread|spring sprang sprung|stand stood
steal stole stolen|stick stuck|sting stung|stink stank stunk|stride strode stridden|strike struck stricken
string strung|strive strove striven|swear swore sworn|sweep swept|swell swollen|swim swam swum|swing swung
take took taken|teach taught|tear tore torn|tell told|think thought|throw threw thrown|thrust|tread trod trodden
undergo underwent undergone|understand understood|wake woke woken|wear wore worn|weave wove woven|weep wept|wet
win won|wind wound|wring wrung|write wrote written|die dying|tie tying|untie unties untied untying|vie vying|rebound
relent|resent|quiz quizzes quizzed quizzing|picnic picnicked picnicking|mimic mimicked mimicking
panic panicked panicking|taxi taxied|stymie stymied stymies|traffic trafficked trafficking|frolic frolicked frolicking
"""

_IRREGULAR_NOUNS = """
man men|woman women|child children|foot feet|tooth teeth|goose geese|mouse mice|louse lice|ox oxen|die dice
penny pence|leaf leaves|knife knives|wife wives|life lives|wolf wolves|half halves|thief thieves|shelf shelves
calf calves|self selves|loaf loaves|scarf scarves|hoof hooves|elf elves|sheaf sheaves|dwarf dwarves|criterion criteria
phenomenon phenomena|crisis crises|analysis analyses|thesis theses|hypothesis hypotheses|diagnosis diagnoses
oasis oases|axis axes|parenthesis parentheses|synthesis syntheses|prognosis prognoses|neurosis neuroses
paralysis paralyses|emphasis emphases|metamorphosis metamorphoses|catharsis catharses|nemesis nemeses|testis testes
alumnus alumni|cactus cacti|fungus fungi|nucleus nuclei|radius radii|stimulus stimuli|syllabus syllabi
bacterium bacteria|curriculum curricula|menu menus|guru gurus|memorandum memoranda|referendum referenda|stratum strata
addendum addenda|symposium symposia|ovum ova|vertebra vertebrae|larva larvae|formula formulae|antenna antennae
alga algae|index indices|appendix appendices|matrix matrices|vertex vertices|codex codices|schema schemata
stigma stigmata|corpus corpora|genus genera|opus opera|quiz quizzes|shoe shoes|toe toes|foe foes|woe woes|hoe hoes
canoe canoes|oboe oboes|ache aches|headache headaches|cache caches|niche niches|avalanche avalanches|psyche psyches
creche creches|quiche quiches|moustache moustaches|mustache mustaches|toothache toothaches|axe axes|lens lenses
pie pies|tie ties|lie lies|movie movies|cookie cookies|rookie rookies|zombie zombies|calorie calories|prairie prairies
genie genies|hippie hippies|junkie junkies|selfie selfies|brownie brownies|birdie birdies|veggie veggies
freebie freebies|newbie newbies|auntie aunties|sortie sorties|smoothie smoothies|hoodie hoodies|pixie pixies
foodie foodies|bogie bogies|talkie talkies|goalie goalies|techie techies|brother-in-law brothers-in-law
sister-in-law sisters-in-law|son-in-law sons-in-law|wharf wharves|daughter-in-law daughters-in-law
passer-by passers-by|passerby passersby|runner-up runners-up|attorney-general attorneys-general
"""

# Plural in form and dictionary form alike, or singular though they end in s.
_INVARIABLE = """
aids aircraft alas alias always amends annals asbestos atlas axis ballistics bias bourgeois canvas cannabis chaos
chassis christmas clothes corps cosmos crossroads dais data debris diabetes ethos forensics gallows gas headquarters
iris kudos lens measles media metropolis news overseas pancreas pants pelvis penis people rabies rendezvous scissors
series shambles shorts species tennis thanks thermos trousers whereabouts acoustics aerobics analytics athletics
dynamics economics electronics genetics geopolitics gymnastics hysterics informatics linguistics logistics mathematics
metaphysics obstetrics optics physics politics robotics specimen regimen omen abdomen semen acumen amen hymen stamen
"""
_COMPOUNDED = re.compile(r"(?:children|wives|shelves|wolves|teeth|women|feet|mice)$")

# "More", "most", "least" and "further" are words of their own in the treebank.
_GRADES = "good better best|bad worse worst|far farther farthest"

_PREFIXED = re.compile(r"(?:out|over|under|re|un|mis|fore|with|inter|up|pre|cross)-?(?=...)")


def _forms(rows: str) -> Mapping[str, str]:
    """Turn rows of "base form form" into {form: base}.

    >>> _forms("bear bore borne|bet")
    mappingproxy({'bear': 'bear', 'bore': 'bear', 'borne': 'bear', 'bet': 'bet'})
    """
    entries = [row.split() for row in re.split(r"[|\n]", rows) if row.strip()]
    forms = {form: base for base, *others in entries for form in (base, *others)}
    return MappingProxyType({**forms, **{base: base for base, *_ in entries}})


VERBS = _forms(_IRREGULAR_VERBS)
NOUNS = _forms(_IRREGULAR_NOUNS)
GRADES = _forms(_GRADES)
INVARIABLE = frozenset(_INVARIABLE.split())


def _past(form: str) -> str | None:
    """Look an irregular past up behind a prefix: "overthrew" is "over" and "threw"."""
    prefix = _PREFIXED.match(form)
    rest = form[prefix.end() :] if prefix else ""
    base = VERBS.get(rest, rest)
    return prefix[0] + base if prefix and base != rest and not rest.endswith("ing") else None


# --------------------------------------------------------------------------------------------------------------- rules

_VERBS_IN_EE = {"agree", "decree", "disagree", "emcee", "free", "guarantee", "oversee", "referee"}


def _verb(form: str, table: LemmaTable) -> str:
    if form in VERBS:
        return VERBS[form]
    if table.knows("VERB", form):
        return form
    past = _past(form)
    if past is not None:
        return past
    if form.endswith(("ies", "ied")):
        return form[:-1] if len(form) <= 4 else form[:-3] + "y"
    if form.endswith("eed"):
        return form[:-1] if form[:-1] in _VERBS_IN_EE else form
    if form.endswith("eing"):
        return form[:-3]
    for ending in ("ed", "ing"):
        if form.endswith(ending) and _has_vowel(form[: -len(ending)]):
            return _restore(form[: -len(ending)], "VERB", table)
    return _without_s(form, "VERB", table)


def _noun(form: str, table: LemmaTable) -> str:
    if form in NOUNS:
        return NOUNS[form]
    if form in INVARIABLE or form[0].isdigit() or table.knows("NOUN", form):
        return form
    head, hyphen, tail = form.rpartition("-")
    if head and tail:
        return head + hyphen + _noun(tail, table)
    compounded = _COMPOUNDED.search(form)
    if compounded:
        return form[: compounded.start()] + NOUNS[compounded[0]]
    if form.endswith("men"):
        return form[:-3] + "man"
    if form.endswith("ies"):
        return form[:-1] if len(form) <= 4 else form[:-3] + "y"
    return _without_s(form.removesuffix("'s"), "NOUN", table)


# Where -es is the ending and not -s: after a sibilant, and after the -us and -as of Latin.
_ES = re.compile(
    r"(?:ss|sh|ch|x|zz|tz|o)es$|(?<!mis)(?:[inpst]|[iol]r|irc|auc|oc|surpl)uses$|(?:bi|ali|atl|canv|christm|^g)ases$|^buses$"
)
_SINGULAR_IN_S = ("ss", "us", "sis", "itis", "polis", "'s")


def _without_s(form: str, upos: str, table: LemmaTable) -> str:
    """Take the s of a plural or a third person off, and the e before it where spelling put it there."""
    if not form.endswith("s") or form.endswith(_SINGULAR_IN_S) or len(form) < 3:
        return form
    likely, other = form[:-1], form[:-2]
    if _ES.search(form):
        likely, other = other, likely
    elif not form.endswith(("ases", "ises", "uses", "zes", "ches", "shes", "oes")):
        return likely
    return other if table.knows(upos, other) and not table.knows(upos, likely) else likely


def _graded(form: str, upos: str, table: LemmaTable) -> str:
    """Undo a comparative or superlative; "-er" is one only if what is left is a known word ("other", "proper")."""
    if form in GRADES:
        return GRADES[form]
    if table.knows(upos, form):
        return form
    for ending in ("est", "er"):
        stem = form.removesuffix(ending)
        if stem == form or not _has_vowel(stem):
            continue
        base = stem[:-1] + "y" if stem.endswith("i") else _restore(stem, "ADJ", table)
        if table.knows("ADJ", base) or table.knows("ADV", base):
            return base
    return form


def _has_vowel(stem: str) -> bool:
    return any(letter in VOWELS for letter in stem)


def _restore(stem: str, upos: str, table: LemmaTable) -> str:
    """Give back what an ending in a vowel cost: a dropped e, or one of two consonants.

    Spelling alone says it for most; where the treebank knows another reading and not this one, that other holds.
    """
    likely = spelled(stem)
    if table.knows(upos, likely):
        return likely
    others = [stem, stem + "e", stem[:-1] if stem[-2:-1] == stem[-1:] else stem]
    return next((other for other in others if table.knows(upos, other)), likely)


KEEP, ADD_E, HALVE = 0, 1, -1

_SPELLING: tuple[tuple[str, int], ...] = (
    # Two consonants alike: the word's own, or doubled before the ending ("add" and "ball", but "control" and "step").
    (r"^(?:add|odd|egg|err|ebb|butt|purr)$|boycott$", KEEP),
    (
        r"^(?:[^aeiouy]*|s?qu)[aeiouy]ll$|(?:c|f|st|app|new)all$|(?:dist|fulf|inst|ref)ill$|(?:enr|nkr|unr)oll$|misspell$",
        KEEP,
    ),
    (r"(?:focu|bia|canva|^ga|^bu)ss$|qui?zz$", HALVE),
    (r"(?:ss|zz|ff)$", KEEP),
    (r"([bdgklmnprtv])\1$", HALVE),
    # A vowel: "agre|e" and "argu|e", but "deny", "veto", "ski", "review" are whole.
    (r"[eu]$|^(?:ey|dy|ow|aw|ho|sho|tipto)$", ADD_E),
    (r"[aioywx]$", KEEP),
    # h: "sooth|e" and "ach|e" are the few that lost an e.
    (r"(?:breath|cloth|sooth|loath|bath|lath|writh|tith|seeth|teeth|wreath|scath|^ach|cach)$", ADD_E),
    (r"h$", KEEP),
    # No English verb ends in a bare c, v, or soft g; few in a bare s or z.
    (r"^rev$|(?:waltz|blitz|quartz)$", KEEP),
    (r"(?:focu|bia|canva|choru|^ga|^bu)s$", KEEP),
    (r"(?:hing|infring|imping|cring|fring|sing|ting|bing|whing|spong|[^aeiou]rang|strang|chang|rrang|^rang)$", ADD_E),
    (r"[aio]ng$", KEEP),
    (r"[cvjqszg]$", ADD_E),
    # l: always e after a consonant ("handl|e"); after one vowel mostly ("compil|e"), not in "-el" and long "-al" words.
    (r"[bcdfgkpstxz]l$|styl$|^(?:re)?(?:sc|wh|p|s|b|st)al$|(?:inh|exh|imp|reg)al$", ADD_E),
    (r"(?:[aeo][aeiou]|[aerwy]|[^aeiouy]a|ia|ua|oi)l$|(?:per|dev|counc|penc|stenc|foss|ev)il$|patrol$", KEEP),
    (r"[iou]l$", ADD_E),
    # m and n: one vowel before them was long.
    (r"(?:ea|ai|ee|oa|oo|ou|[lrsth])m$|(?:cust|bott|fath|rans|bloss|phant)om$|(?:it|syst)em$|victim$|program$", KEEP),
    (r"[aiouy]m$|(?:supr|extr)em$", ADD_E),
    (r"(?:ea|ai|ee|oa|oo|ou|oi|ei|ui|[wgrm])n$|(?:ru|caba|marg|orig|bullet|cab|muff|coff|pump)in$", KEEP),
    (r"(?:conv|interv|contrav|hyg)en$|^(?:ph|cl|h|st|t|z|dr|pr)on$|(?:dethr|postp|cond|at|telep)on$", ADD_E),
    (r"[aiu]n$(?<!human)(?<!orphan)(?<!begin)", ADD_E),
    # r: "declar|e", "requir|e", "ensur|e", "explor|e", but "-er", "-our" and long "-or" words are whole.
    (r"(?:adh|interf|sev|coh|rev|persev|^h)er$|(?:pl|gn|st|expl|sc|ad|sn|^b)or$|[cgt]r$", ADD_E),
    (r"(?:ea|ai|ee|oa|oo|ou|e|o)r$|(?:murm|sulf|aug)ur$", KEEP),
    (r"[aiuy]r$", ADD_E),
    # t: "creat|e", "execut|e", and by list "-ete", "-ite", "-ote".
    (r"(?:^|re|pro)creat$|(?:perm|delin|naus)eat$", ADD_E),
    (r"[eo]at$|(?:^ch|^f|comb|form|wh|squ|th)at$", KEEP),
    (
        r"at$|(?:comp|compl|del|depl|repl|secr|excr)et$|(?:^|re|out|de|un)(?:v|n|qu|prom|dem|em)ot$|(?:dev|den|conn)ot$",
        ADD_E,
    ),
    (r"(?:^c|^b|^k|^sp|^sm|inv|un|wr|desp|ign|^inc|exc|rec|exped|extrad|appet)it$", ADD_E),
    (r"[^aeio]ut$(?<!debut)(?<!input)(?<!output)|(?:^[hptbw]|dist)ast$|^(?:re-?)?rout$", ADD_E),
    # d, k, p, b: one vowel before them was long.
    (r"(?:ea|ai|ee|oa|oo|ou|oi|au|[lnrw])d$|embed$", KEEP),
    (r"(?:ea|oa|oo|ee|ou|ai|aw|[cnrsl])k$", KEEP),
    (
        r"(?:ea|oa|oo|ee|ou|ai|[mlrs])p$|(?:envel|devel|gall|wall|scall)op$|(?:goss|worsh|equ|wh)ip$|kidnap$|hiccup$",
        KEEP,
    ),
    (r"[aeiouy][dkp]$|[aiou]b$|^(?:ch|str|kn)[ai]f$", ADD_E),
)
_COMPILED = tuple((re.compile(pattern), change) for pattern, change in _SPELLING)


def spelled(stem: str) -> str:
    """Guess the dictionary form from what stands before "-ed", "-ing" or "-er", by spelling alone.

    >>> [spelled(stem) for stem in ("stepp", "clos", "sanction", "arm", "recall", "cancell", "surg")]
    ['step', 'close', 'sanction', 'arm', 'recall', 'cancel', 'surge']
    """
    change = next((change for pattern, change in _COMPILED if pattern.search(stem)), KEEP)
    return stem[:-1] if change == HALVE else stem + "e" * (change == ADD_E)


# --------------------------------------------------------------------------------------------------- making the table


_KNOWN_TAGS = ("VERB", "NOUN", "ADJ", "ADV")
_TABLED_TAGS = (*_KNOWN_TAGS, "ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "SCONJ")
_PLAIN_WORD = re.compile(r"[a-z][a-z'.-]*|'[a-z]+")


def build_table(words: Iterable[tuple[str, str, str]]) -> LemmaTable:
    """Draw a table from (form, tag, lemma) triples: the dictionary forms, and the forms that the rules get wrong.

    A form that has several dictionary forms gets the most frequent; at a tie, the first in the alphabet.
    """
    best = {upos: forms for upos, forms in _most_frequent(words).items() if upos in _TABLED_TAGS}
    known = {upos: _dictionary_forms(best.get(upos, {}), upos) for upos in _KNOWN_TAGS}
    plain = LemmaTable(known=known)
    exceptions = {
        upos: {form: base for form, base in forms.items() if regular(form, upos, plain) != base}
        for upos, forms in best.items()
    }
    return LemmaTable(exceptions=exceptions, known=known)


def _most_frequent(words: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, str]]:
    counts: dict[str, dict[str, Counter[str]]] = {}
    for form, upos, base in words:
        plain, lowered = form.replace("’", "'").lower(), base.replace("’", "'").lower()
        if _PLAIN_WORD.fullmatch(plain) and _PLAIN_WORD.fullmatch(lowered):
            counts.setdefault(upos, {}).setdefault(plain, Counter())[lowered] += 1
    return {
        upos: {form: min(bases, key=lambda base: (-bases[base], base)) for form, bases in forms.items()}
        for upos, forms in counts.items()
    }


def _dictionary_forms(forms: Mapping[str, str], upos: str) -> frozenset[str]:
    """Keep what the treebank gives as a dictionary form, slips aside: "missing" is none where "miss" is one."""
    bases = frozenset(forms.values())
    return frozenset(base for base in bases if regular(base, upos) == base or regular(base, upos) not in bases)
