// Unpacks the bytes of payload.py: one zlib stream of a JSON header and its arrays.

const ALIGNMENT = 8;
const NAME = 16; // bytes of a name, as scene.py makes it
const NOT_A_NUMBER = -(2 ** 15);

// Splits what opening.py joins: how the stage opens, with its length before it; the name of the scene; and
// the scene. Opening and scene are left packed.
/** @param {Uint8Array | ArrayBuffer} bytes */
export function split(bytes) {
  const all = new Uint8Array(bytes);
  const end = 4 + new DataView(all.buffer).getUint32(0, true);
  const shown = new TextDecoder().decode(all.subarray(end, end + NAME));
  return { opening: all.subarray(4, end), shown, scene: all.subarray(end + NAME) };
}

/** @type {(bytes: Uint8Array<ArrayBuffer>) => Promise<any>} */
export async function unpack(bytes) {
  const buffer = await inflate(bytes);
  const length = new DataView(buffer).getUint32(0, true);
  const start = Math.ceil((4 + length) / ALIGNMENT) * ALIGNMENT;
  /** @type {(name: string, value: any) => any} */
  const revive = (_, value) =>
    value?.dtype ? new (arrayOf(value.dtype))(buffer, start + value.offset, value.length) : value;
  const header = new TextDecoder().decode(new Uint8Array(buffer, 4, length));
  const content = JSON.parse(header, revive);
  for (const { channels } of content.charts ?? []) channels.forEach(restore);
  return content;
}

// The array of NumPy's "float64" is a Float64Array.
/** @type {(dtype: string) => new (buffer: ArrayBuffer, offset: number, length: number) => Values} */
function arrayOf(dtype) {
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

// Turns a rounded channel's differences between frames, in two bytes, back into whole numbers.
/** @param {Channel} channel */
function restore(channel) {
  channel.size = channel.shape.reduce((product, side) => product * side, 1);
  if (!channel.scale) return;
  const { data: bytes, size } = channel;
  const data = new Int16Array(bytes.length / 2);
  for (let i = 0; i < data.length; i++) {
    data[i] = bytes[i] + 256 * bytes[data.length + i] + (i < size ? 0 : data[i - size]);
  }
  channel.data = data;
}

// The value that a channel's attribute has in a frame, as Plotly takes it.
/** @type {(channel: Channel, frame: number) => any} */
export function valueAt(channel, frame) {
  let values = channel.data.subarray(frame * channel.size, (frame + 1) * channel.size);
  const { choices } = channel;
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
