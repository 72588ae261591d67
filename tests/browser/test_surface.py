"""The decision surface, as its pixels show it."""

import io

import numpy as np
from PIL import Image

from tests.support.runs import trained
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.core.network import Layers, sigmoid

PIXELS = """(() => {
  const canvas = plot.parentElement.querySelector("canvas");
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  const { xaxis, yaxis } = plot._fullLayout;
  const pixels = [];
  for (let y = 0; y < height; y += 3) for (let x = 0; x < width; x += 3) {
    const i = 4 * (y * width + x);
    pixels.push([xaxis.p2l(x + 0.5), yaxis.p2l(y + 0.5), data[i], data[i + 1], data[i + 2]]);
  }
  return pixels;
})()"""
"""Of every third pixel: x1 and x2 on the chart's own axes, red, green and blue."""


def test_a_zoom_into_the_decision_surface_shows_the_outputs_and_their_line_there(
    open_shared: OpenStage,
) -> None:
    stage = open_shared("?epoch=3000&hide=network,loss,weights,activations")
    box = stage.root.locator("[data-chart=surface] .nsewdrag").bounding_box()
    assert box is not None
    stage.page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.2 * box["height"])
    stage.page.mouse.down()
    stage.page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.5 * box["height"], steps=4)
    stage.page.mouse.up()
    button = stage.button("Reset zoom: Decision surface")
    button.wait_for()
    assert_pixels_show_outputs(stage, side=0.7)
    button.click()
    button.wait_for(state="detached")
    assert_pixels_show_outputs(stage, side=1.5)


def assert_pixels_show_outputs(stage: Stage, side: float) -> None:
    """Whether all is dark where the output is 0.5, else orange above it and blue below."""
    pixels = np.array(stage.plot("surface", PIXELS))
    inputs, (red, _, blue) = pixels[:, :2], pixels[:, 2:].T
    assert np.ptp(inputs[:, 0]) < side
    layers = Layers(trained(TrainConfig()).state(3000), 2)
    outputs = sigmoid(sigmoid(inputs @ layers.weights_hidden) @ layers.weights_output)[:, 0]
    line = (red < 0x3A) & (blue < 0x48)
    assert line.any()
    assert abs(outputs[line] - 0.5).max() < 0.1
    sure = abs(outputs - 0.5) > 0.2
    assert ((red > blue) == (outputs > 0.5))[sure].all()


ORIGIN = """(() => {
  const { xaxis, yaxis } = plot._fullLayout;
  const { left, top } = plot.getBoundingClientRect();
  return [left + xaxis._offset + xaxis.l2p(0), top + yaxis._offset + yaxis.l2p(0)];
})()"""


def test_a_wrong_point_has_its_targets_colour_on_a_phone_too(open_shared: OpenStage) -> None:
    stage = open_shared("?tab=hands&epoch=300")  # where 00 is wrong
    stage.resize(390, 844)
    x, y = stage.plot("surface", ORIGIN)
    shot = stage.page.screenshot(clip={"x": x - 4, "y": y - 4, "width": 8, "height": 8})
    pixels = np.asarray(Image.open(io.BytesIO(shot)).convert("RGB")).astype(int)
    assert (pixels[..., 2] - pixels[..., 0] > 60).sum() >= 8
