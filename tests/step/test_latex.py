"""The formulas of a step, read back as a reader would read them."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.lines import LINES
from xorviz.core.names import LEARNING_RATE, parameter_names
from xorviz.core.network import Array, parameter_count
from xorviz.core.numbers import side_by_side
from xorviz.core.truth_table import ROW_NAMES
from xorviz.step import latex
from xorviz.step.chain import KINDS, chain, parts
from xorviz.step.latex import Formula
from xorviz.step.latex.notation import Rows, number, symbol, weight
from xorviz.step.notebook import LOSS
from xorviz.step.step import Step, open_step


def forward(step: Step, rows: Rows) -> list[Formula]:
    return [*latex.forward_hidden(step, rows), *latex.forward_output(step, rows)]


def deltas(step: Step, rows: Rows) -> list[Formula]:
    return [*latex.deltas_output(step, rows), *latex.deltas_hidden(step, rows)]


ALL: Final = range(4)
SECTIONS: Final[dict[str, Callable[[Step, Rows], list[Formula]]]] = {
    "forward": forward,
    "errors": latex.errors,
    "deltas": deltas,
    "gradients": latex.gradients,
    "updates": lambda step, _: latex.updates(step, step.names),
    "chain": lambda step, rows: [
        part for name in step.names for part in latex.chain_rule(step, rows, name)
    ],
}
every_section = pytest.mark.parametrize("section", SECTIONS)
every_row = pytest.mark.parametrize("row", ALL)


@st.composite
def steps(draw: st.DrawFn, scales: tuple[float, ...] = (0.01, 1.0, 4.0, 100.0)) -> Step:
    config = TrainConfig(
        learning_rate=draw(st.floats(0.01, 10)),
        hidden_size=draw(st.sampled_from([1, 2, 3, 16])),
        biases=draw(st.booleans()),
        targets=draw(st.text("01", min_size=4, max_size=4)),
    )
    generator = np.random.default_rng(draw(st.integers(0, 10_000)))
    size = parameter_count(config.hidden_size, config.biases)
    return open_step(config, generator.normal(scale=draw(st.sampled_from(scales)), size=size), 0)


ROWS: Final = st.sampled_from([[0], [1], [2], [3], list(ALL)])
HAND: Final = TrainConfig(hidden_size=1, biases=True)
"""With the parameters below: z = x1 - 2 x2 + ½ in the hidden unit, 3 h - 1 in the output."""


def by_hand() -> Step:
    return open_step(HAND, np.array([1.0, -2.0, 3.0, 0.5, -1.0]), 0)


def lines(parts: Sequence[Formula]) -> list[str]:
    """The lines without colours, bold digits and names; each has its equals sign as ``&=``."""
    return [plain(line).replace(" = ", " &= ", 1) for part in parts for line in part.lines]


def text_of(parts: Sequence[Formula]) -> str:
    return "\n".join(lines(parts))


def group(text: str, start: int) -> int:
    """The end of the group in braces that starts there."""
    depth = 0
    for index in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        if depth == 0:
            return index + 1
    raise AssertionError(text)


def plain(line: str) -> str:
    """Take the groups of commands that only set text off out of their braces."""
    line = re.sub(r"\\textcolor{#0[1-5]00[0-9a-f]{2}}", r"\\mathbf", line).removeprefix(r"\quad {}")
    while match := re.search(r"\\mathbf|\\underbrace", line):
        end = group(line, match.end())
        inner, rest = line[match.end() + 1 : end - 1], line[end:]
        if "under" in match[0]:
            rest = rest[group(rest, 1) :]
        line = line[: match.start()] + inner + rest
    return line


def nested(text: str) -> bool:
    """Whether every bracket of any kind is closed, in order, as is every environment."""
    closing = {"{": "}", "(": ")", "[": "]"}
    expected = []
    for sign in re.findall(r"[{}()\[\]]", text):
        if sign in closing:
            expected.append(closing[sign])
        elif not expected or expected.pop() != sign:
            return False
    begun, ended = (re.findall(rf"\\{word}{{(\w+)}}", text) for word in ("begin", "end"))
    return not expected and begun == ended


READABLE: Final = re.compile(r"(-?\d+(?:\.\d+)?)(?: \\cdot 10\^{(-?\d+)})?")


def read(text: str) -> float:
    """Read a written number back."""
    match = READABLE.fullmatch(text)
    assert match is not None, text
    return float(f"{match[1]}e{match[2] or 0}")


def result(line: str) -> float:
    """The number after a line's last equals sign."""
    return read(line.rsplit("= ", 1)[1])


