import {
  type AttributeValue,
  type ConstantTensor,
  dataTypeOf,
  type ElementType,
  nodeMessage,
  rowsMessage,
  tensorMessage,
} from './onnx-messages.ts';
import { ProtobufMessage } from './protobuf-message.ts';

/** A tensor in a graph; its rows are the first axis. */
export interface Value {
  readonly name: string;
  readonly type: ElementType;
}

type Operand = Value | number;
type Attributes = Readonly<Record<string, AttributeValue>>;

/** Versions of the operators that are used, and of the format; all from 2021, so that runtimes of some age know them. */
const [irVersion, operators, learnedOperators] = [8, 17, 3];
const learnedDomain = 'ai.onnx.ml';
/** Operators that came later, with their version; a model that has one says this version (of 2023), and the others no more than they need. */
const newer: Readonly<Record<string, number>> = { RegexFullMatch: 20, StringConcat: 20 };
const newerIrVersion = 9;
/** Operators that onnxruntime has beyond the standard. */
const ownDomain = 'com.microsoft';

/** An ONNX graph in the making: each method adds nodes and gives the tensor that they make. Numbers are double unless said otherwise. */
export class GraphBuilder {
  readonly #nodes: ProtobufMessage[] = [];
  readonly #constants: ProtobufMessage[] = [];
  readonly #inputs: ProtobufMessage[] = [];
  readonly #outputs: ProtobufMessage[] = [];
  readonly #taken: Set<string>;
  readonly #shared = new Map<string, unknown>();
  #count = 0;
  #operators = operators;
  #hasOwn = false;

  /** @param names of inputs and outputs, which nothing else may be called */
  constructor(names: Iterable<string>) {
    this.#taken = new Set(names);
  }

  /** A raw column, [rows x 1]. */
  input(name: string, type: ElementType): Value {
    return this.#input({ name, type }, [1]);
  }

  /** A column of pictures, [rows x height x width x 3]. @param words what they must be like, for people */
  pictures(name: string, words: string): Value {
    return this.#input({ name, type: 'float' }, ['height', 'width', 3], words);
  }

  /** What was made under this name before, or is made now: members of an ensemble share what takes long. */
  shared<Made>(name: string, make: () => Made): Made {
    if (!this.#shared.has(name)) this.#shared.set(name, make());
    return this.#shared.get(name) as Made;
  }

  /** Makes a tensor an output of the model; columns: absent where it is [rows]. */
  output(name: string, value: Value, columns?: number): void {
    this.#nodes.push(
      nodeMessage({ domain: '', operator: 'Identity', inputs: [value.name], outputs: [name], attributes: {} }),
    );
    this.#outputs.push(rowsMessage(name, value.type, columns === undefined ? [] : [columns]));
  }

  constant(tensor: ConstantTensor): Value {
    const name = this.#fresh();
    this.#constants.push(tensorMessage(tensor, name));
    return { name, type: tensor.type };
  }

  /** [1 x values] */
  row(values: ArrayLike<number>, type: 'double' | 'float' | 'int64' = 'double'): Value {
    return this.constant({ type, shape: [1, values.length], values });
  }

  matrix(values: ArrayLike<number>, rows: number, columns: number, type: 'double' | 'float' = 'double'): Value {
    return this.constant({ type, shape: [rows, columns], values });
  }

  /** A node of the standard operators with one output. @param type of the output; absent: of the first input */
  node(operator: string, inputs: readonly Value[], attributes: Attributes = {}, type?: ElementType): Value {
    return this.#add('', operator, inputs, attributes, type ?? inputs[0].type);
  }

  /** A node of ai.onnx.ml with one output. */
  learnedNode(operator: string, input: Value, attributes: Attributes, type: ElementType): Value {
    return this.#add(learnedDomain, operator, [input], attributes, type);
  }

  /** A node that onnxruntime has beyond the standard, with one output. */
  ownNode(operator: string, input: Value, attributes: Attributes, type: ElementType): Value {
    this.#hasOwn = true;
    return this.#add(ownDomain, operator, [input], attributes, type);
  }

  add = (a: Value, b: Operand) => this.#binary('Add', a, b);
  subtract = (a: Value, b: Operand) => this.#binary('Sub', a, b);
  multiply = (a: Value, b: Operand) => this.#binary('Mul', a, b);
  divide = (a: Value, b: Operand) => this.#binary('Div', a, b);
  greatest = (a: Value, b: Operand) => this.#binary('Max', a, b);
  least = (a: Value, b: Operand) => this.#binary('Min', a, b);
  isGreater = (a: Value, b: Operand) => this.#binary('Greater', a, b, 'bool');
  isAtLeast = (a: Value, b: Operand) => this.#binary('GreaterOrEqual', a, b, 'bool');
  matMul = (a: Value, b: Value) => this.node('MatMul', [a, b]);
  isMissing = (a: Value) => this.node('IsNaN', [a], {}, 'bool');

  clip(a: Value, low: number, high: number): Value {
    return this.least(this.greatest(a, low), high);
  }

