"""Why a direction that a sentence tells may be nobody's or another's: the doubts of every verdict, declared ones too.

Another agent acted, the intervention was withheld, it is what others are compared with or only the setting of their
study, or what changed is not the outcome but a thing named after it. The tokens of the sentence are written out with
one word for the intervention, so that a doubt can ask what stands beside it. Every pattern begins with a word and looks
a bounded way ahead, so that no text is slow.

Measured 2026-11-26 on 116 invented sentences that set such traps, each part before anything was mended by it: of what
was asserted 25 of 71 were right without the doubts, 25 of 46 with them.
"""

import re
from collections.abc import Callable, Sequence
from itertools import takewhile

from litwatch.appraisal.direction_arms import COMPARATOR, INTERVENTION, OUTCOME
from litwatch.appraisal.direction_masks import ANOTHER, THIS
from litwatch.appraisal.direction_tokens import Token
from litwatch.appraisal.direction_words import CONTROLS, IN, SIGN_OF, SIGNIFICANT, THAN, TREATED, VERSUS
from litwatch.appraisal.intervention import MASK

Clauses = Sequence[Sequence[Token]]

_SOME = r"(?:\S{1,40} )"
_FALL = r"(?:decreases?|reductions?|declines?|falls?|drops?|loss|depletion|improvements?|relief|changes?)"
_PREVENTED = (
    r"(?:prevent\w*|revers\w+|attenuat\w+|block(?:s|ed)|abolish\w+|counteract\w*|inhibit\w*|blunt\w*|mitigat\w+"
    r"|ameliorat\w+|antagoni[sz]\w+|diminish\w*|normali[sz]\w+)"
)
_CHANGED = (
    rf"(?:{_PREVENTED}|reduced|lowered|decreased|increased|elevated|enhanced|suppressed|raised|relieved|improved"
    r"|augmented|potentiated|exacerbated)"
)
_NO_AGENT = (
    r"\d|about|approximately|around|almost|nearly|roughly|over|up|more|less|half|an? |one|two|three|at least|the end"
    r"|day|week|month|means|treatment|the (?:treatment|drug|infusion|intervention)|thecomparator"
)
_DEALT = (
    r"deficien\w+|insufficien\w+|resist\w+|(?:in)?toleran\w+|withdrawal|cessation|discontinu\w+|dependence|dependent"
    r"|abus\w+|addict\w+|naive|free|levels?|abundance|counts?|antagonis\w+|inhibitors?|toxicity|overdose|status|failure"
    r"|adherence|requirements?|testing|allergy|refractory|replaced|omitted|stopped|withdrawn|associated (?!with)"
    r"|taper\w*|antibod\w+|therapists?"
)
_WITHHELD = (
    r"lack|absence|withdrawal|withdrawing|discontinu\w+|stopping|stopped|cessation|resistan\w+|(?:in)?toleran\w+"
    r"|declined|refus\w+|deficien\w+|inappropriate|delayed|non ?adherence|switch\w+|abstinen\w+|responsive|abundance"
    r"|removal|removing|omission|(?:low|poor|inadequate|insufficient) (?:intake|consumption|use)|refractory"
)
_LITTLE = r"low|lower|inadequate|insufficient|dietary|urinary|serum|plasma|recreational|illicit|former|anti"
_PARTS = (
    r"birth|bacterial|microbial|larval|mosquito|parasite|graft|allograft|sperm|st|segment|growth|spreading|respiratory"
    r"|oxidi[sz]ed|oxidative"
)
_OF_AN_ORGAN = re.compile(
    rf"\b(?:liver|hepatic|kidney|renal|spleen|heart|lung|brain|organ|dry|wet|uterine|muscle) {THIS}"
)
_NAMED_AFTER = (
    r"catastrophi\w+|medications?|management|clinics?|pressure|thresholds?|tolerance|uptake|beliefs?|self|knockouts?"
    r"|knock|deficient|receptors?|(?:was|were) (?:not )?(?:assessed|measured|reported|evaluated|available)"
)
_OTHER_PEOPLE = (
    r"healthy|normal(?! saline)|(?:wo)?men|boys|girls|male|female|young\w*|older|elderly|adults|children|expected"
    r"|predicted|anticipated|knock|wild|mutant|discontinu\w+|withdrawal|low\b|high\b|non\b"
    r"|[\d.,]+ (?:mg|g|iu|mcg|ug|ml|units)\b|(?:those|patients) (?:with|without)"
)
_BEHIND_THAN = r"(?:(?:in|among|with|after|at|the|that|of|for|to|thecomparator) ){0,4}"
_NO_OBJECT = r"\w+ly|after|and|as|at|back|by|during|for|from|in|on|or|over|than|to|under|when|with|within"
_PARTNER = rf"(?!thecomparator|{THIS}|{ANOTHER})[a-z]{{3,40}}"
_NOT_ALONE = r"(?!.{0,200}\balone\b)"


