import { type AxisOptions, axis, popup } from './axes.ts';
import type { ScatterConfiguration } from './chart.ts';
import type { Theme } from './theme.ts';

type Place = { readonly datasetIndex: number; readonly index: number };

export interface ScatterOptions {
  readonly x: AxisOptions;
  readonly y: AxisOptions;
  /** What is said of a mark: a title and lines; null where it says nothing. */
  readonly told: (place: Place) => { readonly title: string; readonly lines: readonly string[] } | null;
  readonly onOpen?: (place: Place) => void;
}

/** What all charts of the search share: no motion, the editor's hover, marks that open their trial. */
export function scatterOptions(theme: Theme, { x, y, told, onOpen }: ScatterOptions): ScatterConfiguration['options'] {
  return {
    animation: false,
    maintainAspectRatio: false,
    parsing: false,
    interaction: { mode: 'nearest', intersect: true },
    layout: { padding: { top: 6, right: 8 } },
    onClick: (_event, [hit]) => hit && onOpen?.(hit),
    onHover: (event, [hit]) => {
      const canvas = event.native?.target as HTMLElement | undefined;
      if (canvas) canvas.style.cursor = onOpen && hit && told(hit) !== null ? 'pointer' : 'default';
    },
    scales: { x: axis(theme, x), y: axis(theme, y) },
    plugins: {
      legend: { display: false },
      tooltip: {
        ...popup(theme),
        filter: ({ datasetIndex, dataIndex }) => told({ datasetIndex, index: dataIndex }) !== null,
        callbacks: {
          title: ([item]) =>
            item ? (told({ datasetIndex: item.datasetIndex, index: item.dataIndex })?.title ?? '') : '',
          label: (item) => [...(told({ datasetIndex: item.datasetIndex, index: item.dataIndex })?.lines ?? [])],
        },
      },
    },
  };
}
