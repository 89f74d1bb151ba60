import { ProtobufMessage } from './protobuf-message.ts';

/** Numbers of the data types of `TensorProto` (onnx.proto). */
const dataTypes = { float: 1, int64: 7, string: 8, bool: 9, double: 11 } as const;
export type ElementType = keyof typeof dataTypes;

/** A constant. values: row-major. */
export type ConstantTensor = { readonly shape: readonly number[] } & (
  | { readonly type: 'float' | 'double' | 'int64'; readonly values: ArrayLike<number> }
  | { readonly type: 'string'; readonly values: readonly string[] }
);

export type AttributeValue =
  | { readonly kind: 'integer' | 'float'; readonly value: number }
  | { readonly kind: 'integers'; readonly values: readonly number[] }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'texts'; readonly values: readonly string[] }
  | { readonly kind: 'tensor'; readonly tensor: ConstantTensor };

/** The fields below are numbered as in onnx.proto, IR version 8. */
export function tensorMessage(tensor: ConstantTensor, name?: string): ProtobufMessage {
  const message = new ProtobufMessage().integers(1, tensor.shape).integer(2, dataTypes[tensor.type]);
  if (name !== undefined) message.text(8, name);
  if (tensor.type === 'string') {
    for (const value of tensor.values) message.text(6, value);
    return message;
  }
  return message.bytes(9, rawBytes(tensor.type, tensor.values));
}

function rawBytes(type: 'float' | 'double' | 'int64', values: ArrayLike<number>): Uint8Array {
  if (type === 'float') return bytesOf(Float32Array.from(values));
  if (type === 'double') return bytesOf(Float64Array.from(values));
  return bytesOf(BigInt64Array.from(Array.from(values, BigInt)));
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

function attributeMessage(name: string, attribute: AttributeValue): ProtobufMessage {
  const message = new ProtobufMessage().text(1, name);
  switch (attribute.kind) {
    case 'float':
      return message.float(2, attribute.value).integer(20, 1);
    case 'integer':
      return message.integer(3, attribute.value).integer(20, 2);
    case 'text':
      return message.text(4, attribute.value).integer(20, 3);
    case 'tensor':
      return message.message(5, tensorMessage(attribute.tensor)).integer(20, 4);
    case 'integers':
      return message.integers(8, attribute.values).integer(20, 7);
    case 'texts':
      for (const value of attribute.values) message.text(9, value);
      return message.integer(20, 8);
  }
}

export interface OnnxNode {
  /** '' for the standard operators, 'ai.onnx.ml' for those of trees and encoders. */
  readonly domain: string;
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

export function nodeMessage({ domain, operator, inputs, outputs, attributes }: OnnxNode): ProtobufMessage {
  const message = new ProtobufMessage();
  for (const input of inputs) message.text(1, input);
  for (const output of outputs) message.text(2, output);
  message.text(4, operator);
  for (const [name, value] of Object.entries(attributes)) message.message(5, attributeMessage(name, value));
  return message.text(7, domain);
}

/** An input or output: [rows], and further axes by their lengths, or by names where they are open. @param words for people */
export function rowsMessage(
  name: string,
  type: ElementType,
  further: readonly (number | string)[] = [],
  words?: string,
): ProtobufMessage {
  const shape = new ProtobufMessage().message(1, new ProtobufMessage().text(2, 'rows'));
  for (const axis of further) {
    const dimension = new ProtobufMessage();
    shape.message(1, typeof axis === 'number' ? dimension.integer(1, axis) : dimension.text(2, axis));
  }
  const tensor = new ProtobufMessage().integer(1, dataTypes[type]).message(2, shape);
  const message = new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().message(1, tensor));
  return words === undefined ? message : message.text(3, words);
}

/** Number of the type, as `Cast` takes it. */
export const dataTypeOf = (type: ElementType): number => dataTypes[type];
