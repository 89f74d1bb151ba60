import { parseConstraint } from '../shared/experiment/constraint.ts';
import { type FairnessMeasure, fairnessName } from '../shared/experiment/fairness-measure.ts';
import type { Fix } from './diagnostic.ts';
import { replacement } from './rule.ts';
import { scalarText } from './scalar.ts';
import type { Path, Source } from './source.ts';
import { textsAt } from './texts.ts';

/** A constraint that compares groups, as it stands in the file. */
export interface FairnessConstraint {
  readonly measure: FairnessMeasure;
  readonly text: string;
  readonly path: Path;
}

export const fairnessConstraints = (source: Source): FairnessConstraint[] =>
  textsAt(source, ['constraints']).flatMap(({ text, path }) => {
    const reading = parseConstraint(text);
    return reading.ok && reading.value.fairness ? [{ measure: reading.value.fairness, text, path }] : [];
  });

/** Offers the same bound of another measure. */
export function measureInstead(source: Source, { text, path }: FairnessConstraint, measure: FairnessMeasure): Fix {
  const bound = text.slice(text.lastIndexOf(')') + 1).trim();
  return replacement(source.valueRange(path), scalarText(`${fairnessName(measure)} ${bound}`));
}
