/** Rows as they are compared: numbers, and for each coded column the one level that is flagged. */
export interface ComparableRows {
  readonly rows: number;
  /** How many numbers, and how many coded columns, a row has. */
  readonly numbers: number;
  readonly coded: number;
  /** [rows x numbers] */
  readonly values: Float32Array;
  /** [rows x coded]: 0 where no level is flagged. */
  readonly codes: Uint32Array;
}

/** Rows of a leaf: those are compared one by one. */
const leafRows = 32;
/** With more numbers than this hardly a box can be left out; all rows are one leaf then. */
const mostBoxedNumbers = 64;
/** Numbers that are added up between two looks at whether the row is too far already. */
const stride = 4;

/** A node over rows order[from..to): a leaf where `left` is 0, else its children are `left` and `left + 1`. */
interface Nodes {
  readonly from: number[];
  readonly to: number[];
  readonly left: number[];
  /** [nodes x 2 numbers]: the least and the largest of each number. */
  readonly boxes: number[];
}

/** The nearest rows of one query, nearest first; of equals, the earlier. */
export interface Neighbours {
  /** [k] */
  readonly places: Int32Array;
  /** [k] squared distances */
  readonly distances: Float64Array;
}

/**
 * Exact nearest neighbours by squared Euclidean distance (two different levels are 2 apart, a level and none 1), by a k-d tree over the
 * numbers whose nodes know the box around their rows (Friedman, Bentley and Finkel 1977): a box further away than the worst neighbour
 * so far is left out.
 */
export class NeighbourTree {
  readonly #stored: ComparableRows;
  /** [rows]: places in the table, in the order of the leaves. */
  readonly #order: Uint32Array;
  /** The stored rows in that order. */
  readonly #values: Float32Array;
  readonly #codes: Uint32Array;
  readonly #nodes: Nodes = { from: [0], to: [], left: [0], boxes: [] };
  #compared = 0;

  constructor(stored: ComparableRows) {
    this.#stored = stored;
    this.#order = Uint32Array.from({ length: stored.rows }, (_, row) => row);
    this.#nodes.to.push(stored.rows);
    const isBoxed = stored.numbers > 0 && stored.numbers <= mostBoxedNumbers;
    for (let node = 0; isBoxed && node < this.#nodes.from.length; node++) this.#split(node);
    this.#values = inOrder(stored.values, stored.numbers, this.#order);
    this.#codes = inOrder(stored.codes, stored.coded, this.#order);
  }

  /** Rows that have been compared so far, for the pace. */
  get compared(): number {
    return this.#compared;
  }

  /** The nearest of the stored rows to row `query` of others; as many as `into` has places, at most all. */
  find(rows: ComparableRows, query: number, into: Neighbours): void {
    into.distances.fill(Number.POSITIVE_INFINITY);
    into.places.fill(-1);
    this.#visit(0, rows, query, into);
  }

  #visit(node: number, rows: ComparableRows, query: number, into: Neighbours): void {
    const left = this.#nodes.left[node];
    if (left === 0) {
      this.#compare(node, rows, query, into);
      return;
    }
    const last = into.distances.length - 1;
    const worst = into.distances[last];
    const toLeft = this.#boxDistance(left, rows, query, worst);
    const toRight = this.#boxDistance(left + 1, rows, query, worst);
    const leftFirst = toLeft <= toRight;
    if ((leftFirst ? toLeft : toRight) <= into.distances[last])
      this.#visit(leftFirst ? left : left + 1, rows, query, into);
    if ((leftFirst ? toRight : toLeft) <= into.distances[last])
      this.#visit(leftFirst ? left + 1 : left, rows, query, into);
  }

  /** Infinite once it is beyond `worst`. */
  #boxDistance(node: number, { values, numbers }: ComparableRows, query: number, worst: number): number {
    const { boxes } = this.#nodes;
    let sum = 0;
    for (let j = 0, at = node * 2 * numbers, from = query * numbers; j < numbers; j++, at += 2) {
      const outside = Math.max(boxes[at] - values[from + j], values[from + j] - boxes[at + 1], 0);
      sum += outside * outside;
      if (sum > worst) return Number.POSITIVE_INFINITY;
    }
    return sum;
  }

  #compare(node: number, rows: ComparableRows, query: number, into: Neighbours): void {
    const { numbers, coded } = this.#stored;
    const [values, codes, order] = [this.#values, this.#codes, this.#order];
    const own = rows.values.subarray(query * numbers, (query + 1) * numbers);
    const ownCodes = rows.codes.subarray(query * coded, (query + 1) * coded);
    const [from, to] = [this.#nodes.from[node], this.#nodes.to[node]];
    const last = into.distances.length - 1;
    const whole = numbers - (numbers % stride);
    let worst = into.distances[last];
    this.#compared += to - from;
    for (let i = from; i < to; i++) {
      let sum = 0;
      let j = 0;
      let at = i * numbers;
      for (; j < whole && sum <= worst; j += stride, at += stride) {
        const a = values[at] - own[j];
        const b = values[at + 1] - own[j + 1];
        const c = values[at + 2] - own[j + 2];
        const d = values[at + 3] - own[j + 3];
        sum += a * a + b * b + (c * c + d * d);
      }
      if (sum > worst) continue;
      for (; j < numbers; j++, at++) sum += (values[at] - own[j]) ** 2;
      for (let code = 0, place = i * coded; code < coded; code++, place++) {
        if (codes[place] !== ownCodes[code]) sum += codes[place] === 0 || ownCodes[code] === 0 ? 1 : 2;
      }
      if (sum > worst) continue;
      insert(into, sum, order[i]);
      worst = into.distances[last];
    }
  }

  /** At the median of the number that spreads most; a leaf stays where the rows are few or all alike. */
  #split(node: number): void {
    const { from, to, left, boxes } = this.#nodes;
    const { numbers, values } = this.#stored;
    const rows = this.#order.subarray(from[node], to[node]);
    let [widest, spread] = [0, 0];
    for (let j = 0; j < numbers; j++) {
      let [least, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (const row of rows) {
        const value = values[row * numbers + j];
        if (value < least) least = value;
        if (value > largest) largest = value;
      }
      boxes.push(least, largest);
      if (largest - least > spread) [widest, spread] = [j, largest - least];
    }
    if (rows.length <= leafRows || spread === 0) return;
    const value = (row: number) => values[row * numbers + widest];
    rows.sort((a, b) => value(a) - value(b) || a - b);
    const middle = from[node] + (rows.length >> 1);
    left[node] = from.length;
    from.push(from[node], middle);
    to.push(middle, to[node]);
    left.push(0, 0);
  }
}

/** Keeps the list sorted by distance, then by place. */
function insert({ places, distances }: Neighbours, distance: number, place: number): void {
  let at = distances.length - 1;
  const worst = distances[at];
  if (distance === worst && places[at] >= 0 && places[at] < place) return;
  for (; at > 0; at--) {
    const before = distances[at - 1];
    if (before < distance || (before === distance && places[at - 1] >= 0 && places[at - 1] < place)) break;
    distances[at] = before;
    places[at] = places[at - 1];
  }
  distances[at] = distance;
  places[at] = place;
}

function inOrder<Numbers extends Float32Array | Uint32Array>(
  values: Numbers,
  width: number,
  order: Uint32Array,
): Numbers {
  const sorted = values.slice() as Numbers;
  order.forEach((row, place) => {
    for (let j = 0; j < width; j++) sorted[place * width + j] = values[row * width + j];
  });
  return sorted;
}
