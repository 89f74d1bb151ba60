import type { DatasetInfo } from '../../shared/dataset.ts';
import { UserError } from '../../shared/faults.ts';
import type { Parameter, Params } from '../../shared/space.ts';
import { type Dataset, type Target, takeDataset, targetLength } from '../data/dataset.ts';
import { readThumbnails } from '../data/images/thumbnails.ts';
import type { Table } from '../data/table.ts';
import type { FitContext, Learner } from '../learners/learner.ts';
import { isAdditive } from '../models/additive.ts';
import { type EditedParts, isEditable } from '../models/editable.ts';
import { type Influential, isInfluential } from '../models/influential.ts';
import type { Model, ModelBundle } from '../models/model.ts';
import { isDifferentiable } from '../models/predictor.ts';
import { isReadable, type Readable } from '../models/readable.ts';
import { isStaged, type Staged } from '../models/staged.ts';
import { isTreeEnsemble } from '../models/tree-ensemble.ts';
import { createRandom } from '../random.ts';
import { contains } from '../space/distribution.ts';
import { rangeWords } from '../space/validation.ts';
import { balance, balanceParameters } from './balance.ts';
import { preparedOnnx } from './onnx/preparation-onnx.ts';
import {
  learnPreparation,
  type Preparation,
  type PreparationState,
  preparationParameters,
  restorePreparation,
} from './preparation.ts';
import type { Need, StepParameter } from './step.ts';
import { treesThrough } from './trees-through.ts';

/** State of the bundle of a model whose data are prepared; of one whose data are not, it is the inner learner's own. */
interface PreparedState {
  readonly preparation: PreparationState;
  readonly inner: Pick<ModelBundle, 'params' | 'columns' | 'state'>;
}

/**
 * A learner together with the preparation of its data: its space gains the preparation's parameters, a fit learns the preparation
 * from the training rows alone, and its models take raw columns. Where nothing is to be prepared, models and bundles are the
 * learner's own.
 */
export function prepared(learner: Learner): Learner {
  const need = learner.tags.preparation ?? 'native';
  if (need === 'none') return learner;
  const { onnx } = learner;
  // A learner's own parameter of that name is meant where there is one.
  const parameters = (info: DatasetInfo): StepParameter[] => {
    const own = new Set(learner.space(info).parameters.map(({ name }) => name));
    return [...preparationParameters(info, need), ...balanceParameters(info)].filter(({ name }) => !own.has(name));
  };
  const searched = (info: DatasetInfo) => parameters(info).filter((parameter) => parameter.searched);
  return {
    ...learner,
    space(info) {
      const own = learner.space(info);
      return { ...own, parameters: [...own.parameters, ...searched(info).map(plain)] };
    },
    defaults: (info) => ({ ...learner.defaults(info), ...initial(searched(info)) }),
    optional: (info) => [
      ...(learner.optional?.(info) ?? []),
      ...parameters(info)
        .filter((parameter) => !parameter.searched)
        .map(plain),
    ],
    async fit(context, config) {
      context.signal.throwIfAborted();
      const { info } = context.train;
      const all = parameters(info);
      const { own, inner } = parted(learner.name, all, config);
      const complete = { ...learner.defaults(info), ...inner };
      await readThumbnails(context.train.features, context.signal);
      if (context.validation) await readThumbnails(context.validation.features, context.signal);
      const params = { ...complete, ...initial(searched(info)), ...own };
      const { preparation, ...ready } = preparedContext(learner, need, context, { ...initial(all), ...own });
      const warmStart = await innerParent(learner, context.warmStart, preparation);
      const model = await learner.fit({ ...ready.context, warmStart }, complete);
      return dress(model, { params, columns: rawColumns(context) }, preparation);
    },
    async load(bundle) {
      if (!isPrepared(bundle)) return learner.load(bundle);
      const { preparation } = bundle.state as PreparedState;
      return dress(await learner.load(innerBundle(bundle)), bundle, restorePreparation(preparation));
    },
    ...(onnx && {
      onnx(bundle, rows) {
        if (!isPrepared(bundle)) return onnx(bundle, rows);
        const { preparation } = bundle.state as PreparedState;
        return onnx(innerBundle(bundle), preparedOnnx(rows, preparation));
      },
    }),
  };
}

