"""Train the pipeline of the embedded engine from Universal Dependencies treebanks.

``python -m summarizer.offline.train --treebanks DIR --out DIR`` trains, writes the weights in half precision and
scores them; with ``--evaluate`` it also trains anew without each fold of PUD and scores on the fold left out, which is
the honest figure for news. The recipe is spaCy's usual small one: hashed embeddings of norm, prefix, suffix and shape
(Serrà and Karatzoglou 2017), a convolutional encoder, and a transition-based parser (Honnibal and Johnson 2015).
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import platform
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab
from thinc.api import Adam, Optimizer, fix_random_seed, set_dropout_rate, warmup_linear

from summarizer.offline.lemmas import LemmaTable, build_table, lemma, read_table, write_table
from summarizer.offline.pipeline import read_halved, write_halved

EWT = "en_ewt-ud-{part}.conllu.gz"
PUD = "en_pud-ud-test.conllu.gz"
KEPT_FEATURES = frozenset(
    {
        "Case",
        "Degree",
        "Gender",
        "Mood",
        "Number",
        "Person",
        "Polarity",
        "Poss",
        "PronType",
        "Tense",
        "VerbForm",
        "Voice",
    }
)
"""The morphology that the engine's rules ask for; the fewer the labels, the surer each."""


@dataclass(frozen=True)
class Word:
    """One syntactic word of a treebank; ``head`` is its governor's place in the sentence, its own for a root."""

    form: str
    space: bool
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    dep: str
    typo: bool = False


Sentence = tuple[Word, ...]
Paragraph = tuple[Sentence, ...]
Paragraphs = Sequence[tuple[str, Paragraph]]
"""Paragraphs, each with the id of its document, which begins with its genre."""
Scores = dict[str, float]
Log = Callable[[str], None]


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what weights come out, given the treebanks.

    The encoder: `width`, `depth`, and `rows` of the tables for norm, prefix, suffix and shape; the parser: `hidden`
    units, and relations seen less than `rarest` times left out. The steps: how many, of how many `words`, with what
    `dropout` and highest `learn_rate`. The rest are shares: of paragraphs taken sentence by sentence (`alone`); of
    documents in `curly` or `straight` quotes, in `upper` or `lower` case, as a `headline`, and of headlines `titled`;
    of words `swapped` for those of the news; of documents with stray line breaks (`gaps`).
    """

    seed: int = 0
    steps: int = 4000
    words: int = 900
    width: int = 96
    depth: int = 4
    rows: tuple[int, int, int, int] = (5000, 4000, 2500, 1500)
    hidden: int = 64
    rarest: int = 30
    dropout: float = 0.1
    learn_rate: float = 0.001
    alone: float = 0.4
    curly: float = 0.45
    straight: float = 0.2
    upper: float = 0.01
    lower: float = 0.01
    headline: float = 0.05
    titled: float = 0.4
    swapped: float = 0.1
    gaps: float = 0.02


# ------------------------------------------------------------------------------------------------ reading treebanks


def read_paragraphs(path: Path) -> list[tuple[str, Paragraph]]:
    """Read a gzipped CoNLL-U file as (document id, sentences) pairs, one for each paragraph.

    PUD marks documents but no paragraphs: there a document's sentences, drawn from one article, stand for a paragraph.
    """
    paragraphs: list[tuple[str, list[Sentence]]] = []
    document = ""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for block in _blocks(lines):
            document = next((line.split("= ")[1] for line in block if line.startswith("# newdoc id")), document)
            if not paragraphs or any(line.startswith(("# newpar", "# newdoc")) for line in block):
                paragraphs.append((document, []))
            paragraphs[-1][1].append(read_sentence(block))
    return [(document, tuple(sentences)) for document, sentences in paragraphs]


def _blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in itertools.chain(lines, [""]):
        if line.strip():
            block.append(line.rstrip("\n"))
        elif block:
            yield block
            block = []


def read_sentence(block: Iterable[str]) -> Sentence:
    """Read one sentence's CoNLL-U lines; empty nodes are skipped and the words of a contraction stand unspaced."""
    words: list[Word] = []
    contraction_end, contraction_space = 0, True
    for line in block:
        if line.startswith("#"):
            continue
        number, form, base, upos, xpos, feats, head, dep, _, misc = line.split("\t")
        space = "SpaceAfter=No" not in misc
        if "-" in number:
            contraction_end, contraction_space = int(number.split("-")[1]), space
        elif "." not in number:
            place = int(number)
            if place <= contraction_end:
                space = contraction_space and place == contraction_end
            governor = int(head) - 1 if int(head) else place - 1
            typo = "Typo=Yes" in feats or dep == "goeswith"
            words.append(Word(form, space, base, upos, xpos, keep_features(feats), governor, dep, typo))
    return tuple(words)