def rounded(value: float) -> float:
    """To four significant digits."""
    return float(f"{value:.3e}")


def worked_out(text: str) -> tuple[float, float]:
    """Work out a written sum of products, and how large its terms are together."""
    text = READABLE.sub(lambda match: f"{match[1]}e{match[2] or 0}", text)
    for tex, sign in (
        (r"\tfrac12", "0.5"),
        (r"\cdot", "*"),
        ("^2", "**2"),
        ("[", "("),
        ("]", ")"),
    ):
        text = text.replace(tex, sign)
    assert re.fullmatch(r"[-\d.e+*() ]+", text), text
    # The sum of the terms' sizes: every sign a plus, but those of powers of ten.
    sizes = re.sub(r"(?<!e)-", "+", text)
    return float(eval(text)), float(eval(sizes))


@given(step=steps(), rows=ROWS)
def test_every_formula_is_well_formed(step: Step, rows: Rows) -> None:
    for section in SECTIONS.values():
        parts = section(step, rows)
        for line in (line for part in parts for line in part.lines):
            assert nested(line)
            assert " = " in line
            assert not re.search(r"[&$\n]|\\\\", line)


@given(step=steps(), rows=ROWS)
def test_no_formula_has_a_number_as_python_writes_it(step: Step, rows: Rows) -> None:
    for section in SECTIONS.values():
        text = text_of(section(step, rows))
        assert not re.search(r"nan|\binf\b|\d[eE][-+]?\d|np\.|array|--|\+ -|\\cdot -", text)


@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_written_with_four_significant_digits(value: float) -> None:
    written = number(value)
    assert read(written) == rounded(value)
    digits = written.partition(" ")[0].lstrip("-").replace(".", "").lstrip("0")
    assert written in ("0", "1") or len(digits) == 4


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (-1.0, "-1.000"),
        (np.nextafter(1.0, 0), "1.000"),
        (0.5, "0.5000"),
        (1234.0, "1234"),
        (12345.0, r"1.234 \cdot 10^{4}"),
        (-12355.0, r"-1.236 \cdot 10^{4}"),
        (1e-3, "0.001000"),
        (9.994e-4, r"9.994 \cdot 10^{-4}"),
        (-5e-324, r"-4.941 \cdot 10^{-324}"),
        (1.7e308, r"1.700 \cdot 10^{308}"),
        (math.nan, r"\text{not finite}"),
        (math.inf, r"\text{not finite}"),
        (-math.inf, r"\text{not finite}"),
    ],
)
def test_a_number_is_written_like_this(value: float, written: str) -> None:
    assert number(value) == written


@given(step=steps(), rows=ROWS)
def test_the_forward_pass_shows_every_units_numbers(step: Step, rows: Rows) -> None:
    parts = forward(step, rows)
    zs = np.column_stack([step.z_hidden, step.z_output])
    activations = np.column_stack([step.hidden, step.output])
    assert len(parts) == step.config.hidden_size + 1
    for part, z, activation in zip(parts, zs.T, activations.T, strict=True):
        shown = [*lines([part])[1 : 1 + len(rows)], *lines([part])[-len(rows) :]]
        assert list(map(result, shown)) == [
            rounded(value) for values in (z, activation) for value in values[list(rows)]
        ]
        assert len(part.lines) == 2 + 2 * len(rows)


@given(step=steps(), rows=ROWS)
def test_the_error_section_shows_the_error_and_the_loss(step: Step, rows: Rows) -> None:
    error, total = latex.errors(step, rows)
    errors = step.error[list(rows)]
    assert list(map(result, lines([error])[1:])) == [rounded(value) for value in errors]
    loss = 0.5 * float((errors**2).sum())
    assert result(total.lines[-1]) == pytest.approx(loss, rel=6e-4)


@given(step=steps(), rows=ROWS)
def test_the_backward_pass_shows_every_units_delta(step: Step, rows: Rows) -> None:
    output, *hidden = deltas(step, rows)
    for part, values in zip(
        (output, *hidden), (step.delta_output, *step.delta_hidden.T), strict=True
    ):
        expected = [rounded(value) for value in values[list(rows)]]
        assert list(map(result, lines([part])[1:])) == expected


