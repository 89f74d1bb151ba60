import type { ProviderContext } from './context.ts';
import { type Diagnostic, type Fix, overlap, type Range } from './diagnostic.ts';
import { parseExperiment } from './parse.ts';

/** A quick fix and what it mends. */
export interface QuickFix extends Fix {
  readonly diagnostic: Diagnostic;
}

/** Fixes for what is wrong in a range; those of the schema too, even where another extension tells of the faults. */
export function fixes(text: string, range: Range, context: ProviderContext = {}): QuickFix[] {
  const { diagnostics } = parseExperiment(text, '/experiment.vitrine.yaml', { ...context, schemaChecks: true });
  return diagnostics.flatMap((diagnostic) =>
    diagnostic.fix && overlap(diagnostic.range, range) ? [{ ...diagnostic.fix, diagnostic }] : [],
  );
}
