// The forward pass of a network, for the time that a handle is held: the only outputs that the browser
// computes. At rest every number comes from Python, whose formulas these are; see network.py and
// decision_surface.py.

const INPUTS = [[0, 0], [0, 1], [1, 0], [1, 1]];

/**
 * The parameters of a network in the order of the core's flat vectors, with or without biases.
 * @typedef {ArrayLike<number>} Parameters
 */

/** @param {number} z */
function sigmoid(z) {
  return 1 / (1 + Math.exp(-z));
}

// A bias; 0 where the network has none.
/** @type {(parameters: Parameters, index: number) => number} */
function biasAt(parameters, index) {
  return parameters[index] ?? 0;
}

// The hidden activations for the four inputs, unit by unit, and the four outputs.
/** @type {(parameters: Parameters, size: number) => { hidden: Float64Array[], output: Float64Array }} */
export function forward(parameters, size) {
  const hidden = Array.from({ length: size }, (_, h) =>
    Float64Array.from(INPUTS, ([x1, x2]) =>
      sigmoid(x1 * parameters[h] + x2 * parameters[size + h] + biasAt(parameters, 3 * size + h))));
  const output = Float64Array.from(INPUTS, (_, row) => {
    const z = hidden.reduce((sum, unit, h) => sum + unit[row] * parameters[2 * size + h], 0);
    return sigmoid(z + biasAt(parameters, 4 * size));
  });
  return { hidden, output };
}

// The activations over a square grid, row by row with the lowest row first: of each hidden unit, and of the
// output.
/** @type {(parameters: Parameters, size: number, axis: ArrayLike<number>) => { units: Float32Array[], output: Float32Array }} */
export function surfaces(parameters, size, axis) {
  const side = axis.length;
  const sums = new Float64Array(side * side).fill(biasAt(parameters, 4 * size));
  const units = Array.from({ length: size }, (_, h) => {
    const unit = new Float32Array(side * side);
    const across = Float64Array.from(axis, (x1) => x1 * parameters[h] + biasAt(parameters, 3 * size + h));
    for (let row = 0, point = 0; row < side; row++) {
      const up = axis[row] * parameters[size + h];
      for (let column = 0; column < side; column++, point++) {
        const activation = sigmoid(across[column] + up);
        unit[point] = activation;
        sums[point] += activation * parameters[2 * size + h];
      }
    }
    return unit;
  });
  return { units, output: Float32Array.from(sums, sigmoid) };
}

// The mean absolute error, and the loss ½ Σ error².
/** @type {(output: Float64Array, targets: number[]) => { mean: number, half: number }} */
export function losses(output, targets) {
  const errors = targets.map((target, row) => target - output[row]);
  const mean = errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length;
  return { mean, half: errors.reduce((sum, error) => sum + error * error, 0) / 2 };
}

// Whether each output is on its target's side of 0.5.
/** @type {(output: Float64Array, targets: number[]) => Uint8Array} */
export function right(output, targets) {
  return Uint8Array.from(targets, (target, row) => Number(target > 0.5 ? output[row] > 0.5 : output[row] < 0.5));
}

// So many coordinates from one to another, as NumPy's linspace has them.
/** @type {(low: number, high: number, points: number) => Float64Array} */
export function axisOf(low, high, points) {
  const step = (high - low) / (points - 1);
  return Float64Array.from({ length: points }, (_, point) => (point + 1 < points ? low + point * step : high));
}