/** What the learner is given in place of the raw rows: all that was learnt comes from `context.train`. */
function preparedContext(
  { tags }: Learner,
  need: Need,
  context: FitContext,
  params: Params,
): { context: FitContext; preparation?: Preparation } {
  const { train, validation, weights, signal, seed } = context;
  if (targetLength(train.target) === 0) return { context };
  const learnt = learnPreparation(train, params, need, signal);
  const random = createRandom(seed).fork('balance');
  const balanced = balance(params.balance, train.target, weights, tags.weighsRows === true, random);
  if (!learnt && !balanced) return { context };
  const preparation = learnt?.preparation ?? restorePreparation({ version: 1, steps: [], words: '' });
  const whole = { ...train, features: learnt?.train ?? train.features };
  const balancedWeights = balanced ? balanced.weights : weights;
  return {
    preparation: balanced ? withWords(preparation, balanced.words) : preparation,
    context: {
      ...context,
      train: balanced?.rows ? takeDataset(whole, balanced.rows) : whole,
      ...(validation && { validation: preparedRows(validation, preparation) }),
      weights: balancedWeights,
    },
  };
}

const withWords = (preparation: Preparation, more: string): Preparation => ({
  ...preparation,
  state: { ...preparation.state, words: [preparation.state.words, more].filter(Boolean).join(', ') },
});

/** Parameters of the preparation, and the learner's. Throws a UserError for a value that the preparation does not know. */
function parted(learner: string, parameters: readonly StepParameter[], config: Params): { own: Params; inner: Params } {
  const known = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const [own, inner] = [true, false].map((isOwn) =>
    Object.fromEntries(Object.entries(config).filter(([name]) => known.has(name) === isOwn)),
  );
  for (const [name, value] of Object.entries(own)) {
    const { distribution } = known.get(name)!;
    if (contains(distribution, value)) continue;
    throw new UserError('parameter-value', `parameter "${learner}.${name}" cannot be ${JSON.stringify(value)}.`, {
      advice: `It must be ${rangeWords(distribution)}.`,
    });
  }
  return { own, inner };
}

const initial = (parameters: readonly StepParameter[]): Params =>
  Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.initial]));

const plain = ({ name, distribution, when }: StepParameter): Parameter => ({
  name,
  distribution,
  ...(when && { when }),
});

const preparedRows = (rows: Dataset, preparation: Preparation): Dataset => ({
  ...rows,
  features: preparation.apply(rows.features),
});

const isPrepared = ({ state }: ModelBundle): boolean =>
  typeof state === 'object' && state !== null && 'preparation' in state;

const innerBundle = (bundle: ModelBundle): ModelBundle => ({ ...bundle, ...(bundle.state as PreparedState).inner });

/** The learner's own model inside a parent; none where its data were prepared otherwise: its weights speak of other inputs. */
async function innerParent(learner: Learner, parent: Model | undefined, preparation: Preparation | undefined) {
  const bundle = parent?.save();
  if (!parent || !bundle || bundle.learner !== learner.name) return parent;
  if (!isPrepared(bundle)) return preparation ? undefined : parent;
  const { preparation: parents } = bundle.state as PreparedState;
  const alike = preparation && JSON.stringify(parents) === JSON.stringify(preparation.state);
  return alike ? learner.load(innerBundle(bundle)) : undefined;
}

type Identity = Pick<ModelBundle, 'params' | 'columns'>;