def _stray(name: str, *patterns: str) -> tuple[str, re.Pattern[str]]:
    return name, re.compile("|".join(patterns))


_STRAYS: tuple[tuple[str, re.Pattern[str]], ...] = (
    _stray(
        "the intervention is withheld, resisted or measured",
        rf"\b(?:{_WITHHELD}) (?:(?:to|of|from|with|in|use) ){{0,2}}{MASK}",
        rf"\b{MASK} (?:was |is )?(?:{_DEALT})",
        rf"\b(?:{_LITTLE}) {MASK}",
    ),
    _stray("another agent did it", rf"\b{_CHANGED} (?:\w{{1,40}}ly )?by (?!{_SOME}{{0,4}}{MASK})(?!{_NO_AGENT})"),
    _stray(
        "what the intervention caused was prevented",
        rf"\b{MASK} (?:induced|evoked|related|mediated)\b.{{0,200}}\b{_PREVENTED}\b",
        rf"\b{_PREVENTED}\b.{{0,80}}(?:\b{MASK} (?:induced|evoked)|(?:caused|induced|produced) by {MASK})",
    ),
    _stray(
        "another agent changed its effect",
        r"\b(?:prolong|augment|potentiat|enhanc|block|attenuat|abolish|prevent|revers)\w{0,9} "
        rf"{_SOME}{{0,4}}?effects? of {MASK}",
    ),
    _stray(
        "another treatment is likened to the intervention",
        rf"\b(?:(?:inferior|superior)(?:ity)?|extent|as effective|those) (?:to|as|with) {_SOME}{{0,2}}?{MASK}",
    ),
    _stray("it is denied of the intervention", rf"\b(?:but not|unlike|except) (?:with |in |the )?{MASK}|, not {MASK}"),
    _stray(
        "the intervention is the setting",
        rf"\b(?:at|before|during|prior to|undergoing|under|replac\w{{2,4}}) (?:the |a )?{_SOME}?{MASK}",
        rf"\b(?:ana?estheti[sz]ed|sedated|controlled|maintained|stabili[sz]ed) (?:on|with) {_SOME}?{MASK}",
        rf"\b{MASK} (?:ana?estheti[sz]ed|sedated)\b",
        rf"\b(?:on top of|in addition to) {MASK}",
        rf"\b(?:with|after|following) {MASK} ana?esthesia",
        rf"\b{THIS} on {MASK}",
        rf"\bthecomparator {_SOME}{{0,3}}?(?:receiv\w+|given|treated with) {_SOME}{{0,2}}?{MASK}",
        r"\b(?:hours?|h|days?|weeks?|months?|years?|min|minutes) (?:after|following) "
        rf"{_SOME}?{MASK}(?!.{{0,200}}thecomparator)",
    ),
    _stray(
        "something is added to the intervention",
        rf"\b(?:adding|addition of|added) (?!{MASK}){_SOME}{{0,4}}?(?:to|with) {_SOME}{{0,3}}?{MASK}",
        rf"\b(?:add(?:ed| on) to {_SOME}{{0,2}}?|augmented ){MASK}",
    ),
    _stray(
        "the change is not the outcome's, but a change's",
        rf"\b{_FALL} (?:in|of) {_SOME}{{0,4}}?{THIS}\b.{{0,80}}? (?:was|were) {_SOME}{{0,3}}?"
        rf"(?:greater|smaller|larger|less|more|lower|higher|pronounced|{_CHANGED})\b",
        rf"\b{_PREVENTED} {_SOME}{{0,5}}?{_FALL} (?:in|of) {_SOME}{{0,4}}?{THIS}",
    ),
    _stray(
        "more of a change is no more of it",
        r"\b(?:improv|worsen|resolv|recover)\w{0,3} (?:\w{1,40}ly )?(?:more|less)\b",
    ),
    _stray("it is compared among those who had it", r"\b(?:non)?(?:responders?|remitters?|carriers?)\b"),
    _stray("it is compared with other people or doses", rf"\bthan {_BEHIND_THAN}(?:{_OTHER_PEOPLE})"),
    _stray(
        "another outcome is named after it",
        rf"\b(?:{_PARTS}) {THIS}",
        rf"\bfear of {_SOME}?{THIS}",
        rf"\b(?:after|following|despite|because of) {THIS}",
        rf"\b{THIS} (?:{_NAMED_AFTER})\b",
        rf"\b{THIS} of {_SOME}{{0,2}}?(?:bacteria|parasites|larvae|neurons|cells)\b",
        rf"\b(?:regardless|irrespective|independent|independently) of {_SOME}{{0,3}}?{THIS}",
        r"\bunderpowered\b",
    ),
    _stray(
        "it tells the patients apart",
        r"\b(?:with|achiev\w{1,3}|had) (?:an? )?"
        rf"(?:high|low|lower|higher|severe|elevated|raised) {THIS} (?:on|were|had)\b",
    ),
    _stray(
        "the outcome acts, and does not change",
        rf"\b{THIS} (?:reduced|lowered|raised|enhanced|impaired|induced|caused|predicted) (?!(?:{_NO_OBJECT})\b)[a-z]",
    ),
    _stray("the contrary is said of other patients", r"\bbut (?:\w{1,40}ly )?(?:in|de)creased (?:them|it)\b"),
    _stray("it is said to be over", r"\bno longer\b"),
    _stray(
        "two treatments were given together",
        rf"\bcombined with {MASK}",
        rf"\b(?:exposed to|treated with|received|receiving|given) {MASK} and {_PARTNER}",
        rf"\bcombination of (?:{MASK} and|[a-z]{{1,40}} and {MASK})",
        rf"\b{_PARTNER} (?:plus|\+|/) {MASK}\b{_NOT_ALONE}",
        rf"\b{MASK} (?:plus|\+|/|combined with|together with) (?!thecomparator)[a-z]{{3,40}}{_NOT_ALONE}",
    ),
)

