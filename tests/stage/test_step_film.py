"""The film of a step as the stage gets it: texts, columns of the table, and sentences."""

import re

import numpy as np
import pytest

from tests.support.payload import unpack
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.numbers import brief, side_by_side, with_minus, written
from xorviz.sentences.film import IN_FOCUS, NO_FILM
from xorviz.stage.scene import pack_still
from xorviz.stage.step_film import beat_lines, step_film
from xorviz.stage.step_table import table
from xorviz.step.film import film
from xorviz.step.step import Step, open_step

NUMBER = re.compile(r"(?<![\w∂])−?\d+\.?\d*(?:e[−+]?\d+)?")
RUN = TrainConfig(biases=True, hidden_size=3)


def step_of(config: TrainConfig, epoch: int = 300) -> Step:
    return open_step(config, trained(config).state(epoch), epoch)


def test_every_number_is_written_once_and_beside_its_edge_or_unit() -> None:
    step = step_of(RUN)
    for beat, spec in zip(film(step), step_film(step).beats, strict=True):
        assert spec.edges.keys() == beat.edges.keys()
        assert spec.units.keys() == beat.units.keys()
        for name, numbers in beat.edges.items():
            terms, result, sign = spec.edges[name]
            assert sign == np.sign(numbers[-1])
            texts = NUMBER.findall(f"{terms} {result}")
            if beat.kind == "update":
                before, after = map(with_minus, side_by_side(numbers[0], numbers[-1]))
                assert texts == [before, brief(numbers[1]), after]
            else:
                assert texts == [brief(value) for value in numbers]
        for name, numbers in beat.units.items():
            lines = [line.rpartition(" = ")[2] for line in spec.units[name]]
            assert NUMBER.findall(" ".join(lines)) == [brief(value) for value in numbers[-3:]]


def test_at_most_four_numbers_are_beside_an_edge_or_unit_at_a_time() -> None:
    for beat in step_film(step_of(RUN)).beats:
        for terms, result, _ in beat.edges.values():
            shown = [terms, result] if beat.kind == "sum" else [terms + result]
            assert all(len(NUMBER.findall(text)) <= 4 for text in shown)
        assert all(len(NUMBER.findall(" ".join(lines))) <= 4 for lines in beat.units.values())


def test_the_inputs_that_are_1_light_up() -> None:
    beats = step_film(step_of(RUN)).beats
    assert [beats[6 * row].inputs for row in range(4)] == [[], ["x2"], ["x1"], ["x1", "x2"]]


def test_a_beat_is_about_the_columns_whose_numbers_it_uses_or_makes() -> None:
    step = step_of(RUN)
    names = [column.name for column in table(step).columns]
    beats = step_film(step).beats
    assert [names[column] for column in beats[11].columns] == ["01"]
    assert [names[column] for column in beats[6].columns] == ["old", "01"]
    assert [names[column] for column in beats[24].columns] == ["00", "01", "10", "11", "∂E/∂w"]
    assert [names[column] for column in beats[25].columns] == ["old", "update", "new"]


def test_each_beat_has_a_sentence_that_names_its_input_and_fits_two_lines() -> None:
    for config in (TrainConfig(), RUN):
        beats = step_film(step_of(config)).beats
        for beat in beats:
            assert len(beat.sentence) <= 165
            assert beat.row is None or beat.sentence.startswith(
                f"Input {('00', '01', '10', '11')[beat.row]}: "
            )
    step = step_of(TrainConfig())
    sentences = [beat.sentence for beat in step_film(step).beats]
    assert "every hidden unit puts out σ(0) = 0.5" in sentences[0]
    assert f"the error ŷ − t is {written(step.error[1])}" in sentences[8]
    assert "is 0.5): old + update = new" in sentences[25]


def test_after_the_runs_end_the_update_is_said_to_be_the_next_one() -> None:
    step = step_of(TrainConfig(), 10_000)
    assert step_film(step).beats[-1].sentence.startswith("The run ends here. In the step that it")


def test_a_veiled_weights_new_value_is_nowhere_in_the_film() -> None:
    step = step_of(TrainConfig())
    update = step_film(step, "x1 → h2").beats[-1].edges["x1 → h2"]
    assert update[:2] == ("1.111 + ? =", "?")
    changes = step_film(step, "x1 → h2").changes
    assert changes[1, 0] == changes[1, 1] == step.old[1]
    assert (changes[0] == (step.old[0], step.new[0])).all()


def test_a_beat_in_lines_of_text_has_its_sentence_and_all_its_numbers() -> None:
    step = step_of(TrainConfig())
    sentence, *lines = beat_lines(step, 24)
    assert sentence.startswith("All four inputs have been through.")
    assert lines[0] == "x1 → h1: 0 + 0 + 0.008951 + (−0.007686) = 0.001266"
    assert len(lines) == 6
    _, one, other, unit, *_ = beat_lines(step, 6)
    assert (one, other) == ("x1 = 0", "x2 = 1")
    assert unit == "h1: z = 0.6838, h1 = 0.6646"
    diverged = open_step(TrainConfig(), np.full(6, np.inf), 0)
    assert beat_lines(diverged, 6) == [NO_FILM]


def test_a_step_whose_numbers_are_not_finite_has_a_sentence_and_no_beats() -> None:
    config = TrainConfig()
    made = step_film(open_step(config, np.full(6, np.inf), 0))
    assert (made.beats, made.problem) == ([], NO_FILM)


def test_of_more_than_four_hidden_units_one_is_written_at_a_time() -> None:
    few, many = (step_film(step_of(TrainConfig(hidden_size=size))) for size in (4, 5))
    assert (few.units, few.focus) == (["h1", "h2", "h3", "h4"], "")
    assert (many.units, many.focus) == (["h1", "h2", "h3", "h4", "h5"], IN_FOCUS)


@pytest.mark.parametrize(("hidden_size", "kilobytes"), [(2, 4), (16, 16)])
def test_a_still_without_a_film_is_as_it_was_and_one_with_it_is_small(
    hidden_size: int, kilobytes: int
) -> None:
    config = TrainConfig(hidden_size=hidden_size, biases=True)
    recording, step = trained(config), step_of(config)
    still = recording, 300, table(step), "", "a.1", (), ()
    bare, whole = pack_still(*still), pack_still(*still, film=step_film(step))
    assert "film" not in unpack(bare)
    assert len(unpack(whole)["film"]["beats"]) == 26
    assert len(whole) - len(bare) < 1000 * kilobytes
