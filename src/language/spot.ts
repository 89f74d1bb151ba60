import { isMap, isNode, isScalar, isSeq } from 'yaml';
import type { Position, Range } from './diagnostic.ts';
import type { Path, Source } from './source.ts';

/** The key or the value that a position is in. */
export interface Spot {
  readonly kind: 'key' | 'value';
  readonly path: Path;
  /** The text of the key, or the plain value. */
  readonly value: unknown;
  readonly range: Range;
}

/** The innermost key or scalar at a position. */
export function spotAt(source: Source, position: Position): Spot | undefined {
  const offset = source.offsetAt(position);
  const spot = (node: unknown, kind: Spot['kind'], path: Path): Spot | undefined => {
    if (!isScalar(node) || !node.range || offset < node.range[0] || offset > node.range[1]) return undefined;
    return { kind, path, value: node.value, range: source.rangeBetween(node.range[0], node.range[1]) };
  };
  const search = (node: unknown, path: Path): Spot | undefined => {
    if (!isNode(node) || !node.range || offset < node.range[0] || offset > node.range[2]) return undefined;
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        const inner = [...path, String(key)];
        const found = spot(key, 'key', inner) ?? search(value, inner);
        if (found) return found;
      }
    }
    if (isSeq(node)) {
      for (const [i, item] of node.items.entries()) {
        const found = search(item, [...path, i]);
        if (found) return found;
      }
    }
    return spot(node, 'value', path);
  };
  return search(source.document.contents, []);
}