def keep_features(feats: str) -> str:
    """Drop the features that no rule of the engine asks for.

    >>> keep_features("Definite=Def|Number=Sing|PronType=Art")
    'Number=Sing|PronType=Art'
    """
    return "|".join(pair for pair in feats.split("|") if pair.split("=")[0] in KEPT_FEATURES)


# ------------------------------------------------------------------------------------------------------ augmentation

CURLY = {"``": {'"': "“", "'": "‘", "``": "“"}, "''": {'"': "”", "'": "’", "''": "”"}}
STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'"}


def curl(word: Word) -> Word:
    """Write a word with typographic quotes and apostrophes, as news sites do and the treebanks seldom."""
    form = CURLY.get(word.xpos, {}).get(word.form, word.form)
    return replace(word, form=form.replace("'", "’"))


def straighten(word: Word) -> Word:
    """Write a word with typewriter quotes and apostrophes."""
    return replace(word, form="".join(STRAIGHT.get(letter, letter) for letter in word.form))


def headline(sentence: Sentence) -> Sentence:
    """Write a sentence as a headline: no articles, no full stop."""
    governors = {word.head for place, word in enumerate(sentence) if word.head != place}
    dropped = {
        place
        for place, word in enumerate(sentence)
        if place not in governors
        and (word.form.lower() in {"a", "an", "the"} or (word.form == "." and place == len(sentence) - 1))
    }
    return without(sentence, dropped) if len(dropped) < len(sentence) else sentence


def titled(word: Word) -> Word:
    """Capitalise a word as titles do, which leave small words small."""
    return replace(word, form=word.form.capitalize()) if len(word.form) > 3 and word.form.islower() else word


def without(sentence: Sentence, dropped: set[int]) -> Sentence:
    """Leave out words that govern nothing, and renumber the governors of the rest."""
    kept = [place for place in range(len(sentence)) if place not in dropped]
    new = {old: place for place, old in enumerate(kept)}
    return tuple(replace(sentence[old], head=new[sentence[old].head]) for old in kept)


def gap(sentence: Sentence, rng: random.Random) -> Sentence:
    """Break the line or double the space after some word, as wrapped and pasted text does.

    spaCy makes a token of it, which hangs on the word before.
    """
    places = [place for place, word in enumerate(sentence) if word.space]
    if not places:
        return sentence
    at = rng.choice(places) + 1
    mark = rng.choice("\n ")
    moved = [replace(word, head=word.head + (word.head >= at)) for word in sentence]
    moved[at - 1] = replace(moved[at - 1], space=mark == " ")
    moved.insert(at, Word(mark, False, "", "SPACE", "_SP", "", at - 1, "dep"))
    return tuple(moved)


