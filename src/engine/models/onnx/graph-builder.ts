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

/** An ONNX graph in the making: each method adds nodes and gives the tensor that they make. Numbers are double unless said otherwise. */
export class GraphBuilder {
  readonly #nodes: ProtobufMessage[] = [];
  readonly #constants: ProtobufMessage[] = [];
  readonly #inputs: ProtobufMessage[] = [];
  readonly #outputs: ProtobufMessage[] = [];
  readonly #taken: Set<string>;
  #count = 0;

  /** @param names of inputs and outputs, which nothing else may be called */
  constructor(names: Iterable<string>) {
    this.#taken = new Set(names);
  }

  /** A raw column, [rows x 1]. */
  input(name: string, type: ElementType): Value {
    this.#inputs.push(rowsMessage(name, type, 1));
    return { name, type };
  }

  /** Makes a tensor an output of the model; columns: absent where it is [rows]. */
  output(name: string, value: Value, columns?: number): void {
    this.#nodes.push(
      nodeMessage({ domain: '', operator: 'Identity', inputs: [value.name], outputs: [name], attributes: {} }),
    );
    this.#outputs.push(rowsMessage(name, value.type, columns));
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

  /** The whole model as the bytes of an .onnx file. @param facts kept with it, for people */
  finish(name: string, version: string, facts: Readonly<Record<string, string>>): Uint8Array {
    const graph = new ProtobufMessage();
    for (const node of this.#nodes) graph.message(1, node);
    graph.text(2, name);
    for (const constant of this.#constants) graph.message(5, constant);
    for (const input of this.#inputs) graph.message(11, input);
    for (const output of this.#outputs) graph.message(12, output);
    const model = new ProtobufMessage()
      .integer(1, irVersion)
      .text(2, 'vitrine')
      .text(3, version)
      .message(7, graph)
      .message(8, new ProtobufMessage().text(1, '').integer(2, operators))
      .message(8, new ProtobufMessage().text(1, learnedDomain).integer(2, learnedOperators));
    for (const [key, value] of Object.entries(facts))
      model.message(14, new ProtobufMessage().text(1, key).text(2, value));
    return model.finish();
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
