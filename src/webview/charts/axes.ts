import { numberWords } from '../../shared/results/numbers.ts';
import type { ScatterConfiguration } from './chart.ts';
import type { Theme } from './theme.ts';

type Axis = NonNullable<NonNullable<ScatterConfiguration['options']>['scales']>[string];

export interface AxisOptions {
  readonly title: string;
  readonly scale?: 'linear' | 'logarithmic';
  readonly min?: number;
  readonly max?: number;
  readonly grid?: boolean;
  readonly whole?: boolean;
  /** Round numbers only, where the ends of the axis are none. */
  readonly round?: boolean;
  readonly words?: (value: number) => string;
}

/** One axis in the editor's colours, with few ticks and no frame. */
export function axis(theme: Theme, options: AxisOptions): Axis {
  const font = { family: theme.fontFamily, size: theme.fontSize };
  const words = options.words ?? numberWords;
  return {
    type: options.scale ?? 'linear',
    min: options.min,
    max: options.max,
    grace: options.grid && options.scale !== 'logarithmic' && options.max === undefined ? '5%' : 0,
    border: { display: !options.grid, color: theme.colors.lines },
    grid: { display: options.grid ?? false, color: theme.colors.grid, lineWidth: 1, drawTicks: false },
    title: { display: options.title !== '', text: options.title, color: theme.colors.quiet, font, padding: 2 },
    ticks: {
      color: theme.colors.quiet,
      font,
      padding: 4,
      maxTicksLimit: 6,
      maxRotation: 0,
      autoSkipPadding: 12,
      includeBounds: !options.round,
      precision: options.whole ? 0 : undefined,
      callback: (value: number | string) => words(Number(value)),
    },
  } as Axis;
}

/** The tooltip as the editor's hovers look. */
export function popup(theme: Theme) {
  const font = { family: theme.fontFamily, size: theme.fontSize };
  return {
    backgroundColor: theme.popup.background,
    borderColor: theme.popup.border,
    borderWidth: 1,
    titleColor: theme.popup.foreground,
    bodyColor: theme.popup.foreground,
    titleFont: { ...font, weight: 600 as const },
    bodyFont: font,
    cornerRadius: 4,
    padding: 8,
    displayColors: false,
  };
}
