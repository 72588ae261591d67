// How labels are moved apart, each as little as possible, so that none covers another.

/** @typedef {{ middle: number, size: number, count: number }} Block */

// The middles of labels of these sizes between two bounds, in the order of the middles that they would have
// alone. Those that would overlap become one block around the mean of their middles.
/** @type {(middles: number[], sizes: number[], low: number, high: number) => number[]} */
export function spread(middles, sizes, low, high) {
  const order = [...middles.keys()].toSorted((one, other) => middles[one] - middles[other]);
  /** @type {Block[]} */
  const blocks = [];
  for (const index of order) {
    blocks.push(within({ middle: middles[index], size: sizes[index], count: 1 }, low, high));
    while (overlap(blocks)) {
      const [last, before] = [/** @type {Block} */ (blocks.pop()), /** @type {Block} */ (blocks.pop())];
      blocks.push(within(joined(before, last), low, high));
    }
  }
  const spreadOut = [...middles];
  let next = 0;
  for (const { middle, size, count } of blocks) {
    let top = middle - size / 2;
    for (const index of order.slice(next, next + count)) {
      spreadOut[index] = top + sizes[index] / 2;
      top += sizes[index];
    }
    next += count;
  }
  return spreadOut;
}

/** @param {Block[]} blocks */
function overlap(blocks) {
  const [before, last] = blocks.slice(-2);
  return last !== undefined && before.middle + before.size / 2 > last.middle - last.size / 2;
}

/** @type {(one: Block, other: Block) => Block} */
function joined(one, other) {
  const count = one.count + other.count;
  const middle = (one.middle * one.count + other.middle * other.count) / count;
  return { middle, size: one.size + other.size, count };
}

/** @type {(block: Block, low: number, high: number) => Block} */
function within(block, low, high) {
  const [least, most] = [low + block.size / 2, high - block.size / 2];
  return { ...block, middle: Math.max(Math.min(block.middle, most), least) };
}