/** A fitted learner as a model of the raw columns. */
function dress(inner: Model, { params, columns }: Identity, preparation: Preparation | undefined): Model {
  const save = (): ModelBundle => {
    const bundle = inner.save();
    if (!preparation) return { ...bundle, params };
    const { params: own, columns: prepared, state } = bundle;
    const nested: PreparedState = { preparation: preparation.state, inner: { params: own, columns: prepared, state } };
    return { ...bundle, params, columns, state: nested };
  };
  const { influence, ...others } = inner.facts;
  const traced = isInfluential(inner) && !isBalanced(params) ? inner : undefined;
  const facts = { ...others, ...(traced && { influence }), bytes: memoryOf(save()) };
  const edits = isEditable(inner) && {
    edited: (parts: EditedParts) => dress(inner.edited(parts), { params, columns }, preparation),
  };
  if (!preparation) return { ...inner, facts, save, ...edits };
  const apply = (rows: Table) => preparation.apply(checked(rows, columns));
  const trees = isTreeEnsemble(inner) ? treesThrough(inner, preparation, apply) : undefined;
  const model: Model & Staged = {
    ...inner,
    facts: { ...facts, words: `${inner.facts.words}; ${preparation.state.words}`, ...trees?.facts },
    save,
    predict: async (rows) => inner.predict(apply(rows)),
    stages(rows) {
      const stages = preparation.stages(checked(rows, columns));
      return isStaged(inner) ? [...stages, ...inner.stages(stages.at(-1)?.after ?? rows)] : stages;
    },
    ...(isAdditive(inner) && { termColumns: (rows: Table) => inner.termColumns(apply(rows)) }),
    ...(isReadable(inner) && readThrough(inner, preparation, apply, params)),
    ...trees?.ensemble,
    ...(isInfluential(inner) && { influences: traced && influencesThrough(traced, preparation, apply) }),
    ...edits,
  };
  if (!isDifferentiable(inner)) return model;
  return Object.assign(model, {
    inputGradient: async (rows: Table, target: Target) =>
      preparation.rawGradient(checked(rows, columns), (ready) => inner.inputGradient(ready, target)),
  });
}

/** A reading speaks of prepared columns, and says how those are made of raw ones. */
function readThrough(
  inner: Model & Readable,
  preparation: Preparation,
  apply: (rows: Table) => Table,
  { balance }: Params,
): Partial<Readable> {
  const areBalanced = isBalanced({ balance });
  return {
    readColumns: (rows) => inner.readColumns(apply(rows)),
    madeColumns: () => [...preparation.made(), ...inner.madeColumns()],
    ...(inner.weightErrors && {
      weightErrors: async (train, signal) =>
        areBalanced
          ? {
              words:
                'No intervals: the classes were balanced, so that the rows are not the sample a formula speaks of.',
            }
          : inner.weightErrors!(preparedRows(train, preparation), signal),
    }),
  };
}

const isBalanced = ({ balance }: Params): boolean => balance !== undefined && balance !== 'none';

/** Training rows pass through the preparation as the model's own did; where classes were balanced they were others. */
const influencesThrough =
  (inner: Influential, preparation: Preparation, apply: (rows: Table) => Table): Influential['influences'] =>
  async (train, row, settings) =>
    inner.influences(preparedRows(train, preparation), apply(row), settings);

function checked(rows: Table, columns: ModelBundle['columns']): Table {
  const present = new Set(rows.columns.map(({ name }) => name));
  const lacking = columns.find(({ name }) => !present.has(name));
  if (lacking) throw new RangeError(`no column "${lacking.name}" among ${[...present].join(', ')}`);
  return rows;
}

const rawColumns = ({ train }: FitContext): ModelBundle['columns'] =>
  train.features.columns.map((column) => ({
    name: column.name,
    type: column.type,
    levels: column.type === 'category' || column.type === 'boolean' ? column.levels : undefined,
  }));

const memoryOf = ({ arrays, ...rest }: ModelBundle): number =>
  Object.values(arrays).reduce((sum, array) => sum + array.byteLength, 0) + Buffer.byteLength(JSON.stringify(rest));