# The words of the news, of which web text has few: by what a verb takes, and by what a noun names.
TRANSITIVE = """
abduct abolish accuse acquit adopt amend annex appoint approve arrest assassinate attack avert back ban blame block
bomb boycott breach bribe capture censure challenge charge cite clear close condemn confront convict criticise cut
declare decry defeat defend defuse delay demand denounce deny deploy deport destroy detain detonate dismiss disrupt
dissolve dominate double downgrade ease elect embrace end endorse enforce evacuate exclude execute expand expel extend
extradite fine fire free freeze fund hail halt hijack hit host impeach impose imprison indict inspect intercept invade
investigate jail kidnap kill launch lift limit loot lower mediate monitor murder nominate occupy open oppose order
oust outlaw overthrow overturn pardon pledge poison postpone praise probe prosecute protect punish quash question raid
raise ratify recall reject release remove renew repeal replace rescue restore restrict resume reveal reverse revoke
sack sanction scrap seize sentence shell shut sign slam slash sponsor stab stage strike strip subpoena sue summon
support suspend target tax tear test threaten tighten topple torture trigger unveil urge veto violate visit void
welcome win withdraw wound
"""
INTRANSITIVE = """
abstain arrive backfire clash collapse collide crash defect depart die drop emerge erupt escalate expire explode fall
falter flee gather intensify intervene land last march meet mount negotiate occur persist plunge protest rally react
rebel resign respond retaliate retire retreat return riot rise sail shrink sink slide soar stall step subside succeed
surge surrender testify tumble vanish vote walk wane withdraw
"""
SPEECH = """
acknowledge add admit agree allege announce argue assert believe claim complain concede conclude confirm declare deny
disclose estimate explain fear hint hope indicate insist maintain note predict report reveal rule say state stress
suggest suspect tell tweet warn
"""
CONTROL = """
agree aim attempt continue decide decline expect fail hope intend manage move need offer plan pledge prepare promise
refuse seek threaten try vow want
"""
_PASTS = """
cut cut cut|fall fell fallen|flee fled fled|freeze froze frozen|hit hit hit|meet met met|overthrow overthrew overthrown
rise rose risen|say said said|seek sought sought|shrink shrank shrunk|shut shut shut|sink sank sunk|slide slid slid
strike struck struck|tear tore torn|tell told told|win won won|withdraw withdrew withdrawn
"""
PASTS = {row.split()[0]: row.split()[1:] for row in re.split(r"[|\n]", _PASTS.strip())}
AGENTS = """
agency airline alliance ambassador analyst army assembly bank bishop body broker cabinet captain chairman chancellor
charity chief church clan coalition commander commission committee company council court crew delegate delegation
department deputy diplomat director embassy envoy executive faction firm force gang garrison general government
governor group guard guerrilla gunman hacker inspector institute insurgent investigator journalist judge junta jury
king lawmaker lawyer leader legislator maker mayor mediator militant militia minister ministry mob monarch navy
negotiator network observer officer official operator opponent opposition panel parliament party patrol pilot
policeman politician president prince prisoner producer prosecutor protester queen rebel refugee regime regulator
reporter representative resident retailer rival ruler sailor secretary senate senator separatist settler soldier
speaker spokesman spokeswoman squad state striker suspect team trader tribunal troop union unit victim village voter
watchdog witness worker
"""
MASS = """
aid coal conscription corruption curfew custody data defence detention economy evidence export fighting food fraud
fuel gas grain harvest import income independence industry inflation interest killing land money oil palm pardon peace
petrol power prosecution rail retaliation spending spying steel stock support terror timber torture trade unrest
violence water wheat
"""
THINGS = """
accord agreement airport allegation amendment appeal army arrest assault asset attack ban base battle bill blast blaze
blockade bomb bond border bribe bridge budget building bus camp campaign candidate capital cargo case ceasefire charge
city claim compound conflict conviction convoy corridor coup court crackdown crash crime crisis currency dam deadline
deal death debt decision decree deficit demand dispute district drone drought drug duty earthquake election embargo
embassy emission exercise explosion factory fee ferry fighter fine flight flood frontier fund gun helicopter highway
hospital hostage house incursion injury inquiry inspection invasion investigation island jail jet journalist law
lawsuit leader levy licence loan loss mandate market massacre measure meeting memorandum mine minister missile mission
murder newspaper offensive operation order outbreak palace parliament passport payment pension pipeline plan plant
plot poll port post price prison prisoner probe profit project proposal protest province raid railway rally rate
reactor referendum refinery reform refugee regime report request rescue reserve resignation resolution restriction
result revenue riot rise rocket route rule ruling sale sanction satellite scandal school seat secret sentence
settlement ship shipment shooting shortage siege site soldier squad stake state statement station storm strait strike
subsidy summit supply talk tank tanker target tariff tax term territory threat ticket town treaty trial troop truce
tunnel vaccine vessel veto victim village visa visit volcano vote war warehouse warship weapon withdrawal
"""


DOUBLING = re.compile(r"^(?:[^aeiou]*|qu)[aeiou][bdgkmnpt]$|(?:acquit|admit|expel|kidnap|occur|rebel)$")