@given(step=steps(), row=st.sampled_from(ALL))
def test_the_gradients_are_those_of_the_row_or_of_all_four(step: Step, row: int) -> None:
    of_the_row = latex.gradients(step, [row])
    assert [result(part.lines[-1]) for part in of_the_row] == [
        rounded(value) for value in step.row_gradients[row]
    ]
    of_all = latex.gradients(step, ALL)
    assert [result(part.lines[-1]) for part in of_all] == [
        rounded(value) for value in step.gradients
    ]


@given(step=steps())
def test_the_updates_go_from_the_old_weights_to_the_new_ones(step: Step) -> None:
    parts = latex.updates(step, step.names)
    for part, old, new in zip(parts, step.old, step.new, strict=True):
        last = lines([part])[-1]
        before = last.split(" &= ")[1].partition(" - ")[0]
        assert (before, last.rpartition(" = ")[2]) == tuple(
            re.sub(r"e([-+]\d+)", lambda power: rf" \cdot 10^{{{int(power[1])}}}", text)
            for text in side_by_side(float(old), float(new))
        )


@every_section
@given(step=steps((0.5, 1.0, 4.0)), rows=ROWS)
def test_the_two_sides_of_an_equation_with_numbers_agree(
    section: str, step: Step, rows: Rows
) -> None:
    checked = 0
    for line in lines(SECTIONS[section](step, rows)):
        _, shown = line.split("&= ", 1)
        left, equals, right = shown.rpartition(" = ")
        if not equals or re.search(r"\\(delta|sigma|hat|frac|sum)", left):
            continue
        value, size = worked_out(left)
        assert value == pytest.approx(read(right), rel=0, abs=4e-3 * size)
        checked += 1
    assert checked


@given(step=steps(), rows=ROWS)
def test_every_unit_and_every_weight_has_its_place(step: Step, rows: Rows) -> None:
    units = [symbol(f"h{unit + 1}") for unit in range(step.config.hidden_size)] + [r"\hat y"]
    weights = [weight(name) for name in step.names]
    assert len(set(weights)) == len(weights)
    sums = text_of(forward(step, rows))
    assert all(sums.count(name) == 1 for name in weights)
    for part, unit in zip(forward(step, rows), units, strict=True):
        assert lines([part])[0].startswith(f"z_{{{unit}}} &= ")
    output, *hidden = deltas(step, rows)
    for part, unit in zip((*hidden, output), units, strict=True):
        assert lines([part])[0].startswith(rf"\delta_{{{unit}}} &= ")
    for part, name in zip(latex.gradients(step, rows), weights, strict=True):
        assert lines([part])[0].startswith(rf"\frac{{\partial E}}{{\partial {name}}} &= ")
    for part, name in zip(latex.updates(step, step.names), weights, strict=True):
        assert lines([part])[0].startswith(rf"{name}^{{\text{{new}}}} &= {name} - \eta \cdot ")


@every_section
@every_row
def test_one_row_alone_is_not_named(section: str, row: int) -> None:
    text = text_of(SECTIONS[section](by_hand(), [row]))
    assert not re.search(r"\((00|01|10|11)\)", text)


@pytest.mark.parametrize("section", ["forward", "errors", "deltas", "chain"])
@given(step=steps())
def test_where_all_four_rows_are_shown_each_is_named_in_order(section: str, step: Step) -> None:
    for part in SECTIONS[section](step, ALL):
        named = [
            match[1]
            for line in lines([part])
            if (match := re.search(r"\((00|01|10|11)\) &=", line)) is not None
        ]
        is_loss = "tfrac12" in part.lines[0]
        assert named in ([[]] if is_loss else [list(ROW_NAMES), 2 * list(ROW_NAMES)])


@pytest.mark.parametrize("section", ["errors", "gradients"])
def test_what_adds_up_over_the_rows_has_a_sum_sign(section: str) -> None:
    parts = SECTIONS[section](by_hand(), ALL)[1 if section == "errors" else 0 :]
    assert all(r"\sum_{\text{inputs}}" in text_of([part]) for part in parts)
    assert r"\sum" not in text_of(SECTIONS[section](by_hand(), [2]))


