import time
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.support.notebook import OUTPUT
from xorviz.core.fields import ConfigError
from xorviz.core.network import parameter_count
from xorviz.settings.matrices import MAX_TEXT, read_matrices

SIZES = st.integers(1, 5)
NUMBERS = st.floats(-1000, 1000)
FINAL = [0.90571962, 7.32475086, 0.90572643, 7.32731531, -27.46354604, 21.74964594]
OUT_OF = {
    "": "not a text without numbers in brackets",
    "no weights": "not a text without numbers in brackets",
    "[[1, 2], [3, 4], [5, 6]] [[1], [2]]": "not 3 rows of 2 numbers and 2 rows of 1 number",
    "[1 2] [[1] [2]]": "not a list of 2 numbers and 2 rows of 1 number",
    "[[1 2] [3 nan]] [[1] [2]]": "must be finite numbers, not 'nan'",
    "[[1 2] [3 inf]] [[1] [2]]": "must be finite numbers, not 'inf'",
    "[[1 2] [3 1e999]] [[1] [2]]": "must be finite numbers, not '1e999'",
    "[[1 2] [3 ...]] [[1] [2]]": "must be finite numbers, not '...'",
    "[[1 2] [3 __import__('os')]] [[1] [2]]": "must be finite numbers",
    "[[1 2] [3 4]]": "to the output must be 2 rows of 1 number in brackets",
    "[[1 2] [3 4]] [1 2]": "to the output must be 2 rows of 1 number in brackets",
}
HOSTILE = {
    "open": "[" * MAX_TEXT,
    "empty": "[]" * (MAX_TEXT // 2),
    "one": "[[1]" * (MAX_TEXT // 4),
    "lists": "[1] " * (MAX_TEXT // 4),
    "spaces": "[" + " " * (MAX_TEXT - 1),
    "rows": "[[1 2] " * (MAX_TEXT // 7),
    "digits": "[[" + "1" * (MAX_TEXT - 2),
    "number": "[[" + "1" * (MAX_TEXT - 20) + " 2] [3 4]]",
    "rows in one": "[" + "[1 2] " * (MAX_TEXT // 6 - 1),
}


@given(st.data(), SIZES, st.booleans(), st.sampled_from([str, repr, np.ndarray.tolist]))
def test_printed_weights_are_read_within_half_a_unit_of_the_last_decimal(data, size, biases, way):
    shapes = [(2, size), (size, 1), *([(size,), (1,)] if biases else [])]
    printed = [data.draw(arrays(float, shape, elements=NUMBERS)) for shape in shapes]
    names = ("weights_input_hidden", "weights_hidden_output", "biases_hidden", "biases_output")
    text = "\n".join(f"{name}:\n {way(array)}" for name, array in zip(names, printed, strict=False))
    read = read_matrices(text, size, biases)
    flat = np.concatenate([array.ravel() for array in printed])
    assert read.flat.shape == (parameter_count(size, biases),)
    assert np.abs(read.flat - flat).max() <= read.resolution * (1 + 1e-9)
    assert way is not np.ndarray.tolist or (read.flat == flat).all()


def test_all_that_the_notebook_prints_may_be_pasted():
    read = read_matrices(OUTPUT, 2, biases=False)
    assert read.flat.tolist() == FINAL
    assert read.resolution == 0.5e-8


def test_predictions_are_not_taken_for_the_weights_of_four_hidden_units():
    text = (
        "weights\n [[1. 2. 3. 4.]\n [5. 6. 7. 8.]]\nweights\n [[1.5] [2.5] [3.5] [4.5]]\n"
        "Predicted\n [[0.1] [0.9] [0.9] [0.1]]"
    )
    assert read_matrices(text, 4, biases=False).flat[-4:].tolist() == [1.5, 2.5, 3.5, 4.5]


def test_of_initial_and_final_weights_the_final_ones_are_read():
    text = "[[1 2] [3 4]] [[5] [6]] and after training [[0.1 0.2] [0.3 0.4]] [[0.5] [0.6]]"
    assert read_matrices(text, 2, biases=False).flat.tolist() == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]


@pytest.mark.parametrize(
    "text",
    [
        "In [12]: print(w)\nOut[3]: array([[1., 2.],\n       [3., 4.]])\nv[0]\narray([[5.],[6.]])",
        "tensor([[1., 2.],\n        [3., 4.]], dtype=torch.float64)\ntensor([[5.],\n        [6.]])",
        "[[1 2], [3 4],] [[5], [6]]",
        "[[1.0, 2.0], [3.0, 4.0]]\r\n[[5.0], [6.0]]",
    ],
)
def test_weights_are_read_as_other_programs_print_them(text):
    assert read_matrices(text, 2, biases=False).flat.tolist() == [1, 2, 3, 4, 5, 6]


def test_the_largest_exponent_tells_the_last_decimal():
    text = "[[1.25e-05 2.50e+03]\n [3.10e+00 1.00e+00]] [[1.123456789][2.]]"
    assert read_matrices(text, 2, biases=False).resolution == pytest.approx(5.0)


def test_biases_that_never_changed_do_not_make_the_numbers_coarse():
    text = "[[0.12345678 0.5]\n [3.1 1.]] [[1.12345678] [2.]] [0. 0.] [0.]"
    assert read_matrices(text, 2, biases=True).resolution == 0.5e-8


@pytest.mark.parametrize("text", OUT_OF)
def test_a_sentence_says_what_is_wrong_with_a_text(text):
    with pytest.raises(ConfigError) as error:
        read_matrices(text, 2, biases=False)
    assert OUT_OF[text] in str(error.value)


def test_a_text_that_is_too_long_is_not_read():
    with pytest.raises(ConfigError, match="at most 1,000,000 characters, not one of 1,000,001"):
        read_matrices(" " * (MAX_TEXT + 1), 2, biases=False)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_megabyte_of_brackets_is_refused_in_well_under_a_second(name):
    start = time.process_time()
    with pytest.raises(ConfigError):
        read_matrices(HOSTILE[name], 2, biases=False)
    assert time.process_time() - start < 0.5


@given(st.text("[] \n,.0123456789-e+nan", max_size=200), SIZES, st.booleans())
def test_any_text_is_read_or_refused(text, size, biases):
    with suppress(ConfigError):
        assert np.isfinite(read_matrices(text, size, biases).flat).all()
