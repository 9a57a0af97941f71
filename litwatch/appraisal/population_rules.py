"""The tables that tell in whom or in what a study was done; `population` says how they are read.

Text is read for signals: words that name people, animals or cells, with what must stand beside them. The first of
``RULES`` whose signals fit decides. Left out are words that name no animal studied: adjectives (bovine serum, canine
teeth, murine antibody), what is made of animals (mouse monoclonal, sheep erythrocytes), and words with another life
(cat, calves, swine influenza, Guinea).
"""

import re
from typing import NamedTuple

from litwatch.appraisal.reading import Mention
from litwatch.model.finding import Population

ANIMALS_UI, HUMANS_UI = "D000818", "D006801"
CULTURE_UIS = frozenset({"D066298", "D002460", "D002478", "D045744", "D014407"})
"""In Vitro Techniques · Cell Line · Cells, Cultured · Cell Line, Tumor · Tumor Cells, Cultured."""


class Species(NamedTuple):
    """How a species is named: one animal, several, the first words of its MeSH headings, and its laboratory strains."""

    name: str
    one: str
    many: str
    mesh: str = ""
    strains: str = ""


SPECIES = (
    Species("rat", "rat", "rats", "rats", "sprague wistar"),
    Species("mouse", "mouse", "mice", "mice", "c57bl c57bl6 c57bl6j balb"),
    Species("hamster", "hamster", "hamsters", "cricetinae mesocricetus"),
    Species("gerbil", "gerbil", "gerbils", "gerbillinae"),
    Species("rabbit", "rabbit", "rabbits", "rabbits"),
    Species("dog", "dog", "dogs beagles", "dogs"),
    Species("cat", "feline", "cats", "cats"),
    Species("pig", "piglet", "pigs piglets minipigs", "swine"),
    Species("sheep", "ewe", "sheep lambs ewes", "sheep"),
    Species("goat", "goat", "goats", "goats"),
    Species("cow", "cow", "cows cattle heifers steers", "cattle"),
    Species("horse", "horse", "horses mares ponies", "horses"),
    Species(
        "monkey", "monkey macaque baboon", "monkeys macaques baboons marmosets", "macaca haplorhini papio callithrix"
    ),
    Species("chicken", "chick", "chickens chicks broilers hens", "chickens chick"),
    Species("zebrafish", "", "zebrafish", "zebrafish"),
    Species("frog", "xenopus", "frogs", "xenopus anura rana"),
)
SPECIES_BY_MESH = {word: species.name for species in SPECIES for word in species.mesh.split()} | {
    "guinea": "guinea pig"
}
_NOT_MADE_OF = (
    r"(?![- ](?:monoclonal|polyclonal|anti\b|anti-|antibod|igg|ser(?:um|a)\b|red (?:blood )?cell"
    r"|erythrocyte|bite|milk))"
)
_NO_GUINEA = r"(?<!guinea[- ])$"
_NOT_ONLY_PARTS = (
    _NOT_MADE_OF + r"(?![- ](?:(?:thoracic |abdominal )?aortas?\b|oocytes?\b|lines?\b)|,? (?:and|or) humans\b)"
)
_NOT_STUDIED = (
    r"\b(?:(?:cells?|neurons|macrophages|hepatocytes|oocytes|antibod\w+|mabs?|epitopes?|ser(?:um|a)) (?:\w+ )?"
    r"(?:from|of|in) (?:[\w/-]+ ){0,3}"
    r"|(?:passaged|virulence|previously|findings|observed) (?:\w+ )?in (?:[\w-]+ and )?"
    r"|(?:studies|tools?|useful|applications?)(?: [\w-]+){0,3} in (?:[\w-]+ )?\W*(?:[\w-]+ and )?)$"
)
_OF_A_KIND = (
    r"\b(?:\d[\w.-]*|one|two|three|four|five|six|seven|eight|nine|ten|\w{3,5}teen|\w{3,5}ty|adult|aged|old|young"
    r"|pregnant|male|female|sensiti[sz]ed|anaestheti[sz]ed|anestheti[sz]ed|neonatal|newborn|juvenile|albino|diabetic|obese|infected|treated|control|deficient|null"
    r"|exposed|injured|normal|naive|challenged|operated|induced"
    r"|wild[- ]type|wt|knock-?out|ko|mutant|transgenic|nude|scid|sprague[- ]dawley|sd|wistar(?:[- ]kyoto)?|lewis"
    r"|long[- ]evans|c57bl/?6[a-z]*|balb/?c|icr|cd-?1|swiss|kunming|fischer(?: 344)?|zucker"
    r"|spontaneously hypertensive) (?:[\w/-]+ ){0,2}$"
    r"|-/- $|\+/\+ $"
)
_DONE_IN = (
    r"\b(?:investigated|studied|examined|evaluated|tested|measured|performed|carried out|induced|injected|determined"
    r"|assessed|compared|administered|conducted|validated|established|implanted|experiments|activit(?:y|ies)|effects?"
    r"|properties|potent|active|toxicity)(?:,? [\w-]+){0,6} (?:in|on|to) (?:the )?(?:[\w/-]+ ){0,2}$"
)
_USED = (
    r"\b(?:in|using|used|with|on|an?|of|employed|established|constructed|developed|generated|into) (?:[\w-]+ ){0,3}$"
)
_ELSEWHERE = r"\b(?:previous\w*|earlier|reported|known|ha(?:s|ve) been|contrast|unlike)\b"
_STRAIN_TREATED = r"[^.;]{0,40}? (?:were|was|received|underwent|pups|males|females)\b"
_WERE_TREATED = (
    r" (?:\([^)]*\) )?(?:\w+ )?(?:were|was|received?|underwent|exhibit|show|had|developed|fed|injected|exposed"
    r"|lacking|subjected|given|that|model)"
)


