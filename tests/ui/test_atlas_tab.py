"""The tab Atlas, without a browser: each run of the page sweeps on by one slice."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.support.page import click, link, opened, ran, texts
from tests.support.runs import ALL_OTHER, trained
from xorviz.core.config import TrainConfig
from xorviz.core.fields import quoted
from xorviz.core.verdict import judge
from xorviz.figures.chart import Chart
from xorviz.pool.worker import LostError
from xorviz.sentences.proof import proof
from xorviz.settings.length import MAX_RANGE
from xorviz.settings.link import write as link_of
from xorviz.settings.page import Page
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.results import Results
from xorviz.sweeps.run import sweep
from xorviz.sweeps.table import COLUMNS, as_csv, outcome, share
from xorviz.ui import address, runs, stage, sweeping
from xorviz.ui.tabs import atlas

RATES = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
SHORT = {"tab": "atlas", "epochs": "100"}
MAPPED = {**SHORT, "seeds": "40:44", "lrs": "0.5,2"}
"""The link of `small`."""
DEFAULT = SweepConfig(TrainConfig(epochs=100), range(100), RATES, (2,))
SMALL = SweepConfig(TrainConfig(epochs=100), range(40, 44), (0.5, 2.0), (2,))
STOP = "Stop training"
KEPT = runs.kept
LABELS = 4
"""The trace whose texts tell what became of each network."""


@dataclass
class Seen:
    """What the page showed and offered last, and the cell that is clicked next."""

    chart: Chart | None = None
    name: str = ""
    csv: Callable[[], str] | None = None
    choice: Any = None
    offered: dict[str, bool] = field(default_factory=dict)

    @property
    def cells(self) -> list[list[str | None]]:
        assert self.chart is not None
        return list(self.chart.traces[LABELS]["text"])


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Have a button stand for the map, as AppTest knows no components; and sweep in small slices,
    after each of which the page stops until the test runs it again.

    The button does what the component does: it puts a choice into the session, and the
    page's own callback reads it there.
    """
    seen = Seen()
    sweeping._sweeps.clear()

    def pack_figure(chart: Chart, name: str, *_more: object) -> bytes:
        seen.chart, seen.name = chart, name
        return name.encode()

    def show_figure(_content: bytes, on_choice: Callable[[], None]) -> None:
        def choose() -> None:
            st.session_state["figure"] = SimpleNamespace(choice=seen.choice)
            on_choice()

        st.button("The map", on_click=choose)

    def fill_figure(_room: object, content: bytes) -> None:
        done, count = content.split(b" of ")
        if done != count:
            st.stop()

    def download_button(label: str, data: Callable[[], str], **options: Any) -> None:
        seen.offered, seen.csv = {label: not options["disabled"]}, data

    monkeypatch.setattr(atlas, "pack_figure", pack_figure)
    monkeypatch.setattr(stage, "show_figure", show_figure)
    monkeypatch.setattr(st, "download_button", download_button)
    monkeypatch.setattr(stage, "fill_figure", fill_figure)
    monkeypatch.setattr(runs, "kept", lambda _key, make: make())
    monkeypatch.setattr(atlas, "SLICE", 0.0)
    monkeypatch.setattr("xorviz.sweeps.run.ROUND", 0.002)
    return seen


def on_the_tab(**more: str) -> AppTest:
    app = opened(**{**SHORT, **more})
    assert not app.exception
    return app


def swept(app: AppTest) -> AppTest:
    """Run the page until the sweep is over."""
    for _ in range(1000):
        if not progress(app):
            return app
        ran(app)
    raise AssertionError("the sweep does not end")


def ask(app: AppTest, **ranges: str) -> AppTest:
    """Type ranges into the fields."""
    for name, text in ranges.items():
        app.text_input(key=f"{name}_range").input(text)
    return ran(app)


def small(**more: str) -> AppTest:
    return ask(on_the_tab(**more), seed="40:44", learning_rate="0.5,2")


def choose_axes(app: AppTest, axes: str) -> AppTest:
    app.button_group(key="map").set_value(axes)
    return ran(app)


def progress(app: AppTest) -> str:
    """What the bar says; empty where there is none."""
    bars = app.get("progress")
    return str(bars[0].proto.text) if bars else ""