_ACTING = (
    "attenuated attenuates blunted caused causes changed decreased decreases diminished elevated elevates enhanced "
    "enhances improved improves increased increases induces inhibited inhibits lowered lowers prevented "
    "prevents raised raises reduced reduces relieved relieves suppressed suppresses"
)
_ACTS = frozenset(_ACTING.split())
_DENIED_ACTING = (
    "affect alter attenuate change decrease elevate enhance improve increase induce inhibit lower prevent raise reduce "
    "relieve suppress"
)
_DENIED_ACTS = frozenset(_DENIED_ACTING.split())
_NO_DOING = (
    "a also and are be been both bolus but by dose doses exhibited found had has have infusion infusions injection is "
    "it led more observed of or our patients reported results resulted revealed s seen showed shown that the there "
    "therapy these they this to was we were which who with"
)
_NO_DOERS = TREATED | CONTROLS | frozenset(SIGN_OF) | frozenset(_NO_DOING.split())
_PASSED_OVER = frozenset(["also", "did", "do", "does", "failed", "not", "to"])
"""What may stand between whoever acts and the verb."""

_OBJECT = 6
"""Words behind a verb within which its object stands."""


def stray_of(clauses: Clauses, outcome: str) -> str:
    """Why the direction told of ``outcome`` may be nobody's or another's; empty when nothing says so."""
    for name, holds in _OF_CLAUSES:
        if any(holds(clause) for clause in clauses):
            return name
    text = " ; ".join(" ".join(_written(token) for token in clause) for clause in clauses)
    if "weight" in outcome and _OF_AN_ORGAN.search(text):
        return "it is the weight of an organ"
    return next((name for name, pattern in _STRAYS if pattern.search(text)), "")


