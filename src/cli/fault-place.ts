import { basename } from 'node:path';
import type { Path, Source } from '../language/source.ts';
import type { Experiment } from '../shared/experiment/experiment.ts';
import { placeWords, UserError } from '../shared/faults.ts';
import type { Finding } from './finding.ts';

/** What each kind of fault is about, by how its code begins; anything else that is found in the data is about `data.path`. */
const subjects: readonly (readonly [code: RegExp, path: Path])[] = [
  [/^target-/, ['data', 'target']],
  [/^drop-row-/, ['data', 'drop', 'rows']],
  [/^balance-/, ['data', 'balance']],
  [/^time-|^split-time/, ['data', 'time']],
  [/^split-group/, ['data', 'group']],
  [/^split-/, ['data', 'split']],
  [/^metric-/, ['objectives']],
  [/^learner-|^unknown-learner/, ['learners']],
  [/^space-(forbidden|all-forbidden)/, ['forbidden']],
  [/^space-/, ['space']],
  [/^search-/, ['search']],
  [/^nas-/, ['nas']],
  [/^script-|^configuration-/, ['script']],
  [/^energy\.region/, ['energy', 'region']],
];

/**
 * A fault of the engine at the place in the experiment file that it is about. Throws the error itself where it is about neither
 * the data nor the experiment: a store that is locked, a full disk, a fault of ours.
 */
export function findingOf(error: unknown, experiment: Experiment, document: Source): Finding {
  const path = error instanceof UserError ? pathOf(error, experiment) : undefined;
  if (!(error instanceof UserError) || !path) throw error;
  return {
    code: error.code,
    severity: 'error',
    message: [dataPlace(error, experiment), error.message, error.advice].filter(Boolean).join(' '),
    range: document.valueRange(path),
  };
}

function pathOf({ code, place }: UserError, { data }: Experiment): Path | undefined {
  if (data?.test.kind === 'file' && place?.file === data.test.absolutePath) return ['data', 'split', 'test'];
  const subject = subjects.find(([pattern]) => pattern.test(code))?.[1];
  return subject ?? (data && place?.file === data.path ? ['data', 'path'] : undefined);
}

/** 'penguins.csv:12:' where the fault has a place in the data. */
const dataPlace = ({ place }: UserError, { file }: Experiment): string | undefined =>
  place && place.file !== file ? `${placeWords({ ...place, file: basename(place.file) })}:` : undefined;
