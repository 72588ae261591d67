import pytest

from xorviz.core.names import (
    CONSTANT,
    LEARNING_RATE,
    OUTPUT,
    edge,
    ends,
    node_index,
    parameter_names,
    read_name,
    spelled,
    unit_names,
)


def test_a_parameter_is_named_by_its_edge_layer_by_layer() -> None:
    weights = ["x1 → h1", "x1 → h2", "x2 → h1", "x2 → h2", "h1 → ŷ", "h2 → ŷ"]
    assert parameter_names(2, biases=False) == weights
    assert parameter_names(2, biases=True) == [*weights, "1 → h1", "1 → h2", "1 → ŷ"]


@pytest.mark.parametrize(
    ("name", "spelling"),
    [("x2 → h16", "x2_h16"), ("h3 → ŷ", "h3_y"), ("1 → ŷ", "1_y"), (LEARNING_RATE, "lr")],
)
def test_a_spelling_has_plain_letters_alone(name: str, spelling: str) -> None:
    assert spelled(name) == spelling


def test_every_spelling_reads_back_as_its_name() -> None:
    for name in (*parameter_names(16, biases=True), LEARNING_RATE):
        assert spelled(name).isascii()
        assert read_name(spelled(name)) == name


def test_an_edge_is_read_as_its_ends() -> None:
    for name in parameter_names(16, biases=True):
        source, target = ends(name)
        assert edge(source, target) == name
        assert source in ("x1", "x2", CONSTANT, *unit_names(16))
        assert target in (OUTPUT, *unit_names(16))


def test_nodes_are_counted_from_zero() -> None:
    assert [node_index(unit) for unit in unit_names(12)] == list(range(12))
    assert [node_index("x1"), node_index("x2")] == [0, 1]