def _mention(words: str, *, before: str = "", after: str = "", unless: str = "", times: int = 1) -> Mention:
    first, second, third = (re.compile(pattern) if pattern else None for pattern in (before, after, unless))
    return Mention(frozenset(words.split()), first, second, third, times)


GUINEA_PIGS = _mention("guinea", after=r"[- ]pigs?\b" + _NOT_MADE_OF)
NAMED_AS = {
    species.name: (_mention(f"{species.one} {species.many}", before=_NO_GUINEA, after=_NOT_MADE_OF),)
    for species in SPECIES
} | {"guinea pig": (GUINEA_PIGS,)}
"""Each species with the mentions that name it."""

RODENT, RODENTS = "rodent", (_mention("rodent rodents murine"),)
"""What stands for the species where a title names rodents, and neither title nor abstract says which."""

STUDIED_AS = {
    species.name: (
        _mention(species.many, before=_NO_GUINEA, after=_NOT_ONLY_PARTS, unless=_NOT_STUDIED),
        _mention(species.strains, after=_STRAIN_TREATED),
    )
    for species in SPECIES
} | {"guinea pig": (GUINEA_PIGS,)}
"""Each species with the mentions that say that several of it, or a strain, were studied."""

_ONE = " ".join(species.one for species in SPECIES)
_MANY = " ".join(species.many for species in SPECIES)
_STRAINS = " ".join(species.strains for species in SPECIES)
_PEOPLE = (
    "patient patients participants volunteers woman women man men child children infants neonates newborns toddlers "
    "adolescents adults individuals people persons students nurses mothers fathers parents boy boys girl girls "
    "respondents inpatients outpatients users smokers parturients veterans residents workers physicians subjects "
    "families caregivers survivors athletes schoolchildren households professionals teachers youth youths pregnancies"
)
_COUNTED = (
    r"\b(?:\d[\w,.-]*|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,5}teen|\w{3,5}ty)(?:-\w+)?"
    r"|hundred|consecutive|healthy|all|eligible) (?:[\w()/%,-]+ ){0,5}$"
)
_RECRUITED = (
    r"\b(?:enrol+ed|recruited|included|among|in|interviewed|surveyed|(?:sample|group|cohort"
    r"|study) of) (?:[\w-]+ ){0,2}$"
)
_TAKING_PART = (
    r" (?:\([^)]*\) )?(?:were|was|underwent|received|completed|aged|participated|admitted|treated|presenting|undergoing"
    r"|randomi[sz]ed|enrolled|recruited|hospitali[sz]ed|attending|reported|answered)\b"
)
_CELL_KINDS = (
    r"(?:cells|neurons|astrocytes|microglia|hepatocytes|macrophages|neutrophils|monocytes|lymphocytes|fibroblasts)"
)
_CELLS = (
    _mention("vitro", before=r"\bin[ -]$"),
    _mention("line lines", before=r"\bcell[ -]$"),
    _mention("cultured isolated primary", after=rf" (?:[\w-]+ ){{0,2}}{_CELL_KINDS}\b"),
    _mention("explants organoids hek293 hek293t hela hepg2 pc12 a549 huvec huvecs j774 raw264"),
)

