import inspect

import pytest

from litwatch import errors

BRANCHES = {
    errors.ConfigError: 10,
    errors.SourceError: 11,
    errors.ParsingError: 12,
    errors.StoreError: 13,
    errors.DeliveryError: 14,
}
ALL = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.LitwatchError)]


@pytest.mark.parametrize("kind", [kind for kind in ALL if kind is not errors.LitwatchError])
def test_every_error_ends_the_program_with_the_status_of_its_branch(kind: type[errors.LitwatchError]) -> None:
    branch = next(branch for branch in BRANCHES if issubclass(kind, branch))
    assert kind.exit_code == BRANCHES[branch]


def test_only_what_may_pass_by_itself_is_transient() -> None:
    assert {kind.__name__ for kind in ALL if kind.transient} == {"SourceUnavailable", "StoreLocked", "DeliveryDeferred"}


def test_the_tree_in_the_docstring_names_every_error() -> None:
    assert errors.__doc__ is not None
    assert all(kind.__name__ in errors.__doc__ for kind in ALL)


def test_every_fault_of_a_configuration_is_in_one_message() -> None:
    faults = [
        errors.Fault("a.toml", "search.strategy", "is missing"),
        errors.Fault("b.toml", "", "no such file", "look"),
    ]
    assert str(errors.InvalidWatch(faults)) == "a.toml: search.strategy: is missing\nb.toml: no such file (look)"
