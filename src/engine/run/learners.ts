import { pathToFileURL } from 'node:url';
import { UserError } from '../../shared/faults.ts';
import type { Learner } from '../learners/learner.ts';
import { onnx } from '../learners/onnx.ts';
import { learners as ownLearners } from '../learners/registry.ts';

let outside: Promise<readonly Learner[]> | undefined;

/**
 * Learners of others: VITRINE_LEARNERS names modules (paths, parted by commas) whose default export is a `Learner`.
 * Every process of a run reads it, so that workers find the same ones.
 */
const outsideLearners = (): Promise<readonly Learner[]> => {
  outside ??= Promise.all(
    (process.env.VITRINE_LEARNERS ?? '')
      .split(',')
      .filter(Boolean)
      .map(async (path) => (await import(pathToFileURL(path).href)).default as Learner),
  );
  return outside;
};

export const allLearners = async (): Promise<readonly Learner[]> => [...ownLearners, ...(await outsideLearners())];

/** Throws a UserError where there is none of that name. */
export async function learnerNamed(name: string): Promise<Learner> {
  const all = await allLearners();
  const learner = [...all, onnx].find((candidate) => candidate.name === name);
  if (learner) return learner;
  throw new UserError('unknown-learner', `there is no learner "${name}".`, {
    advice: `Known: ${all.map((candidate) => candidate.name).join(', ')}.`,
  });
}
