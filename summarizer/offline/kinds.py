"""What a common noun stands for: a person, a body, a thing, or the doing of somebody else. Singular dictionary forms."""

from __future__ import annotations

from typing import Literal

from summarizer.offline.lexicon import office_for, word_classes

NounKind = Literal["person", "body", "object", "act", "government", "other"]


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Offices whose holder acts for a country (SCHEMA.md, rule 7).
STATE_OFFICES = _words(
    """president premier minister chancellor secretary king queen emir sultan monarch ambassador envoy consul
    spokesman spokeswoman spokesperson undersecretary vice-president governor-general head leader dictator ruler
    representative diplomat delegate negotiator deputy commander general admiral chief"""
)
# Offices of bodies: their holder acts for the body that the office names.
BODY_OFFICES = _words(
    """chief executive ceo chairman chairwoman chair director head president spokesman spokeswoman spokesperson leader
    representative manager secretary-general commissioner governor boss founder owner coach captain lawyer attorney
    secretary official officer coordinator"""
)
# Who serves a state, so that a blow to them is a blow to it.
STATE_AGENTS = _words("ambassador diplomat envoy consul attaché attache official officer staff staffer employee representative"
                      " spy soldier troop serviceman sailor guard")  # fmt: skip

OFFICES = (
    STATE_OFFICES
    | BODY_OFFICES
    | _words(
        """admiral adviser advisor analyst archbishop bishop boss brigadier cardinal chancellor chief colonel commander
    commissioner congressman congresswoman congressperson councillor councilman councilor czar dean deputy dissident
    economist editor general governor inspector judge justice lawmaker legislator lieutenant magistrate
    major marshal mayor member monk mp officer ombudsman patriarch pope priest prime principal prince princess
    professor prosecutor rapporteur rector researcher scientist senator sergeant sheriff solicitor speaker
    strategist superintendent treasurer trustee vicar warden"""
    )
)
PERSONS = OFFICES | _words(
    """activist actor actress adult applicant artist astronaut athlete attacker author baby banker biker billionaire
    blogger bomber boy breadwinner brother businessman businesswoman campaigner candidate captain caretaker celebrity
    child citizen civilian cleric climber colleague columnist comedian commuter composer conservative contractor correspondent
    courier crewman criminal critic cyclist dad dancer daughter defendant defender demonstrator detainee developer
    director doctor driver engineer entrepreneur expert explorer extremist family fan farmer father
    fellow fighter filmmaker firefighter fisherman footballer forward founder friend fugitive gangster girl goalkeeper
    grandfather grandmother guard guest gunman hacker historian hostage host hunter husband immigrant inmate insider
    instructor interpreter investigator investor islamist journalist juror kid killer kidnapper lad lady leftist
    librarian man manager marcher marine mechanic mediator merchant midfielder migrant militant millionaire
    miner mobster mother mourner murderer musician nationalist neighbor neighbour nobleman novelist nurse
    nun observer operative opponent organiser organizer orphan owner painter parent partner
    passenger passerby patient peacekeeper pedestrian pensioner performer person philosopher photographer physician physicist pianist
    picket pilgrim pilot pirate player poet policeman policewoman politician porter practitioner preacher
    prisoner producer programmer protester protestor psychologist publisher pupil rebel
    refugee relative reporter rescuer resident retailer retiree reviewer rider rioter rival runner sailor
    salesman scholar scientist scout sculptor seaman separatist serviceman servant shooter shopkeeper
    singer sister skier smuggler sniper soldier son source spy star striker student suspect survivor swimmer
    teacher teenager terrorist thief tourist trader trainee trainer traveler traveller troop trucker tutor user
    vendor victim villager visitor volunteer voter warlord watchman whistleblower widow wife winner witness woman
    worker writer youth people crew staff personnel infant newcomer descendant employee missionary elder guerrilla guerilla
    landowner individual settler peasant commoner compatriot counterpart challenger"""
)
BODIES = _words(
    """academy administration agency airline alliance army assembly association automaker authority bank bloc board brand brewer
    brigade broadcaster brokerage bureau business cabinet carmaker cartel chain chamber charity chipmaker church clinic club
    coalition coastguard college commission committee community company conglomerate congress consortium consulate
    corporation council court crew delegation department developer directorate division duma embassy employer enterprise
    faction federation firm fleet force foundation franchise fund gang government group guard guerrilla hospital industry
    inquiry inspectorate institute institution insurer investigator jury laboratory lab league legislature lender magazine maker manufacturer
    militia military ministry mission monarchy movement navy network newspaper ngo office opposition
    operator organisation organization outlet panel paper parliament party platform police power producer programme
    prosecution prosecutor publisher regime regiment regulator reinsurer research retailer school secretariat
    senate service side site society squad startup start-up state station subsidiary supplier
    syndicate team thinktank think-tank tribunal troupe union unit university watchdog website wing airforce brigade battalion
    diocese embassy house lower-house coastguard junta"""
)
OBJECTS = _words(
    """aircraft airliner airplane airport act ambulance apartment arena bill boat bomb bomber book bridge building bus
    bypass camp canal car cargo carrier castle cathedral church constitution convoy crossing dam depot destroyer drone
    embassy factory ferry film frigate garage gasoline hall helicopter highway home hotel house island jet kiosk
    law legislation library line lorry mall mansion market memorial minibus mine mosque motorway monument
    museum oilfield painting palace pipeline plane plant port prison probe reactor refinery reservoir resort restaurant road rocket
    route satellite school ship shop skyscraper spacecraft stadium station statue store submarine supermarket synagogue tanker
    tank telescope temple terminal tower town trailer train tram treaty truck trawler tunnel vaccine vehicle vessel
    village warehouse warship weapon yacht city region province headquarters monastery"""
)
# A doing in the place of its doer: "an Israeli air strike killed", "the court's decision frees".
ACTS = _words(
    """act action airstrike ambush arrest assault attack ban barrage bombardment bombing blast campaign crackdown
    decision decree demand drone embargo explosion expulsion fire incursion intervention invasion killing launch letter measure
    missile move offer offensive operation order plan policy proposal raid reform remark report response retaliation rocket
    ruling sanction shelling shell shooting speech statement step strike talk test threat verdict veto visit
    vote warning"""
)
GOVERNMENTS = _words(
    "administration authority authorities cabinet government junta leadership official officials regime"
)


