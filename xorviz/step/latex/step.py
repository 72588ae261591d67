"""The formulas of a step: forward, error, backward, update."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

import numpy as np

from xorviz.core.names import CONSTANT, OUTPUT, edge, ends, node_index
from xorviz.core.network import Array
from xorviz.core.numbers import written
from xorviz.step import chain, notebook
from xorviz.step.chain import Part
from xorviz.step.latex.notation import (
    Formula,
    Rows,
    at,
    coloured,
    delta,
    derivative,
    factor,
    formula,
    line,
    number,
    old_and_new,
    plain,
    pre_activation,
    product,
    result,
    symbol,
    total,
    weight,
)
from xorviz.step.notebook import Code
from xorviz.step.step import Step

ALL_INPUTS: Final = r"\sum_{\text{inputs}} "
ERROR: Final = Part("error", OUTPUT)
SIGMOID: Final = Part("output", OUTPUT)


def forward_hidden(step: Step, rows: Rows) -> list[Formula]:
    """Write pre-activation and activation of every hidden unit."""
    units = zip(step.units, step.z_hidden.T, step.right.hidden.T, step.hidden.T, strict=True)
    return _headed([_unit(step, rows, *unit) for unit in units], notebook.FORWARD_HIDDEN)


def forward_output(step: Step, rows: Rows) -> list[Formula]:
    """Write pre-activation and activation of the output."""
    unit = _unit(step, rows, OUTPUT, step.z_output, step.right.output, step.output)
    return _headed([unit], notebook.FORWARD_OUTPUT)


def _headed(formulas: Sequence[Formula], code: Code) -> list[Formula]:
    """Give formulas the notebook's lines that compute them all."""
    first, *others = formulas
    return [replace(first, code=code), *others]


def _unit(
    step: Step, rows: Rows, unit: str, zs: Array, right: Array, activations: Array
) -> Formula:
    incoming = [name for name in step.names if ends(name)[1] == unit]
    z, a = pre_activation(unit), symbol(unit)
    lines = [line(z, total(map(_term, incoming)))]
    for row in rows:
        terms = total(_term_numbers(step, name, row) for name in incoming)
        lines.append(line(at(z, row, rows), f"{terms} = {number(zs[row])}"))
    lines.append(line(a, rf"\sigma({z}) = \frac{{1}}{{1 + e^{{-{z}}}}}"))
    for row in rows:
        value = rf"\sigma({number(zs[row])}) = {result(right[row], activations[row])}"
        lines.append(line(at(a, row, rows), value))
    return formula(lines, rows, {f"z of {unit}": zs, unit: activations})


def _term(name: str) -> str:
    source, _ = ends(name)
    return weight(name) if source == CONSTANT else rf"{weight(name)} \cdot {symbol(source)}"


def _term_numbers(step: Step, name: str, row: int) -> str:
    source, _ = ends(name)
    value = step.old[step.names.index(name)]
    if source == CONSTANT:
        return factor(value)
    return product(factor(value), number(chain.source_values(step, source)[row]))


def errors(step: Step, rows: Rows) -> list[Formula]:
    """Write the error of the output, and the loss."""
    error = r"\hat y - t"
    lines = [line(derivative("E", r"\hat y"), coloured(step, ERROR, error))]
    for row in rows:
        numbers = f"{number(step.output[row])} - {step.config.targets[row]}"
        value = coloured(step, ERROR, result(step.right.error[row], step.error[row]))
        lines.append(line(at(f"({error})", row, rows), f"{numbers} = {value}"))
    whole = formula(lines, rows, {"ŷ - t": step.error}, notebook.ERRORS)
    every = ALL_INPUTS if len(rows) > 1 else ""
    squares = total(rf"\tfrac12 \cdot {factor(step.error[row])}^2" for row in rows)
    losses = 0.5 * step.error**2
    lines = [
        line("E", rf"{every}\tfrac12 ({error})^2"),
        line("", f"{squares} = {number(losses[list(rows)].sum())}"),
    ]
    mean = written(float(np.abs(step.error).mean()))
    printed = notebook.loss(step.epoch, step.config.epochs, mean)
    return [whole, formula(lines, rows, {"½ (ŷ - t)²": losses}, printed)]


def deltas_output(step: Step, rows: Rows) -> list[Formula]:
    """Write δ = ∂E/∂z of the output."""
    left = delta(OUTPUT)
    meaning = derivative("E", pre_activation(OUTPUT))
    error, derived = coloured(step, ERROR, r"(\hat y - t)"), r"\hat y (1 - \hat y)"
    symbols = product(error, coloured(step, SIGMOID, derived))
    lines = [line(left, f"{meaning} = {symbols}")]
    for row in rows:
        output = number(step.output[row])
        value = result(step.right.delta_output[row], step.delta_output[row])
        derived = coloured(step, SIGMOID, product(output, f"(1 - {output})"))
        numbers = product(coloured(step, ERROR, factor(step.error[row])), derived)
        lines.append(line(at(left, row, rows), f"{numbers} = {value}"))
    values = {"σ′ of ŷ": step.derivative_output, "δ of ŷ": step.delta_output}
    return _headed([formula(lines, rows, values)], notebook.DELTAS_OUTPUT)


