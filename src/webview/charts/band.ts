import type { ScatterConfiguration } from './chart.ts';

export type Dataset = ScatterConfiguration['data']['datasets'][number];

/** A line without marks. */
export const quietLine = { type: 'line', pointRadius: 0, pointHitRadius: 0 } as const;

/** Thin enough to see the grid through. */
export const faint = (color: string, percent = 18): string => `color-mix(in srgb, ${color} ${percent}%, transparent)`;

/** An interval along a line, filled between its ends. */
export function band(color: string, label: string, points: readonly { x: number; low: number; high: number }[]) {
  const edge = (end: 'low' | 'high', fill: false | '-1'): Dataset => ({
    ...quietLine,
    label: `${label}, ${end}`,
    data: points.map((point) => ({ x: point.x, y: point[end] })),
    borderColor: 'transparent',
    backgroundColor: faint(color),
    fill,
  });
  return [edge('high', false), edge('low', '-1')];
}
