"""A topic gives the intervention its names, whole, and a title is about it or only mentions it."""

import pytest

from litwatch.appraisal.intervention import intervention_of, is_about, is_named, masked_names

VITAMIN = intervention_of('"vitamin D"[MeSH] OR cholecalciferol[tiab]')


@pytest.mark.parametrize(
    ("topic", "names"),
    [
        ("ketamine[mh] OR ketamine[tiab] OR esketamine[tiab]", "ketamine esketamine"),
        ('"vitamin D"[MeSH] OR cholecalciferol[tiab]', "vitamin-D cholecalciferol"),
        ("spinal manipulation[tiab] OR statin*[tiab]", "spinal-manipulation statin"),
        ("magnesium[tiab] AND supplementation[tiab]", "magnesium"),
        ("(ketamine OR esketamine) NOT midazolam", "ketamine esketamine"),
        ("", ""),
    ],
)
def test_a_topic_names_the_intervention(topic: str, names: str) -> None:
    assert intervention_of(topic) == names


def test_a_name_of_several_words_counts_as_a_whole() -> None:
    assert is_named("oral vitamin-d and falls", VITAMIN)
    assert is_named("cholecalciferol and falls", VITAMIN)
    assert not is_named("vitamin k and falls", VITAMIN)
    assert masked_names("vitamin d and vitamin k", VITAMIN) == "theintervention and vitamin k"


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("ketamine versus placebo for pain", True),
        ("ketamine versus midazolam for pain", False),
        ("midazolam versus ketamine for pain", False),
        ("cytokines after ketamine", True),
        ("taping added to ketamine", False),
        ("evolocumab in patients treated with a ketamine", False),
        ("evolocumab in ketamine-treated patients", False),
        ("resveratrol against ketamine-induced injury", False),
        ("midazolam for pain", False),
    ],
)
def test_a_title_is_about_what_it_names_first_and_foremost(title: str, *, told: bool) -> None:
    assert is_about(title, "ketamine") is told


def test_a_short_name_is_none_in_another_word() -> None:
    assert is_named("ala lowers triglycerides", "ala")
    assert not is_named("malaria raises triglycerides", "ala")
    assert is_named("atorvastatin lowers triglycerides", "statin")


def test_every_text_is_about_an_intervention_that_nobody_names() -> None:
    assert is_named("anything", "")
    assert is_about("anything", "")
