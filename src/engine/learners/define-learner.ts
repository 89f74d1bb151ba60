import type { DatasetInfo } from '../../shared/dataset.ts';
import { UserError } from '../../shared/faults.ts';
import type { Parameter, Params, Space } from '../../shared/space.ts';
import type { Task } from '../../shared/task.ts';
import type { ModelFacts, NetworkGraph } from '../../shared/trial.ts';
import { type Dataset, type Target, targetLength } from '../data/dataset.ts';
import { columnNamed, type Table } from '../data/table.ts';
import type { AdditiveParts } from '../models/additive.ts';
import type { EditedParts } from '../models/editable.ts';
import type { Influential } from '../models/influential.ts';
import type { Model, ModelBundle, NumericArray } from '../models/model.ts';
import type { WriteOnnx } from '../models/onnx/write-onnx.ts';
import type { PlaceMapped } from '../models/place-mapped.ts';
import type { InputGradient, Prediction } from '../models/predictor.ts';
import type { Reading, WeightErrors } from '../models/readable.ts';
import type { Staged } from '../models/staged.ts';
import type { TreeEnsemble } from '../models/tree-ensemble.ts';
import type { EncodedColumns } from './encoded-columns.ts';
import type { FitContext, Learner, LearnerTags } from './learner.ts';
import { lacksColumn, suitsColumns } from './needed-columns.ts';

/** What fitting found out: everything that prediction needs, and what people want to know of it. */
export interface Learnt<State> {
  /** JSON-able; no NaN, no infinity. */
  readonly state: State;
  readonly arrays: Readonly<Record<string, NumericArray>>;
  readonly facts: Omit<ModelFacts, 'bytes'>;
  /** Layers, of a network. */
  readonly graph?: NetworkGraph;
}

/** What is predicted, for learners that need no more of the target. */
export interface Outcome {
  readonly task: Task;
  /** 1 for regression. */
  readonly outputs: number;
}

export interface Inference {
  /** [rows x classes] probabilities summing to 1, or [rows] values. */
  predict(rows: Table): Float64Array | Promise<Float64Array>;
  inputGradient?(rows: Table, target: Target): InputGradient | Promise<InputGradient>;
  /** Of models that are a sum of graphs; the classes are filled in. */
  parts?(): Omit<AdditiveParts, 'classes'>;
  /** Of models that calculate with numbers made of the table: these, by names that a person knows. */
  encoded?(rows: Table): EncodedColumns;
  /** Of models that a person can follow by their weights, tree, rules or shares. */
  reading?(): Reading;
  weightErrors?(train: Dataset, signal: AbortSignal): Promise<WeightErrors>;
  /** Of models whose scores are sums of leaves of trees; the classes are filled in. */
  readonly treeEnsemble?: TreeEnsemble;
  /** Of models whose predictions can be traced back to training rows. */
  readonly influential?: Influential;
  /** Of networks that see places of pictures. */
  readonly placeMaps?: PlaceMapped['placeMaps'];
  /** Of models that a person can edit: what would have been learnt had the fit found these parts. */
  readonly editable?: EditedParts['kind'];
  edited?(parts: EditedParts): EditedLearnt;
}

/** As `Learnt`, with those facts that differ. */
export interface EditedLearnt {
  readonly state: unknown;
  readonly arrays: Learnt<unknown>['arrays'];
  readonly facts: Pick<ModelFacts, 'parameters' | 'reading' | 'words'>;
}

/** The part of a learner that is its own; `defineLearner` adds the rest. */
export interface LearnerDefinition<State> {
  readonly name: string;
  readonly title: string;
  readonly tags: LearnerTags;
  /** Parameters that are not in the space: an architecture search writes them. */
  readonly further?: readonly string[];
  space(info: DatasetInfo): Space;
  /** Parameters that are not searched unless the experiment file names them. */
  optional?(info: DatasetInfo): readonly Parameter[];
  defaults(info: DatasetInfo): Params;
  work?(info: DatasetInfo, params: Params): number;
  /** Parameters are complete: what the caller left out is filled from `defaults`. */
  fit(context: FitContext, params: Params): Promise<Learnt<State>>;
  /** A fitted model predicts through this too, so that a saved one cannot differ. */
  restore(state: State, arrays: Learnt<State>['arrays'], outcome: Outcome): Inference;
  /** What `restore` predicts, as an ONNX graph. */
  readonly onnx?: WriteOnnx<State>;
}

