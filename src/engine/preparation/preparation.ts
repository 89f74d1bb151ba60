import type { DatasetInfo } from '../../shared/dataset.ts';
import { UserError } from '../../shared/faults.ts';
import type { Params } from '../../shared/space.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Table } from '../data/table.ts';
import type { InputGradient } from '../models/predictor.ts';
import type { MadeColumn } from '../models/readable.ts';
import type { Staged } from '../models/staged.ts';
import { createRandom } from '../random.ts';
import { steps } from './registry.ts';
import type { ColumnGradients, Need, StepParameter, Transform } from './step.ts';

/** All that was learnt from the training rows; survives JSON. */
export interface PreparationState {
  readonly version: 1;
  readonly steps: readonly { readonly name: string; readonly state: unknown }[];
  /** What is done, for people. */
  readonly words: string;
}

/** Turns a person's raw columns into the table that a learner was fitted on. */
export interface Preparation extends Staged {
  readonly state: PreparationState;
  apply(table: Table): Table;
  /** The columns that the steps make or change, in their order. */
  made(): readonly MadeColumn[];
  /** A gradient by the prepared numeric columns as one by the raw ones: 0 where a value is missing or a column was not kept. */
  rawGradient(raw: Table, prepared: (table: Table) => Promise<InputGradient>): Promise<InputGradient>;
}

export interface LearntPreparation {
  readonly preparation: Preparation;
  /** The training rows, prepared. */
  readonly train: Table;
}

/** Hyperparameters of all steps that mean something for such data. */
export const preparationParameters = (info: DatasetInfo, need: Need): readonly StepParameter[] =>
  steps.flatMap((step) => step.parameters(info, need));

/**
 * Learns every step in turn, each from the training rows as the ones before it left them. Depends on the rows and the parameters
 * alone, not on a seed, so that two trials of a fold prepare alike. Null where nothing is to be done.
 */
export function learnPreparation(
  { features, target }: Pick<Dataset, 'features' | 'target'>,
  params: Params,
  need: Need,
  signal: AbortSignal,
): LearntPreparation | null {
  const taken: { name: string; state: unknown }[] = [];
  const words: string[] = [];
  let train = features;
  for (const step of steps) {
    signal.throwIfAborted();
    const learnt = step.learn({ features: train, target, need, random: createRandom(0).fork(step.name) }, params);
    if (!learnt) continue;
    taken.push({ name: step.name, state: learnt.state });
    words.push(learnt.words);
    train = learnt.train ?? step.restore(learnt.state).apply(train);
  }
  if (taken.length === 0) return null;
  return { preparation: restorePreparation({ version: 1, steps: taken, words: words.join(', ') }), train };
}

/** The preparation that `state` was taken from. Throws a UserError where it needs a newer version. */
export function restorePreparation(state: PreparationState): Preparation {
  if (state.version !== 1) throw unreadable();
  const transforms = state.steps.map(restored);
  return {
    state,
    apply: (table) => transforms.reduce((prepared, transform) => transform.apply(prepared), table),
    made: () => transforms.flatMap((transform) => transform.made?.() ?? []),
    stages(table) {
      let before = table;
      return transforms.map((transform, i) => {
        const stage = {
          name: state.steps[i].name,
          before,
          after: transform.apply(before),
          made: transform.made?.() ?? [],
        };
        before = stage.after;
        return stage;
      });
    },
    async rawGradient(raw, gradientOf) {
      const tables = [raw];
      for (const transform of transforms) tables.push(transform.apply(tables[tables.length - 1]));
      const { columns, values } = await gradientOf(tables[tables.length - 1]);
      let gradients: ColumnGradients = new Map(
        columns.map((name, j) => [
          name,
          Float64Array.from({ length: raw.rowCount }, (_, i) => values[i * columns.length + j]),
        ]),
      );
      for (let i = transforms.length - 1; i >= 0; i--)
        gradients = transforms[i].gradientBefore?.(tables[i], gradients) ?? gradients;
      return byRawColumn(raw, gradients);
    },
  };
}

function restored({ name, state }: PreparationState['steps'][number]): Transform {
  const step = steps.find((candidate) => candidate.name === name);
  if (!step) throw unreadable();
  return step.restore(state);
}

function byRawColumn(raw: Table, gradients: ColumnGradients): InputGradient {
  const numbers = raw.columns.filter((column) => column.kind === 'numeric');
  const values = new Float64Array(raw.rowCount * numbers.length);
  numbers.forEach((column, j) => {
    const gradient = gradients.get(column.name);
    if (!gradient) return;
    for (let row = 0; row < raw.rowCount; row++)
      if (Number.isFinite(column.values[row])) values[row * numbers.length + j] = gradient[row];
  });
  return { columns: numbers.map(({ name }) => name), values };
}

const unreadable = () =>
  new UserError(
    'model-unreadable',
    'the model prepares its data in a way that this version of Vitrine does not know.',
    {
      advice: 'Update Vitrine, or fit the model again.',
    },
  );