def inflect(base: str, tag: str) -> str:
    """Give the form of a verb or noun of our lists under a fine tag.

    >>> [inflect("deny", tag) for tag in ("VBZ", "VBD", "VBG")], inflect("expel", "VBN"), inflect("strike", "VBD")
    (['denies', 'denied', 'denying'], 'expelled', 'struck')
    """
    if tag in ("VBD", "VBN") and base in PASTS:
        return PASTS[base][tag == "VBN"]
    ending = {"NNS": "s", "VBZ": "s", "VBD": "ed", "VBN": "ed", "VBG": "ing"}.get(tag, "")
    if not ending:
        return base
    if tag == "NNS" and base.endswith("man"):
        return base.removesuffix("man") + "men"
    if ending == "s":
        es = base.endswith(("s", "x", "z", "ch", "sh", "o")) and base != "monarch"
        return re.sub(r"(?<![aeo])y$", "ie", base) + ("es" if es else "s")
    stem = base + base[-1] if DOUBLING.search(base) else base
    if ending == "ing":
        return re.sub(r"ie$", "y", stem).removesuffix("e" if not stem.endswith("ee") else " ") + ending
    return re.sub(r"(?<![aeo])y$", "i", stem).removesuffix("e") + ending


def swap(sentence: Sentence, rng: random.Random, rate: float) -> Sentence:
    """Put words of the news in the place of others that govern alike; the tree stays as it is."""
    below: dict[int, set[str]] = {}
    for place, word in enumerate(sentence):
        if word.head != place:
            below.setdefault(word.head, set()).add(word.dep)
    return tuple(
        swapped(word, sentence[word.head], below.get(place, set()), rng) if rng.random() < rate else word
        for place, word in enumerate(sentence)
    )


def swapped(word: Word, governor: Word, below: set[str], rng: random.Random) -> Word:
    """Put another word of its class in a word's place, if the class is one of ours."""
    words = choices(word, governor, below)
    if not words:
        return word
    base = rng.choice(words.split())
    form = inflect(base, word.xpos)
    return replace(word, form=form.capitalize() if word.form[0].isupper() else form, lemma=base)


BOUND = {"compound:prt", "cop", "csubj", "expl", "fixed", "goeswith", "iobj"}
"""What hangs on a verb that is no more than half of its predicate, or that few other verbs could have."""


def choices(word: Word, governor: Word, below: set[str]) -> str:
    """Give the list that could stand in a word's place, judged by its tag, its relation and what hangs on it."""
    if word.upos == "NOUN" and word.xpos in ("NN", "NNS") and "fixed" not in below and "goeswith" not in below:
        if word.dep in ("nsubj", "obl:agent", "conj", "appos") and governor.upos in ("VERB", "NOUN"):
            return AGENTS
        things = THINGS + MASS if word.xpos == "NN" else THINGS
        return things if word.dep in ("obj", "nsubj:pass", "nmod", "obl", "compound", "nsubj") else ""
    if word.upos != "VERB" or not word.xpos.startswith("VB") or below & BOUND:
        return ""
    takes = below & {"obj", "ccomp", "xcomp"}
    if takes == {"obj"} or (not takes and below & {"nsubj:pass", "aux:pass"}):
        return TRANSITIVE
    if takes == {"ccomp"} and word.xpos != "VBN":
        return SPEECH
    if takes == {"xcomp"} and word.xpos != "VBN" and "nsubj" in below:
        return CONTROL
    return INTRANSITIVE if not takes and "nsubj" in below else ""


def vary(sentences: Paragraph, recipe: Recipe, rng: random.Random) -> Paragraph:
    """Write a document as another editor would have: other quotes, other case, a headline, a stray line break."""
    by_word: list[Callable[[Word], Word]] = []
    quotes = rng.random()
    if quotes < recipe.curly:
        by_word.append(curl)
    elif quotes < recipe.curly + recipe.straight:
        by_word.append(straighten)
    case = rng.random()
    if case < recipe.upper:
        by_word.append(lambda word: replace(word, form=word.form.upper()))
    elif case < recipe.upper + recipe.lower:
        by_word.append(lambda word: replace(word, form=word.form.lower()))
    if rng.random() < 2 * recipe.swapped:
        sentences = tuple(swap(sentence, rng, 0.5) for sentence in sentences)
    if len(sentences) == 1 and rng.random() < recipe.headline:
        sentences = (headline(sentences[0]),)
        by_word += [titled] * (rng.random() < recipe.titled)
    if rng.random() < recipe.gaps:
        sentences = tuple(gap(sentence, rng) for sentence in sentences)
    for change in by_word:
        sentences = tuple(tuple(map(change, sentence)) for sentence in sentences)
    return sentences


# ------------------------------------------------------------------------------------------------------ the examples