type Identity = Omit<ModelBundle, 'state' | 'arrays'>;
interface SavedState<State> {
  readonly facts: Omit<ModelFacts, 'bytes'>;
  readonly learnt: State;
  readonly graph?: NetworkGraph;
}

/** A learner whose inputs are checked before it runs and whose models all save, load and refuse alike. */
export function defineLearner<State>(definition: LearnerDefinition<State>): Learner {
  const { name, title, tags } = definition;
  const { onnx } = definition;
  const modelOf = (identity: Identity, saved: SavedState<State>, arrays: Learnt<State>['arrays']): Model => {
    const inference = definition.restore(saved.learnt, arrays, outcomeOf(identity));
    const model = dress(identity, saved, arrays, inference);
    const { editable, edited } = inference;
    if (!editable || !edited) return model;
    return Object.assign(model, {
      editable,
      edited: (parts: EditedParts) => asModel(edited(checkedParts(editable, parts))),
    });

    function asModel({ state, arrays: own, facts }: EditedLearnt): Model {
      return modelOf(identity, { ...saved, facts: { ...saved.facts, ...facts }, learnt: state as State }, own);
    }
  };
  return {
    name,
    title,
    tags,
    space: definition.space,
    defaults: definition.defaults,
    ...(definition.optional && { optional: definition.optional }),
    ...(definition.work && { work: definition.work }),
    async fit(context, config) {
      context.signal.throwIfAborted();
      checkData(name, tags, context);
      const params = completeParams(definition, context, config);
      const { state, arrays, facts, graph } = await definition.fit(context, params);
      return modelOf(identityOf(name, context, params), { facts, learnt: state, ...(graph && { graph }) }, arrays);
    },
    async load(bundle) {
      if (bundle.learner !== name) throw new RangeError(`a model of learner "${bundle.learner}" given to "${name}"`);
      const { state, arrays, ...identity } = bundle;
      return modelOf(identity, state as SavedState<State>, arrays);
    },
    ...(onnx && {
      onnx: (bundle, rows) => onnx(rows, (bundle.state as SavedState<State>).learnt, bundle.arrays, outcomeOf(bundle)),
    }),
  };
}

function checkedParts(kind: EditedParts['kind'], parts: EditedParts): EditedParts {
  if (parts.kind !== kind) throw new RangeError(`a model of ${kind} was given ${parts.kind}`);
  return parts;
}

const outcomeOf = ({ task, classes }: Pick<ModelBundle, 'task' | 'classes'>): Outcome => ({
  task,
  outputs: classes?.length ?? 1,
});

function checkData(name: string, tags: LearnerTags, { train }: FitContext): void {
  const { task } = train.info;
  if (!tags.tasks.includes(task)) {
    throw new UserError('learner-task', `Learner "${name}" cannot do ${task}; it can do ${tags.tasks.join(' and ')}.`, {
      advice: 'Leave it out of "learners" in the experiment file.',
    });
  }
  if (!suitsColumns(tags, train.features.columns)) throw lacksColumn(name, tags);
  if (targetLength(train.target) === 0) {
    throw new UserError('no-rows', `Learner "${name}" was given no rows to learn from.`, {
      advice: 'Make the split leave more rows for training.',
    });
  }
}

function completeParams<S>(definition: LearnerDefinition<S>, { train }: FitContext, config: Params): Params {
  const defaults = definition.defaults(train.info);
  const known = new Set([
    ...Object.keys(defaults),
    ...definition.space(train.info).parameters.map((parameter) => parameter.name),
    ...(definition.optional?.(train.info) ?? []).map((parameter) => parameter.name),
    ...(definition.further ?? []),
  ]);
  const unknown = Object.keys(config).find((key) => !known.has(key));
  if (unknown !== undefined) {
    throw new UserError('unknown-parameter', `Learner "${definition.name}" has no parameter "${unknown}".`, {
      advice: known.size > 0 ? `It has ${[...known].join(', ')}.` : 'It has none.',
    });
  }
  return { ...defaults, ...config };
}

