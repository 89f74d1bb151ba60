import type { Experiment } from '../shared/experiment/experiment.ts';
import { experimentSchema } from '../shared/experiment/schema.ts';
import { codes } from './codes.ts';
import type { ProviderContext } from './context.ts';
import { byPlace, type Diagnostic } from './diagnostic.ts';
import { type Draft, draftOf } from './draft.ts';
import { resolve } from './resolve.ts';
import { rules } from './rules/index.ts';
import { Source } from './source.ts';

export interface ParsedExperiment {
  /** Present where nothing is an error (warnings may be). */
  readonly experiment?: Experiment;
  /** What is known in any case. */
  readonly draft: Draft;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
  readonly document: Source;
}

/**
 * Reads and checks an experiment file. Never throws on bad text. To check columns, first read the data at
 * `draft.absoluteDataPath`, then call again with what it holds.
 * @param file absolute path of the experiment file
 */
export function parseExperiment(text: string, file: string, context: ProviderContext = {}): ParsedExperiment {
  const source = new Source(text);
  const found = rules.flatMap((rule) => [...rule.check({ source, context })]).sort(byPlace);
  const faulty = found.some(({ severity }) => severity === 'error');
  const shown = context.schemaChecks === false ? found.filter(({ code }) => codes[code].layer === 'meaning') : found;
  return {
    experiment: faulty ? undefined : resolve(experimentSchema.parse(source.value), file),
    draft: draftOf(source, file),
    diagnostics: shown,
    document: source,
  };
}