def buttons(app: AppTest) -> list[str]:
    return [button.label for button in app.main.button]


def results_of(config: SweepConfig) -> Results:
    """The results of a sweep in one go."""
    results = Results(config)
    for _ in sweep(results):
        pass
    return results


def outcomes(results: Results) -> list[str | None]:
    return [
        outcome(results, index) if verdict >= 0 else None
        for index, verdict in enumerate(results.verdict)
    ]


def is_shown(seen: Seen, results: Results) -> bool:
    """Whether the map is that of these results, cell by cell."""
    return [cell for row in seen.cells for cell in row] == outcomes(results)


def test_the_tab_opens_on_a_hundred_seeds_and_eight_rates_at_hidden_size_two(seen: Seen) -> None:
    app = on_the_tab()
    assert app.button_group(key="map").value == "seed-lr"
    assert (len(seen.cells), len(seen.cells[0])) == (8, 100)
    app = swept(app)
    assert is_shown(seen, results_of(DEFAULT))
    assert link(app) == {"epochs": "100", "tab": "atlas"}


def test_the_map_fills_in_with_progress_until_a_sentence_tells_the_share(seen: Seen) -> None:
    app, counts = on_the_tab(epochs="1000"), []
    while line := progress(app):
        match = re.fullmatch(r"Training: (\d+) of 800 networks are done\.", line)
        assert match is not None
        counts.append(int(match[1]))
        filled = [cell for row in seen.cells for cell in row if cell]
        assert len(filled) == counts[-1]
        assert STOP in buttons(app)
        ran(app)
    assert len(counts) > 2
    assert counts == sorted(counts)
    whole = replace(DEFAULT, base=TrainConfig(epochs=1000))
    solved = share(results_of(whole), slice(None)).solved
    assert texts(app) == [f"{solved} of 800 networks are solved ({solved / 800:.1%})."]
    assert not {STOP, "Go on"} & set(buttons(app))


def test_a_stopped_sweep_keeps_what_is_done_and_goes_on_to_the_same_results(seen: Seen) -> None:
    app = on_the_tab(epochs="300")
    while not re.match(r"Training: [1-7]\d\d ", progress(app)):
        ran(app)
    click(app, STOP)
    kept = seen.cells
    done = sum(cell is not None for row in kept for cell in row)
    assert 0 < done < 800
    for _ in range(3):
        ran(app)
        assert progress(app) == f"Stopped: {done} of 800 networks are done."
        assert seen.cells == kept
    click(app, "Go on")
    assert progress(app).startswith("Training: ")
    swept(app)
    assert is_shown(seen, results_of(replace(DEFAULT, base=TrainConfig(epochs=300))))


def test_a_stopped_sweep_stays_stopped_when_the_reader_comes_back_to_it(seen: Seen) -> None:
    app = click(on_the_tab(), STOP)
    kept, line = seen.cells, progress(app)
    swept(ask(app, seed="40:44"))
    assert len(seen.cells[0]) == 4
    ask(app, seed="0:100")
    assert (seen.cells, progress(app)) == (kept, line)
    app.button_group(key="tab").set_value("watch")
    ran(app)
    app.button_group(key="tab").set_value("atlas")
    assert progress(ran(app)) == line
    assert seen.cells == kept


def test_after_a_stop_other_axes_ranges_and_settings_show_their_own_results_alone(
    seen: Seen,
) -> None:
    app = click(on_the_tab(), STOP)
    swept(ask(app, seed="40:44", learning_rate="0.5,2"))
    assert is_shown(seen, results_of(SMALL))
    swept(choose_axes(app, "seed-hidden"))
    by_size = SweepConfig(TrainConfig(epochs=100), range(40, 44), (0.5,), range(1, 9))
    assert is_shown(seen, results_of(by_size))
    swept(ask(app, hidden_size="3,2"))
    assert is_shown(
        seen, results_of(SweepConfig(TrainConfig(epochs=100), range(40, 44), (0.5,), (3, 2)))
    )
    app.slider(key="epochs").set_value(200)
    app.toggle(key="biases").set_value(True)
    app.selectbox(key="targets").set_value("0001")
    app.select_slider(key="learning_rate").set_value(5.0)
    swept(ran(app))
    config = SweepConfig(
        TrainConfig(epochs=200, biases=True, targets="0001"), range(40, 44), (5.0,), (3, 2)
    )
    assert is_shown(seen, results_of(config))
    swept(choose_axes(app, "lr-hidden"))
    config = SweepConfig(
        TrainConfig(epochs=200, biases=True, targets="0001"), (42,), (0.5, 2.0), (3, 2)
    )
    assert is_shown(seen, results_of(config))
    assert len(seen.cells) == len(seen.cells[0]) == 2