/** Levels are kept where a person would choose among them; free text and ids would only fill the file. */
const identityOf = (learner: string, { train, seed }: FitContext, params: Params): Identity => ({
  format: 'vitrine-model',
  version: 1,
  learner,
  params,
  task: train.info.task,
  classes: train.target.kind === 'classes' ? train.target.classes : undefined,
  target: train.info.target,
  columns: train.features.columns.map((column) => ({
    name: column.name,
    type: column.type,
    levels: column.type === 'category' || column.type === 'boolean' ? column.levels : undefined,
  })),
  dataHash: train.info.hash,
  seed,
});

function dress<State>(
  identity: Identity,
  saved: SavedState<State>,
  arrays: Learnt<State>['arrays'],
  inference: Inference,
): Model {
  const { task, classes, columns } = identity;
  const checked = (rows: Table) => {
    for (const { name } of columns) columnNamed(rows, name);
    return rows;
  };
  const model: Model = {
    task,
    classes,
    ...(saved.graph && { graph: saved.graph }),
    facts: {
      ...saved.facts,
      bytes: bytesOf(identity, saved, arrays),
      ...(inference.treeEnsemble && { trees: 'of raw columns' }),
      ...(inference.inputGradient && { gradients: true }),
      ...(inference.influential && { influence: inference.influential.influenceWay }),
      ...(inference.placeMaps && { places: true }),
    },
    async predict(rows): Promise<Prediction> {
      const values = await inference.predict(checked(rows));
      return classes ? { kind: 'probabilities', classCount: classes.length, values } : { kind: 'values', values };
    },
    save: () => ({ ...identity, state: saved, arrays }),
  };
  const { inputGradient, parts, reading, weightErrors, treeEnsemble, influential, placeMaps } = inference;
  return Object.assign(
    model,
    inputGradient && { inputGradient: async (rows: Table, target: Target) => inputGradient(checked(rows), target) },
    parts && {
      parts: () => ({ ...parts(), ...(classes && { classes: scoredClasses(classes) }) }),
      termColumns: checked,
    },
    reading && { reading, readColumns: checked, madeColumns: () => [] },
    weightErrors && { weightErrors },
    inference.encoded && { stages: inputsStage(inference.encoded, checked) },
    treeEnsemble && treesOf(treeEnsemble, checked, classes),
    influential && influentialOf(influential, checked),
    placeMaps && { placeMaps: (rows: Table, ...given: [number, number]) => placeMaps(checked(rows), ...given) },
  );
}

const influentialOf = ({ influenceWay, influences }: Influential, checked: (rows: Table) => Table): Influential => ({
  influenceWay,
  influences: (train, row, settings) => {
    checked(train.features);
    return influences(train, checked(row), settings);
  },
});

/** The one step of a learner that makes numbers of its table. */
const inputsStage =
  (encoded: NonNullable<Inference['encoded']>, checked: (rows: Table) => Table): Staged['stages'] =>
  (rows) => {
    const { table, made } = encoded(checked(rows));
    return [{ name: 'inputs', before: rows, after: table, made }];
  };

function treesOf(
  { treeInputs, trees, treeNumbers }: TreeEnsemble,
  checked: (rows: Table) => Table,
  classes: readonly string[] | undefined,
): TreeEnsemble {
  return {
    treeInputs,
    trees() {
      const known = trees();
      if (!classes) return known;
      return { ...known, classes: known.start.length === 1 ? scoredClasses(classes) : classes };
    },
    treeNumbers: (rows) => treeNumbers(checked(rows)),
  };
}

/** Of two classes the second one's log odds are the only score. */
const scoredClasses = (classes: readonly string[]): readonly string[] =>
  classes.length === 2 ? [classes[1]] : classes;

const bytesOf = (identity: Identity, saved: unknown, arrays: Readonly<Record<string, NumericArray>>): number =>
  Object.values(arrays).reduce((sum, array) => sum + array.byteLength, 0) +
  Buffer.byteLength(JSON.stringify({ ...identity, state: saved }));
