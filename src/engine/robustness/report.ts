import type { RobustnessPoint, RobustnessReport } from '../../shared/results/robustness.ts';
import { takeDataset } from '../data/dataset.ts';
import { takeRows } from '../data/table.ts';
import { type CountedPredictor, countPredictions } from '../explain/counted-predictor.ts';
import type { ExplainData } from '../explain/explainer.ts';
import { sampleRows } from '../explain/sample-rows.ts';
import { isDifferentiable, type Prediction, type Predictor } from '../models/predictor.ts';
import { createRandom } from '../random.ts';
import { clopperPearson } from '../statistics/clopper-pearson.ts';
import type { Attack } from './attack.ts';
import { type AttackedPart, attackedRows, type Fallen, fallenRows } from './attacked-rows.ts';
import { attacks as allAttacks } from './attacks/registry.ts';
import { type Campaign, runCampaign } from './campaign.ts';
import { type Clean, cleanState } from './clean-state.ts';
import { flags } from './flags.ts';
import { takeGoal } from './goal.ts';
import { type FlipCheck, flipCheck } from './smallest-edits.ts';
import { type ThreatModel, threatModel } from './threat-model.ts';

export interface RobustnessOptions {
  readonly seed: number;
  /** Multiples of each numeric column's training IQR; 0 is always there. Default 0.05, 0.1, 0.25, 0.5 and 1. */
  readonly epsilons?: readonly number[];
  /** Categories of a row that may change; default 1. */
  readonly categoricalEdits?: number;
  /** At most this many rows are attacked, a seeded sample; default 200. */
  readonly rowCap?: number;
  /** Predictions or gradients for each row, attack and epsilon; default 50. */
  readonly queriesPerRow?: number;
  /** Columns that stay as they are, such as the sensitive ones. */
  readonly frozen?: readonly string[];
  /** Regression: moves of the prediction beyond this are flips; default 0.25 standard deviations of the training target. */
  readonly tolerance?: number;
  /** Attacked rows told in words; default 10. */
  readonly examples?: number;
  /** Default: all of the registry; those that do not suit the model are left out. */
  readonly attacks?: readonly Attack[];
}

const defaults = {
  epsilons: [0.05, 0.1, 0.25, 0.5, 1],
  categoricalEdits: 1,
  rowCap: 200,
  queriesPerRow: 50,
  frozen: [] as readonly string[],
  examples: 10,
  attacks: allAttacks,
};
type Settings = Required<Omit<RobustnessOptions, 'tolerance'>> & Pick<RobustnessOptions, 'tolerance'>;

/**
 * Attacks a model on rows it was not fitted on and reports what is left of its accuracy at each epsilon: per row the worst
 * over all attacks, an upper bound on the true robustness and never a certificate. Beside it always the clean accuracy,
 * the Matthews correlation and the majority baseline, and whatever makes the figures unreliable.
 * Throws a RangeError on an option out of range, an unknown frozen column or an empty part; an AbortError on the signal.
 */