def test_a_sweep_whose_results_were_forgotten_starts_again_and_ends(seen: Seen) -> None:
    app = on_the_tab()
    sweeping._sweeps.clear()
    swept(ran(app))
    assert is_shown(seen, results_of(DEFAULT))


def test_a_sweep_whose_training_failed_goes_on_for_everybody_at_the_next_run(seen: Seen) -> None:
    def lose() -> Iterator[float]:
        raise LostError
        yield 0.0

    config = replace(DEFAULT, seeds=range(5, 105))
    app = on_the_tab(seeds="5:105")
    sweeping._sweep(config).shares = lose()
    assert app.run().exception
    swept(ran(app))
    assert is_shown(seen, results_of(config))


def test_two_readers_of_one_sweep_both_get_the_whole_of_it(seen: Seen) -> None:
    one, other = on_the_tab(), on_the_tab()
    click(one, STOP)
    swept(other)
    assert not progress(ran(one))
    assert is_shown(seen, results_of(DEFAULT))


SEEDS_RULE = (
    "Seeds must be whole numbers from 0 to 999, each once: "
    "1,5,7, or 0-9 or 0:10 for 0 up to 9, not "
)
RATES_RULE = "Learning rates must be numbers from 0.01 to 10, each once: such as 0.1,0.5,2, not "
BAD_SEEDS = [
    "9:3",
    "5:5",
    "",
    "0:1000000",
    "-3:3",
    "abc",
    "1,1",
    "<img src=x>",
    "**1** :red[x] $x$",
    "9" * MAX_RANGE,
]
BAD_RATES = ["0:1", "nan", "0.5,1e400", "0.5,", "2,0.5,2.0", "-1", "<script>alert(1)</script>"]


@pytest.mark.parametrize(
    ("name", "bad", "sentence", "shape"),
    [
        ("seed", BAD_SEEDS, SEEDS_RULE, (2, 100)),
        ("learning_rate", BAD_RATES, RATES_RULE, (8, 4)),
    ],
    ids=["seeds", "rates"],
)
def test_a_bad_range_is_one_plain_sentence_and_nothing_is_lost(
    seen: Seen, name: str, bad: list[str], sentence: str, shape: tuple[int, int]
) -> None:
    app = swept(small())
    for text in bad:
        ask(app, **{name: text})
        (message,) = [text for text in texts(app) if " must be " in text]
        default = getattr(Page(), f"{name}_range")
        assert message == f"{sentence}{quoted(text)}, so {default} is used instead."
        assert app.text_input(key=f"{name}_range").value == text
        assert (len(seen.cells), len(seen.cells[0])) == shape
        assert not [element.value for element in app.markdown if text and text in element.value]
    ask(app, seed="40:44", learning_rate="0.5,2")
    assert not progress(app)
    assert is_shown(seen, results_of(SMALL))


def test_too_many_networks_or_updates_are_told_in_one_sentence_and_nothing_is_trained(
    seen: Seen,
) -> None:
    app = swept(small())
    rates = ",".join(f"0.{hundredths}" for hundredths in range(10, 21))
    very_many = ",".join(f"{1 + n / 10_000}" for n in range(11_000))
    sentence = (
        "This page trains at most 10,000 networks, not {}. Take fewer values, or use the command "
        "line."
    )
    ask(app, seed="0:1000", learning_rate=rates)
    for asked, count in (
        (app, "11,000"),
        (opened(tab="atlas", lrs=very_many, seeds="0:1000"), "11,000,000"),
    ):
        assert texts(asked) == [sentence.format(count)]
        assert not progress(asked)
    app.slider(key="epochs").set_value(15_000)
    ask(app, seed="0:1000", learning_rate=rates.removesuffix(",0.20"))
    assert texts(app) == [
        "This page trains for at most 30 s of a core; 10,000 networks for 15,000 epochs take about "
        "45 s. Take fewer values or epochs, or use the command line."
    ]
    app.slider(key="epochs").set_value(100)
    ask(app, seed="40:44", learning_rate="0.5,2")
    assert is_shown(seen, results_of(SMALL))


