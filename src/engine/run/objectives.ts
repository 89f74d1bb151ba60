import type { Experiment, Objective } from '../../shared/experiment/experiment.ts';
import { UserError } from '../../shared/faults.ts';
import { defaultMetric, isMetricName, type MetricInfo, metrics, metricsFor } from '../../shared/metrics.ts';
import type { Task } from '../../shared/task.ts';

/** A script's own first; else those of the file, or the task's own. Throws a UserError where one is not for the task. */
export function objectivesOf({ objectives, script, file }: Experiment, task: Task | null): readonly Objective[] {
  if (script) return [script.objective, ...objectives.filter(({ metric }) => metric !== script.objective.metric)];
  if (task === null) throw new RangeError('objectives without a script need a task');
  if (objectives.length === 0)
    return [{ metric: defaultMetric(task), direction: metrics[defaultMetric(task)].direction }];
  const suits = (metric: string) => isMetricName(metric) && (metrics[metric] as MetricInfo).tasks.includes(task);
  const unfit = objectives.find(({ metric }) => !suits(metric));
  if (!unfit) return objectives;
  throw new UserError('metric-task', `the objective "${unfit.metric}" is not for ${task} tasks.`, {
    place: { file },
    advice: `Choose among ${metricsFor(task).join(', ')}.`,
  });
}
