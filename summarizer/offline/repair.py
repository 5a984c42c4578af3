"""Mending what the parser gets wrong in news most often: verbs of the news that it takes for something else.

The treebanks it learned from hold few headlines ("Ghana expels envoys") and few of the news's verbs ("pleaded",
"capsized"). Where a sentence's tree is no sentence, or a "noun" has a subject, and the lexicon knows the word for a
verb, the tree is put right. Each rule names its pattern; nothing else is touched.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from summarizer.countries import lookup
from summarizer.offline.casing import is_common
from summarizer.offline.chunks import make_passive, missed_verb, rebuild
from summarizer.offline.lemmas import lemma, shipped_table
from summarizer.offline.lexicon import cues_for
from summarizer.offline.phrases import CALENDAR
from summarizer.offline.tree import NOUNS, SUBJECTS, Tree, news_verb
from summarizer.offline.wordset import wordset

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_ARGUMENTS = ("nsubj", "nsubj:pass", "obj", "aux", "aux:pass")
_MODIFIERS = ("compound", "amod", "nmod")
_TELLING = wordset("tell inform assure remind notify warn convince persuade show")
# Verbs that want an object; a headline that has none leaves out "is" or "are".
_TRANSITIVE = wordset(
    """accuse acquit appoint approve arrest ban bar bury cancel capture charge close convict cut delay deport detain
    elect evacuate expel extradite fine fire find free hospitalise hospitalize indict injure jail kill name nominate
    oust pardon postpone recover release remove rescue sack sentence shoot stab summon suspend sue target use wound"""
)


def repaired(doc: Doc, *, headline: bool = False) -> Doc:
    """The parse with its missed verbs put right; the very same Doc where there are none."""
    _call_names(doc)
    _call_nationalities(doc)
    _call_nouns(doc)
    _call_appositions(doc)
    tree: Tree | None = None
    for sentence in doc.sents:
        rules = [(rule, token) for token in sentence for applies, rule in _RULES if applies(token)]
        broken = not _has_predicate(sentence) or (headline and sentence.root.tag_ == "VBD")
        if rules or broken:
            tree = tree or Tree(doc)
            for rule, token in rules:
                rule(tree, token)
            _mend_root(tree, sentence, headline=headline)
    return tree.doc() if tree is not None else doc


# --- parts of speech --------------------------------------------------------------------------------------------------


def _call_names(doc: Doc) -> None:
    """Tag as names what only names look like: capitals inside a sentence, or on a word that no dictionary has."""
    for token in doc:
        if token.tag_ in ("NNP", "NNPS") and token.pos_ == "ADJ" and token.dep_ in _PLACES:
            token.pos_ = "PROPN"
        if token.pos_ in ("NOUN", "X", "ADV", "INTJ") and token.text[0].isupper() and token.is_alpha:
            plain = is_common(token.text.lower())
            opens = token.is_sent_start or token.nbor(-1).is_punct or token.text.isupper() or token.pos_ != "NOUN"
            if not (plain and (opens or token.dep_ == "compound")):
                token.pos_ = "PROPN"


_PLACES = frozenset(
    {"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "nmod:poss", "conj", "appos", "ROOT"}
)


def _call_appositions(doc: Doc) -> None:
    """As in "Nortek, a software company, …": what is coordinated without any "and" in the row is in apposition."""
    for token in doc:
        if token.pos_ not in NOUNS:
            continue
        row = [part for part in token.children if part.dep_ == "conj" and part.pos_ in NOUNS]
        if row and not any(part.dep_ == "cc" for other in (token, *row) for part in other.children):
            for part in row:
                if part.dep_ == "conj" and not any(inner.dep_ == "conj" for inner in part.children):
                    part.dep_ = "appos"


def _call_nationalities(doc: Doc) -> None:
    """As in "Swiss Foreign Minister …", with the first word for an order."""
    for token in doc:
        if token.pos_ == "VERB" and token.text[0].isupper() and token.is_sent_start and lookup(token.text) is not None:
            token.pos_, token.tag_ = "ADJ", "JJ"


def _call_nouns(doc: Doc) -> None:
    """Tag as nouns what stands where only nouns do: "imposed visa bans" with "bans" for a verb."""
    for token in doc:
        if token.tag_ in ("VBZ", "VB", "VBP") and token.dep_ in ("obj", "nsubj", "nsubj:pass"):
            token.pos_, token.tag_ = "NOUN", "NNS" if token.tag_ == "VBZ" else "NN"
            for part in token.lefts:
                if part.dep_ in SUBJECTS:
                    part.dep_ = "compound"


# --- single words -----------------------------------------------------------------------------------------------------


def _is_missed_verb(token: Token) -> bool:
    """As in "pleaded" as a noun that has a subject."""
    if token.pos_ not in ("NOUN", "ADJ", "PROPN") or not news_verb(token.lower_):
        return False
    parts = [part.dep_ for part in token.children]
    return "cop" not in parts and any(part in _ARGUMENTS for part in parts)


def _call_verb(tree: Tree, token: Token) -> None:
    tag = news_verb(token.lower_)
    helped = any(part.dep_.startswith("aux") for part in token.children)
    tree.call(token.i, "VERB", "VBN" if tag == "VBD" and helped else tag)
    if token.dep_ in _MODIFIERS and token.head.i > token.i:
        tree.take_place_of(token.i, token.head.i, "obj")


def _is_up_to(token: Token) -> bool:
    """As in "Up to 40 men struck", with "up" for an adverb that took the men."""
    doc = token.doc
    counted = (
        token.lower_ == "up"
        and token.i + 2 < len(doc)
        and doc[token.i + 1].lower_ == "to"
        and doc[token.i + 2].like_num
    )
    return counted and any(part.dep_ == "obl" for part in token.children)


def _count_up_to(tree: Tree, up: Token) -> None:
    noun = next(part for part in up.children if part.dep_ == "obl")
    verb = up.head
    taken = {tree.deps[i] for i in tree.children(verb.i)}
    relation = "nsubj" if noun.i < verb.i and not taken & set(SUBJECTS) else "obj" if "obj" not in taken else "obl"
    tree.attach(noun.i, verb.i, relation)
    tree.attach(up.i, up.doc[up.i + 2].i, "advmod")
    tree.attach(up.i + 1, up.i, "fixed")


def _is_second_subject(token: Token) -> bool:
    """As in "President X and his counterpart Y signed", "skier Z has been banned", with two subjects."""
    if token.dep_ not in SUBJECTS:
        return False
    first = next(other for other in token.head.children if other.dep_ == token.dep_)
    joined = any(part.dep_ == "cc" for part in token.lefts) or token.left_edge.i == first.right_edge.i + 1
    return first.i < token.i < token.head.i and joined


def _join_subjects(tree: Tree, token: Token) -> None:
    first = next(other for other in token.head.children if other.dep_ == token.dep_)
    tree.attach(token.i, first.i, "conj" if any(part.dep_ == "cc" for part in token.lefts) else "appos")


def _is_missed_conjunct(token: Token) -> bool:
    """As in "killed five people and wounded 18", with "wounded" for a second object."""
    if news_verb(token.lower_) != "VBD" or not token.i or token.nbor(-1).lower_ not in ("and", ",", "but"):
        return False
    noun = token.head if token.dep_ == "amod" else token  # "wounded" may hang on the second object or be it
    after = token.nbor(1).pos_ if token.i + 1 < len(token.doc) else ""
    if token.pos_ == "VERB" and token.dep_ == "conj":  # "searched a house on Gotland and seized documents"
        return token.head.pos_ in NOUNS and after in ("NOUN", *_OPENING) and not _has(token, *SUBJECTS, "aux:pass")
    second = noun.dep_ == "conj" and noun.head.head.pos_ == "VERB" and noun.head.head.i < token.i
    return after in _OPENING and second and (token.pos_ in ("NOUN", "ADJ") or token.dep_ == "amod")


_OPENING = ("NUM", "DET", "PRON", "PROPN")


def _join_conjunct(tree: Tree, verb: Token) -> None:
    noun = verb.head if verb.dep_ == "amod" else verb
    first = next((ancestor for ancestor in noun.ancestors if ancestor.pos_ == "VERB" and ancestor.i < verb.i), None)
    if first is None:
        return
    tree.call(verb.i, "VERB", "VBD")
    tree.heads[verb.i] = verb.i
    tree.attach(verb.i, first.i, "conj")
    behind = [noun] if noun is not verb else [part for part in verb.children if part.i > verb.i and part.pos_ in NOUNS]
    done_to = behind[-1].i if behind else _noun_behind(verb)
    if done_to is not None:
        tree.attach(done_to, verb.i, "obj")


def _noun_behind(verb: Token) -> int | None:
    """The head of the noun phrase that begins right behind a verb."""
    last = None
    for token in verb.doc[verb.i + 1 : verb.i + 7]:
        if token.pos_ not in ("DET", "ADJ", *NOUNS):
            break
        last = token.i if token.pos_ in NOUNS else last
    return last


def _is_missed_infinitive(token: Token) -> bool:
    """As in "decision to expel 11 envoys", with "to" for a preposition."""
    if token.pos_ == "VERB" or news_verb(token.lower_) != "VB" or not token.i or token.nbor(-1).lower_ != "to":
        return False
    if token.nbor(-1).pos_ == "PART" or token.i + 1 >= len(token.doc):
        return False
    after = token.nbor(1).pos_
    return after in ("DET", "NUM", "PRON") or (
        after in ("ADJ", "PROPN", "NOUN") and not shipped_table().knows("NOUN", token.lower_)
    )


def _call_infinitive(tree: Tree, verb: Token) -> None:
    to, doc = verb.i - 1, verb.doc
    end = verb.i + 1
    while end < verb.sent.end and doc[end].pos_ in ("DET", "NUM", "PRON", "ADJ", "PROPN", "NOUN"):
        end += 1
    nouns = [i for i in range(verb.i + 1, end) if doc[i].pos_ in NOUNS]
    governor = doc[to - 1] if to else verb
    if not nouns or governor.pos_ not in ("NOUN", "PROPN", "VERB", "ADJ"):
        return
    done_to = nouns[-1]
    tree.call(verb.i, "VERB", "VB")
    tree.call(to, "PART", "TO")
    tree.heads[verb.i] = verb.i
    tree.attach(verb.i, governor.i, "acl" if governor.pos_ in ("NOUN", "PROPN") else "xcomp")
    tree.attach(to, verb.i, "mark")
    tree.attach(done_to, verb.i, "obj")
    for part in [i for i in tree.children(verb.i) if verb.i < i < done_to]:
        tree.attach(
            part, done_to, "nummod" if doc[part].pos_ == "NUM" else "amod" if doc[part].pos_ == "ADJ" else "compound"
        )


def _is_told_clause(token: Token) -> bool:
    """As in "told the daily that Prague might ask", with the clause for a relative one."""
    if token.dep_ != "acl:relcl" or lemma(token.head.head.text, "VERB") not in _TELLING:
        return False
    return (
        token.head.dep_ in ("obj", "iobj")
        and token.left_edge.lower_ == "that"
        and any(p.dep_ in SUBJECTS and p.lower_ != "that" for p in token.children)
    )


def _call_told(tree: Tree, verb: Token) -> None:
    tree.attach(verb.i, verb.head.head.i, "ccomp")
    tree.attach(verb.left_edge.i, verb.i, "mark")


def _is_nouns_infinitive(token: Token) -> bool:
    """As in "criticised the plan to expel", with the infinitive for an adverbial of the verb."""
    if (
        token.tag_ != "VB"
        or token.dep_ not in ("advcl", "xcomp")
        or token.left_edge.lower_ != "to"
        or not token.left_edge.i
    ):
        return False
    noun = token.left_edge.nbor(-1)
    beside = noun.dep_ in ("obj", "obl", "nmod") and token.head in (noun.head, noun.head.head)
    return beside and bool(cues_for(noun.lower_, "noun", "to"))


def _hang_on_noun(tree: Tree, verb: Token) -> None:
    tree.attach(verb.i, verb.left_edge.i - 1, "acl")
    if not _has(verb, "obj"):
        loose = [
            part for part in verb.head.children if part.i > verb.i and part.dep_ in ("conj", "dep", "obl:unmarked")
        ]
        bare = [part for part in loose if part.left_edge.i == verb.i + 1 and part.pos_ in NOUNS]
        if bare:
            tree.attach(bare[0].i, verb.i, "obj")


def _is_passed_over(token: Token) -> bool:
    """As in "A ferry carrying 150 capsized", with the participle for the verb and the verb for a participle."""
    if token.tag_ != "VBN" or token.dep_ != "acl" or not _could_be_finite(token):
        return False
    clause = token.head.head
    loose = (
        clause.tag_ == "VBG"
        and clause.dep_ in ("ROOT", "ccomp", "parataxis", "conj")
        and token.head.dep_ in ("obj", "obl")
    )
    return loose and _has(clause, *SUBJECTS) and not _has(clause, "aux")


def _put_first(tree: Tree, verb: Token) -> None:
    clause = verb.head.head
    subject = next(part for part in clause.children if part.dep_ in SUBJECTS)
    tree.call(verb.i, "VERB", "VBD")
    tree.take_place_of(verb.i, clause.i, "acl")
    tree.attach(subject.i, verb.i, "nsubj")
    tree.attach(clause.i, subject.i, "acl")


def _is_late_verb(token: Token) -> bool:
    """As in "Floods caused by rain forced thousands from their homes", with "caused" for the verb."""
    first = token.head
    if token.tag_ != "VBD" or token.dep_ not in ("advcl", "parataxis") or _has(token, "mark", "cc", "aux", *SUBJECTS):
        return False
    by = any(part.dep_ in ("obl", "obl:agent") and part.left_edge.lower_ == "by" for part in first.children)
    return (
        token.i > first.i
        and by
        and first.tag_ in ("VBN", "VBD")
        and _has(first, *SUBJECTS)
        and not _has(first, "aux", "aux:pass")
    )


def _put_late_verb_first(tree: Tree, verb: Token) -> None:
    first = verb.head
    subject = next(part for part in first.children if part.dep_ in SUBJECTS)
    tree.take_place_of(verb.i, first.i, "acl")
    tree.attach(subject.i, verb.i, "nsubj")
    tree.call(first.i, "VERB", "VBN")
    tree.attach(first.i, subject.i, "acl")


def _is_finite_complement(token: Token) -> bool:
    """As in "after a court sentenced him", with the court for the adverbial and the verb for an infinitive."""
    if token.tag_ != "VBD" or token.dep_ not in ("xcomp", "dep") or _has(token, *SUBJECTS, "mark", "cc", "aux"):
        return False
    return _adverbial_before(token) is not None


def _adverbial_before(verb: Token) -> Token | None:
    for part in reversed(list(verb.head.children)):
        if part.i < verb.i and part.dep_ == "obl" and part.right_edge.i == verb.left_edge.i - 1:
            return part if any(mark.lower_ in _CLAUSE_MARKS for mark in part.children if mark.dep_ == "case") else None
    return None


_CLAUSE_MARKS = wordset("after before as since until till because")


def _give_subject(tree: Tree, verb: Token) -> None:
    subject = _adverbial_before(verb)
    if subject is None:
        return
    mark = next(part for part in subject.children if part.dep_ == "case")
    tree.attach(subject.i, verb.i, "nsubj")
    tree.attach(mark.i, verb.i, "mark")
    tree.attach(verb.i, verb.head.i, "advcl")


def _is_lost_subject(token: Token) -> bool:
    """As in "In 2018 a fire killed ten", with the fire hung on the year."""
    when, verb = token.head, token.head.head
    dated = when.lower_ in CALENDAR or (when.pos_ == "NUM" and len(when.text) == 4)
    if not dated or when.dep_ != "obl" or verb.pos_ != "VERB" or not when.i < token.left_edge.i <= token.i < verb.i:
        return False
    opens = token.left_edge.dep_ == "det" or token.left_edge.nbor(-1).text == ","
    return token.pos_ in ("NOUN", "PROPN") and opens and not _has(verb, *SUBJECTS)


def _find_subject(tree: Tree, noun: Token) -> None:
    verb = noun.head.head
    tree.attach(noun.i, verb.i, "nsubj:pass" if _has(verb, "aux:pass") else "nsubj")


def _is_missed_passive(token: Token) -> bool:
    """As in "two workers were beaten", with "beaten" for an adjective."""
    done = news_verb(token.lower_) == "VBD" and lemma(token.lower_, "VERB") in _VIOLENT
    return token.pos_ == "ADJ" and done and _has(token, "cop") and _has(token, "nsubj")


_VIOLENT = _TRANSITIVE | frozenset(
    {"beat", "hospitalise", "hospitalize", "destroy", "damage", "loot", "torch", "behead", "abduct", "rape"}
)


def _call_passive(tree: Tree, verb: Token) -> None:
    tree.call(verb.i, "VERB", "VBN")
    for part in verb.children:
        if part.dep_ in ("cop", "nsubj"):
            tree.attach(part.i, verb.i, "aux:pass" if part.dep_ == "cop" else "nsubj:pass")


def _is_fined_sum(token: Token) -> bool:
    """As in "fined Clarion Networks 1.2 billion euros", with the company for a part of the sum."""
    if token.dep_ != "obj" or lemma(token.head.text, "VERB") not in _GIVING:
        return False
    number = next((part for part in token.children if part.dep_ == "nummod"), None)
    return number is not None and any(part.i < number.left_edge.i and part.pos_ in NOUNS for part in token.lefts)


_GIVING = wordset("fine pay give award grant lend owe offer send cost hand")


def _split_sum(tree: Tree, money: Token) -> None:
    number = next(part for part in money.children if part.dep_ == "nummod")
    before = [part for part in money.lefts if part.i < number.left_edge.i]
    payer = [part for part in before if part.pos_ in NOUNS][-1]
    tree.attach(payer.i, money.head.i, "iobj")
    for part in before:
        if part.i != payer.i:
            tree.attach(part.i, payer.i, part.dep_)


def _is_unwelcome(token: Token) -> bool:
    """As in "declared two envoys personae non gratae", one token since parsing began, hung wherever."""
    return " non grat" in token.lower_ and token.dep_ != "xcomp"


def _call_predicate(tree: Tree, token: Token) -> None:
    verb = next((ancestor for ancestor in token.ancestors if ancestor.pos_ == "VERB"), None)
    if verb is None:
        return
    tree.call(token.i, "ADJ", "JJ")
    tree.attach(token.i, verb.i, "xcomp")
    nouns = [part for part in token.lefts if part.pos_ in NOUNS]
    if nouns:  # "declared the consul persona non grata", with the consul for a modifier
        tree.attach(nouns[-1].i, verb.i, "nsubj:pass" if nouns[-1].i < verb.i else "obj")
        for part in token.lefts:
            if part.i < nouns[-1].i:
                tree.attach(part.i, nouns[-1].i, part.dep_)


def _is_answered_noun(token: Token) -> bool:
    """As in "in response to drone attack", with "to drone" for an infinitive."""
    to = next((part for part in token.lefts if part.lower_ == "to" and part.dep_ == "mark"), None)
    return (
        to is not None
        and token.pos_ == "VERB"
        and to.i > 0
        and to.nbor(-1).lower_ in _ANSWERS
        and not _has(token, "nsubj")
    )


_ANSWERS = wordset("response reaction reply answer retaliation")


def _call_answered(tree: Tree, token: Token) -> None:
    to = next(part for part in token.lefts if part.lower_ == "to")
    done_to = next((part for part in token.rights if part.dep_ == "obj"), None)
    tree.call(token.i, "NOUN", "NN")
    tree.call(to.i, "ADP", "IN")
    if done_to is not None:
        tree.take_place_of(done_to.i, token.i, "compound")
    noun = done_to.i if done_to is not None else token.i
    tree.attach(noun, to.i - 1, "nmod")
    tree.attach(to.i, noun, "case")


_RULES: tuple[tuple[Callable[[Token], bool], Callable[[Tree, Token], None]], ...] = (
    (_is_missed_verb, _call_verb),
    (_is_up_to, _count_up_to),
    (_is_second_subject, _join_subjects),
    (_is_missed_conjunct, _join_conjunct),
    (_is_missed_infinitive, _call_infinitive),
    (_is_told_clause, _call_told),
    (_is_nouns_infinitive, _hang_on_noun),
    (_is_passed_over, _put_first),
    (_is_late_verb, _put_late_verb_first),
    (_is_finite_complement, _give_subject),
    (_is_lost_subject, _find_subject),
    (_is_missed_passive, _call_passive),
    (_is_fined_sum, _split_sum),
    (_is_unwelcome, _call_predicate),
    (_is_answered_noun, _call_answered),
)


def _has(token: Token, *relations: str) -> bool:
    return any(part.dep_ in relations for part in token.children)


def _could_be_finite(verb: Token) -> bool:
    return not _has(verb, "aux", "aux:pass", "obl:agent")


# --- the root ---------------------------------------------------------------------------------------------------------


def _has_predicate(sentence: Span) -> bool:
    """Whether the root is a finite verb or has a copula; anything else is hardly a sentence."""
    root = sentence.root
    if root.tag_ == "VB" and root.i == sentence.start and any(part.tag_ == "VBZ" for part in root.children):
        return False  # "Drone attack kills five", with the first word taken for an order
    if root.lower_ in ("'s", "’s") or (root.tag_ == "VBG" and not _has(root, "aux", *SUBJECTS)):
        return False
    if root.pos_ in ("VERB", "AUX"):
        return not any(part.pos_ in NOUNS and part.dep_ in _MODIFIERS and part.i < root.i for part in root.children)
    return _has(root, "cop", "expl")


def _mend_root(tree: Tree, sentence: Span, *, headline: bool) -> None:
    root = sentence.root
    if headline:
        _leave_out_be(tree, root)
    verbal = tree.pos[root.i] == "VERB" and tree.deps[root.i] == "ROOT" and news_verb(root.lower_) != "VBG"
    imperative = root.tag_ == "VB" and root.i == sentence.start
    if verbal and not imperative and root.lower_ not in ("'s", "’s"):
        _claim_subject(tree, root)
        return
    if _has_predicate(sentence) or tree.heads[root.i] != root.i:
        return
    done = (_announced if headline else _promoted)(tree, sentence)
    done = done or any(token.tag_ in ("WP", "WDT") for token in sentence)  # chunks know no relative clauses
    verb = None if done else missed_verb(tree, sentence, headline=headline)
    if verb is not None:
        rebuild(tree, sentence, verb)


def _leave_out_be(tree: Tree, root: Token) -> None:
    """As in "Two charged with spying": a past tense without object is a passive in a headline."""
    if (
        root.tag_ == "VBD"
        and lemma(root.lower_, "VERB") in _TRANSITIVE
        and not _has(root, "obj", "ccomp", "xcomp", "aux")
    ):
        make_passive(tree, root.i)


def _claim_subject(tree: Tree, root: Token) -> None:
    """As in "Ghana expels": a noun before the root verb that hangs on it as a modifier is its subject."""
    if any(tree.deps[i] in SUBJECTS for i in tree.children(root.i)):
        return
    before = [i for i in tree.children(root.i) if i < root.i and tree.pos[i] in NOUNS and tree.deps[i] in _MODIFIERS]
    if before and not any(tree.pos[i] == "ADP" for i in tree.children(before[-1])):
        tree.attach(before[-1], root.i, "nsubj")


def _promoted(tree: Tree, sentence: Span) -> bool:
    """As in "Dozens of houses collapsed.", "X, who left, apologised": a verb hung on the noun is the sentence's."""
    root = sentence.root
    verb = next((part for part in root.children if part.i > root.i and _is_hung_verb(part)), None)
    if verb is None:
        return False
    tree.take_place_of(verb.i, root.i, "nsubj")
    if verb.tag_ == "VBN" and _could_be_finite(verb):
        tree.call(verb.i, "VERB", "VBD")
    for other in root.children:
        if other.i > verb.i and other.dep_ in ("conj", "punct", "parataxis", "advcl", "obl"):
            tree.attach(other.i, verb.i, other.dep_)
    return True


def _is_hung_verb(part: Token) -> bool:
    """Whether a dependent of a rootless noun is what the noun does: no relative clause with its own "who"."""
    if part.tag_ not in ("VBN", "VBD"):
        return False
    subjects = [own for own in part.children if own.dep_ in SUBJECTS]
    if part.dep_ in ("acl", "acl:relcl"):
        return all(own.pos_ == "DET" for own in subjects)
    if part.dep_ == "parataxis":
        return any(own.pos_ == "DET" for own in subjects)
    return part.dep_ == "conj" and not subjects and not _has(part, "cc") and part.left_edge.text == ","


def _announced(tree: Tree, sentence: Span) -> bool:
    """As in "Firm to cut jobs": in a headline the infinitive hung on the noun is the sentence's verb."""
    root = sentence.root
    for token in sentence:
        noun = token.head
        hung = token.dep_ == "acl" and token.tag_ == "VB" and noun in (root, *root.children) and noun.i == token.i - 2
        if hung and token.nbor(-1).lower_ == "to":
            tree.take_place_of(token.i, root.i, "nsubj")
            tree.attach(token.i, token.i, "ROOT")
            return True
    return False
