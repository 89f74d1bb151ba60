import type { Engine } from '../engine/index.ts';
import { energyReportWords } from '../shared/results/energy.ts';
import { explanationsOf } from '../shared/results/explanation.ts';
import { fairnessFrontWords } from '../shared/results/fairness-front.ts';
import { finalModelsWords } from '../shared/results/final-models.ts';
import { permutationImportanceWords } from '../shared/results/permutation-importance.ts';
import { robustnessWords } from '../shared/results/robustness.ts';
import type { LeaderboardRow, StudySnapshot, TrialDetail } from '../shared/results/study.ts';
import { metricTitle, metricValue } from './metric-words.ts';
import { dim, energyCell, heading, type Output, textTable, warning } from './output.ts';
import { shortPath } from './short-path.ts';

const shownRows = 10;

/** What a run leaves: leaderboard, what matters, how it can be fooled, what it cost, and the report's path. */
export async function printSummary(
  engine: Engine,
  file: string,
  snapshot: StudySnapshot,
  output: Output,
  failed: boolean,
): Promise<void> {
  for (const note of snapshot.notes) output.line(dim(`note: ${note}`));
  output.line(failed ? warning(snapshot.message) : snapshot.message);
  output.line();
  if (snapshot.leaderboard.length === 0) return output.result({ snapshot });
  for (const line of leaderboardTable(snapshot)) output.line(line);
  if (snapshot.finals) {
    output.line(heading('What it ends with'));
    output.line(finalModelsWords(snapshot.finals));
    output.line();
  }
  if (snapshot.fairness) {
    output.line(heading('What treating groups alike costs'));
    for (const front of snapshot.fairness) output.line(fairnessFrontWords(front));
    output.line();
  }
  const detail = snapshot.best === null ? null : await engine.call('trial.show', { file, trial: 'best' });
  if (detail) printDetail(detail, output);
  output.line(heading('What it cost'));
  output.line(snapshot.energy ? energyReportWords(snapshot.energy) : 'Energy: not measured.');
  output.line();
  const { path } = await engine.call('study.report', { file });
  output.line(`${heading('Report')} ${shortPath(path)}`);
  output.result({ snapshot, best: detail, report: path });
}

function leaderboardTable({ leaderboard, objectives, counts }: StudySnapshot): string[] {
  const test = (metric: string) => ({
    title: `test ${metricTitle(metric)}`,
    cell: ({ testMetrics }: LeaderboardRow) => {
      const value = testMetrics?.[metric];
      return value === undefined ? '' : metricValue(metric, value);
    },
    align: 'right' as const,
  });
  const scored = [...new Set([objectives[0].metric, 'accuracy' as const])].filter((metric) =>
    leaderboard.some(({ testMetrics }) => testMetrics?.[metric] !== undefined),
  );
  const rows = leaderboard.slice(0, shownRows).map((row, index) => ({ ...row, rank: index + 1 }));
  const table = textTable<LeaderboardRow & { rank: number }>(
    [
      { title: '#', cell: ({ rank }) => String(rank), align: 'right' },
      { title: 'trial', cell: ({ trial }) => String(trial), align: 'right' },
      { title: 'learner', cell: ({ learner }) => learner },
      ...objectives.map(({ metric }, index) => ({
        title: metricTitle(metric),
        cell: ({ values }: LeaderboardRow) => metricValue(metric, values[index]),
        align: 'right' as const,
      })),
      ...(objectives.length > 1
        ? [{ title: 'Pareto front', cell: ({ onParetoFront }: LeaderboardRow) => (onParetoFront ? 'yes' : '') }]
        : []),
      ...(rows.some(({ fidelity }) => fidelity !== undefined)
        ? [{ title: 'resource', cell: ({ fidelity }: LeaderboardRow) => fidelity ?? 'all', align: 'right' as const }]
        : []),
      ...(rows.some(({ broken }) => broken.length > 0)
        ? [{ title: 'breaks', cell: ({ broken }: LeaderboardRow) => broken.join('; ') }]
        : []),
      ...scored.map(test),
      { title: 'seconds', cell: ({ seconds }) => seconds?.toFixed(2) ?? '-', align: 'right' },
      { title: 'energy', cell: ({ wattHours }) => energyCell(wattHours), align: 'right' },
    ],
    rows,
  );
  const more = counts.complete - rows.length;
  const others = [
    more > 0 && `${more} more`,
    counts.pruned > 0 && `${counts.pruned} stopped early`,
    counts.failed > 0 && `${counts.failed} failed`,
  ].filter(Boolean);
  return [heading('Leaderboard'), ...table, ...(others.length > 0 ? [dim(`and ${others.join(', ')}`)] : []), ''];
}

function printDetail({ trial, explanations, robustness, hasModel }: TrialDetail, output: Output): void {
  // The run's message says why there is nothing to tell.
  if (!hasModel) return;
  output.line(heading(`What matters to trial ${trial.number} (${trial.learner})`));
  const [importance] = explanationsOf(explanations, 'permutation-importance');
  output.line(importance ? permutationImportanceWords(importance) : 'Not explained.');
  output.line();
  output.line(heading('How it can be fooled'));
  output.line(robustness ? robustnessWords(robustness) : 'Not attacked.');
  output.line();
}