def to_doc(vocab: Vocab, sentences: Paragraph) -> Doc:
    """Lay a paragraph out as one gold document; sentences that touch get a space between them."""
    words = list(itertools.chain.from_iterable(sentences))
    starts = list(itertools.accumulate((len(sentence) for sentence in sentences), initial=0))
    offsets = [start for start, sentence in zip(starts, sentences, strict=False) for _ in sentence]
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=[word.space or place + 1 in starts for place, word in enumerate(words)],
        tags=[word.xpos for word in words],
        pos=[word.upos for word in words],
        morphs=[word.feats for word in words],
        lemmas=[word.lemma for word in words],
        heads=[word.head + offset for word, offset in zip(words, offsets, strict=True)],
        deps=[word.dep if word.head != place else "ROOT" for word, place in _placed(sentences)],
        sent_starts=[place in starts for place in range(len(words))],
    )


def _placed(sentences: Paragraph) -> Iterator[tuple[Word, int]]:
    return ((word, place) for sentence in sentences for place, word in enumerate(sentence))


def to_example(nlp: Language, sentences: Paragraph) -> Example:
    """Pair the gold paragraph with the same text as the pipeline's own tokenizer cuts it."""
    gold = to_doc(nlp.vocab, sentences)
    return Example(nlp.make_doc(gold.text), gold)


def documents(paragraphs: Paragraphs, recipe: Recipe, rng: random.Random) -> Iterator[Paragraph]:
    """Give varied training documents for ever: whole paragraphs, or their sentences one by one."""
    epoch = [sentences for _, sentences in paragraphs]
    while True:
        rng.shuffle(epoch)
        pieces = itertools.chain.from_iterable(
            [(sentence,) for sentence in sentences] if rng.random() < recipe.alone else [sentences]
            for sentences in epoch
        )
        mixed = list(pieces)
        rng.shuffle(mixed)
        yield from (vary(piece, recipe, rng) for piece in mixed)


def batches(stream: Iterator[Paragraph], words: int) -> Iterator[list[Paragraph]]:
    """Gather documents until they hold at least so many words."""
    while True:
        batch: list[Paragraph] = []
        size = 0
        while size < words:
            batch.append(next(stream))
            size += sum(map(len, batch[-1]))
        yield batch


# ---------------------------------------------------------------------------------------------------------- training


def blank_pipeline(recipe: Recipe) -> Language:
    """Build the untrained pipeline: one encoder that tagger, morphologizer and parser listen to."""
    encoder = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": recipe.width,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
            "rows": list(recipe.rows),
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": recipe.width,
            "depth": recipe.depth,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": recipe.width, "upstream": "*"}
    nlp = English()
    nlp.add_pipe("tok2vec", config={"model": encoder})
    for name in ("tagger", "morphologizer"):
        nlp.add_pipe(name, config={"model": {"tok2vec": listener}})
    scorer = {"tok2vec": listener, "hidden_width": recipe.hidden}
    nlp.add_pipe("parser", config={"model": scorer, "min_action_freq": recipe.rarest})
    return nlp


