"""Numbers: every number of a step in full, as CSV."""

from collections.abc import Iterator

from xorviz.core.names import OUTPUT
from xorviz.core.network import Array
from xorviz.core.numbers import csv_text
from xorviz.core.truth_table import ROW_NAMES
from xorviz.step.step import Step


def as_csv(step: Step, differences: Array) -> str:
    """Write every number of a step in full: columns quantity, of, input, value.

    Parameters
    ----------
    step
        The step.
    differences
        The step's `gradient_check.central_differences`, shape (4, P).
    """
    return csv_text([("quantity", "of", "input", "value"), *_numbers(step, differences)])


def _numbers(step: Step, differences: Array) -> Iterator[tuple[str, str, str, float]]:
    for row, where in enumerate(ROW_NAMES):
        yield "target", OUTPUT, where, float(step.config.targets[row])
        for quantity, at_hidden, at_output in (
            ("z", step.z_hidden, step.z_output),
            ("activation", step.hidden, step.output),
            ("derivative", step.derivative_hidden, step.derivative_output),
            ("delta", step.delta_hidden, step.delta_output),
        ):
            values = [*at_hidden[row].tolist(), float(at_output[row])]
            yield from (
                (quantity, of, where, value)
                for of, value in zip([*step.units, OUTPUT], values, strict=True)
            )
        yield "error", OUTPUT, where, float(step.error[row])
    for index, name in enumerate(step.names):
        yield "old", name, "", float(step.old[index])
        for row, where in enumerate(ROW_NAMES):
            yield "gradient", name, where, float(step.row_gradients[row, index])
            yield "central difference", name, where, float(differences[row, index])
        yield "gradient", name, "sum", float(step.gradients[index])
        yield "update", name, "", float(step.updates[index])
        yield "new", name, "", float(step.new[index])