  where(condition: Value, yes: Operand, no: Operand): Value {
    const like = typeof yes === 'number' ? no : yes;
    const type = typeof like === 'number' ? 'double' : like.type;
    const [a, b] = [this.#operand(yes, type), this.#operand(no, type)];
    return this.node('Where', [condition, a, b], {}, type);
  }

  cast(a: Value, type: ElementType): Value {
    return a.type === type ? a : this.node('Cast', [a], { to: { kind: 'integer', value: dataTypeOf(type) } }, type);
  }

  /** Side by side; one alone is itself. */
  concat(parts: readonly Value[], axis = 1): Value {
    return parts.length === 1 ? parts[0] : this.node('Concat', parts, { axis: { kind: 'integer', value: axis } });
  }

  /** Columns of [rows x columns] by their places. */
  columnsAt(a: Value, places: ArrayLike<number>): Value {
    const at = this.constant({ type: 'int64', shape: [places.length], values: places });
    return this.node('Gather', [a, at], { axis: { kind: 'integer', value: 1 } });
  }

  /** Lines of a table, [lines x width], by int64 places [rows x 1]. [rows x width] */
  linesAt(table: Value, places: Value, width: number): Value {
    return this.reshape(this.node('Gather', [table, places]), [-1, width]);
  }

  /** Places [from, to) of an axis, every `step`-th. */
  slice(a: Value, axis: number, from: number, to = Number.MAX_SAFE_INTEGER, step = 1): Value {
    const bounds = [from, to, axis, step].map((value) => this.constant({ type: 'int64', shape: [1], values: [value] }));
    return this.node('Slice', [a, ...bounds]);
  }

  transpose(a: Value, order: readonly number[]): Value {
    return this.node('Transpose', [a], { perm: { kind: 'integers', values: order } });
  }

  /** Length of an axis, an int64 of no axes. */
  lengthOf(a: Value, axis: number): Value {
    const ends = { start: { kind: 'integer', value: axis }, end: { kind: 'integer', value: axis + 1 } } as const;
    return this.node('Squeeze', [this.node('Shape', [a], ends, 'int64')]);
  }

  reshape(a: Value, shape: readonly number[]): Value {
    return this.node('Reshape', [a, this.constant({ type: 'int64', shape: [shape.length], values: shape })]);
  }

  sum(a: Value, axis: number, keep: boolean): Value {
    const axes = this.constant({ type: 'int64', shape: [1], values: [axis] });
    return this.node('ReduceSum', [a, axes], { keepdims: { kind: 'integer', value: keep ? 1 : 0 } });
  }

  softmax(a: Value): Value {
    return this.node('Softmax', [a], { axis: { kind: 'integer', value: 1 } });
  }

  /** The same line, [1 x width], for each row of `like`. */
  repeated(line: Value, width: number, like: Value): Value {
    const rows = this.node('Shape', [like], { end: { kind: 'integer', value: 1 } }, 'int64');
    const shape = this.concat([rows, this.constant({ type: 'int64', shape: [1], values: [width] })], 0);
    return this.node('Expand', [line, shape]);
  }

  /** Whether the model has a node beyond the standard. */
  get needsOnnxruntime(): boolean {
    return this.#hasOwn;
  }

  /** The whole model as the bytes of an .onnx file. @param facts kept with it, for people */
  finish(name: string, version: string, facts: Readonly<Record<string, string>>): Uint8Array {
    const graph = new ProtobufMessage();
    for (const node of this.#nodes) graph.message(1, node);
    graph.text(2, name);
    for (const constant of this.#constants) graph.message(5, constant);
    for (const input of this.#inputs) graph.message(11, input);
    for (const output of this.#outputs) graph.message(12, output);
    const model = new ProtobufMessage()
      .integer(1, this.#operators > operators ? newerIrVersion : irVersion)
      .text(2, 'vitrine')
      .text(3, version)
      .message(7, graph)
      .message(8, new ProtobufMessage().text(1, '').integer(2, this.#operators))
      .message(8, new ProtobufMessage().text(1, learnedDomain).integer(2, learnedOperators));
    if (this.#hasOwn) model.message(8, new ProtobufMessage().text(1, ownDomain).integer(2, 1));
    for (const [key, value] of Object.entries(facts))
      model.message(14, new ProtobufMessage().text(1, key).text(2, value));
    return model.finish();
  }

  #input(value: Value, further: readonly (number | string)[], words?: string): Value {
    this.#inputs.push(rowsMessage(value.name, value.type, further, words));
    return value;
  }

  #binary(operator: string, a: Value, b: Operand, type?: ElementType): Value {
    return this.node(operator, [a, this.#operand(b, a.type)], {}, type);
  }

  #operand(value: Operand, type: ElementType): Value {
    if (typeof value !== 'number') return value;
    if (type !== 'double' && type !== 'float' && type !== 'int64') throw new RangeError(`no number is a ${type}`);
    return this.constant({ type, shape: [], values: [value] });
  }

  #add(domain: string, operator: string, inputs: readonly Value[], attributes: Attributes, type: ElementType): Value {
    if (domain === '') this.#operators = Math.max(this.#operators, newer[operator] ?? operators);
    const name = this.#fresh();
    const names = inputs.map((input) => input.name);
    this.#nodes.push(nodeMessage({ domain, operator, inputs: names, outputs: [name], attributes }));
    return { name, type };
  }

  #fresh(): string {
    let name = `t${++this.#count}`;
    while (this.#taken.has(name)) name = `t${++this.#count}`;
    return name;
  }
}