@pytest.mark.parametrize("biases", ["true", "false"])
def test_one_hidden_unit_solves_it_nowhere_and_the_page_proves_why(seen: Seen, biases: str) -> None:
    app = swept(small(hidden="1", biases=biases))
    lines = proof(TrainConfig(hidden_size=1, biases=biases == "true"))
    summary, *rest = texts(app)
    assert summary.startswith("0 of 8 networks are solved (0.0%)")
    assert rest == list(lines)
    assert len(rest) == 3
    assert all("impossible" in str(cell) for row in seen.cells for cell in row)


def test_among_several_hidden_sizes_the_one_that_can_not_is_proved(seen: Seen) -> None:
    app = swept(choose_axes(small(), "seed-hidden"))
    proofs = [text.value for text in app.markdown if "can't solve this table" in text.value]
    assert proofs == ["**1 hidden unit can't solve this table**, whatever the weights:"]
    app.selectbox(key="targets").set_value("0000")
    swept(ran(app))
    assert not [text.value for text in app.markdown if "can't solve" in text.value]
    assert len(seen.cells) == 8


def test_a_clicked_cell_becomes_the_pages_run_and_is_framed(seen: Seen) -> None:
    app = swept(small(edits="0_x1_h1_2.5", biases="true"))
    assert seen.chart is not None
    assert not seen.chart.layout["shapes"]
    seen.choice = [1, 3, 1]
    click(app, "The map")
    assert link(app) == {**MAPPED, "seed": "43", "lr": "2", "biases": "true"}
    assert app.session_state["edits"] == ()
    frame = seen.chart.layout["shapes"][0]
    assert [frame[end] for end in ("x0", "x1", "y0", "y1")] == [2.5, 3.5, 0.5, 1.5]
    seen.choice = [0, 2, 2]
    click(app, "The map")
    assert link(app) == {**MAPPED, "biases": "true"}


def test_a_clicked_cell_of_the_other_axes_is_the_run_of_its_row_and_column(seen: Seen) -> None:
    app = swept(choose_axes(small(), "seed-hidden"))
    seen.choice = [4, 1, 1]
    click(app, "The map")
    assert link(app) == {**MAPPED, "map": "seed-hidden", "seed": "41", "hidden": "5"}
    swept(choose_axes(app, "lr-hidden"))
    seen.choice = [2, 1, 2]
    click(app, "The map")
    chosen = {"seed": "41", "hidden": "3", "lr": "2"}
    assert link(app) == {**MAPPED, "map": "lr-hidden", **chosen}


def test_a_click_on_a_cell_keeps_every_setting_that_is_not_swept_but_edits(seen: Seen) -> None:
    settings = link_of(Page(**vars(ALL_OTHER)))
    app = swept(opened(**{**settings, "tab": "atlas", "seeds": "40:44", "lrs": "0.5,2"}))
    seen.choice = [1, 3, 1]
    click(app, "The map")
    run = replace(ALL_OTHER, seed=43, learning_rate=2.0, edits=(), mistake="")
    assert {name: app.session_state[name] for name in vars(run)} == vars(run)
    assert seen.chart is not None
    assert seen.chart.layout["shapes"]


def test_a_link_opens_the_map_it_was_made_from(seen: Seen) -> None:
    given = {**MAPPED, "map": "seed-hidden", "sizes": "1, 3", "lrs": "0.5,2"}
    app = swept(opened(**given))
    assert not app.exception
    assert app.button_group(key="map").value == "seed-hidden"
    assert app.text_input(key="hidden_size_range").value == "1, 3"
    assert [len(row) for row in seen.cells] == [4, 4]
    assert link(app) == given


def test_a_range_with_a_hyphen_has_both_its_ends_and_stays_as_it_was_typed(seen: Seen) -> None:
    app = swept(small())
    swept(ask(app, seed="40-42"))
    assert [len(row) for row in seen.cells] == [3, 3]
    assert link(app)["seeds"] == "40-42"


