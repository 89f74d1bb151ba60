import { type ProtobufField, protobufFields } from './protobuf-fields.ts';
import { integersOf, realsIn, realsOf } from './protobuf-numbers.ts';

/** A TreeEnsembleRegressor or TreeEnsembleClassifier of a graph (ONNX operators, ai.onnx.ml), with what stands around it. */
export interface TreeOperator {
  readonly isClassifier: boolean;
  /** The names that the graph knows its input and its outputs by: casts, copies and products with 1 are looked through. */
  readonly input: string;
  readonly outputs: readonly string[];
  /** Whether a cast to 32 bits stands before it. */
  readonly isCast: boolean;
  numbers(attribute: string): readonly number[];
  texts(attribute: string): readonly string[];
}

const decoder = new TextDecoder();
const decoded = (bytes: Uint8Array): string => decoder.decode(bytes);
const textsOf = (fields: readonly ProtobufField[], number: number): string[] =>
  fields.filter((field) => field.number === number).map(({ content }) => decoded(content));

/** The only operator on trees of a model; undefined where there is none, or more than one. Throws a RangeError where the bytes are no model. */
export function treeOperator(model: Uint8Array): TreeOperator | undefined {
  const graph = protobufFields(model).find(({ number }) => number === 7);
  if (!graph) return undefined;
  const parts = protobufFields(graph.content);
  const nodes = parts.filter(({ number }) => number === 1).map(({ content }) => protobufFields(content));
  const kindOf = (node: readonly ProtobufField[]) => textsOf(node, 4)[0] ?? '';
  const found = nodes.filter((node) => kindOf(node).startsWith('TreeEnsemble'));
  if (found.length !== 1) return undefined;
  const [node] = found;
  const kind = kindOf(node);
  if (kind !== 'TreeEnsembleClassifier' && kind !== 'TreeEnsembleRegressor') return undefined;
  const ones = onesOf(parts);
  const passes = nodes.filter(
    (one) =>
      kindOf(one) === 'Cast' ||
      kindOf(one) === 'Identity' ||
      (kindOf(one) === 'Mul' && textsOf(one, 1).some((name) => ones.has(name))),
  );
  const before = new Map(passes.map((one) => [textsOf(one, 2)[0], textsOf(one, 1)[0]]));
  const [given] = textsOf(node, 1);
  const outputs = textsOf(node, 2);
  // Operators stand in the order in which they are computed.
  for (const one of passes) if (outputs.includes(textsOf(one, 1)[0])) outputs.push(...textsOf(one, 2));
  return {
    isClassifier: kind === 'TreeEnsembleClassifier',
    input: before.get(given) ?? given,
    outputs,
    isCast: before.has(given),
    ...attributesOf(node),
  };
}

/** Names of the constants that are all 1: to multiply by them changes nothing. */
function onesOf(graph: readonly ProtobufField[]): ReadonlySet<string> {
  const constants = graph.filter(({ number }) => number === 5).map(({ content }) => protobufFields(content));
  const isOne = (fields: readonly ProtobufField[]) => {
    const numbers = tensorNumbers(fields);
    return numbers.length > 0 && numbers.every((value) => value === 1);
  };
  return new Set(constants.filter(isOne).flatMap((fields) => textsOf(fields, 8)));
}

function attributesOf(node: readonly ProtobufField[]): Pick<TreeOperator, 'numbers' | 'texts'> {
  const attributes = new Map(
    node.filter(({ number }) => number === 5).map(({ content }) => [attributeName(content), content]),
  );
  // Read when they are asked for: a large model has millions of numbers.
  const fieldsOf = (name: string) => protobufFields(attributes.get(name) ?? new Uint8Array(0));
  return {
    numbers(name) {
      const fields = fieldsOf(name);
      if (fields.length > 0) return [...realsOf(fields, 7, 4), ...integersOf(fields, 8), ...integersOf(fields, 3)];
      const tensor = fieldsOf(`${name}_as_tensor`).find(({ number }) => number === 5);
      return tensor ? tensorNumbers(protobufFields(tensor.content)) : [];
    },
    texts(name) {
      const fields = fieldsOf(name);
      return [4, 9].flatMap((number) => wordsOf(fields, number));
    },
  };
}

/** Texts of which most say what the one before says: they are decoded once. */
function wordsOf(fields: readonly ProtobufField[], number: number): string[] {
  const found: string[] = [];
  let last: Uint8Array | undefined;
  for (const field of fields) {
    if (field.number !== number) continue;
    const { content } = field;
    const isSame = last?.length === content.length && content.every((byte, i) => byte === last?.[i]);
    found.push(isSame ? found[found.length - 1] : decoded(content));
    last = content;
  }
  return found;
}

/** Mostly the first field, a short text: then the others, which may be very many, need not be looked at. */
function attributeName(attribute: Uint8Array): string {
  const [tag, length] = attribute;
  if (tag === 10 && length < 128) return decoded(attribute.subarray(2, 2 + length));
  return textsOf(protobufFields(attribute), 1)[0] ?? '';
}

/** Of a tensor of floats or doubles. */
function tensorNumbers(fields: readonly ProtobufField[]): number[] {
  const bytesEach = integersOf(fields, 2)[0] === 11 ? 8 : 4;
  const raw = fields.find(({ number }) => number === 9);
  if (raw) return [...realsIn(raw.content, bytesEach)];
  return bytesEach === 8 ? realsOf(fields, 10, 8) : realsOf(fields, 4, 4);
}