# Worked by hand for the input 01: z_h = 0.5 - 2 = -1.5, h = 1 / (1 + e^1.5) = 0.18242552,
# z_ŷ = 3 h - 1 = -0.45272343, ŷ = 0.38871344, ŷ - t = -0.61128656,
# δ_ŷ = -0.61128656 · 0.38871344 · 0.61128656 = -0.14525104,
# δ_h = δ_ŷ · 3 · 0.18242552 · 0.81757448 = -0.06499103.


def test_the_forward_pass_of_one_unit_by_hand() -> None:
    assert lines(forward(by_hand(), [1])) == [
        r"z_{h_{1}} &= w_{x_{1} h_{1}} \cdot x_{1} + w_{x_{2} h_{1}} \cdot x_{2} + b_{h_{1}}",
        r" &= 1 \cdot 0 + (-2.000) \cdot 1 + 0.5000 = -1.500",
        r"h_{1} &= \sigma(z_{h_{1}}) = \frac{1}{1 + e^{-z_{h_{1}}}}",
        r" &= \sigma(-1.500) = 0.1824",
        r"z_{\hat y} &= w_{h_{1} \hat y} \cdot h_{1} + b_{\hat y}",
        r" &= 3.000 \cdot 0.1824 + (-1.000) = -0.4527",
        r"\hat y &= \sigma(z_{\hat y}) = \frac{1}{1 + e^{-z_{\hat y}}}",
        r" &= \sigma(-0.4527) = 0.3887",
    ]


def test_the_error_by_hand() -> None:
    assert lines(latex.errors(by_hand(), [1])) == [
        r"\frac{\partial E}{\partial \hat y} &= \hat y - t",
        r" &= 0.3887 - 1 = -0.6113",
        r"E &= \tfrac12 (\hat y - t)^2",
        r" &= \tfrac12 \cdot (-0.6113)^2 = 0.1868",
    ]


def test_the_deltas_of_one_unit_by_hand() -> None:
    assert lines(deltas(by_hand(), [1])) == [
        r"\delta_{\hat y} &= \frac{\partial E}{\partial z_{\hat y}} "
        r"= (\hat y - t) \cdot \hat y (1 - \hat y)",
        r" &= (-0.6113) \cdot 0.3887 \cdot (1 - 0.3887) = -0.1453",
        r"\delta_{h_{1}} &= \delta_{\hat y} \cdot w_{h_{1} \hat y} \cdot h_{1} (1 - h_{1})",
        r" &= (-0.1453) \cdot 3.000 \cdot 0.1824 \cdot (1 - 0.1824) = -0.06499",
    ]


def test_the_gradients_of_one_unit_by_hand() -> None:
    x1, x2, output, bias, bias_output = latex.gradients(by_hand(), [1])
    assert lines([x1]) == [
        r"\frac{\partial E}{\partial w_{x_{1} h_{1}}} &= \delta_{h_{1}} \cdot x_{1}",
        r" &= (-0.06499) \cdot 0 = 0",
    ]
    assert lines([x2])[1] == r" &= (-0.06499) \cdot 1 = -0.06499"
    assert lines([output]) == [
        r"\frac{\partial E}{\partial w_{h_{1} \hat y}} &= \delta_{\hat y} \cdot h_{1}",
        r" &= (-0.1453) \cdot 0.1824 = -0.02650",
    ]
    assert lines([bias])[0] == r"\frac{\partial E}{\partial b_{h_{1}}} &= \delta_{h_{1}}"
    assert lines([bias_output])[0] == r"\frac{\partial E}{\partial b_{\hat y}} &= \delta_{\hat y}"


def plain_sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


