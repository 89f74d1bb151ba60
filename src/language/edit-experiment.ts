import { type Document, isMap, isSeq, parseDocument } from 'yaml';
import type { ExperimentEdit } from '../shared/results/data-findings.ts';

/**
 * The text of an experiment file with one change made; comments stay, and the order of keys. What is there already is not added again.
 * Throws a RangeError where the text is no mapping that can be read.
 */
export function editedExperiment(text: string, { how, key, value }: ExperimentEdit): string {
  const document = parseDocument(text);
  if (document.errors.length > 0 || !isMap(document.contents))
    throw new RangeError('the experiment file cannot be read');
  makeRoom(document, key.slice(0, -1));
  const list = document.getIn(key);
  if (how === 'set') document.setIn(key, Array.isArray(value) ? document.createNode(value) : value);
  else if (!isSeq(list)) document.setIn(key, document.createNode([value], { flow: true }));
  else if (!(list.toJSON() as unknown[]).includes(value)) list.add(value);
  return document.toString({ lineWidth: 0, flowCollectionPadding: /\{ /.test(text) });
}

/** Mappings above a key, in place of what is empty or no mapping. */
function makeRoom(document: Document, path: readonly string[]): void {
  for (let depth = 1; depth <= path.length; depth++) {
    const above = path.slice(0, depth);
    if (!isMap(document.getIn(above, true))) document.setIn(above, document.createNode({}));
  }
}