# Classes of the lexicon whose words are persons.
_CLASSES = ("@person", "@civilian", "@migrant", "@militant", "@prisoner", "@suspect", "@journalist", "@official")
# What a doer uses: the doer is whose they are.
INSTRUMENTS = _words(
    """aircraft airliner artillery boat bomb bomber bulldozer cannon drone fighter gunboat gunship helicopter jet missile
    plane rocket ship submarine tank tanker vehicle vessel warplane warship convoy patrol bullet shell mortar torpedo uav"""
)
# Nouns that only count what stands behind "of".
QUANTIFIERS = _words(
    """thousand hundred dozen score million billion number majority minority group handful couple half third quarter
    scores tens crowd lot series team bulk rest most some many several part members member"""
)
_LISTED: dict[str, NounKind] = {
    "title": "person",
    "honorific": "person",
    "person": "person",
    "group": "person",
    "orghead": "body",
    "object": "object",
}


def kind_of(noun: str) -> NounKind:
    """What a noun's dictionary form stands for where it fills a role.

    >>> kind_of("diplomat"), kind_of("court"), kind_of("tanker"), kind_of("raid"), kind_of("inflation")
    ('person', 'body', 'object', 'act', 'other')
    """
    if noun in ("government", "regime", "junta", "authorities"):
        return "government"
    if noun in PERSONS or (noun.endswith(("man", "woman", "ist")) and len(noun) > 5):
        return "person"
    if noun in BODIES:
        return "body"
    if noun in ACTS:
        return "act"
    if noun in OBJECTS:
        return "object"
    office = office_for(noun)
    if office is not None:
        return _LISTED[office.kind]
    return "person" if any(noun in word_classes().get(name, ()) for name in _CLASSES) else "other"