def test_an_update_by_hand() -> None:
    # h → ŷ: the four rows' δ_ŷ · h, in plain arithmetic.
    parts = []
    for x1, x2, target in ((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0)):
        h = plain_sigmoid(x1 - 2 * x2 + 0.5)
        y = plain_sigmoid(3 * h - 1)
        parts.append((y - target) * y * (1 - y) * h)
    assert [f"{part:.4g}" for part in parts] == ["0.09131", "-0.0265", "-0.02381", "0.0501"]
    assert f"{sum(parts):.4g} {3 - 0.5 * sum(parts):.4g}" == "0.09109 2.954"
    (part,) = latex.updates(by_hand(), ["h1 → ŷ"])
    assert lines([part]) == [
        r"w_{h_{1} \hat y}^{\text{new}} &= w_{h_{1} \hat y} - \eta \cdot "
        r"\frac{\partial E}{\partial w_{h_{1} \hat y}}",
        r" &= 3.000 - 0.5 \cdot [0.09131 + (-0.02650) + (-0.02381) + 0.05010]",
        r" &= 3.000 - 0.5 \cdot 0.09109 = 2.954",
    ]
    assert part.lines[-1].endswith(r" = \mathbf{2.954}")


def test_of_a_small_change_the_digits_that_change_are_bold() -> None:
    step = replace(by_hand(), old=np.full(5, 16.5889), new=np.full(5, 16.5904495))
    for part in latex.updates(step, step.names):
        assert part.lines[-1].startswith(r"\quad {} = 16.589 - 0.5 \cdot ")
        assert part.lines[-1].endswith(r" = 16.5\mathbf{90}")


def test_an_update_has_the_learning_rate_of_its_epoch() -> None:
    config = replace(HAND, edits=(Edit(4, LEARNING_RATE, 2.0),))
    for epoch, rate in ((3, "0.5"), (4, "2"), (5, "2")):
        step = open_step(config, by_hand().old, epoch)
        for part in latex.updates(step, step.names):
            assert all(rf" - {rate} \cdot " in line for line in part.lines[1:])


def test_a_chain_by_hand() -> None:
    whole, *factors = latex.chain_rule(by_hand(), [1], "x2 → h1")
    assert lines([whole]) == [
        r"\frac{\partial E}{\partial w_{x_{2} h_{1}}} &= "
        r"\frac{\partial E}{\partial \hat y} \cdot "
        r"\frac{\partial \hat y}{\partial z_{\hat y}} \cdot "
        r"\frac{\partial z_{\hat y}}{\partial h_{1}} \cdot "
        r"\frac{\partial h_{1}}{\partial z_{h_{1}}} \cdot "
        r"\frac{\partial z_{h_{1}}}{\partial w_{x_{2} h_{1}}}",
        r" &= (-0.6113) \cdot 0.2376 \cdot 3.000 \cdot 0.1491 \cdot 1 = -0.06499",
    ]
    assert [lines([part]) for part in factors] == [
        [
            r"\frac{\partial E}{\partial \hat y} &= \hat y - t",
            r" &= 0.3887 - 1 = -0.6113",
        ],
        [
            r"\frac{\partial \hat y}{\partial z_{\hat y}} &= \hat y (1 - \hat y)",
            r" &= 0.3887 \cdot (1 - 0.3887) = 0.2376",
        ],
        [r"\frac{\partial z_{\hat y}}{\partial h_{1}} &= w_{h_{1} \hat y}", r" &= 3.000"],
        [
            r"\frac{\partial h_{1}}{\partial z_{h_{1}}} &= h_{1} (1 - h_{1})",
            r" &= 0.1824 \cdot (1 - 0.1824) = 0.1491",
        ],
        [r"\frac{\partial z_{h_{1}}}{\partial w_{x_{2} h_{1}}} &= x_{2}", r" &= 1"],
    ]


def test_every_factor_of_a_chain_is_named_in_words() -> None:
    for name, named in (
        (
            "x2 → h1",
            [
                r"\text{error}",
                r"\text{derivative at }\hat y",
                r"\text{weight }h_{1} \to \hat y",
                r"\text{derivative at }h_{1}",
                r"\text{input }x_{2}",
            ],
        ),
        (
            "h1 → ŷ",
            [r"\text{error}", r"\text{derivative at }\hat y", r"\text{activation }h_{1}"],
        ),
        (
            "1 → ŷ",
            [r"\text{error}", r"\text{derivative at }\hat y", r"\text{constant }1"],
        ),
    ):
        whole, *_ = latex.chain_rule(by_hand(), [1], name)
        shown = whole.lines[0].split(r"\underbrace")[1:]
        assert len(shown) == len(named)
        assert all(f"_{{{words}}}" in text for text, words in zip(shown, named, strict=True))


