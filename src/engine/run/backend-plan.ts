import {
  type BackendChoice,
  type BackendFailure,
  type BackendName,
  backendNames,
  isBackendChoice,
} from '../../shared/backend.ts';
import { UserError } from '../../shared/faults.ts';
import { chooseBackends } from '../networks/backends/choose-backends.ts';
import { backends } from '../networks/backends/registry.ts';

/** What a job's networks are to be computed on, as a worker is told. */
export interface BackendPlan {
  readonly choice: BackendChoice;
  /** Those that failed already. */
  readonly without: readonly BackendName[];
}

/**
 * VITRINE_BACKEND, which speaks for this machine, or else what the experiment file says. Throws a UserError `unknown-backend` where the
 * variable names none.
 */
export function backendChoice(fromFile: BackendChoice, environment = process.env.VITRINE_BACKEND): BackendChoice {
  if (!environment) return fromFile;
  if (isBackendChoice(environment)) return environment;
  throw new UserError('unknown-backend', `VITRINE_BACKEND is "${environment}", which is no backend.`, {
    advice: `Set it to auto, ${backendNames.slice(0, -1).join(', ')} or ${backendNames.at(-1)}, or take it away.`,
  });
}

/** Whether some network of a run may be computed on a GPU: energy is metered there, too. */
export const mayUseGpu = (choice: BackendChoice): boolean =>
  chooseBackends(choice, backends, anyWork).some((name) => backends[name].onGpu && backends[name].detect().found);

const anyWork = { multiplicationsPerStep: Number.POSITIVE_INFINITY };

/** The backends that the jobs of one pool go on without. */
export class BackendLosses {
  readonly #choice: BackendChoice;
  readonly #lost = new Map<BackendName, BackendFailure>();

  constructor(choice: BackendChoice) {
    this.#choice = choice;
  }

  /** For a job that has just failed on these. */
  planWithout(failures: readonly BackendFailure[]): BackendPlan {
    return { choice: this.#choice, without: [...this.#lost.keys(), ...failures.map(({ name }) => name)] };
  }

  /** Of each the first failure is kept. */
  add(failures: readonly BackendFailure[]): void {
    for (const failure of failures) {
      if (!this.#lost.has(failure.name)) this.#lost.set(failure.name, failure);
    }
  }

  get all(): readonly BackendFailure[] {
    return [...this.#lost.values()];
  }
}
