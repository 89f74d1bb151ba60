import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import { numberWords, percentWords, valueWords } from '../../shared/results/numbers.ts';
import type { FootprintPoint, SearchFootprint } from '../../shared/results/search-footprint.ts';
import { type Dataset, faint } from './band.ts';
import type { BuildChart } from './chart.ts';
import type { LearnerMark } from './learner-marks.ts';
import { scatterOptions } from './scatter-options.ts';

type Kind = 'best' | 'tried' | 'covered' | 'promising' | 'dead';

/** The marks of the map and of its legend. */
export const footprintMarks = {
  best: { shape: 'star', color: 'orange' },
  tried: { shape: 'circle', color: 'blue' },
  promising: { shape: 'triangle', color: 'green' },
  covered: { shape: 'rect', color: 'quiet' },
  dead: { shape: 'cross', color: 'quiet' },
} as const satisfies Readonly<Record<Kind, LearnerMark>>;

const kinds = Object.keys(footprintMarks) as Kind[];

const kindOf = ({ kind, trial, region }: FootprintPoint, best: number): Kind =>
  kind === 'tried' ? (trial === best ? 'best' : 'tried') : region;

/** How deep a tried mark is drawn: the best fifth whole, the worst faint. */
function depths(points: readonly FootprintPoint[], direction: SearchFootprint['direction']): readonly number[] {
  const sign = direction === 'minimize' ? 1 : -1;
  const ordered = points.map(({ value }, i) => ({ i, loss: sign * value })).sort((a, b) => a.loss - b.loss);
  const depth = new Array<number>(points.length).fill(100);
  for (const [rank, { i }] of ordered.entries()) depth[i] = 100 - 75 * (Math.floor((5 * rank) / ordered.length) / 4);
  return depth;
}

const named = 5;

/** The map of the space: tried configurations by their value, and drawn ones by what is thought of them. */
export const footprintChart =
  ({ points, best, direction, objective }: SearchFootprint, openTrial?: (trial: number) => void): BuildChart =>
  (theme) => {
    const groups = kinds.map((kind) => points.filter((point) => kindOf(point, best) === kind));
    const datasets = kinds.map((kind, i): Dataset => {
      const { shape, color } = footprintMarks[kind];
      const ink = theme.colors[color];
      const shades = kind === 'tried' ? depths(groups[i], direction).map((depth) => faint(ink, depth)) : ink;
      return {
        type: 'scatter',
        label: kind,
        data: groups[i].map(({ x, y }) => ({ x, y })),
        pointStyle: shape,
        pointRadius: kind === 'best' ? 8 : kind === 'tried' ? 4.5 : kind === 'promising' ? 4 : 2,
        pointHoverRadius: 8,
        clip: 8,
        pointBorderColor: kind === 'tried' ? ink : kind === 'dead' || kind === 'covered' ? faint(ink, 55) : ink,
        pointBorderWidth: kind === 'best' ? 2.5 : kind === 'promising' ? 0 : 1,
        pointBackgroundColor: kind === 'covered' ? faint(ink, 55) : shades,
      };
    });
    const options = scatterOptions(theme, {
      x: { title: '', min: -1.08, max: 1.08, words: () => '' },
      y: { title: '', min: -1.08, max: 1.08, words: () => '' },
      told: ({ datasetIndex, index }) => tell(groups[datasetIndex][index], objective),
      onOpen: ({ datasetIndex, index }) => {
        const { trial } = groups[datasetIndex][index];
        if (trial !== null) openTrial?.(trial);
      },
    });
    return { type: 'scatter', data: { datasets }, options };
  };

function tell({ kind, trial, value, deviation, chance, region, params }: FootprintPoint, objective: string) {
  const shown = Object.entries(params).slice(0, named);
  const rest = Object.keys(params).length - shown.length;
  const values = [...shown.map(([name, of]) => `${name} ${valueWords(of)}`), ...(rest > 0 ? [`${rest} more`] : [])];
  const said =
    kind === 'tried'
      ? [`${metricInSentence(objective)} ${numberWords(value, 4)}`]
      : [
          `foretold ${numberWords(value)} ± ${numberWords(deviation, 2)}`,
          `beats the best with a chance of ${percentWords(chance, 0)}`,
        ];
  return { title: trial === null ? `Not tried, ${region}` : `Trial ${trial}`, lines: [...said, ...values] };
}