@given(step=steps(), data=st.data())
def test_a_factors_colour_is_the_number_of_its_part_wherever_it_stands(
    step: Step, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(step.names))
    every = parts(step.config.hidden_size, step.config.biases)
    assert len({*every}) == len(every) < 256
    whole, *factors = latex.chain_rule(step, [1], name)
    tags = [
        f"#{1 + KINDS.index(f.part.kind):02x}00{every.index(f.part):02x}" for f in chain(step, name)
    ]
    for line in whole.lines:
        assert re.findall(r"\\textcolor{(#\w+)}", line) == tags
    for part, tag in zip(factors, tags, strict=True):
        assert [*re.findall(r"\\textcolor{(#\w+)}", " ".join(part.lines))] == [tag, tag]
    used = {
        name
        for one in SECTIONS.values()
        for part in one(step, [1])
        for line in part.lines
        for name in re.findall(r"\\textcolor{(#\w+)}", line)
    }
    assert {int(tag[5:], 16) for tag in used} <= {*range(len(every))}


def test_the_notebooks_lines_are_those_of_its_program() -> None:
    codes = [part.code for one in SECTIONS.values() for part in one(by_hand(), [1]) if part.code]
    assert {line for code in codes for line in code.lines} >= {
        "error = outputs - predicted_output",
        "d_predicted_output = error * sigmoid_derivative(predicted_output)",
        "weights_input_hidden += inputs.T.dot(d_hidden_layer) * learning_rate",
    }
    assert {line for code in codes for line in code.lines} <= {*LINES, LOSS}


@pytest.mark.parametrize("section", [name for name in SECTIONS if name != "chain"])
def test_every_section_begins_with_the_notebooks_line(section: str) -> None:
    first, *_ = SECTIONS[section](by_hand(), [1])
    assert first.code
    assert first.code.lines


def test_the_loss_tells_what_the_notebook_calls_its_epoch() -> None:
    def told(epoch: int) -> str:
        _, loss = latex.errors(open_step(TrainConfig(), np.ones(6), epoch), [1])
        assert loss.code
        return loss.code.remark

    assert "Epoch 999 here is its Epoch 1000: " in told(999)
    assert told(999).endswith("It prints this one.")
    assert "Epoch 1000 here is its Epoch 1001: " in told(1000)
    assert told(1000).endswith("It prints only every 1000th.")
    assert "It ends before it computes the one" in told(10_000)


def test_a_biases_last_factor_is_1() -> None:
    for name in ("1 → h1", "1 → ŷ"):
        last = latex.chain_rule(by_hand(), [3], name)[-1]
        assert [line.split("&= ")[1] for line in lines([last])] == ["1", "1"]


@given(step=steps(), rows=ROWS, data=st.data())
def test_a_chain_is_the_product_and_then_a_formula_for_each_factor(
    step: Step, rows: Rows, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(step.names))
    whole, *factors = latex.chain_rule(step, rows, name)
    assert len(factors) == len(chain(step, name)) == (3 if name.endswith("ŷ") else 5)
    left, symbols = lines([whole])[0].split(" &= ")
    assert left == rf"\frac{{\partial E}}{{\partial {weight(name)}}}"
    assert symbols.split(r" \cdot ") == [lines([part])[0].split(" &= ")[0] for part in factors]
    values = step.row_gradients[list(rows), step.names.index(name)]
    assert list(map(result, lines([whole])[1:])) == [rounded(value) for value in values]
    for part, factor in zip(factors, chain(step, name), strict=True):
        shown = [line.split("&= ")[1].split(" = ")[-1] for line in lines([part])[1:]]
        assert list(map(read, shown)) == [rounded(value) for value in factor.values[list(rows)]]


def in_full(part: Formula) -> list[tuple[str, str]]:
    """What a formula's tooltip names, and the numbers it gives."""
    _, _, update = part.full.rpartition(": ")
    return [(what, text) for one in update.split("; ") for what, text in [one.split(" = ")]]


def same_bits(texts: Sequence[str], values: Sequence[float] | Array) -> bool:
    return [float(text).hex() for text in texts] == [float(value).hex() for value in values]


