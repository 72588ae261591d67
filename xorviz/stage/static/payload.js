// Unpacks the bytes of payload.py: one zlib stream of a JSON header and its arrays.

const ALIGNMENT = 8;
const NAME = 16; // bytes of a name, as scene.py makes it
const NOT_A_NUMBER = -(2 ** 15);
/** @type {Record<number, typeof Int16Array | typeof Int32Array>} */
const WHOLE = { 2: Int16Array, 4: Int32Array }; // by bytes a number

// Splits what opening.py joins: how the stage opens, and the run's views, each with its length before it; and
// the scene. Views and scene begin with their names; all are left packed.
/** @param {Uint8Array | ArrayBuffer} bytes */
export function split(bytes) {
  const all = new Uint8Array(bytes);
  const [opening, end] = part(all, 0);
  const [views, start] = part(all, end);
  return { opening, views: named(views), scene: named(all.subarray(start)) };
}

// A packed part with its length before it, and where it ends.
/** @type {(all: Uint8Array<ArrayBuffer>, start: number) => [Uint8Array<ArrayBuffer>, number]} */
export function part(all, start) {
  const end = start + 4 + new DataView(all.buffer).getUint32(start, true);
  return [all.subarray(start + 4, end), end];
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function named(bytes) {
  return { name: new TextDecoder().decode(bytes.subarray(0, NAME)), bytes: bytes.subarray(NAME) };
}

/** @type {(bytes: Uint8Array<ArrayBuffer>) => Promise<any>} */
export async function unpack(bytes) {
  const buffer = await inflate(bytes);
  const length = new DataView(buffer).getUint32(0, true);
  const start = Math.ceil((4 + length) / ALIGNMENT) * ALIGNMENT;
  /** @type {(name: string, value: any) => any} */
  const revive = (_, value) =>
    value?.dtype ? arrayOf(buffer, start + value.offset, value) : value;
  const header = new TextDecoder().decode(new Uint8Array(buffer, 4, length));
  return JSON.parse(header, revive);
}

/** @type {(buffer: ArrayBuffer, start: number, stored: StoredArray) => Values} */
function arrayOf(buffer, start, { dtype, length, row }) {
  const Type = typeOf(dtype);
  const Whole = WHOLE[Type.BYTES_PER_ELEMENT];
  if (!Whole) return new Type(buffer, start, length);
  const digits = new Int8Array(buffer, start, length * Type.BYTES_PER_ELEMENT);
  return new Type(addUp(digits, row, new Whole(length)).buffer, 0, length);
}

// Makes whole numbers of the digits of their differences between rows; see payload.py.
/** @type {<Whole extends Int16Array | Int32Array>(digits: Int8Array, row: number, whole: Whole) => Whole} */
function addUp(digits, row, whole) {
  const { length, BYTES_PER_ELEMENT: count } = whole;
  for (let i = 0; i < length; i++) {
    let difference = digits[i] + 2 ** 8 * digits[length + i];
    if (count === 4) difference += 2 ** 16 * digits[2 * length + i] + 2 ** 24 * digits[3 * length + i];
    whole[i] = difference + (i < row ? 0 : whole[i - row]);
  }
  return whole;
}

// The array of NumPy's "float64" is a Float64Array.
/** @type {(dtype: string) => ValuesType} */
function typeOf(dtype) {
  const name = `${dtype[0].toUpperCase()}${dtype.slice(1)}Array`;
  return /** @type {any} */ (globalThis)[name];
}

/** @type {(bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>} */
async function inflate(bytes) {
  const { writable, readable } = new DecompressionStream("deflate");
  const writer = writable.getWriter();
  const [pieces] = await Promise.all([piecesOf(readable), writer.write(bytes), writer.close()]);
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let end = 0;
  for (const piece of pieces) all.set(piece, (end += piece.length) - piece.length);
  return all.buffer;
}

// Reads a stream by hand, as a `Response` has the page draw a picture between any two pieces.
/** @param {ReadableStream<Uint8Array>} stream */
async function piecesOf(stream) {
  const reader = stream.getReader();
  const pieces = [];
  for (let next; !(next = await reader.read()).done; ) pieces.push(next.value);
  return pieces;
}

// The value that a channel's attribute has in a frame, as Plotly takes it.
/** @type {(channel: Channel, frame: number) => any} */
export function valueAt(channel, frame) {
  const { choices, size } = channel;
  let values = channel.data.subarray(frame * size, (frame + 1) * size);
  if (choices) return Array.from(values, (index) => choices[index]);
  if (channel.scale) values = scaled(values, channel.scale);
  const [rows, columns] = channel.shape;
  if (columns === undefined) return values;
  return Array.from({ length: rows }, (_, row) => values.subarray(row * columns, (row + 1) * columns));
}

// The rows that a picture shows: those of its trace's channel.
/** @type {(channels: Channel[], picture: { trace: number }, frame: number) => Float32Array[]} */
export function rowsAt(channels, { trace }, frame) {
  return valueAt(/** @type {Channel} */ (channels.find((channel) => channel.trace === trace)), frame);
}

/** @type {(whole: Values, scale: number) => Float32Array} */
function scaled(whole, scale) {
  const values = new Float32Array(whole.length); // filled by a loop: `from` takes several times as long
  for (let i = 0; i < whole.length; i++) values[i] = whole[i] === NOT_A_NUMBER ? NaN : whole[i] * scale;
  return values;
}

// A row of numbers that has so many of them.
/** @type {<Typed extends Values>(values: Typed, row: number, size: number) => Typed} */
export function rowOf(values, row, size) {
  return /** @type {typeof values} */ (values.subarray(row * size, (row + 1) * size));
}