SIGNALS = {
    "animals in the title": (
        _mention(f"{_ONE} {_MANY} rodent rodents murine", before=_NO_GUINEA, after=_NOT_MADE_OF),
        GUINEA_PIGS,
    ),
    "people in the title": (_mention(_PEOPLE),),
    "cells in the title": (*_CELLS, _mention("cells macrophages neutrophils hepatocytes")),
    "animals studied": (
        _mention(f"{_MANY} rodents", before=_OF_A_KIND, after=_NOT_ONLY_PARTS, unless=_NOT_STUDIED),
        _mention(f"{_MANY} rodents", before=_NO_GUINEA, after=_NOT_ONLY_PARTS + _WERE_TREATED, unless=_NOT_STUDIED),
        _mention(f"{_MANY} rodents", before=_NO_GUINEA, after=_NOT_ONLY_PARTS, unless=_NOT_STUDIED, times=2),
        _mention(f"{_MANY} rodents", before=_DONE_IN, after=_NOT_ONLY_PARTS, unless=f"{_NOT_STUDIED}|{_ELSEWHERE}"),
        _mention(
            "rat mouse", before=r"\bin the $", after=r"[.,;)]|$| (?:was|were|is|are|by|using)\b", unless=_ELSEWHERE
        ),
        _mention(_STRAINS, after=_STRAIN_TREATED),
        GUINEA_PIGS,
    ),
    "an animal model used": (
        _mention("rat mouse murine", before=_USED, after=r"(?: [\w/-]+){0,4} models?\b", unless=_ELSEWHERE),
    ),
    "people studied": (
        _mention(_PEOPLE, after=_TAKING_PART),
        _mention(_PEOPLE, before=_COUNTED),
        _mention(_PEOPLE, before=_RECRUITED),
        _mention(_PEOPLE, after=r"[^.;]{0,120}? (?:were|was) (?:then )?random"),
    ),
    "something done": (
        _mention(
            "we our was were had received underwent showed administered injected treated exposed given lowered reduced "
            "increased"
        ),
    ),
    "models in the title": (_mention("bioinformatics bioinformatic silico computational"),),
    "living bodies named": (_mention("vivo"), _mention("animal", after=r" (?:models?|experiments?|studies)\b")),
    "cells studied": _CELLS,
}
"""What a place may name, by the mentions that name it; those "in the title" are looked for there, the others in the
abstract."""


SIGNAL_WORDS = frozenset[str]().union(
    *(mention.words for mentions in (*SIGNALS.values(), *NAMED_AS.values()) for mention in mentions)
)


class Rule(NamedTuple):
    """Decides when every signal of ``needs`` is there and none of ``unless``; the sentences of ``needs`` are quoted."""

    name: str
    population: Population
    needs: tuple[str, ...]
    unless: tuple[str, ...] = ()


RULES = (
    Rule(
        "title names people and animals", Population.HUMAN_AND_ANIMAL, ("people in the title", "animals in the title")
    ),
    Rule(
        "title names cells, and nobody is studied",
        Population.IN_VITRO,
        ("cells in the title",),
        ("animals studied", "people studied", "people in the title"),
    ),
    Rule("title names animals", Population.ANIMAL, ("animals in the title",)),
    Rule(
        "title names people, and no animals are studied",
        Population.HUMAN,
        ("people in the title",),
        ("animals studied",),
    ),
    Rule("abstract studies people and animals", Population.HUMAN_AND_ANIMAL, ("people studied", "animals studied")),
    Rule(
        "abstract studies animals", Population.ANIMAL, ("animals studied", "something done"), ("models in the title",)
    ),
    Rule("abstract studies people", Population.HUMAN, ("people studied",)),
    Rule(
        "abstract uses an animal model, and no cells",
        Population.ANIMAL,
        ("an animal model used", "something done"),
        ("cells studied", "cells in the title", "models in the title"),
    ),
    Rule("abstract studies cells", Population.IN_VITRO, ("cells studied",), ("living bodies named",)),
)