@given(step=steps(), rows=ROWS)
def test_a_tooltip_has_the_numbers_to_the_last_bit(step: Step, rows: Rows) -> None:
    units = [f"h{unit + 1}" for unit in range(step.config.hidden_size)]
    at = [f"({ROW_NAMES[row]})" for row in rows]

    def expect(part: Formula, shown: dict[str, Array]) -> None:
        named = in_full(part)
        assert [what for what, _ in named] == [f"{what} {where}" for what in shown for where in at]
        values = np.concatenate([numbers[list(rows)] for numbers in shown.values()])
        assert same_bits([text for _, text in named], values)

    *hidden, output = forward(step, rows)
    for unit, part, z, h in zip(units, hidden, step.z_hidden.T, step.hidden.T, strict=True):
        expect(part, {f"z of {unit}": z, unit: h})
    expect(output, {"z of ŷ": step.z_output, "ŷ": step.output})
    error, loss = latex.errors(step, rows)
    expect(error, {"ŷ - t": step.error})
    expect(loss, {"½ (ŷ - t)²": 0.5 * step.error**2})
    output, *hidden = deltas(step, rows)
    expect(output, {"σ′ of ŷ": step.derivative_output, "δ of ŷ": step.delta_output})
    backward = zip(units, hidden, step.derivative_hidden.T, step.delta_hidden.T, strict=True)
    for unit, part, slope, delta in backward:
        expect(part, {f"σ′ of {unit}": slope, f"δ of {unit}": delta})
    for name, part, gradient in zip(
        step.names, latex.gradients(step, rows), step.row_gradients.T, strict=True
    ):
        expect(part, {f"∂E/∂w of {name}": gradient})
        whole, *factors = latex.chain_rule(step, rows, name)
        expect(whole, {"∂E/∂w": gradient})
        for one, factor in zip(factors, chain(step, name), strict=True):
            expect(one, {"∂{}/∂{}".format(*factor.derivative): factor.values})


@given(step=steps())
def test_an_updates_tooltip_has_old_gradient_and_new_to_the_last_bit(step: Step) -> None:
    for index, part in enumerate(latex.updates(step, step.names)):
        assert part.full.startswith(f"{step.names[index]}: ")
        named = in_full(part)
        assert [what for what, _ in named] == ["old", "∂E/∂w", "new"]
        values = [step.old[index], step.gradients[index], step.new[index]]
        assert same_bits([text for _, text in named], values)


@given(step=steps(), data=st.data())
def test_a_veiled_new_weight_is_neither_in_the_formula_nor_in_its_tooltip(
    step: Step, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(step.names))
    index = step.names.index(name)
    assume(rounded(step.new[index]) != rounded(step.old[index]))
    (part,) = latex.updates(step, [name], veiled=name)
    (shown,) = latex.updates(step, [name])
    assert part.lines[-1].endswith("= ?")
    start, _, new = lines([shown])[-1].rpartition(" = ")
    assert f"{start} = ?" == lines([part])[-1]
    assert new not in text_of([part])
    assert part.lines[:-1] == shown.lines[:-1]
    assert "new" not in part.full
    assert [what for what, _ in in_full(part)] == ["old", "∂E/∂w"]
    assert repr(float(step.new[index])) not in [text for _, text in in_full(part)]


def test_only_the_veiled_weight_is_veiled() -> None:
    step = by_hand()
    parts = latex.updates(step, step.names, veiled="x2 → h1")
    assert ["?" in text_of([part]) for part in parts] == [False, True, False, False, False]


@every_section
@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("biases", [False, True])
def test_what_is_not_finite_is_said_to_be_so(section: str, broken: float, biases: bool) -> None:
    config = TrainConfig(hidden_size=3, biases=biases)
    lost = np.full(parameter_count(3, biases), broken)
    step = replace(open_step(config, lost, 5), output=lost[:4])
    for rows in ([0], [3], list(ALL)):
        text = text_of(SECTIONS[section](step, rows))
        assert r"\text{not finite}" in text
        assert not re.search(r"nan|\binf\b|infty", text)
        assert nested(text)


def test_a_weight_is_named_by_its_ends_and_a_bias_by_its_unit() -> None:
    assert [weight(name) for name in parameter_names(1, True)] == [
        "w_{x_{1} h_{1}}",
        "w_{x_{2} h_{1}}",
        r"w_{h_{1} \hat y}",
        "b_{h_{1}}",
        r"b_{\hat y}",
    ]
    assert weight("x1 → h16") == "w_{x_{1} h_{16}}"