def test_a_range_that_a_link_says_wrongly_is_told_and_the_default_is_swept(seen: Seen) -> None:
    app = opened(**SHORT, seeds="9:5")
    assert "Seeds must be whole numbers from 0 to 999" in texts(app)[0]
    assert app.text_input(key="seed_range").value == "0:100"
    assert seen.chart is not None


HOSTILE: list[Any] = [
    None,
    7,
    "<img src=x>",
    {},
    [],
    [0],
    [0, 1],
    [0, 1, 2, 3],
    ["0", "1", 1],
    [0.5, 1, 1],
    [None, None, 1],
    [[0], [1], 1],
    [-1, 3, 1],
    [1, -1, 1],
    [2, 0, 1],
    [0, 4, 1],
    [0, 10**30, 1],
    [10**30, 0, 1],
    [True, False, 1],
]


def test_a_hostile_message_of_the_map_changes_nothing(seen: Seen) -> None:
    app = swept(small(edits="0_x1_h1_2.5"))
    before = link(app)
    for choice in HOSTILE:
        seen.choice = choice
        click(app, "The map")
        assert link(app) == before
    assert is_shown(seen, results_of(SMALL))


def test_a_cell_opens_a_run_with_the_verdict_epoch_and_loss_of_the_cell(seen: Seen) -> None:
    config = SweepConfig(TrainConfig(epochs=2000), range(3), (0.5, 2.0, 10.0), (2,))
    swept(ask(on_the_tab(epochs="2000"), seed="0:3", learning_rate="0.5,2,10"))
    for index in range(config.count):
        run = trained(config.config(index))
        verdict, error = judge(run), run.mean_abs_error[-1]
        since = f" from epoch {verdict.epoch:,}" if verdict.kind == "solved" else ""
        row, column = divmod(index, 3)
        assert str(seen.cells[row][column]).endswith(
            f": {verdict.kind}{since}, mean |error| {error:.4g}"
        )


def test_the_download_has_a_row_for_every_network_that_is_done(seen: Seen) -> None:
    app = on_the_tab()
    assert seen.offered == {"Download these results as CSV": False}
    click(app, STOP)
    done = sum(cell is not None for row in seen.cells for cell in row)
    assert seen.offered == {"Download these results as CSV": True}
    assert seen.csv is not None
    head, *rows = csv.reader(io.StringIO(seen.csv()))
    assert tuple(head) == COLUMNS
    assert len(rows) == done
    swept(click(app, "Go on"))
    assert seen.csv() == as_csv(results_of(DEFAULT))


def test_the_map_is_named_by_how_much_of_it_is_done(seen: Seen) -> None:
    swept(small())
    assert seen.name == "8 of 8"


def page_that_sweeps_in_two_threads() -> None:
    """A page whose reader asks for another run of it before the first is through."""
    from threading import Thread

    import streamlit as st
    from streamlit.runtime.scriptrunner import add_script_run_ctx

    from xorviz.core.config import TrainConfig
    from xorviz.sweeps.config import SweepConfig
    from xorviz.ui import sweeping

    config = SweepConfig(TrainConfig(epochs=3000), range(200), (0.5,), (2,))
    results = sweeping.results(config)
    shares: list[float] = []
    sweeping.sweep_on(config, 0.0)

    def go_on() -> None:
        while not results.is_whole:
            sweeping.sweep_on(config, 0.05)
            shares.append(sweeping.share_done(config))

    threads = [Thread(target=go_on) for _ in range(2)]
    for thread in threads:
        add_script_run_ctx(thread)
        thread.start()
    for thread in threads:
        thread.join()
    st.text(f"{results.trained} of {config.count}, {max(shares)}")


def test_a_run_of_the_page_that_overtakes_another_goes_on_with_the_same_sweep() -> None:
    app = AppTest.from_function(page_that_sweeps_in_two_threads, default_timeout=60)
    assert texts(ran(app)) == ["200 of 200, 1.0"]