def train(paragraphs: Paragraphs, recipe: Recipe, log: Log) -> Language:
    """Train a pipeline; the same paragraphs, recipe and machine give the same weights."""
    fix_random_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    nlp = blank_pipeline(recipe)
    rates: Any = warmup_linear(recipe.learn_rate, recipe.steps // 16, recipe.steps)
    optimizer = Adam(rates, L2=0.01, grad_clip=1.0, use_averages=True)
    gold = label_examples(nlp, paragraphs)
    nlp.initialize(lambda: gold, sgd=optimizer)
    losses: Scores = {}
    stream = batches(documents(paragraphs, recipe, rng), recipe.words)
    for step, batch in enumerate(itertools.islice(stream, recipe.steps), start=1):
        update(nlp, batch, optimizer, recipe.dropout, losses)
        if step % 200 == 0:
            log(f"step {step}: " + ", ".join(f"{name} {loss:.0f}" for name, loss in losses.items()))
            losses.clear()
    settle(nlp, optimizer)
    return nlp


def label_examples(nlp: Language, paragraphs: Paragraphs) -> list[Example]:
    """Give examples that hold every label training will meet, those of stray line breaks among them."""
    gapped = tuple(gap(sentence, random.Random(0)) for sentence in paragraphs[0][1])
    return [to_example(nlp, sentences) for sentences in (gapped, *(sentences for _, sentences in paragraphs))]


def update(nlp: Language, batch: list[Paragraph], optimizer: Optimizer, dropout: float, losses: Scores) -> None:
    """Take one step: every component's gradient first, for all of them flow into the one encoder, then the weights."""
    sgd: Any = False  # as in spaCy's own training loop: None would make it step by itself
    nlp.update([to_example(nlp, sentences) for sentences in batch], drop=dropout, sgd=sgd, losses=losses)
    for _, pipe in nlp.pipeline:
        pipe.finish_update(optimizer)  # type: ignore[attr-defined]
    optimizer.step_schedules()  # type: ignore[no-untyped-call]


def settle(nlp: Language, optimizer: Optimizer) -> None:
    """Put the average of each weight over the last steps in its place, steadier than the last, and end the dropout."""
    averages = optimizer.averages or {}
    for _, pipe in nlp.pipeline:
        set_dropout_rate(pipe.model, 0.0)  # type: ignore[attr-defined]
        for node in pipe.model.walk():  # type: ignore[attr-defined]
            for name in node.param_names:
                if (node.id, name) in averages:
                    node.set_param(name, averages[node.id, name])


# ---------------------------------------------------------------------------------------------------------- measuring

REPORTED = {
    "tokens": "token_f",
    "upos": "pos_acc",
    "xpos": "tag_acc",
    "features": "morph_acc",
    "uas": "dep_uas",
    "las": "dep_las",
    "boundaries": "sents_f",
}
"""Our names for the figures of spaCy's scorer; UAS and LAS leave punctuation out, as its parser's scorer does."""


def score(nlp: Language, paragraphs: Paragraphs) -> Scores:
    """Score raw text against gold, in percent, each paragraph as one document: overall, and F1 by relation."""
    results = nlp.evaluate([to_example(nlp, sentences) for _, sentences in paragraphs])
    overall = {ours: results[theirs] for ours, theirs in REPORTED.items()}
    relations = {f"las {label}": figures["f"] for label, figures in sorted(results["dep_las_per_type"].items())}
    return {name: round(100 * figure, 2) for name, figure in (overall | relations).items()}


def apart(paragraphs: Paragraphs) -> Paragraphs:
    """Make each sentence a paragraph, which leaves the parser no boundaries to find."""
    return [(document, (sentence,)) for document, sentences in paragraphs for sentence in sentences]


def cross_validate(ewt: Paragraphs, pud: Paragraphs, recipe: Recipe, folds: int, log: Log) -> dict[str, Any]:
    """Score PUD by pipelines that never saw the scored part: one for each fold, trained on EWT and the other folds.

    A fold takes every n-th document, so that no article is on both sides. The figures are means over words.
    """
    whole, single, sizes = [], [], []
    for fold in range(folds):
        log(f"fold {fold + 1} of {folds}")
        held_out = pud[fold::folds]
        nlp = train([*ewt, *(one for place, one in enumerate(pud) if place % folds != fold)], recipe, log)
        whole.append(score(nlp, held_out))
        single.append(score(nlp, apart(held_out)))
        sizes.append(sum(1 for _ in words_of(held_out)))
    return {
        "how": f"{folds}-fold cross-validation over PUD's documents, each time trained on EWT and the other folds",
        "paragraphs": weighted_mean(whole, sizes),
        "sentences": weighted_mean(single, sizes),
    }


def weighted_mean(scores: Sequence[Scores], weights: Sequence[int]) -> Scores:
    """Average figure by figure, over the rounds that have the figure.

    >>> weighted_mean([{"las": 80.0}, {"las": 83.0, "uas": 90.0}], [1, 2])
    {'las': 82.0, 'uas': 90.0}
    """
    figures: dict[str, list[tuple[float, int]]] = {}
    for one, weight in zip(scores, weights, strict=True):
        for name, value in one.items():
            figures.setdefault(name, []).append((value, weight))
    return {
        name: round(sum(value * weight for value, weight in pairs) / sum(weight for _, weight in pairs), 2)
        for name, pairs in figures.items()
    }


LEMMA_TAGS = ("VERB", "NOUN", "AUX", "ADJ")


def score_lemmas(table: LemmaTable, paragraphs: Paragraphs, seen: Paragraphs) -> dict[str, Any]:
    """Give, by gold tag, the share of words whose lemma is right but for case: of all, and of forms not ``seen``."""
    forms = {(word.form.lower(), word.upos) for word in words_of(seen)}
    words = [word for word in words_of(paragraphs) if word.upos in LEMMA_TAGS and not word.typo]
    new = [word for word in words if (word.form.lower(), word.upos) not in forms]
    groups = {
        f"{tag}{kind}": [word for word in some if word.upos == tag]
        for kind, some in (("", words), (" unseen", new))
        for tag in LEMMA_TAGS
    }
    return {name: {"words": len(some), "right": lemma_accuracy(table, some)} for name, some in groups.items() if some}


def lemma_accuracy(table: LemmaTable, words: Sequence[Word]) -> float:
    """Give the share of words, in percent, whose lemma is the treebank's but for case."""
    right = sum(lemma(word.form, word.upos, table).lower() == word.lemma.lower() for word in words)
    return round(100 * right / len(words), 2)


def lemma_table(paragraphs: Paragraphs) -> LemmaTable:
    """Draw the lemma table from a treebank, typing errors aside."""
    return build_table((word.form, word.upos, word.lemma) for word in words_of(paragraphs) if not word.typo)


def words_of(paragraphs: Paragraphs) -> Iterator[Word]:
    """Give the words of the paragraphs in order."""
    return (word for _, sentences in paragraphs for sentence in sentences for word in sentence)


# -------------------------------------------------------------------------------------------------------- the program

COMMAND = "python -m summarizer.offline.train --treebanks DIR --out DIR"


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    options = argparse.ArgumentParser(prog="python -m summarizer.offline.train", description="Train the pipeline.")
    options.add_argument("--treebanks", type=Path, required=True, help="folder of the EWT and PUD *.conllu.gz files")
    options.add_argument("--out", type=Path, required=True, help="folder for weights, lemma table and scores")
    options.add_argument("--seed", type=int, default=Recipe.seed)
    options.add_argument("--steps", type=int, default=Recipe.steps)
    options.add_argument("--folds", type=int, default=2, help="parts of PUD that --evaluate leaves out in turn")
    options.add_argument("--evaluate", action="store_true", help="write no weights: score --out, cross-validate PUD")
    return options


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and write, or evaluate what was written; either way the figures go to ``scores.json``."""
    options = parser().parse_args(arguments)
    recipe = Recipe(seed=options.seed, steps=options.steps)
    ewt, test = (read_paragraphs(options.treebanks / EWT.format(part=part)) for part in ("train", "test"))
    pud = read_paragraphs(options.treebanks / PUD)
    if options.evaluate:
        news: dict[str, Any] = {"pud": cross_validate(ewt, pud, recipe, options.folds, _say)}
    else:
        options.out.mkdir(parents=True, exist_ok=True)
        write_halved(train([*ewt, *pud], recipe, _say), options.out)
        write_table(lemma_table(ewt), options.out / "lemmas.json")
        news = {"made": provenance(recipe)}
    _say(write_scores(options.out, news | score_written(options.out, ewt, test, pud)))


def score_written(folder: Path, ewt: Paragraphs, test: Paragraphs, pud: Paragraphs) -> dict[str, Any]:
    """Score the written weights and lemma table on what they were not made from."""
    nlp, table = read_halved(folder), read_table(folder / "lemmas.json")
    return {
        "ewt_test": {"paragraphs": score(nlp, test), "sentences": score(nlp, apart(test))},
        "lemmas": {"ewt_test": score_lemmas(table, test, ewt), "pud": score_lemmas(table, pud, ewt)},
    }


def provenance(recipe: Recipe) -> dict[str, Any]:
    """Say what made the weights: commands, recipe, and the versions that decide the numbers."""
    command = f"{COMMAND} --seed {recipe.seed} --steps {recipe.steps}"
    versions = {name: version(name) for name in ("spacy", "thinc", "numpy", "blis")}
    return {
        "weights": command,
        "figures": f"{command} --evaluate",
        "recipe": asdict(recipe),
        "versions": {"python": platform.python_version(), **versions},
    }


def write_scores(folder: Path, news: dict[str, Any]) -> str:
    """Put new figures beside the ones that ``scores.json`` already has, and return its text."""
    path = folder / "scores.json"
    old = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    text = json.dumps(old | news, indent=1, sort_keys=True) + "\n"
    path.write_text(text, encoding="utf-8")
    return text


def _say(text: str) -> None:
    print(f"{time.process_time():7.0f}s  {text}", flush=True)


if __name__ == "__main__":
    main()
