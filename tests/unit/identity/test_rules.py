from litwatch.identity.comparison import Comparison
from litwatch.identity.judgement import judge
from litwatch.identity.profiles import profile_of
from litwatch.identity.rules import RULES, Verdict
from tests.builders import a_citation


def test_no_two_rules_have_one_name() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_every_rule_asks_and_tells_of_facets_that_exist() -> None:
    comparison = Comparison(profile_of(a_citation()), profile_of(a_citation()))

    for rule in RULES:
        for name in (*rule.when, *rule.tells):
            assert comparison.facet(name)


def test_only_the_same_record_comes_before_the_vetoes() -> None:
    joining = [rank for rank, rule in enumerate(RULES) if rule.verdict is Verdict.SAME]
    vetoes = [rank for rank, rule in enumerate(RULES) if set(rule.when) <= {"designation", "numbers"}]

    assert set(RULES[0].when) == {"pmid"}
    assert joining[0] == 0
    assert joining[1] > max(vetoes)


def test_a_judgement_is_the_same_from_either_side() -> None:
    left = a_citation("1", volume="62", doi=None)
    right = a_citation("2", volume="63", doi=None)

    one, other = (
        judge(Comparison(profile_of(left), profile_of(right))),
        judge(Comparison(profile_of(right), profile_of(left))),
    )

    assert (one.verdict, one.because.rule) == (other.verdict, other.because.rule)


def test_the_evidence_says_what_agrees_and_then_what_does_not() -> None:
    left = a_citation("1", title="The anti-inflammatory effects of ketamine: an invented view", volume="62", pages="")
    right = a_citation("2", title="The antiinflammatory effects of ketamine, an invented view", volume="63", pages="")

    because = judge(Comparison(profile_of(left), profile_of(right))).because

    assert because.rule == "same title and author"
    assert because.evidence == "same title, first author Roe A, 2011, Invent J Ex, but volumes 62 and 63"