def deltas_hidden(step: Step, rows: Rows) -> list[Formula]:
    """Write δ = ∂E/∂z of every hidden unit, passed back from the output."""
    units = range(step.config.hidden_size)
    return _headed([_delta_hidden(step, rows, unit) for unit in units], notebook.DELTAS_HIDDEN)


def _delta_hidden(step: Step, rows: Rows, index: int) -> Formula:
    unit = step.units[index]
    left, h, name = delta(unit), symbol(unit), edge(unit, OUTPUT)
    onward, sigmoid = Part("weight", name), Part("hidden", unit)
    derived = coloured(step, sigmoid, f"{h} (1 - {h})")
    lines = [line(left, product(delta(OUTPUT), coloured(step, onward, weight(name)), derived))]
    values, derivatives = step.delta_hidden[:, index], step.derivative_hidden[:, index]
    right = step.right.delta_hidden[:, index]
    for row in rows:
        delta_output, edge_value = step.delta_output[row], step.layers.weights_output[index, 0]
        hidden = number(step.hidden[row, index])
        derived = coloured(step, sigmoid, product(hidden, f"(1 - {hidden})"))
        edge_text = coloured(step, onward, factor(edge_value))
        numbers = product(factor(delta_output), edge_text, derived)
        lines.append(line(at(left, row, rows), f"{numbers} = {result(right[row], values[row])}"))
    return formula(lines, rows, {f"σ′ of {unit}": derivatives, f"δ of {unit}": values})


def gradients(step: Step, rows: Rows) -> list[Formula]:
    """Write ∂E/∂w of every parameter: one row's contribution, or the sum of all four."""
    return _by_layer(
        [(name, _gradient(step, rows, name)) for name in step.names],
        notebook.GRADIENTS_HIDDEN,
        notebook.GRADIENTS_OUTPUT,
    )


def _by_layer(
    formulas: Iterable[tuple[str, Formula]], to_hidden: Code, to_output: Code
) -> list[Formula]:
    """Give the formulas of parameters the notebook's lines of each layer."""

    def code(name: str) -> Code:
        start, target = ends(name)
        if start == CONSTANT:
            return notebook.BIASES
        return to_output if target == OUTPUT else to_hidden

    groups = groupby(formulas, lambda each: code(each[0]))
    return [one for code, group in groups for one in _headed([each for _, each in group], code)]


def _gradient(step: Step, rows: Rows, name: str) -> Formula:
    source, target = ends(name)
    index = step.names.index(name)
    values, right = step.row_gradients[:, index], step.right.row_gradients[:, index]
    start = chain.source(name)
    symbols = delta(target)
    if source != CONSTANT:
        symbols = product(symbols, coloured(step, start, symbol(source)))
    left = derivative("E", weight(name))
    if len(rows) > 1:
        summed = result(step.right.gradients[index], step.gradients[index])
        numbers = f"{total(map(factor, right))} = {summed}"
        lines = [line(left, ALL_INPUTS + symbols), line("", numbers)]
    else:
        (row,) = rows
        row_deltas = (
            step.delta_output if target == OUTPUT else step.delta_hidden[:, node_index(target)]
        )
        value = coloured(step, start, number(chain.source_values(step, source)[row]))
        inserted = product(factor(row_deltas[row]), value)
        lines = [line(left, symbols), line("", f"{inserted} = {result(right[row], values[row])}")]
    return formula(lines, rows, {f"∂E/∂w of {name}": values})


def updates(step: Step, names: Iterable[str], veiled: str = "") -> list[Formula]:
    """Write old weight - learning rate × gradient = new weight, a veiled new weight as ``?``."""
    return _by_layer(
        [(name, _update(step, name, name == veiled)) for name in names],
        notebook.UPDATES_HIDDEN,
        notebook.UPDATES_OUTPUT,
    )


def _update(step: Step, name: str, veiled: bool) -> Formula:
    index, w = step.names.index(name), weight(name)
    rate = plain(step.learning_rate)
    right, made = float(step.right.new[index]), float(step.new[index])
    old, new = old_and_new(float(step.old[index]), right)
    if right != made:
        new = result(right, made)
    new = "?" if veiled else new
    gradient = float(step.gradients[index])
    rows = total(map(factor, step.row_gradients[:, index]))
    is_sum = gradient == step.right.gradients[index]
    lines = (
        line(rf"{w}^{{\text{{new}}}}", rf"{w} - \eta \cdot {derivative('E', w)}"),
        *([line("", rf"{old} - {rate} \cdot [{rows}]")] if is_sum else []),
        line("", rf"{old} - {rate} \cdot {factor(gradient)} = {new}"),
    )
    full = {"old": step.old, "∂E/∂w": step.gradients} | ({} if veiled else {"new": step.new})
    numbers = "; ".join(f"{label} = {float(values[index])!r}" for label, values in full.items())
    return Formula(lines, f"{name}: {numbers}")
