"""The lexicon: its tables agree with the ontology and with each other, and its readings with the labelling rules."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from time import process_time
from typing import get_args

import pytest

from summarizer.offline import lexicon
from summarizer.offline.lexicon import (
    Condition,
    Cue,
    Pos,
    Trigger,
    classify,
    contexts_of,
    count_lemmas,
    cue_forms,
    cues_for,
    forms_of,
    head_forms,
    in_class,
    office_for,
    speech_for,
    trigger_heads,
    triggers_for,
    word_classes,
)
from summarizer.ontology import CONTEXTS, EVENT_TYPES, TYPES, Stance, Status, modes_of

TABLES = ("triggers", "classes", "cues", "speech", "offices", "contexts")
WIDTHS = {"triggers": 8, "classes": 2, "cues": 7, "speech": 4, "offices": 3, "contexts": 3}
POSES: tuple[Pos, ...] = ("verb", "noun")
TRIGGERS = [each for pos in POSES for head in sorted(trigger_heads(pos)) for each in triggers_for(head, pos)]
CUES = [cue for form in sorted(cue_forms()) for cue in cues_for(form)]
SLOTS = re.compile(
    "subj|obj|mod|poss|arg|any|about|against|among|as|at|before|behind|between|by|for|from|in|into|near|of|on|onto"
    "|outside|over|that|through|to|towards?|under|up|upon|with"
)
BUDGET_MS = 10
SLACK = 3  # on a machine slower than the desk's

# word, part of speech, what stands in each slot > type and mode. Deep roles: in a passive the subject is the object.
READINGS = """
expel v subj=russia,@country; obj=diplomat > SANCTION/expel
expel v obj=migrant > COERCE/deport
expel v obj=journalist > COERCE/deport
expel v obj=member; from=party > SANCTION/expel
declare v obj=ambassador; as=persona non grata,grata > SANCTION/expel
order v obj=diplomat; to=leave > SANCTION/expel
recall v obj=ambassador > SANCTION/withdraw
recall v subj=company; obj=vehicle > BUSINESS
summon v obj=ambassador > ACCUSE/disapprove
summon v obj=executive > REQUEST/meet
impose v obj=sanction; on=russia,@country > SANCTION/discontinue
impose v obj=tariff; on=import > SANCTION/discontinue
impose v obj=curfew > COERCE/curfew
impose v obj=martial law,law > COERCE/martial-law
impose v obj=ban; on=import > SANCTION/discontinue
declare v obj=state of emergency,state > COERCE/martial-law
suspend v obj=trade; with=@country > SANCTION/discontinue
sever v obj=relation,diplomatic relation > SANCTION/discontinue
close v obj=embassy > SANCTION/discontinue
cut v obj=staff; of=embassy > SANCTION/discontinue
revoke v obj=visa > SANCTION/discontinue
sentence v obj=man; to=year > SANCTION/convict
convict v obj=man; of=murder > SANCTION/convict
jail v obj=activist > SANCTION/convict
find v obj=man; as=guilty > SANCTION/convict
fine v subj=court; obj=company > SANCTION/convict
acquit v obj=man; of=charge > RETREAT/release
release v obj=prisoner > RETREAT/release
release v obj=album > OTHER
release v obj=hostage; subj=militant > RETREAT/release
free v obj=hostage > RETREAT/release
resign v subj=minister > RETREAT/resign
step v mod=down; subj=president > RETREAT/resign
quit v obj=post > RETREAT/resign
withdraw v obj=troop; from=@country > RETREAT/withdraw
withdraw v subj=troop; from=city > RETREAT/withdraw
withdraw v obj=ambassador > SANCTION/withdraw
withdraw v subj=@country; from=treaty > SANCTION/withdraw
withdraw v subj=candidate; from=race > ELECTION
withdraw v subj=player; from=tournament > SPORT
leave v subj=@country; obj=union > SANCTION/withdraw
declare v obj=ceasefire > RETREAT/ceasefire
lay v mod=down; obj=arms > RETREAT/disarm
allow v obj=inspector > RETREAT/access
lift v obj=siege > RETREAT/access
lift v obj=sanction > CONCEDE
ease v obj=restriction > CONCEDE
pardon v obj=man > CONCEDE
apologize v to=@country > CONCEDE
meet v subj=president; obj=chancellor > CONSULT
meet v subj=leader; with=counterpart > CONSULT
meet v obj=deadline > OTHER
visit v subj=president; obj=@country > CONSULT/visit
call v obj=president; subj=minister > CONSULT/phone
speak v by=phone; with=president > CONSULT/phone
hold v obj=talk; subj=leader > CONSULT
hold v obj=summit > CONSULT/multilateral
hold v obj=press conference,conference > OTHER
hold v obj=election > ELECTION
hold v obj=rally > PROTEST/demo
hold v obj=drill,military drill > MOBILIZE/troops
hold v obj=joint exercise,exercise > COOPERATE
mediate v subj=@country; between=@country > CONSULT/third-party
host v subj=@country; obj=peace talk,talk > CONSULT/third-party
offer v obj=talk > AGREE
promise v to=help > AGREE
vow v to=retaliate > AGREE
agree v to=meet > AGREE
sign v obj=treaty > SUPPORT
sign v obj=bill > OTHER
sign v subj=club; obj=striker > SPORT
ratify v obj=treaty > SUPPORT
recognize v obj=independence > SUPPORT
restore v obj=tie,diplomatic tie > SUPPORT
pass v subj=parliament; obj=law > OTHER
approve v subj=parliament; obj=budget > OTHER
approve v obj=vaccine; subj=regulator > SCIENCE
approve v obj=deal > SUPPORT
extradite v obj=suspect; to=@country > COOPERATE
exchange v obj=prisoner > RETREAT/release
exchange v obj=fire > ASSAULT/firearms
exchange v obj=information > COOPERATE
share v obj=intelligence > COOPERATE
send v obj=food; to=refugee > AID
send v obj=troop; to=border > MOBILIZE/troops
send v obj=inspector; to=@country > ACCUSE/investigate
send v obj=satellite; into=orbit > SCIENCE
supply v obj=weapon; to=@country > AID
grant v obj=asylum > AID
rescue v obj=miner > AID
donate v obj=million > AID
demand v obj=release > REQUEST/yield
demand v to=resign > REQUEST/change
call v for=ceasefire > REQUEST/yield
call v on=@country; to=negotiate > REQUEST/meet
urge v obj=@country; to=send > REQUEST/assist
appeal v for=aid > REQUEST/assist
order v obj=company; to=pay; subj=court > SANCTION/convict
order v obj=investigation > ACCUSE/investigate
accuse v obj=@country; of=attack > ACCUSE/allege
blame v obj=@country > ACCUSE/allege
charge v obj=man; with=murder > ACCUSE/allege
charge v obj=customer > BUSINESS
sue v obj=company > ACCUSE/allege
file v obj=lawsuit; against=company > ACCUSE/allege
file v for=bankruptcy > BUSINESS
lodge v obj=protest,formal protest > ACCUSE/disapprove
condemn v obj=attack > ACCUSE/disapprove
condemn v obj=man; to=death > SANCTION/convict
investigate v obj=fraud > ACCUSE/investigate
launch v obj=investigation > ACCUSE/investigate
go v subj=man; on=trial > ACCUSE/allege
impeach v obj=president > ACCUSE/allege
reject v obj=proposal > REJECT
refuse v to=meet > REJECT/meet
refuse v to=resign > REJECT/change
refuse v to=extradite > REJECT/assist
refuse v to=release > REJECT/yield
veto v obj=resolution > REJECT/change
deny v obj=visa > REJECT
cancel v obj=summit > REJECT/meet
turn v mod=back; obj=migrant > REJECT
threaten v to=attack > THREATEN/violence
threaten v obj=sanction > THREATEN/relations
threaten v to=expel > THREATEN/expel
threaten v to=arrest > THREATEN/arrest
threaten v to=annex > THREATEN/territory
threaten v to=boycott > THREATEN/restrict
warn v of=retaliation > THREATEN/violence
protest v subj=student > PROTEST/demo
march v subj=crowd > PROTEST/demo
riot v subj=prisoner > PROTEST/riot
strike v subj=worker > PROTEST/strike
strike v subj=missile; obj=hospital > ASSAULT/heavy-weapons
strike v subj=earthquake; obj=city > DISASTER
strike v subj=company; obj=deal > BUSINESS
go v on=strike; subj=nurse > PROTEST/strike
begin v obj=hunger strike,strike > PROTEST/hunger
walk v mod=out; subj=worker > PROTEST/strike
walk v mod=out; of=talk > SANCTION/discontinue
boycott v obj=election; subj=opposition > PROTEST/boycott
block v subj=protester; obj=road > PROTEST/obstruct
block v obj=website > COERCE/censor
block v obj=bill > REJECT/change
vandalize v obj=statue > PROTEST/vandalize
deploy v obj=troop > MOBILIZE/troops
deploy v obj=police > MOBILIZE/police
deploy v obj=missile > MOBILIZE/weapons
mobilize v obj=militia > MOBILIZE/militia
test v obj=missile > MOBILIZE/weapons
test v obj=vaccine > SCIENCE
launch v obj=ballistic missile,missile; into=sea > MOBILIZE/weapons
launch v obj=missile; at=city > ASSAULT/heavy-weapons
launch v obj=drone; at=city > ASSAULT/drone
launch v obj=satellite > SCIENCE
launch v obj=product; subj=company > BUSINESS
launch v obj=smartphone > BUSINESS
launch v obj=offensive; against=rebel > ASSAULT
launch v obj=airstrike; on=camp > ASSAULT/aerial
launch v obj=rocket; into=orbit > SCIENCE
arrest v obj=man > COERCE/arrest
take v into=custody; obj=man > COERCE/arrest
take v obj=hostage > ASSAULT/abduct
take v obj=office > OTHER
seize v obj=power > COERCE/seize
seize v obj=tanker > COERCE/seize
annex v obj=peninsula > COERCE/seize
overthrow v obj=president > COERCE/seize
ban v obj=party > COERCE/restrict
ban v obj=newspaper > COERCE/censor
ban v subj=@country; obj=import > SANCTION/discontinue
deport v obj=migrant > COERCE/deport
cut v mod=off; obj=electricity > COERCE/withhold
spread v obj=disinformation > COERCE/misinformation
hack v obj=network > COERCE/cyber
hack v obj=man; to=death > ASSAULT/primitive
crack v mod=down; on=protester > COERCE/restrict
attack v subj=rebel; obj=village > ASSAULT
attack v subj=drone; obj=refinery > ASSAULT/drone
attack v subj=leader; obj=policy > ACCUSE/disapprove
attack v subj=man; obj=woman; with=knife > ASSAULT/primitive
kill v subj=gunman; obj=man > ASSAULT/firearms
kill v subj=earthquake; obj=people > DISASTER
kill v obj=people; in=crash > ACCIDENT
kill v obj=people; in=suicide bombing,bombing > ASSAULT/suicide-attack
kill v obj=people; in=airstrike > ASSAULT/aerial
assassinate v obj=minister > ASSAULT/targeted
rape v obj=woman > ASSAULT/sexual
torture v obj=prisoner > ASSAULT/torture
beat v subj=police; obj=protester > ASSAULT/beat
beat v subj=club; obj=rival > SPORT
bomb v obj=market > ASSAULT/explosives
bomb v subj=warplane; obj=village > ASSAULT/aerial
shell v obj=town > ASSAULT/heavy-weapons
shoot v obj=man > ASSAULT/firearms
shoot v mod=down; obj=plane > ASSAULT/destroy
stab v obj=man > ASSAULT/primitive
poison v obj=spy > ASSAULT/unconventional
fire v obj=tear gas,gas; at=protester > ASSAULT/crowd-control
fire v obj=missile; over=japan > MOBILIZE/weapons
fire v obj=minister > OTHER
fire v obj=coach > SPORT
fire v obj=worker; subj=company > BUSINESS
kidnap v obj=girl > ASSAULT/abduct
invade v obj=@country > ASSAULT/heavy-weapons
destroy v obj=village > ASSAULT/destroy
destroy v subj=hurricane; obj=village > DISASTER
erupt v subj=volcano > DISASTER
crash v subj=plane > ACCIDENT
crash v subj=stock > BUSINESS
collapse v subj=bridge > ACCIDENT
explode v subj=bomb > ASSAULT/explosives
explode v subj=boiler > ACCIDENT
sink v subj=ferry > ACCIDENT
derail v subj=train > ACCIDENT
vote v subj=citizen > ELECTION
vote v subj=parliament; to=approve > OTHER
vote v against=resolution > REJECT
elect v obj=president > ELECTION
win v obj=election > ELECTION
win v obj=medal > SPORT
win v obj=nobel prize > OTHER
win v subj=company; obj=contract > BUSINESS
run v for=president > ELECTION
acquire v subj=company; obj=rival > BUSINESS
merge v subj=company > BUSINESS
cut v obj=job > BUSINESS
lay v mod=off; obj=worker > BUSINESS
raise v obj=rate > BUSINESS
report v obj=profit > BUSINESS
fall v subj=share > BUSINESS
discover v subj=scientist; obj=planet > SCIENCE
break v obj=record > SPORT
break v mod=out; subj=fire > ACCIDENT
break v mod=out; subj=war > ASSAULT
score v subj=striker > SPORT
appoint v obj=minister > OTHER
dismiss v obj=minister > OTHER
plead v obj=guilty > OTHER
award v obj=prize > OTHER
die v subj=singer > OTHER
die v in=earthquake > DISASTER
interfere v in=election > COERCE
hit v subj=storm; obj=coast > DISASTER
hit v subj=airstrike; obj=hospital > ASSAULT/aerial
hit v subj=car; obj=pedestrian > ACCIDENT
hit v subj=gunman; obj=church > ASSAULT/firearms
sanction v subj=@country; obj=company > SANCTION/discontinue
blacklist v subj=@country; obj=company > SANCTION/discontinue
ground v subj=regulator; obj=aircraft > OTHER
shut v subj=company; obj=plant > BUSINESS
shut v mod=down; subj=government; obj=newspaper > COERCE/censor
shut v mod=off; obj=water > COERCE/withhold
pull v mod=out; of=agreement; subj=@country > SANCTION/withdraw
pull v mod=out; subj=troop; from=city > RETREAT/withdraw
pull v from=rubble; obj=child > AID
hand v mod=over; obj=suspect; to=@country > COOPERATE
hand v mod=over; obj=hostage > RETREAT/release
hand v mod=over; obj=weapon > RETREAT/disarm
hand v mod=down; obj=sentence > SANCTION/convict
give v obj=sentence > SANCTION/convict
face v obj=charge > ACCUSE/allege
face v obj=sanction > none
face v obj=prison > none
serve v obj=sentence > SANCTION/convict
drop v obj=charge > CONCEDE
drop v obj=bomb; on=city > ASSAULT/aerial
place v under=house arrest; obj=leader > COERCE/arrest
put v on=trial; obj=leader > ACCUSE/allege
put v on=alert; obj=force > MOBILIZE/troops
remove v obj=president > COERCE/seize
oust v obj=president; subj=army > COERCE/seize
oust v obj=prime minister; in=no-confidence vote,vote > OTHER
sack v obj=manager; subj=club > SPORT
sack v obj=minister > OTHER
dissolve v obj=parliament > OTHER
suspend v obj=constitution > COERCE/martial-law
suspend v obj=member; from=council > SANCTION/expel
freeze v obj=asset > SANCTION/discontinue
cut v obj=aid; to=@country > SANCTION/discontinue
cut v obj=tie; with=@country > SANCTION/discontinue
halt v obj=fighting > RETREAT/ceasefire
halt v obj=export > SANCTION/discontinue
halt v subj=company; obj=production > BUSINESS
stop v subj=police; obj=protest > COERCE/restrict
restrict v obj=travel > COERCE/restrict
close v obj=border > COERCE/restrict
close v subj=share > BUSINESS
reopen v obj=embassy > SUPPORT
reopen v obj=border > CONCEDE
open v obj=investigation; into=fraud > ACCUSE/investigate
open v obj=store; subj=company > BUSINESS
open v obj=fire; on=crowd > ASSAULT/firearms
open v obj=talk > CONSULT
open v obj=museum > OTHER
win v subj=party; obj=election > ELECTION
win v obj=seat > ELECTION
win v obj=race; subj=driver > SPORT
lose v obj=election > ELECTION
lose v subj=team; to=rival > SPORT
lose v obj=job > none
carry v mod=out; obj=attack > ASSAULT
carry v mod=out; obj=nuclear test,test > MOBILIZE/weapons
carry v mod=out; obj=cyberattack > COERCE/cyber
conduct v obj=clinical trial,trial > SCIENCE
conduct v obj=exercise > MOBILIZE/troops
conduct v obj=airstrike; on=base > ASSAULT/aerial
stage v obj=coup > COERCE/seize
stage v obj=protest > PROTEST/demo
stage v obj=walkout > PROTEST/strike
cast v obj=ballot > ELECTION
cast v obj=doubt > none
return v obj=remains > RETREAT
return v subj=president; to=@country > CONSULT/visit
arrive v subj=president; in=@country > CONSULT/visit
fly v subj=president; to=@country > CONSULT/visit
land v subj=spacecraft; on=moon > SCIENCE
land v subj=president; in=@country > CONSULT/visit
receive v obj=prize > OTHER
receive v obj=sentence > SANCTION/convict
die v in=plane crash,crash > ACCIDENT
die v of=cancer > OTHER
injure v obj=people; in=explosion > ACCIDENT
wound v obj=soldier; subj=mine > ASSAULT/explosives
burn v subj=fire; obj=house > ACCIDENT
burn v subj=protester; obj=flag > PROTEST/riot
torch v subj=rebel; obj=village > ASSAULT/destroy
storm v subj=protester; obj=parliament > PROTEST/riot
storm v subj=troop; obj=building > ASSAULT
occupy v subj=troop; obj=city > COERCE/seize
occupy v subj=student; obj=university > PROTEST/obstruct
capture v subj=rebel; obj=town > ASSAULT/heavy-weapons
capture v subj=police; obj=fugitive > COERCE/arrest
raid v subj=police; obj=office > COERCE
raid v subj=troop; obj=village > ASSAULT
evacuate v obj=resident > AID
flee v subj=resident > OTHER
enter v subj=troop; obj=city > ASSAULT/heavy-weapons
cross v subj=migrant; obj=border > OTHER
issue v obj=arrest warrant,warrant; for=leader > COERCE/arrest
issue v obj=ultimatum; to=@country > THREATEN
issue v obj=apology > CONCEDE
issue v obj=decree > none
issue v obj=order; to=leave > REQUEST/yield
seek v obj=asylum > REQUEST/assist
seek v obj=re-election > ELECTION
seek v obj=talk > REQUEST/meet
join v obj=nato; subj=@country > SUPPORT
join v subj=striker; obj=club > SPORT
sign v obj=contract; subj=company > BUSINESS
sign v obj=deal; subj=@country > SUPPORT
agree v on=ceasefire > AGREE
reach v obj=agreement > AGREE
reach v obj=final > SPORT
broker v obj=ceasefire > AGREE
launch v obj=campaign; subj=candidate > ELECTION
launch v obj=strike; on=base > ASSAULT
launch v obj=strike; subj=union > PROTEST/strike
test v for=coronavirus; subj=minister > DISASTER
recall v subj=@country; obj=envoy > SANCTION/withdraw
recall v obj=product > BUSINESS
expel v subj=@country; obj=citizen > COERCE/deport
bar v obj=official; from=enter > REJECT
deny v obj=entry > REJECT
deny v obj=allegation > none
delay v obj=flight > OTHER
cancel v obj=flight > OTHER
cancel v obj=match > SPORT
postpone v obj=election > ELECTION
extend v obj=sanction > SANCTION/discontinue
extend v obj=ceasefire > RETREAT/ceasefire
lift v obj=embargo > CONCEDE
lift v obj=trophy > SPORT
lift v obj=curfew > CONCEDE
raise v obj=tariff > SANCTION/discontinue
raise v obj=concern > none
raise v obj=million; subj=company > BUSINESS
rise v subj=price > BUSINESS
rise v subj=temperature > none
grow v subj=economy > BUSINESS
spread v subj=virus > DISASTER
spread v subj=fire > ACCIDENT
collapse v subj=talk > SANCTION/discontinue
collapse v subj=government > OTHER
collapse v subj=bank > BUSINESS
threaten v to=cut > THREATEN/relations
threaten v with=tariff; obj=@country > THREATEN/relations
threaten v subj=hurricane; obj=coast > DISASTER
warn v of=storm > THREATEN
order v obj=evacuation > AID
order v obj=airstrike > ASSAULT/aerial
name v obj=minister; as=minister > OTHER
name v as=chief executive > BUSINESS
name v as=coach > SPORT
elect v obj=pope > ELECTION
crown v as=champion > SPORT
publish v subj=researcher; obj=study > SCIENCE
publish v obj=report > OTHER
develop v obj=vaccine > SCIENCE
merge v subj=bank; with=rival > BUSINESS
buy v subj=company; obj=rival > BUSINESS
buy v subj=@country; obj=missile > COOPERATE
sell v subj=@country; obj=aircraft > COOPERATE
deliver v obj=aid > AID
deploy v obj=drone > MOBILIZE/weapons
fire v obj=rocket; into=@country > ASSAULT/heavy-weapons
fire v obj=shot > ASSAULT/firearms
intercept v obj=drone > ASSAULT/destroy
sink v subj=missile; obj=ship > ASSAULT/destroy
shell v subj=@country; obj=@country > ASSAULT/heavy-weapons
besiege v obj=city > COERCE/restrict
blockade v subj=navy; obj=port > COERCE/restrict
block v subj=@country; obj=resolution > REJECT/change
block v subj=farmer; obj=highway > PROTEST/obstruct
loot v subj=crowd; obj=shop > PROTEST/riot
clash v subj=protester; with=police > PROTEST/riot
clash v subj=troop; with=rebel > ASSAULT
fight v subj=firefighter; obj=fire > DISASTER
fight v subj=troop; obj=rebel > ASSAULT
meet v subj=team; obj=rival; in=final > SPORT
hold v obj=funeral > none
hold v obj=hostage > ASSAULT/abduct
hold v in=custody; obj=suspect > COERCE/arrest
release v on=bail; obj=suspect > RETREAT/release
release v obj=report > OTHER
release v obj=smartphone > BUSINESS
testify v subj=witness > OTHER
rule v subj=court; against=company > SANCTION/convict
overturn v subj=court; obj=conviction > RETREAT/release
uphold v obj=verdict > OTHER
commute v obj=sentence > CONCEDE
expulsion n of=diplomat > SANCTION/expel
expulsion n of=migrant > COERCE/deport
visit n poss=president; to=@country > CONSULT/visit
talk n between=@country > CONSULT
summit n mod=g7 > CONSULT/multilateral
call n mod=phone > CONSULT/phone
sanction n on=@country > SANCTION/discontinue
tariff n on=steel > SANCTION/discontinue
invasion n of=@country > ASSAULT/heavy-weapons
earthquake n in=@country > DISASTER
arrest n of=activist > COERCE/arrest
verdict n mod=guilty > SANCTION/convict
trial n of=minister > ACCUSE/allege
trial n mod=clinical > SCIENCE
strike n mod=hunger > PROTEST/hunger
strike n mod=drone > ASSAULT/drone
strike n mod=general > PROTEST/strike
strike n mod=air > ASSAULT/aerial
attack n mod=cyber > COERCE/cyber
attack n mod=knife > ASSAULT/primitive
attack n mod=suicide > ASSAULT/suicide-attack
test n mod=nuclear > MOBILIZE/weapons
launch n of=satellite > SCIENCE
launch n of=missile > MOBILIZE/weapons
withdrawal n of=troop > RETREAT/withdraw
withdrawal n from=agreement > SANCTION/withdraw
withdrawal n of=ambassador > SANCTION/withdraw
release n of=hostage > RETREAT/release
release n of=album > OTHER
exchange n mod=prisoner > RETREAT/release
resignation n of=minister > RETREAT/resign
ceasefire n > RETREAT/ceasefire
coup n > COERCE/seize
law n mod=martial > COERCE/martial-law
state n of=emergency > COERCE/martial-law
crash n mod=plane > ACCIDENT
fire n mod=forest > DISASTER
explosion n mod=gas > ACCIDENT
explosion n mod=bomb > ASSAULT/explosives
referendum n > ELECTION
merger n > BUSINESS
death n of=singer > OTHER
murder n of=woman > ASSAULT
boycott n of=election > PROTEST/boycott
suspension n of=trade > SANCTION/discontinue
recall n of=ambassador > SANCTION/withdraw
recall n of=vehicle > BUSINESS
deployment n of=troop > MOBILIZE/troops
deployment n of=missile > MOBILIZE/weapons
demand n for=release > REQUEST/yield
veto n > REJECT/change
threat n of=sanction > THREATEN/relations
fine n > SANCTION/convict
apology n > CONCEDE
aid n to=@country > AID
cooperation n > COOPERATE
campaign n mod=disinformation > COERCE/misinformation
stone n > none
talks n > none
protest n in=capital > PROTEST/demo
rally n mod=campaign > ELECTION
bombing n mod=suicide > ASSAULT/suicide-attack
outbreak n of=cholera > DISASTER
outbreak n of=war > ASSAULT
vote n mod=no-confidence > OTHER
shutdown n mod=internet > COERCE/withhold
closure n of=embassy > SANCTION/discontinue
closure n of=factory > BUSINESS
closure n of=border > COERCE/restrict
swap n mod=prisoner > RETREAT/release
drill n mod=military > MOBILIZE/troops
drill n mod=joint > COOPERATE
raid n mod=air > ASSAULT/aerial
raid n mod=police > COERCE
takeover n mod=military > COERCE/seize
takeover n > BUSINESS
war n mod=trade > SANCTION/discontinue
war n > ASSAULT
landing n on=moon > SCIENCE
victory n over=rival > SPORT
victory n in=election > ELECTION
cut n mod=rate > BUSINESS
cut n in=aid > SANCTION/discontinue
ban n mod=travel > SANCTION/discontinue
lifting n of=sanction > CONCEDE
killing n of=journalist > ASSAULT
kidnapping n of=girl > ASSAULT/abduct
spill n mod=oil > ACCIDENT
wave n mod=heat > DISASTER
call n for=ceasefire > REQUEST/yield
appointment n of=minister > OTHER
theft n > OTHER
ruling n > OTHER
"""


def reading(clause: str) -> Trigger | None:
    word, pos, *rest = clause.split(" ", maxsplit=2)
    slots = {slot: frozenset(heads.split(",")) for slot, _, heads in (each.partition("=") for each in _slots(rest))}
    return classify(
        word,
        "verb" if pos == "v" else "noun",
        particles=slots.pop("mod", frozenset()),
        subject_heads=slots.pop("subj", frozenset()),
        object_heads=slots.pop("obj", frozenset()),
        obliques=slots,
    )


def _slots(rest: list[str]) -> list[str]:
    return rest[0].split("; ") if rest else []


def label(trigger: Trigger | None) -> str:
    return "/".join(filter(None, (trigger.event_type, trigger.mode))) if trigger else "none"


# ------------------------------------------------------------------------------------------------------------ tables


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_all_its_columns_and_no_stray_space(name: str) -> None:
    rows = list(lexicon._rows(name))
    assert {len(row) for row in rows} == {WIDTHS[name]}
    assert [cell for row in rows for cell in row if cell != cell.strip() or "  " in cell] == []


@pytest.mark.parametrize("name", TABLES)
def test_no_row_lists_a_word_twice_or_an_empty_one(name: str) -> None:
    lists = [cell.split("|") for row in lexicon._rows(name) for cell in row if "|" in cell]
    assert [words for words in lists if "" in words or len(words) != len(set(words))] == []


def test_every_type_and_mode_of_a_trigger_is_one_of_the_ontology() -> None:
    assert {trigger.event_type for trigger in TRIGGERS} == set(EVENT_TYPES)
    assert [each for each in TRIGGERS if each.mode and each.mode not in modes_of(each.event_type)] == []


def test_every_mode_of_the_ontology_is_reached_by_some_trigger() -> None:
    reached = {(trigger.event_type, trigger.mode) for trigger in TRIGGERS}
    assert {(name, mode) for name, entry in TYPES.items() for mode in entry.modes} - reached == set()


def test_no_two_triggers_have_the_same_key() -> None:
    keys = Counter((trigger.lemma, trigger.pos, frozenset(trigger.conditions)) for trigger in TRIGGERS)
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_class_named_in_a_condition_exists_and_every_class_is_named() -> None:
    named = {name for trigger in TRIGGERS for term in trigger.conditions for name in term.classes}
    taken_in = set(re.findall(r"@[a-z]+", (lexicon.TABLES / "classes.tsv").read_text(encoding="utf-8")))
    assert named <= set(word_classes())
    assert set(word_classes()) <= named | taken_in


def test_every_slot_is_one_the_language_knows() -> None:
    asked = {term.slot for trigger in TRIGGERS for term in trigger.conditions}
    filled = {slot for trigger in TRIGGERS for slot in (*trigger.actor, *trigger.recipient)}
    assert [slot for slot in asked | filled if not SLOTS.fullmatch(slot)] == []


def test_every_mode_class_belongs_to_a_mode() -> None:
    named = [name[1:].split("/") for name in word_classes() if "/" in name]
    assert [(event_type, mode) for event_type, mode in named if mode not in modes_of(event_type)] == []


def test_only_what_is_coded_by_what_is_said_can_be_an_utterance() -> None:
    assert {each.event_type for each in TRIGGERS if each.utterance} == lexicon.SAID
    assert {each.kind for each in TRIGGERS} == {"say", "act", "deed"}


def test_the_trigger_table_holds_well_over_six_hundred_words_and_phrases() -> None:
    assert len({(trigger.lemma, trigger.pos) for trigger in TRIGGERS}) > 1500


# ---------------------------------------------------------------------------------------------------------- readings


@pytest.mark.parametrize("row", READINGS.strip().splitlines())
def test_a_clause_is_read_as_the_labelling_rules_say(row: str) -> None:
    clause, _, expected = row.partition(" > ")
    assert label(reading(clause)) == expected


@pytest.mark.parametrize("clause", ["say v subj=minister", "be v", "table n", "hold v obj=hand", "launch v", "deny v"])
def test_a_word_without_its_conditions_is_no_trigger(clause: str) -> None:
    assert reading(clause) is None


def test_a_particle_is_not_the_preposition_that_looks_like_it() -> None:
    assert label(reading("give v mod=in; to=pressure")) == "CONCEDE"
    assert reading("give v obj=time; in=table") is None


def test_a_class_marked_by_the_caller_counts_like_a_word_of_it() -> None:
    assert in_class({"@country"}, "@country")
    assert label(reading("receive v subj=@country; obj=delegation")) == "CONSULT/visit"


def test_classes_that_take_others_in_have_their_words() -> None:
    assert word_classes()["@police"] < word_classes()["@armed"]


def test_in_a_meeting_every_side_is_an_actor() -> None:
    meeting = reading("meet v subj=president; obj=chancellor")
    assert meeting is not None
    assert (set(meeting.actor), meeting.recipient) == ({"subj", "obj", "with"}, ())


def test_sanctions_hit_whom_they_are_imposed_on() -> None:
    verb, noun = reading("impose v obj=sanction; on=@country"), reading("sanction n on=@country")
    assert verb is not None
    assert noun is not None
    assert verb.recipient == ("on", "against")
    assert noun.recipient == ("on", "against")


def test_an_utterance_is_told_from_a_deed_and_an_institutional_act_from_talk() -> None:
    kinds = [reading(clause) for clause in ("veto v obj=resolution", "condemn v obj=attack", "expel v obj=diplomat")]
    assert [each and each.kind for each in kinds] == ["act", "say", "deed"]
    assert [each and each.utterance for each in kinds] == [True, True, False]


def test_an_investigation_has_the_status_of_a_deed_though_accusing_is_saying() -> None:
    probe = reading("launch v obj=investigation")
    assert probe is not None
    assert (probe.event_type, probe.utterance) == ("ACCUSE", False)


def test_the_more_specific_reading_wins_and_the_earlier_row_on_a_tie() -> None:
    both = frozenset({"diplomat", "journalist"})
    assert label(classify("expel", "verb", object_heads=both)) == "COERCE/deport"
    assert label(classify("expel", "verb")) == "SANCTION/expel"


def test_a_negated_term_holds_of_an_empty_slot() -> None:
    term = Condition("mod", frozenset({"clinical"}), negated=True)
    assert (term.holds(frozenset()), term.holds(frozenset({"clinical"}))) == (True, False)


def test_a_head_is_looked_up_alone_and_with_its_modifiers() -> None:
    assert head_forms("prisoner", ["political"], ["war"]) == {"prisoner", "political prisoner", "prisoner of war"}


# ------------------------------------------------------------------------------------------------------------ speech


@pytest.mark.parametrize(
    ("form", "stance", "factivity"),
    [
        ("say", "comments", "nonfactive"),
        ("announce", "announces", "no"),
        ("confirm", "announces", "factive"),
        ("deny", "denies", "counterfactive"),
        ("accuse", "accuses", "nonfactive"),
        ("condemn", "condemns", "no"),
        ("urge", "requests", "no"),
        ("praise", "supports", "no"),
        ("threaten", "threatens", "nonfactive"),
        ("justify", "justifies", "no"),
        ("claim", "comments", "nonfactive"),
    ],
)
def test_a_verb_of_speech_has_a_stance_and_a_factivity(form: str, stance: str, factivity: str) -> None:
    speech = speech_for(form, "verb")
    assert speech is not None
    assert (speech.stance, speech.factivity) == (stance, factivity)


def test_every_stance_is_reached_and_every_one_is_legal() -> None:
    stances = {speech.stance for speech in lexicon._speech().values()} - {None}
    assert stances == set(get_args(Stance))


def test_reporting_nouns_and_prepositions_are_listed_too() -> None:
    assert speech_for("statement", "noun")
    assert speech_for("press conference", "noun")
    assert speech_for("according to", "prep")
    assert speech_for("table", "noun") is None


# -------------------------------------------------------------------------------------------------------- factuality


def effects(form: str, pos: str, frame: str) -> list[tuple[str | None, str | None]]:
    return [(cue.effect, cue.under_negation) for cue in cues_for(form, frame=frame) if cue.pos == pos]


def test_every_field_of_a_cue_is_legal() -> None:
    legal: dict[str, set[str | None]] = {
        "pos": set(get_args(lexicon.CuePos)),
        "kind": set(get_args(lexicon.CueKind)),
        "scope": set(get_args(lexicon.Scope)),
        "effect": {*get_args(Status), None},
        "under_negation": {*get_args(Status), None},
    }
    assert [(cue, field) for cue in CUES for field, values in legal.items() if getattr(cue, field) not in values] == []


def test_no_cue_is_listed_twice_for_one_frame_and_scope() -> None:
    def key(cue: Cue) -> tuple[str, ...]:
        return cue.form, cue.pos, cue.frame, cue.scope

    assert [key for key, count in Counter(map(key, CUES)).items() if count > 1] == []


@pytest.mark.parametrize(
    ("form", "pos", "frame", "effect"),
    [
        ("fail", "verb", "to", ("negated", "occurred")),
        ("manage", "verb", "to", ("occurred", "negated")),
        ("force", "verb", "to", ("occurred", None)),
        ("refuse", "verb", "to", ("negated", None)),
        ("prevent", "verb", "from", ("negated", None)),
        ("threaten", "verb", "to", ("threatened", "negated")),
        ("begin", "verb", "ing", ("ongoing", "negated")),
        ("unlikely", "adj", "to", ("negated", "proposed")),
        ("suspect", "verb", "of", ("alleged", "alleged")),
        ("consider", "verb", "ing", ("proposed", "negated")),
    ],
)
def test_implicatives_and_their_kin_have_their_signatures(
    form: str, pos: str, frame: str, effect: tuple[str | None, str | None]
) -> None:
    assert effect in effects(form, pos, frame)


def test_to_deny_a_visa_is_not_to_deny_a_crime() -> None:
    assert effects("deny", "verb", "obj") == [("negated", "occurred")]
    assert effects("deny", "verb", "ing") == [("alleged", "occurred")]


def test_an_unless_threatens_what_its_main_clause_says() -> None:
    assert ("main", "threatened") in {(cue.scope, cue.effect) for cue in cues_for("unless")}


def test_every_status_is_some_cue_s_effect() -> None:
    assert {cue.effect for cue in CUES} - {None} == set(get_args(Status))


# ----------------------------------------------------------------------------------------------------------- offices


@pytest.mark.parametrize(
    ("form", "kind", "acts_for"),
    [
        ("president", "title", "country"),
        ("foreign minister", "title", "country"),
        ("secretary of state", "title", "country"),
        ("ambassador", "title", "country"),
        ("spokeswoman", "title", "organization"),
        ("chief executive", "title", "organization"),
        ("mayor", "title", "organization"),
        ("judge", "title", "self"),
        ("senator", "title", "self"),
        ("mr.", "honorific", "self"),
        ("ministry", "orghead", "organization"),
        ("protester", "group", "self"),
        ("frigate", "object", "self"),
    ],
)
def test_an_office_says_for_whom_its_holder_acts(form: str, kind: str, acts_for: str) -> None:
    office = office_for(form)
    assert office is not None
    assert (office.kind, office.acts_for) == (kind, acts_for)


def test_a_noun_of_several_kinds_is_had_by_each() -> None:
    kinds = [office_for("soldier"), office_for("soldier", "group"), office_for("general", "title")]
    assert [each and each.entity_type for each in kinds] == ["group", "group", "person"]
    assert office_for("frigate", "title") is None


def test_no_office_is_listed_twice_with_one_kind() -> None:
    listed = Counter((form, row[0]) for form, rows in lexicon._office_rows().items() for row in rows)
    assert [entry for entry, count in listed.items() if count > 1] == []
    assert {"mr", "dr.", "sen.", "gen."} <= forms_of("honorific")


def test_every_office_has_a_legal_kind_and_bearer() -> None:
    rows = [row for rows in lexicon._office_rows().values() for row in rows]
    assert {kind for kind, _ in rows} == set(get_args(lexicon.NounKind))
    assert {bearer for _, bearer in rows} == set(get_args(lexicon.Acting))


# ---------------------------------------------------------------------------------------------------------- contexts


def test_every_context_has_cues_and_no_cue_counts_twice_for_one() -> None:
    entries = [(context, lemma) for lemma, cues in lexicon._context_cues().items() for context, _ in cues]
    assert {context for context, _ in entries} == set(CONTEXTS)
    assert [entry for entry, count in Counter(entries).items() if count > 1] == []


def test_a_plainly_diplomatic_article_is_diplomatic_first() -> None:
    lemmas = ["foreign", "ministry", "expel", "diplomat", "embassy", "persona", "non", "grata", "diplomat", "say"]
    assert contexts_of(count_lemmas(lemmas), 40)[0] == "diplomatic"


def test_one_cue_alone_names_no_context() -> None:
    assert contexts_of({"earthquake": 9}, 100) == []


def test_weak_cues_alone_name_no_context() -> None:
    assert contexts_of({"police": 3, "suspect": 3, "arrest": 3, "gun": 3}, 100) == []


def test_a_few_cues_in_a_long_article_name_no_context() -> None:
    assert contexts_of({"earthquake": 1, "magnitude": 1}, 3_000) == []


def test_an_article_without_words_has_no_context() -> None:
    assert contexts_of({}, 0) == []


# -------------------------------------------------------------------------------------------------------------- cost


def _load_anew() -> float:
    tables = (lexicon._speech, lexicon._cue_rows, lexicon._office_rows, lexicon._context_cues, word_classes)
    for table in (*tables, lexicon._trigger_rows):
        table.cache_clear()
    started = process_time()
    for table in tables:
        table()
    for pos in POSES:
        lexicon._trigger_rows(pos)
    return 1000 * (process_time() - started)


def test_loading_all_tables_takes_less_than_ten_milliseconds() -> None:
    assert min(_load_anew() for _ in range(7)) < BUDGET_MS * SLACK


def test_importing_the_lexicon_imports_neither_spacy_nor_pydantic() -> None:
    script = "import sys, summarizer.offline.lexicon; sys.exit(len({'spacy', 'pydantic', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
