"""The page's link stays short enough for any server, whatever is done on the page."""

from streamlit.testing.v1 import AppTest

from tests.support.page import click, link, opened, ran, texts
from xorviz.core.config import FIELDS
from xorviz.core.edit import Edit
from xorviz.settings.length import MAX_CHANGES, MAX_QUERY, MAX_RANGE, overflow
from xorviz.settings.link import query
from xorviz.ui.typed import MAX_TYPED

LONG = 0.1234567890123456
FULL = tuple(Edit(epoch, "x1 → h1", LONG) for epoch in range(100, 186))
"""As many edits as fit into the link: the next is refused."""
RUN = {"epochs": "300", "edits": FIELDS["edits"].write(FULL)}


def length(app: AppTest) -> int:
    return len(query(app.query_params))


def test_the_edits_of_these_tests_fill_the_link() -> None:
    assert overflow(FULL, ()) is None
    assert overflow((*FULL, Edit(299, "x1 → h1", LONG)), ())


def test_an_edit_that_would_make_the_link_too_long_is_refused_with_a_sentence() -> None:
    app = opened(tab="backprop", weight="x1_h2", **RUN)
    before = link(app)
    app.text_input(key="edit 0 x1 → h2").input(repr(LONG))
    click(app, "Continue with this value")
    message = texts(app)[-1]
    assert message.startswith(f"The page's link has room for {MAX_CHANGES:,} characters of edits ")
    assert app.session_state["edits"] == FULL
    assert link(app) == before
    assert length(app) < MAX_QUERY


def test_a_fork_that_would_make_it_too_long_is_refused_and_keeps_the_later_ones() -> None:
    later = (*FULL[:-2], Edit(250, "η", LONG))
    app = opened(tab="compare", epochs="300", edits=FIELDS["edits"].write(later))
    app.text_input(key="fork 0").input(repr(LONG))
    click(app, "Continue with this learning rate")
    assert app.session_state["edits"] == (Edit(0, "η", LONG), *FULL[:-2])
    again = opened(tab="compare", **RUN)
    again.text_input(key="fork 0").input(repr(LONG))
    click(again, "Continue with this learning rate")
    assert texts(again)[-1].startswith("The page's link has room for ")
    assert again.session_state["edits"] == FULL


def test_a_run_whose_pin_would_make_it_too_long_can_not_be_pinned_and_the_page_says_why() -> None:
    app = opened(tab="compare", **RUN)
    assert "Pin this run" not in [button.label for button in app.button]
    (reason,) = [text.value for text in app.caption if text.value.startswith("The page's link")]
    assert reason.endswith("undo edits or remove a pinned run first.")
    click(app, "Undo all edits")
    click(app, "Pin this run")
    assert len(app.session_state["pins"]) == 1


def test_a_longer_link_opens_all_that_it_says() -> None:
    many = tuple(Edit(epoch, "x1 → h1", LONG) for epoch in range(100, 300))
    app = opened(epochs="300", edits=FIELDS["edits"].write(many))
    assert not app.exception
    assert app.session_state["edits"] == many


def test_a_text_field_takes_no_more_than_a_value_needs() -> None:
    app = opened(tab="atlas", epochs="100", seeds="0:2", lrs="1")
    app.text_input(key="seed_range").input("1," * MAX_RANGE)
    assert ran(app).text_input(key="seed_range").value == "0:2"
    for tab, key in (("compare", "fork 0"), ("backprop", "epoch 0")):
        app = opened(tab=tab, epochs="100")
        before = app.text_input(key=key).value
        app.text_input(key=key).input("1" * (MAX_TYPED + 1))
        assert ran(app).text_input(key=key).value == before


def test_a_range_that_can_not_be_read_is_left_out_of_the_link() -> None:
    app = opened(tab="atlas", epochs="100", seeds="0:2", lrs="1")
    app.text_input(key="seed_range").input("漢" * MAX_RANGE)
    assert "seeds" not in link(ran(app))
    assert length(app) < 100
