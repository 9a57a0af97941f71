"""The words by which a sentence says that something changed, differs, is significant, or does not.

Each word stands under the one sign that the rules and the model see in its place, so that "fewer", "shorter" and
"declined" are read alike. Words are folded (``reading.fold``). Whoever changes a table makes the weights anew
(``litwatch.evaluation.direction_training``).
"""

from typing import Final

UP: Final = "UP"
DOWN: Final = "DOWN"
BETTER: Final = "BETTER"
WORSE: Final = "WORSE"
SIGNIFICANT: Final = "SIG"
NOT: Final = "NOT"
DIFFER: Final = "DIFF"
SAME: Final = "SAME"
VERSUS: Final = "VS"
THAN: Final = "THAN"
IN: Final = "IN"
HEDGE: Final = "MAY"

_WORDS = {
    UP: (
        "augmented bigger boost boosted boosts climbed deeper doubled elevate elevated elevates elevating "
        "elevation elevations enhance enhanced enhancement enhances enlarged escalated exacerbated exceeded "
        "exceeds excess extended gain gained gains greater greatest grew heavier heightened higher highest "
        "increase increased increases increasing increment larger largest lengthened longer longest more most "
        "older prolong prolongation prolonged prolongs raise raised raises raising rise risen rises rose thicker "
        "tripled upregulated upregulates upregulation wider"
    ),
    DOWN: (
        "abolish abolished abolishes alleviated alleviates alleviation ameliorated attenuate attenuated "
        "attenuates attenuating attenuation blunted blunts curtailed decline declined declines declining decrease "
        "decreased decreases decreasing decreasingly decrement depressed diminish diminished diminishes "
        "downregulated downregulation drop dropped drops fall fallen fell fewer fewest halved impaired inhibit "
        "inhibited inhibiting inhibition inhibits least less lessened lesser loss lost lower lowered lowering "
        "lowers lowest minimized mitigated mitigates narrower prevented prevents protected rarer reduce reduced "
        "reduces reducing reduction reductions relieved shorten shortened shortening shorter shortest shrank "
        "smaller smallest suppress suppressed suppresses suppressing suppression thinner weaker"
    ),
    BETTER: (
        "accelerated advantage advantageous beneficial benefit benefits best better earlier easier effective "
        "efficacious efficacy faster favor favorable favorably favored favoring favour favourable favourably "
        "favoured favouring healthier improve improved improvement improvements improves improving outperformed "
        "quicker rapidly recovered satisfied sooner stronger succeeded superior superiority"
    ),
    WORSE: (
        "delay delayed deteriorate deteriorated deteriorates deterioration detrimental harder inferior later poor "
        "poorer poorest slower unfavorable unfavourable worse worsen worsened worsening worsens worst"
    ),
    SIGNIFICANT: (
        "considerably dramatically marked markedly reliably robustly significance significant significantly "
        "statistical statistically strongly substantially"
    ),
    NOT: (
        "absence cannot didn't doesn't fail failed failing insignificant insignificantly lack lacked neither "
        "never no non none nonsignificant nonsignificantly nor not nothing unable unaffected unchanged unlikely "
        "wasn't weren't without"
    ),
    DIFFER: (
        "affect affected affects alter altered associated association change changed changes differ differed "
        "difference differences different differently differing differs effect effects impact influence "
        "influenced interaction variation varied"
    ),
    SAME: (
        "alike comparable comparably constant equal equally equivalence equivalent identical likewise maintained "
        "nearly noninferior noninferiority same similar similarity similarly stable"
    ),
    VERSUS: ("against compared comparing comparison contrast opposed relative versus vs"),
    THAN: "than",
    IN: ("after among by during following for given in of on receiving taking under using with within"),
    HEDGE: (
        "approached borderline can could marginal marginally may might possibly slight slightly tended tendency trend"
    ),
}
SIGN_OF: Final = {word: sign for sign, words in _WORDS.items() for word in words.split()}
"""The sign of each telling word."""

_CONTROLS = (
    "alone comparator comparison control controlled controls conventional dummy placebo routine saline sham "
    "standard traditional untreated usual vehicle waitlist"
)
CONTROLS: Final = frozenset(_CONTROLS.split())
"""What an arm is called that is compared with."""

