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
    """How a species is named: one animal, several, and the first words of its MeSH headings."""

    name: str
    one: str
    many: str
    mesh: str = ""


SPECIES = (
    Species("rat", "rat", "rats", "rats"),
    Species("mouse", "mouse", "mice", "mice"),
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


def _mention(words: str, *, before: str = "", after: str = "") -> Mention:
    return Mention(
        frozenset(words.split()), re.compile(before) if before else None, re.compile(after) if after else None
    )


GUINEA_PIGS = _mention("guinea", after=r"[- ]pigs?\b" + _NOT_MADE_OF)
NAMED_AS = {
    species.name: (_mention(f"{species.one} {species.many}", before=_NO_GUINEA, after=_NOT_MADE_OF),)
    for species in SPECIES
} | {"guinea pig": (GUINEA_PIGS,)}
"""Each species with the mentions that name it."""

_ONE = " ".join(species.one for species in SPECIES)
_MANY = " ".join(species.many for species in SPECIES)
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
    "animals studied": (_mention(f"{_MANY} rodents", before=_NO_GUINEA, after=_NOT_MADE_OF), GUINEA_PIGS),
    "people studied": (
        _mention(_PEOPLE, after=_TAKING_PART),
        _mention(_PEOPLE, before=_COUNTED),
        _mention(_PEOPLE, before=_RECRUITED),
    ),
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
    Rule("abstract studies animals", Population.ANIMAL, ("animals studied",)),
    Rule("abstract studies people", Population.HUMAN, ("people studied",)),
    Rule("abstract studies cells", Population.IN_VITRO, ("cells studied",), ("living bodies named",)),
)
