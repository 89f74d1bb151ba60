import { parseConstraint } from '../../shared/experiment/constraint.ts';
import { fairnessCriteria, fairnessName } from '../../shared/experiment/fairness-measure.ts';
import {
  isMetricName,
  type MetricInfo,
  type MetricName,
  metricNames,
  metrics,
  metricsFor,
} from '../../shared/metrics.ts';
import { alternatives } from '../../shared/nearest.ts';
import type { Task } from '../../shared/task.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { fairnessConstraints, measureInstead } from '../fairness-constraints.ts';
import { possibleTasks } from '../possible-tasks.ts';
import { diagnostic, type Given, type Rule, replacement } from '../rule.ts';
import type { Path, Source } from '../source.ts';

interface Written {
  readonly metric: MetricName;
  readonly path: Path;
  readonly direction?: unknown;
}

function objectivesIn(source: Source): Written[] {
  const list = source.valueAt(['objectives']);
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, i) => {
    const form =
      typeof item === 'object' && item !== null
        ? (item as { metric?: unknown; direction?: unknown })
        : { metric: item };
    const metric = metricNames.find((name) => name === form.metric);
    const path = typeof item === 'object' ? ['objectives', i, 'metric'] : ['objectives', i];
    return metric ? [{ metric, path, direction: form.direction }] : [];
  });
}

/** Metrics that constraints bound: a trial whose constraint cannot be measured fails. */
function constrainedIn(source: Source): Written[] {
  const list = source.valueAt(['constraints']);
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, i) => {
    const reading = typeof item === 'string' ? parseConstraint(item) : undefined;
    return reading?.ok && isMetricName(reading.value.metric)
      ? [{ metric: reading.value.metric, path: ['constraints', i] }]
      : [];
  });
}

function unsuitable(source: Source, { metric, path }: Written, tasks: readonly Task[]): Diagnostic | undefined {
  const info: MetricInfo = metrics[metric];
  if (info.tasks.some((task) => tasks.includes(task))) return undefined;
  const task = tasks.includes('regression') ? 'regression' : tasks.length > 1 ? 'classification' : tasks[0];
  const others = metricsFor(tasks[0]).filter((name) => (metrics[name] as MetricInfo).tasks.length < 3);
  const message = `${metric} is for ${alternatives(info.tasks)}, but this is ${task}. Choose ${alternatives(others)}.`;
  return diagnostic('unsuitable-metric', source.valueRange(path), message);
}

function turned(source: Source, { metric, path, direction }: Written): Diagnostic | undefined {
  const usual = metrics[metric].direction;
  if ((direction !== 'minimize' && direction !== 'maximize') || direction === usual) return undefined;
  const range = source.valueRange([...path.slice(0, -1), 'direction']);
  const message = `${metric} is better when it is ${usual === 'minimize' ? 'smaller' : 'larger'}; to ${direction} it looks for the worst model. Remove the direction, or write ${usual}.`;
  return diagnostic('unusual-direction', range, message, replacement(range, usual));
}

/** Rates are of classes; of numbers groups have mean predictions. */
function* unsuitableCriteria({ source }: Given, tasks: readonly Task[]): Generator<Diagnostic> {
  if (tasks.some((task) => task !== 'regression')) return;
  const [usual] = fairnessCriteria;
  for (const constraint of fairnessConstraints(source)) {
    const { measure, path } = constraint;
    if (measure.criterion === usual) continue;
    const message = `${measure.criterion} compares rates of classes, but this is regression. ${fairnessName({ ...measure, criterion: usual })} bounds the difference of the groups' mean predictions, in the target's unit.`;
    const fix = measureInstead(source, constraint, { ...measure, criterion: usual });
    yield diagnostic('unsuitable-metric', source.valueRange(path), message, fix);
  }
}

export const objectives: Rule = {
  codes: ['unsuitable-metric', 'unusual-direction'],
  *check(given) {
    const tasks = possibleTasks(given);
    for (const written of [...objectivesIn(given.source), ...constrainedIn(given.source)]) {
      const found = [unsuitable(given.source, written, tasks), turned(given.source, written)];
      for (const one of found) if (one) yield one;
    }
    yield* unsuitableCriteria(given, tasks);
  },
};
