import { type ProtobufField, protobufFields } from './protobuf-fields.ts';
import { ProtobufMessage } from './protobuf-message.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const textOf = (fields: readonly ProtobufField[], number: number): string => {
  const field = fields.find((candidate) => candidate.number === number);
  return field ? text(field.content) : '';
};

/**
 * A model whose lists of maps from class to probability (ZipMap, which scikit-learn's and LightGBM's converters put last) are taken away, so
 * that the tensors before them are the outputs: runtimes for JavaScript hand out tensors only. Field numbers as in onnx.proto.
 */
export function withoutZipMaps(model: Uint8Array): Uint8Array {
  return rewritten(protobufFields(model), (field) => {
    if (field.number !== 7) return field.whole;
    return new ProtobufMessage().bytes(7, withoutIn(protobufFields(field.content))).finish();
  });
}

function withoutIn(graph: readonly ProtobufField[]): Uint8Array {
  /** From the output of a ZipMap to its input. */
  const zipped = new Map<string, string>();
  const isZipMap = ({ number, content }: ProtobufField) => {
    if (number !== 1) return false;
    const node = protobufFields(content);
    if (textOf(node, 4) !== 'ZipMap') return false;
    zipped.set(textOf(node, 2), textOf(node, 1));
    return true;
  };
  const kept = graph.filter((field) => !isZipMap(field));
  return rewritten(kept, ({ number, content, whole }) => {
    const input = number === 12 ? zipped.get(textOf(protobufFields(content), 1)) : undefined;
    if (input === undefined) return whole;
    const floats = new ProtobufMessage().message(1, new ProtobufMessage().integer(1, 1));
    return new ProtobufMessage().message(12, new ProtobufMessage().text(1, input).message(2, floats)).finish();
  });
}

const rewritten = (fields: readonly ProtobufField[], write: (field: ProtobufField) => Uint8Array): Uint8Array =>
  Uint8Array.from(Buffer.concat(fields.map(write)));
