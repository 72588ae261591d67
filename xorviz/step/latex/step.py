"""The formulas of a step: forward, error, backward, update."""

from collections.abc import Iterable

from xorviz.core.names import CONSTANT, OUTPUT, edge, ends, node_index
from xorviz.core.network import Array
from xorviz.step.chain import source_values
from xorviz.step.latex.notation import (
    Formula,
    Rows,
    at,
    delta,
    derivative,
    factor,
    formula,
    line,
    number,
    plain,
    pre_activation,
    product,
    symbol,
    total,
    weight,
)
from xorviz.step.step import Step

ALL_INPUTS = r"\sum_{\text{inputs}} "


def forward(step: Step, rows: Rows) -> list[Formula]:
    """Write pre-activation and activation of every hidden unit and of the output."""
    units = zip(step.units, step.z_hidden.T, step.hidden.T, strict=True)
    hidden = [_unit(step, rows, *unit) for unit in units]
    return [*hidden, _unit(step, rows, OUTPUT, step.z_output, step.output)]


def _unit(step: Step, rows: Rows, unit: str, zs: Array, activations: Array) -> Formula:
    incoming = [name for name in step.names if ends(name)[1] == unit]
    z, a = pre_activation(unit), symbol(unit)
    lines = [line(z, total(map(_term, incoming)))]
    for row in rows:
        terms = total(_term_numbers(step, name, row) for name in incoming)
        lines.append(line(at(z, row, rows), f"{terms} = {number(zs[row])}"))
    lines.append(line(a, rf"\sigma({z}) = \frac{{1}}{{1 + e^{{-{z}}}}}"))
    for row in rows:
        value = rf"\sigma({number(zs[row])}) = {number(activations[row])}"
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
    return product(factor(value), number(source_values(step, source)[row]))


def errors(step: Step, rows: Rows) -> list[Formula]:
    """Write the error of the output, and the loss."""
    error = r"\hat y - t"
    lines = [line(derivative("E", r"\hat y"), error)]
    for row in rows:
        numbers = f"{number(step.output[row])} - {step.config.targets[row]}"
        lines.append(line(at(f"({error})", row, rows), f"{numbers} = {number(step.error[row])}"))
    every = ALL_INPUTS if len(rows) > 1 else ""
    squares = total(rf"\tfrac12 \cdot {factor(step.error[row])}^2" for row in rows)
    losses = 0.5 * step.error**2
    lines.append(line("E", rf"{every}\tfrac12 ({error})^2"))
    lines.append(line("", f"{squares} = {number(losses[list(rows)].sum())}"))
    return [formula(lines, rows, {"ŷ - t": step.error, "½ (ŷ - t)²": losses})]


def deltas(step: Step, rows: Rows) -> list[Formula]:
    """Write δ = ∂E/∂z of the output and, passed back from it, of every hidden unit."""
    units = range(step.config.hidden_size)
    return [_delta_output(step, rows), *(_delta_hidden(step, rows, unit) for unit in units)]


def _delta_output(step: Step, rows: Rows) -> Formula:
    left = delta(OUTPUT)
    meaning = derivative("E", pre_activation(OUTPUT))
    lines = [line(left, rf"{meaning} = (\hat y - t) \cdot \hat y (1 - \hat y)")]
    for row in rows:
        output, value = number(step.output[row]), number(step.delta_output[row])
        numbers = product(factor(step.error[row]), output, f"(1 - {output})")
        lines.append(line(at(left, row, rows), f"{numbers} = {value}"))
    return formula(lines, rows, {"σ′ of ŷ": step.derivative_output, "δ of ŷ": step.delta_output})


def _delta_hidden(step: Step, rows: Rows, index: int) -> Formula:
    unit = step.units[index]
    left, h, w = delta(unit), symbol(unit), weight(edge(unit, OUTPUT))
    lines = [line(left, rf"{delta(OUTPUT)} \cdot {w} \cdot {h} (1 - {h})")]
    values, derivatives = step.delta_hidden[:, index], step.derivative_hidden[:, index]
    for row in rows:
        delta_output, edge_value = step.delta_output[row], step.layers.weights_output[index, 0]
        hidden = number(step.hidden[row, index])
        numbers = product(factor(delta_output), factor(edge_value), hidden, f"(1 - {hidden})")
        lines.append(line(at(left, row, rows), f"{numbers} = {number(values[row])}"))
    return formula(lines, rows, {f"σ′ of {unit}": derivatives, f"δ of {unit}": values})


def gradients(step: Step, rows: Rows) -> list[Formula]:
    """Write ∂E/∂w of every parameter: one row's contribution, or the sum of all four."""
    return [_gradient(step, rows, name) for name in step.names]


def _gradient(step: Step, rows: Rows, name: str) -> Formula:
    source, target = ends(name)
    values = step.row_gradients[:, step.names.index(name)]
    symbols = delta(target) if source == CONSTANT else rf"{delta(target)} \cdot {symbol(source)}"
    left = derivative("E", weight(name))
    if len(rows) > 1:
        numbers = f"{total(map(factor, values))} = {number(_summed(step, name))}"
        lines = [line(left, ALL_INPUTS + symbols), line("", numbers)]
    else:
        (row,) = rows
        row_deltas = (
            step.delta_output if target == OUTPUT else step.delta_hidden[:, node_index(target)]
        )
        inserted = product(factor(row_deltas[row]), number(source_values(step, source)[row]))
        lines = [line(left, symbols), line("", f"{inserted} = {number(values[row])}")]
    return formula(lines, rows, {f"∂E/∂w of {name}": values})


def updates(step: Step, names: Iterable[str], veiled: str = "") -> list[Formula]:
    """Write old weight - learning rate × gradient = new weight, a veiled new weight as ``?``."""
    return [_update(step, name, name == veiled) for name in names]


def _update(step: Step, name: str, veiled: bool) -> Formula:
    index, w = step.names.index(name), weight(name)
    old, rate = number(step.old[index]), plain(step.learning_rate)
    rows = total(map(factor, step.row_gradients[:, index]))
    new = "?" if veiled else number(step.new[index])
    lines = (
        line(rf"{w}^{{\text{{new}}}}", rf"{w} - \eta \cdot {derivative('E', w)}"),
        line("", rf"{old} - {rate} \cdot [{rows}]"),
        line("", rf"{old} - {rate} \cdot {factor(_summed(step, name))} = {new}"),
    )
    full = {"old": step.old, "∂E/∂w": step.gradients} | ({} if veiled else {"new": step.new})
    numbers = "; ".join(f"{label} = {float(values[index])!r}" for label, values in full.items())
    return Formula(lines, f"{name}: {numbers}")


def _summed(step: Step, name: str) -> float:
    return float(step.gradients[step.names.index(name)])