_TREATED = "active drug experimental intervention study supplementation supplemented test treated treatment"
TREATED: Final = frozenset(_TREATED.split())
"""What the arm under study is called, before a noun for an arm."""

_PLAIN_CONTROLS = "control controls placebo saline sham vehicle"
PLAIN_CONTROLS: Final = frozenset(_PLAIN_CONTROLS.split())
"""What only a comparator is called."""

_ARM_NOUNS = (
    "arm arms children cohort condition diet group groups individuals infants men participants patients "
    "recipients session students subjects therapy treated treatment users women"
)
ARM_NOUNS: Final = frozenset(_ARM_NOUNS.split())
"""What stands behind the name of an arm."""

_BASELINES = "baseline before initial pre preintervention preoperative pretest pretreatment prior"
BASELINES: Final = frozenset(_BASELINES.split())
"""What a comparison in time is made with."""

_JOINING = "added adjunctive combination combined combining plus"
JOINING: Final = frozenset(_JOINING.split())
"""What joins two treatments into one arm."""

_WITHOUT = "never no non not un without"
WITHOUT: Final = frozenset(_WITHOUT.split())
"""What an arm that goes without is told by."""

_EMPTY = (
    "a after all also amp an and any are arm as assessed at based be been before between both by change changes "
    "cm combination combined compared concentration d daily day days dl dose doses during each effect effects "
    "every for four frequency from g given group groups gt h had has have high hour hours i ii iii in incidence "
    "intervention is it its iv kg l level levels low lt mcg mean measured mg min minutes ml mm mmol month months "
    "no not number of on once one only or other overall participants patient patients people per percentage plus "
    "proportion rate rates receive received receiving reported scale score scores standard study subjects than "
    "that the their then therapy these they this those three time to total treatment trial twice two ug use used "
    "using value values versus vs was we week weeks were when which who with"
)
EMPTY: Final = frozenset(_EMPTY.split())
"""What says nothing of which arm or which outcome is meant."""

_MORE_WORDS = "better greater higher increased larger more stronger"
MORE_WORDS: Final = frozenset(_MORE_WORDS.split())
"""What strengthens the change behind it: a greater reduction is a reduction."""

_LESS_WORDS = "fewer least less lower smaller weaker"
LESS_WORDS: Final = frozenset(_LESS_WORDS.split())
"""What weakens the change behind it: less decline is more."""

_PREVENTING = (
    "abolish abolished abolishes ameliorated attenuate attenuated attenuates attenuating blunt blunted blunts "
    "counteracted dampened decreased diminished inhibit inhibited inhibits limit limited mitigated prevent "
    "prevented preventing prevents reduce reduced reduces reducing reverse reversed reverses suppress suppressed "
    "suppresses"
)
PREVENTING: Final = frozenset(_PREVENTING.split())
"""Verbs that take a rise as their object."""

_RISING = "elevation elevations enhancement increase increases increment rise rises upregulation"
RISING: Final = frozenset(_RISING.split())
"""The rises that they take."""

_SURPASSING = "exceeded exceeds inferior outperformed superior surpassed"
SURPASSING: Final = frozenset(_SURPASSING.split())
"""What takes the other arm as its object."""

_FAVOURING = "favor favored favoring favors favour favoured favouring favours"
FAVOURING: Final = frozenset(_FAVOURING.split())
"""What takes the better arm as its object."""

_LESS_IS_BETTER = (
    "adhes adverse aggress anxiety apnea bdi bleed blood bmi burden caries cholesterol complication cost cough "
    "craving crp days death deaths delirium depress disab discomfort disease distress disturb drink duration "
    "edema error exacerbat failure fall falls fat fatigue fever fibros flush gingiv glucose hads hamd hba1c hdrs "
    "headache hospital impair incontinence infect inflam injur insomnia insulin itch latency ldl length loss "
    "madrs migraine mortality nausea nrs onset pain phq plaque pressure prurit rash recurren relapse scar scorad "
    "severity smok spasm stiff stone stress swelling symptom time tired toxicity tremor triglycer ulcer vas viral "
    "vomit weight wheez womac wound"
)
LESS_IS_BETTER: Final = tuple(_LESS_IS_BETTER.split())
"""How words begin whose things one wants less of: "improved" then means a decrease."""
