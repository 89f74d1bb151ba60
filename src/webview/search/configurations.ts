import { html, nothing } from 'lit';
import { metricInSentence } from '../../shared/metric-in-sentence.ts';
import { countWords } from '../../shared/results/numbers.ts';
import type { FootprintPoint, SearchFootprint } from '../../shared/results/search-footprint.ts';
import { parallelAxis } from '../charts/parallel-axes.ts';
import type { ParallelLine } from '../charts/parallel-coordinates.ts';
import '../charts/parallel-coordinates.ts';

/** Axes that find room side by side. */
const room = 6;

/** The trials that have all of the best trial's hyperparameters, as lines from one of them to the next and to the value. */
export function configurations({ points, best, direction, objective }: SearchFootprint) {
  const tried = points.filter(({ kind }) => kind === 'tried');
  const names = Object.keys(tried.find(({ trial }) => trial === best)?.params ?? {});
  const alike = tried.filter(({ params }) => names.every((name) => params[name] !== undefined));
  const varied = names.filter((name) => new Set(alike.map(({ params }) => params[name])).size > 1).slice(0, room - 1);
  if (varied.length === 0 || alike.length < 2) return nothing;
  const axes = [
    ...varied.map((name) =>
      parallelAxis(
        name,
        alike.map(({ params }) => params[name]),
      ),
    ),
    parallelAxis(
      metricInSentence(objective),
      alike.map(({ value }) => value),
    ),
  ];
  const words = `${countWords(alike.length, 'trial')} by ${varied.join(', ')} and ${metricInSentence(objective)}`;
  return html`<h4>Hyperparameter by hyperparameter</h4>
    <vitrine-parallel-coordinates label=${words} .axes=${axes} .lines=${lines(alike, varied, best, direction)}></vitrine-parallel-coordinates>
    <p class="small quiet">${words}: a line a trial, the better the fuller, the best one thick.</p>`;
}

function lines(
  points: readonly FootprintPoint[],
  names: readonly string[],
  best: number,
  direction: SearchFootprint['direction'],
): readonly ParallelLine[] {
  const sign = direction === 'minimize' ? 1 : -1;
  const ordered = points.toSorted((a, b) => sign * (b.value - a.value));
  return ordered.map(({ trial, params, value }, rank) => ({
    trial: trial ?? -1,
    values: [...names.map((name) => params[name]), value],
    depth: rank / Math.max(1, ordered.length - 1),
    best: trial === best,
  }));
}
