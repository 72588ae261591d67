// How a diagram is arranged in its room: the squares of its nodes, and how wide its edges are.

const LARGEST = 64; // pixels of a node's side
const FILLED = 0.84; // share of its row that a node fills
export const SMALL = 28; // pixels of a node's side, below which its name stands beside it
export const WIDEST = 8; // pixels of the widest edge at least; where nodes are large, a quarter of a node
const THINNEST = 0.75; // pixels, so that an edge is never lost

// The squares of the nodes in so much room, those of each column as large as fits, and the width of the
// widest edge.
/** @type {(nodes: NodeSpec[], width: number, height: number, scale?: number) => { squares: Square[], widest: number }} */
export function layOut(nodes, width, height, scale = 1) {
  const squares = nodes.map(({ x, y }) => {
    const rows = nodes.filter((other) => other.x === x).length;
    const side = Math.min(LARGEST * scale, width / 6, (height / rows) * FILLED);
    return { x: side / 2 + x * (width - side), y: y * height, side };
  });
  return { squares, widest: Math.max(WIDEST, Math.min(...squares.map(({ side }) => side)) / 4) };
}

// The square of a ring inside a node's, and the width of its line, of which it has this share.
/** @type {(square: Square, share: number) => Square & { width: number }} */
export function ringIn({ x, y, side }, share) {
  const width = (share * side) / 8;
  return { x, y, side: side - width, width };
}

// The attributes of each edge: its share of the widest width, and the colour of its number's sign.
/** @type {(colours: DiagramSpec["colours"], shown: Pick<import("./flow.js").Shown, "numbers" | "widths">, widest: number) => Record<string, string>[]} */
export function looks([negative, positive], { numbers, widths }, widest) {
  return numbers.map((number, index) => ({
    "stroke-width": Math.max(THINNEST, widths[index] * widest || 0).toFixed(1),
    stroke: number < 0 ? negative : positive,
  }));
}