export async function checkRobustness(
  predictor: Predictor,
  data: ExplainData,
  given: RobustnessOptions,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<RobustnessReport> {
  const settings: Settings = { ...defaults, ...given };
  checkSettings(settings, data);
  const counted = countPredictions(predictor, signal);
  const random = createRandom(settings.seed);
  const available = data.evaluation.features.rowCount;
  const picked = sampleRows(available, settings.rowCap, random.fork('rows'));
  const sample = takeDataset(data.evaluation, picked);
  const untouched = await counted.predict(sample.features);
  const unstableRows = differences(untouched, await counted.predict(sample.features));
  const clean = cleanState(untouched, sample.target, data.train.target, settings.tolerance);
  const standing = [...clean.right.keys()].filter((row) => clean.right[row] === 1);
  const part: AttackedPart = {
    rows: takeRows(sample.features, standing),
    goal: takeGoal(clean.goal, standing),
    positions: standing.map((row) => picked[row]),
  };
  const threat = threatModel(data.train.features, settings);
  const task = { ...part, ...settings, predictor: watched(predictor, counted), threat, random };
  const attacked = anythingToDo(part, threat);
  const campaign = await runCampaign(
    { ...task, epsilons: attacked ? settings.epsilons : [], attacks: suitable(settings, predictor) },
    (share) => progress(0.9 * share),
    signal,
  );
  const check = flipCheck(counted, signal);
  const fallen = await fallenRows(part, campaign.smallest, threat, check);
  const told = await fallenRows(part, campaign.plainest, threat, check);
  const examples = await attackedRows(told, counted, threat, check, settings.examples);
  const outcome = {
    settings,
    data,
    clean,
    attacked,
    campaign,
    fallen,
    threat,
    check,
    unstableRows,
    rows: picked.length,
  };
  progress(1);
  return {
    ...assemble(outcome),
    examples,
    attacks: attacked ? attackEntries(outcome, predictor) : [],
    cost: costOf(counted, campaign),
  };
}

/** Everything the report is put together from. */
interface Outcome {
  readonly settings: Settings;
  readonly data: ExplainData;
  readonly clean: Clean;
  /** False where no row or no column may be attacked: how much would withstand is then not known. */
  readonly attacked: boolean;
  readonly campaign: Campaign;
  readonly fallen: Fallen;
  readonly threat: ThreatModel;
  readonly check: FlipCheck;
  readonly unstableRows: number;
  readonly rows: number;
}

function assemble(outcome: Outcome): Omit<RobustnessReport, 'examples' | 'attacks' | 'cost'> {
  const { settings, data, clean, campaign, threat, rows } = outcome;
  const curve = curveOf(outcome);
  const { attacks: _, frozen, seed, ...options } = settings;
  return {
    kind: 'robustness',
    version: 1,
    question: 'how can it be fooled',
    options: { ...options, frozen },
    seed,
    dataHash: data.evaluation.info.hash,
    quality: qualityOf(curve),
    part: data.part,
    rows,
    rowsAvailable: data.evaluation.features.rowCount,
    categoricalEdits: settings.categoricalEdits,
    cleanAccuracy: clean.accuracy,
    cleanMcc: clean.mcc,
    ...(clean.r2 !== undefined && { cleanR2: clean.r2 }),
    majorityBaseline: clean.majorityBaseline,
    curve,
    validEditRate: campaign.proposed === 0 ? null : campaign.valid / campaign.proposed,
    frozen: threat.columns.flatMap(({ name, frozen }) => (frozen === null ? [] : [{ column: name, reason: frozen }])),
    flags: flags({
      strikes: campaign.strikes,
      rows,
      cleanAccuracy: clean.accuracy,
      cleanMcc: clean.mcc,
      cleanR2: clean.r2,
      majorityBaseline: clean.majorityBaseline,
      editableColumns: editable(threat),
      unstableRows: outcome.unstableRows,
    }),
    ...(clean.tolerance !== undefined && { tolerance: clean.tolerance }),
  };
}

/**
 * Of what was not attacked the clean accuracy alone. A row stands at an epsilon unless an edit of at most that size flips it; categories
 * change at any epsilon above 0.
 */
function curveOf({ settings, attacked, clean, fallen, rows }: Outcome): RobustnessPoint[] {
  const standing = clean.right.reduce((sum, right) => sum + right, 0);
  return [0, ...(attacked ? settings.epsilons : [])].map((epsilon) => {
    const lost = epsilon === 0 ? 0 : fallen.epsilon.filter((size) => size <= epsilon * (1 + 1e-9)).length;
    return { epsilon, robustAccuracy: (standing - lost) / rows, interval: clopperPearson(standing - lost, rows) };
  });
}

function qualityOf(curve: readonly RobustnessPoint[]): RobustnessReport['quality'] {
  const { epsilon, interval } = curve[curve.length - 1];
  if (epsilon === 0) return { measure: 'width of the interval', value: null, words: 'Nothing was attacked.' };
  const width = interval.high - interval.low;
  return {
    measure: 'width of the interval',
    value: width,
    words: `With so many rows the robust accuracy at epsilon ${epsilon} is known to within ${(100 * width).toFixed(0)} points (95 %), as far as these attacks go; a stronger attack may find less.`,
  };
}

function attackEntries({ settings, campaign, check }: Outcome, predictor: Predictor): RobustnessReport['attacks'] {
  const entries = suitable(settings, predictor).map(({ name, access, words }) => ({
    name,
    access,
    queries: campaign.queries.get(name) ?? 0,
    words,
  }));
  const shrinking = 'Makes the edits found smaller and fewer as long as they flip.';
  return [...entries, { name: 'shrinking', access: 'decision', queries: check.queries(), words: shrinking }];
}

const suitable = ({ attacks }: Settings, predictor: Predictor) => attacks.filter((attack) => attack.suits(predictor));

const editable = ({ columns, categoricalEdits }: ThreatModel): number =>
  columns.filter(({ frozen, kind }) => frozen === null && (kind === 'numeric' || categoricalEdits > 0)).length;

const anythingToDo = (part: AttackedPart, threat: ThreatModel) => part.rows.rowCount > 0 && editable(threat) > 0;

/** The counted predictor, with the gradients of the one it counts. */
function watched(predictor: Predictor, counted: CountedPredictor): Predictor {
  if (!isDifferentiable(predictor)) return counted;
  return { ...counted, inputGradient: predictor.inputGradient.bind(predictor) } as Predictor;
}

/** Gradients are not predictions, but rows that were asked about all the same. */
function costOf(counted: CountedPredictor, { strikes }: Campaign): RobustnessReport['cost'] {
  const { seconds, predictions } = counted.cost();
  return { seconds, predictions: predictions + strikes.reduce((sum, { gradientRows }) => sum + gradientRows, 0) };
}

/** Rows of which two predictions differ. */
function differences(first: Prediction, second: Prediction): number {
  const width = first.kind === 'probabilities' ? first.classCount : 1;
  const rows = new Set<number>();
  first.values.forEach((value, i) => {
    if (value !== second.values[i]) rows.add(Math.floor(i / width));
  });
  return rows.size;
}

function checkSettings(settings: Settings, data: ExplainData): void {
  const { epsilons, categoricalEdits } = settings;
  if (
    epsilons.length === 0 ||
    !epsilons.every((epsilon, i) => epsilon > (epsilons[i - 1] ?? 0) && Number.isFinite(epsilon))
  )
    throw new RangeError(`epsilons must be above 0 and ascending, not ${epsilons.join(', ')}`);
  for (const name of ['rowCap', 'queriesPerRow'] as const)
    if (!Number.isInteger(settings[name]) || settings[name] < 1)
      throw new RangeError(`${name} must be a whole number from 1, not ${settings[name]}`);
  if (!Number.isInteger(categoricalEdits) || categoricalEdits < 0)
    throw new RangeError(`categoricalEdits must be a whole number from 0, not ${categoricalEdits}`);
  // A frozen column that the file ignores is no feature, and stays as it is anyway.
  const known = [...data.train.features.columns, ...data.evaluation.info.columns].map(({ name }) => name);
  const unknown = settings.frozen.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new RangeError(`the frozen column "${unknown}" is not a column of the data`);
  if (data.evaluation.features.rowCount === 0) throw new RangeError(`the ${data.part} part has no rows to attack`);
}
