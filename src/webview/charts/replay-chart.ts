import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import { countWords } from '../../shared/results/numbers.ts';
import type { ReplayedTrial, ReplayMoment, SearchReplay } from '../../shared/results/search-replay.ts';
import { scoreWords } from '../components/amounts.ts';
import { phaseMarks, phaseTitles } from '../search/phase-marks.ts';
import { type Dataset, faint, quietLine } from './band.ts';
import { suitsLogarithm } from './best-so-far-chart.ts';
import type { BuildChart } from './chart.ts';
import { extent } from './extent.ts';
import { scatterOptions } from './scatter-options.ts';

type Ended = ReplayedTrial & { readonly ended: number; readonly value: number };

/** Trials with a value in the order of their ends, from 1. */
export function endedTrials({ trials, ends }: SearchReplay): readonly (Ended & { readonly order: number })[] {
  const byNumber = new Map(trials.map((trial) => [trial.trial, trial]));
  return ends.flatMap((number, i) => {
    const trial = byNumber.get(number);
    const value = trial?.values?.[0];
    return trial && value !== undefined ? [{ ...trial, ended: trial.ended ?? 0, value, order: i + 1 }] : [];
  });
}

/** The search at one moment on the axes of the whole of it, so that nothing jumps: a mark a trial by its phase, hollow where it cannot be the best. */
export const replayChart =
  (replay: SearchReplay, moment: ReplayMoment, openTrial?: (trial: number) => void): BuildChart =>
  (theme) => {
    const all = endedTrials(replay);
    const values = all.map(({ value }) => value);
    const scale = suitsLogarithm(values) ? 'logarithmic' : 'linear';
    const [low, high] = extent(values);
    const margin = (high - low || Math.abs(high) || 1) * 0.06;
    const groups = [
      ...Map.groupBy(
        all.filter(({ order }) => order <= moment.ended),
        (trial) => trial.phase,
      ),
    ];
    const clouds = groups.map(([phase, trials]): Dataset => {
      const { shape, color } = phaseMarks[phase];
      const ink = theme.colors[color];
      return {
        type: 'scatter',
        label: phaseTitles[phase],
        data: trials.map(({ order, value }) => ({ x: order, y: value })),
        pointStyle: shape,
        pointRadius: 3.5,
        pointHoverRadius: 6,
        clip: 8,
        pointBorderWidth: 1.5,
        pointBorderColor: ink,
        pointBackgroundColor: trials.map(({ feasible, whole }) => (feasible && whole ? ink : faint(ink, 0))),
      };
    });
    const steps = moment.improvements.map(({ ended, value }) => ({ x: ended, y: value }));
    const best: Dataset = {
      ...quietLine,
      label: 'best so far',
      data: moment.best ? [...steps, { x: moment.ended, y: moment.best.value }] : steps,
      stepped: true,
      borderWidth: 1.5,
      borderColor: theme.colors.foreground,
    };
    const at = ({ datasetIndex, index }: { datasetIndex: number; index: number }) =>
      groups[datasetIndex - 1]?.[1][index];
    const [objective] = replay.objectives;
    const options = scatterOptions(theme, {
      x: { title: 'trials ended', min: 0, max: Math.max(1, replay.ends.length), whole: true },
      y: {
        title: metricInSentence(objective.name),
        scale,
        grid: true,
        round: true,
        min: scale === 'linear' ? low - margin : low * 0.88,
        max: scale === 'linear' ? high + margin : high * 1.12,
      },
      told: (place) => {
        const trial = at(place);
        if (!trial) return null;
        const limits = [
          trial.feasible ? [] : ['breaks a constraint'],
          trial.whole ? [] : ['not all of the resource'],
        ].flat();
        return {
          title: `Trial ${trial.trial} · ${phaseTitles[trial.phase]}`,
          lines: [
            `${metricInSentence(objective.name)} ${scoreWords(trial.value)}`,
            `after ${countWords(trial.order, 'trial')}`,
            ...limits,
          ],
        };
      },
      onOpen: openTrial && ((place) => at(place) && openTrial(at(place).trial)),
    });
    return { type: 'scatter', data: { datasets: [best, ...clouds] }, options };
  };
