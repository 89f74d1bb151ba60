import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import type { ImportanceAlongFront } from '../../shared/results/hyperparameter-importance.ts';
import { intervalWords, numberWords } from '../../shared/results/numbers.ts';
import { band, type Dataset } from './band.ts';
import type { BuildChart } from './chart.ts';
import { scatterOptions } from './scatter-options.ts';

/** Lines are told apart by colour and dashes. */
export const alongFrontLooks = [
  { line: 'blue', dashed: false },
  { line: 'orange', dashed: false },
  { line: 'green', dashed: true },
  { line: 'purple', dashed: true },
] as const;

/** The parameters that matter most anywhere along the front, at most one a look. */
export function foremost({ points }: ImportanceAlongFront): readonly string[] {
  const highest = new Map<string, number>();
  for (const { importance } of points)
    for (const { name, importance: value } of importance.parameters)
      highest.set(name, Math.max(value, highest.get(name) ?? Number.NEGATIVE_INFINITY));
  const ordered = [...highest].sort(([, a], [, b]) => b - a);
  return ordered.slice(0, alongFrontLooks.length).map(([name]) => name);
}

/** Importance by the weight of the second objective, with its 90 % intervals as bands. */
export const alongFrontChart =
  (result: ImportanceAlongFront): BuildChart =>
  (theme) => {
    const names = foremost(result);
    const lines = names.map((name) =>
      result.points.flatMap(({ weight, importance }) => {
        const found = importance.parameters.find((each) => each.name === name);
        return found ? [{ x: weight, y: found.importance, ...found.interval }] : [];
      }),
    );
    const datasets = lines.flatMap((points, i): Dataset[] => {
      const { line, dashed } = alongFrontLooks[i];
      const color = theme.colors[line];
      const drawn: Dataset = {
        type: 'line',
        label: names[i],
        data: points.map(({ x, y }) => ({ x, y })),
        borderColor: color,
        borderWidth: 2,
        borderDash: dashed ? [5, 4] : [],
        backgroundColor: color,
        pointRadius: 3,
        clip: 6,
      };
      return [drawn, ...band(color, names[i], points)];
    });
    const isShare = result.points.every(({ importance }) => importance.unit === 'share');
    const options = scatterOptions(theme, {
      x: { title: `weight of ${metricInSentence(result.objectives[1])}`, min: 0, max: 1 },
      y: { title: 'importance', grid: true, min: 0, max: isShare ? 1 : undefined },
      told: ({ datasetIndex, index }) => {
        const point = datasetIndex % 3 === 0 ? lines[datasetIndex / 3]?.[index] : undefined;
        return point
          ? {
              title: names[datasetIndex / 3],
              lines: [`${numberWords(point.y)} (${intervalWords(point)})`, `weight ${numberWords(point.x)}`],
            }
          : null;
      },
    });
    return { type: 'line', data: { datasets }, options };
  };