def _written(token: Token) -> str:
    if token.sign == COMPARATOR:
        return f"thecomparator {token.text}"
    return MASK if token.sign == INTERVENTION else token.text


def _compared(clause: Sequence[Token]) -> int:
    """Where a clause that has told its outcome says with what it is compared; -1 when it does not."""
    told = False
    for place, token in enumerate(clause):
        told = told or token.sign == OUTCOME
        if token.sign == THAN or (token.sign == VERSUS and place) or token.text == "between":
            return place if told else -1
    return -1


def _is_compared_with(clause: Sequence[Token]) -> bool:
    """Whether the intervention is what something else, that is no plain control, is compared with."""
    if any(token.sign == COMPARATOR and token.text != "alone" for token in clause):
        return False
    return any(
        token.sign in (THAN, VERSUS) and any(near.sign == INTERVENTION for near in clause[place + 1 : place + 6])
        for place, token in enumerate(clause)
    )


def _is_in_both_arms(clause: Sequence[Token]) -> bool:
    """Whether the intervention is named only behind the control: "lower with X than with placebo after ketamine"."""
    place = _compared(clause)
    signs = [token.sign for token in clause]
    if place < 0 or COMPARATOR not in signs[place:]:
        return False
    control = signs.index(COMPARATOR, place)
    return INTERVENTION not in signs[:control] and INTERVENTION in signs[control:]


def _is_done_by_another(clause: Sequence[Token]) -> bool:
    """Whether something that is neither arm changes the outcome, or does not: "propofol reduced IL-6"."""
    before = list(takewhile(lambda token: token.sign not in (INTERVENTION, COMPARATOR, OUTCOME), clause))
    return any(
        _is_act(before, place) and _is_object(clause[place + 1 : place + _OBJECT]) and _is_doer(before[:place])
        for place in range(len(before))
    )


def _is_act(tokens: Sequence[Token], place: int) -> bool:
    text = tokens[place].text
    return text in _ACTS or (place > 0 and text in _DENIED_ACTS and tokens[place - 1].text in _PASSED_OVER)


def _is_object(behind: Sequence[Token]) -> bool:
    return any(token.sign == OUTCOME for token in takewhile(lambda token: token.sign != IN, behind))


def _is_doer(before: Sequence[Token]) -> bool:
    """Whether the words before a verb end with a name: of a thing, or of a treatment with it."""
    words = [token.text for token in before if not (_is_adverb(token) or token.text in _PASSED_OVER)]
    if len(words) > 1 and words[-1] in TREATED | {"therapy"}:
        words.pop()
    return bool(words) and words[-1][0].isalpha() and words[-1] not in _NO_DOERS


def _is_adverb(token: Token) -> bool:
    return token.sign == SIGNIFICANT or token.text.endswith("ly")


_OF_CLAUSES: tuple[tuple[str, Callable[[Sequence[Token]], bool]], ...] = (
    ("another treatment is compared with the intervention", _is_compared_with),
    ("the intervention is not what differs", _is_in_both_arms),
    ("another agent did it", _is_done_by_another),
)
