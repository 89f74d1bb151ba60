import type { Objective } from '../../shared/experiment/experiment.ts';
import { UserError } from '../../shared/faults.ts';
import { type Direction, isMetricName, metrics } from '../../shared/metrics.ts';
import { listWords } from '../../shared/results/numbers.ts';
import type { ImportWishes } from '../../shared/study-address.ts';

/** Names that say that a number is what was searched for, the likeliest first. */
const telling = [
  /^(value|objective|target)(_?\d+)?$/i,
  /loss/i,
  /^(cost|score|error|metric|reward|fitness)$/i,
  /(accuracy|auc|rmse|mae|f1|error|score|reward|regret)/i,
];

/** Names of what is better when higher; anything else is taken to be better when lower. */
const higherIsBetter = /acc|auc|f1|score|reward|r2|precision|recall|fitness|gain|iou|bleu|mcc/i;

export interface ObjectiveChoice {
  readonly objectives: readonly Objective[];
  /** What was inferred, and how to say otherwise. */
  readonly notes: readonly string[];
}

/**
 * The objectives among numbers that a file names, where it does not say which they are: those wished for, else one whose name tells, or all
 * of `value_0`, `value_1`. Throws a UserError `import-values` where a wish names none of them, and where no name tells.
 * @param names in the file's order
 */
export function chooseObjectives(names: readonly string[], wishes: ImportWishes, file: string): ObjectiveChoice {
  const { values } = wishes;
  const unknown = values?.find((name) => !names.includes(name));
  const known =
    names.length > 0
      ? `Numbers in it: ${names.slice(0, 30).join(', ')}${names.length > 30 ? ', ...' : ''}.`
      : 'It has no column of numbers.';
  if (unknown !== undefined) throw choiceFault(file, `nothing in it is called "${unknown}".`, known);
  const chosen = values ?? inferred(names);
  if (chosen.length === 0)
    throw choiceFault(file, 'it does not say which number was searched for.', `Say which: --value NAME. ${known}`);
  const objectives = chosen.map((metric, i) => ({
    metric,
    direction: wishes.directions?.[i] ?? wishes.directions?.[0] ?? usualDirection(metric),
  }));
  return { objectives, notes: values && wishes.directions ? [] : [inferredWords(objectives, values !== undefined)] };
}

function inferred(names: readonly string[]): readonly string[] {
  const numbered = names.filter((name) => /^values?_\d+$/.test(name));
  if (numbered.length > 0) return numbered;
  const first = telling.map((pattern) => names.find((name) => pattern.test(name))).find((name) => name !== undefined);
  return first === undefined ? [] : [first];
}

export const usualDirection = (name: string): Direction =>
  isMetricName(name)
    ? metrics[name].direction
    : higherIsBetter.test(name) && !/loss|error/i.test(name)
      ? 'maximize'
      : 'minimize';

function inferredWords(objectives: readonly Objective[], given: boolean): string {
  const words = objectives.map(
    ({ metric, direction }) => `${metric} (${direction === 'minimize' ? 'lower' : 'higher'} is better)`,
  );
  return given
    ? `Whether lower or higher is better follows from the name: ${listWords(words)}. Say otherwise with --direction.`
    : `What was searched for follows from the names: ${listWords(words)}. Say otherwise with --value and --direction.`;
}

const choiceFault = (file: string, message: string, advice: string) =>
  new UserError('import-values', message, { place: { file }, advice });
