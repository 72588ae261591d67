"""The chain rule for one parameter: the product of its factors, then factor by factor."""

from xorviz.core.names import CONSTANT, OUTPUT, edge, ends, node_index
from xorviz.step.chain import Factor, chain, chain_products
from xorviz.step.latex.notation import (
    Formula,
    Rows,
    at,
    coloured,
    derivative,
    factor,
    formula,
    line,
    named,
    number,
    pre_activation,
    product,
    result,
    symbol,
    weight,
)
from xorviz.step.notebook import FACTORS
from xorviz.step.step import Step


def chain_rule(step: Step, rows: Rows, name: str) -> list[Formula]:
    """Write ∂E/∂w as the product of its factors, and each factor with its number."""
    factors = chain(step, name)
    values, products = step.row_gradients[:, step.names.index(name)], chain_products(step, name)
    symbols = (coloured(step, one.part, named(_symbols(one, name), one.part)) for one in factors)
    lines = [line(derivative("E", weight(name)), product(*symbols))]
    for row in rows:
        numbers = product(*(coloured(step, one.part, factor(one.values[row])) for one in factors))
        lines.append(line(at("", row, rows), f"{numbers} = {result(products[row], values[row])}"))
    whole = formula(lines, rows, {"∂E/∂w": values})
    return [whole, *(_factor(step, rows, name, one) for one in factors)]


def _factor(step: Step, rows: Rows, name: str, one: Factor) -> Formula:
    of, by = one.derivative
    lines = [line(coloured(step, one.part, _symbols(one, name)), _meaning(one, name))]
    for row in rows:
        inserted = _inserted(step, one, row)
        right = step.right.error if one.part.kind == "error" else one.values
        value = coloured(step, one.part, result(right[row], one.values[row]))
        lines.append(line(at("", row, rows), f"{inserted} = {value}" if inserted else value))
    kind = one.part.noun if one.part.kind == "source" else one.part.kind
    return formula(lines, rows, {f"∂{of}/∂{by}": one.values}, FACTORS[kind])


def _symbols(one: Factor, name: str) -> str:
    return derivative(*(_part(part, name) for part in one.derivative))


def _part(part: str, name: str) -> str:
    if part == "w":
        return weight(name)
    if part == "E":
        return part
    return pre_activation(part[2:]) if part.startswith("z_") else symbol(part)


def _meaning(one: Factor, name: str) -> str:
    """Write a factor as a formula of activations and weights."""
    of, by = one.derivative
    if of == "E":
        return r"\hat y - t"
    if by == "w":
        source, _ = ends(name)
        return "1" if source == CONSTANT else symbol(source)
    if by.startswith("z_"):
        return f"{symbol(of)} (1 - {symbol(of)})"
    return weight(edge(by, OUTPUT))


def _inserted(step: Step, one: Factor, row: int) -> str:
    """Write the formula of a factor with its numbers; empty for a factor that is one number."""
    of, by = one.derivative
    if of == "E":
        return f"{number(step.output[row])} - {step.config.targets[row]}"
    if not by.startswith("z_"):
        return ""
    activation = step.output if of == OUTPUT else step.hidden[:, node_index(of)]
    a = number(activation[row])
    return rf"{a} \cdot (1 - {a})"