def page_that_waits_while_another_reader_trains_the_rest() -> None:
    """A page that has its turn with a sweep only where all of it is trained."""
    from threading import Event, Lock, Thread

    import streamlit as st
    from streamlit.runtime.scriptrunner import add_script_run_ctx

    from xorviz.core.config import TrainConfig
    from xorviz.sweeps.config import SweepConfig
    from xorviz.ui import sweeping

    config = SweepConfig(TrainConfig(epochs=3000), range(300, 400), (0.5,), (2,))
    running, ends = sweeping._sweep(config), []

    class Turn:
        """A lock that tells when a reader asks for it."""

        lock, is_asked_for = Lock(), Event()

        def __enter__(self) -> None:
            self.is_asked_for.set()
            self.lock.acquire()

        def __exit__(self, *_: object) -> None:
            self.lock.release()

    def wait() -> None:
        sweeping.sweep_on(config, 1.0)
        ends.append(sweeping.share_done(config))

    thread = Thread(target=wait)
    add_script_run_ctx(thread)
    running.lock = Turn()  # type: ignore[assignment]
    with Turn.lock:
        thread.start()
        Turn.is_asked_for.wait()
        running.share = list(running.shares)[-1]
    thread.join()
    st.text(f"{running.results.trained} of {config.count}, {ends}")


def test_a_reader_whose_turn_comes_when_all_is_trained_gets_the_whole_sweep() -> None:
    app = AppTest.from_function(page_that_waits_while_another_reader_trains_the_rest)
    assert texts(ran(app)) == ["100 of 100, [1.0]"]


def test_a_sweep_that_two_readers_look_at_is_trained_once(
    seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained_blocks: list[int] = []
    take = Results.take

    def count(results: Results, block: slice, trial: Any) -> None:
        trained_blocks.append(block.stop - block.start)
        take(results, block, trial)

    monkeypatch.setattr(Results, "take", count)
    first, second = opened(**MAPPED), opened(**MAPPED)
    swept(first)
    assert not progress(ran(second))
    assert sum(trained_blocks) == SMALL.count
    assert is_shown(seen, results_of(SMALL))


def test_a_reader_who_stops_a_sweep_stops_it_for_no_other(seen: Seen) -> None:
    first, second = on_the_tab(), on_the_tab()
    next(button for button in first.main.button if button.label == STOP).click()
    assert progress(ran(first)).startswith("Stopped: ")
    swept(second)
    assert is_shown(seen, results_of(DEFAULT))
    assert not progress(ran(first))


def test_a_sweep_is_one_run_of_the_page_which_fills_in_the_map_until_it_is_whole(
    seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    page_runs, filled = list[None](), list[bytes]()
    adopt = address.adopt

    def count() -> None:
        page_runs.append(None)
        adopt()

    monkeypatch.setattr(address, "adopt", count)
    monkeypatch.setattr(stage, "fill_figure", lambda _room, content: filled.append(content))
    app = on_the_tab()
    assert len(page_runs) == 1
    counts = [int(content.split(b" of ")[0]) for content in filled]
    assert counts == sorted({*counts})
    assert len(counts) > 2
    assert (counts[0] > 0, counts[-1]) == (True, 800)
    assert is_shown(seen, results_of(DEFAULT))
    solved = share(results_of(DEFAULT), slice(None)).solved
    assert texts(app) == [f"{solved} of 800 networks are solved ({solved / 800:.1%})."]
    assert seen.offered == {"Download these results as CSV": True}


def test_a_whole_map_is_packed_once_for_all_who_look_at_it_in_the_same_way(
    seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "kept", KEPT)
    link = {**SHORT, "seeds": "500:504"}
    swept(on_the_tab(**link))
    whole, seen.chart = seen.cells, None
    assert not progress(on_the_tab(**link))
    assert seen.chart is None
    on_the_tab(**link, seed="501")
    assert seen.cells == whole
    assert seen.chart is not None
    assert seen.chart.layout["shapes"]


def test_a_sweep_that_is_forgotten_while_a_page_waits_for_it_starts_again_and_ends(
    seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled: list[bytes] = []

    def forget_once(_room: object, content: bytes) -> None:
        if not filled:
            sweeping._sweeps.clear()
        filled.append(content)

    monkeypatch.setattr(stage, "fill_figure", forget_once)
    app = on_the_tab()
    assert not progress(app)
    assert is_shown(seen, results_of(DEFAULT))
