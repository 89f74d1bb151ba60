import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ExperimentScript } from '../../../shared/experiment/experiment.ts';

/** Larger files that a command names are its data rather than its program. */
const largestProgramBytes = 4 * 1024 * 1024;

/**
 * What makes the values of two scripts comparable: the command, its objective, what it shares out, and the text of the files that the
 * command names. A changed train.py begins a new study; what it imports is not looked at.
 */
export function scriptFingerprint({ command, cwd, objective, resource }: ExperimentScript) {
  const files = command.flatMap((word) => {
    const path = resolve(cwd, word);
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found?.isFile() || found.size > largestProgramBytes) return [];
    return [createHash('sha256').update(readFileSync(path)).digest('hex')];
  });
  return { command, objective, resource, files };
}
