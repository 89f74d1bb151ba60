import { html, nothing } from 'lit';
import { criterionTitles } from '../../shared/experiment/fairness-measure.ts';
import {
  changeWords,
  type Measured,
  type Mitigation,
  type MitigationRow,
  mitigationTitle,
} from '../../shared/results/fairness.ts';
import { numberWords, percentWords } from '../../shared/results/numbers.ts';
import type { Bar } from '../charts/interval-bars.ts';
import '../charts/interval-bars.ts';

interface Shown {
  readonly title: string;
  readonly of: (row: MitigationRow) => Measured | undefined;
  readonly words: (value: number) => string;
  readonly note?: (row: MitigationRow) => string | undefined;
}

const share = (value: number) => percentWords(value);
const number = (value: number) => numberWords(value, 2);

/** A picture a measure, a bar a way to decide: accuracy with its change, how far groups lie apart, and how many of each are selected. */
export function mitigationBars({ groups, rows }: Mitigation) {
  const shown: readonly Shown[] = [
    {
      title: 'Accuracy',
      of: (row) => row.accuracy,
      words: share,
      note: ({ change }) => (change ? changeWords(change).replace('accuracy ', '') : undefined),
    },
    ...rows[0].differences.map(
      ({ criterion }): Shown => ({
        title: `${criterionTitles[criterion].charAt(0).toUpperCase()}${criterionTitles[criterion].slice(1)}`,
        of: (row) => row.differences.find((one) => one.criterion === criterion),
        words: number,
        note: ({ name }) => (name === criterion ? 'what they are to hold' : undefined),
      }),
    ),
    { title: 'Balanced accuracy', of: (row) => row.balancedAccuracy, words: share },
    ...groups.map(
      (group, g): Shown => ({
        title: `Selection rate of ${group}`,
        of: (row) => row.selections[g],
        words: share,
      }),
    ),
  ];
  return shown.map(({ title, of, words, note }) => {
    const bars = rows.flatMap((row): Bar[] => {
      const measured = of(row);
      if (measured?.value == null) return [];
      const said = note?.(row);
      return [
        {
          label: mitigationTitle(row.name),
          value: measured.value,
          interval: measured.interval ?? undefined,
          words: words(measured.value),
          look: row.name === 'as it is' ? 'hollow' : 'solid',
          ...(said !== undefined && { note: said }),
        },
      ];
    });
    return bars.length === 0
      ? nothing
      : html`<div>
          <h4>${title}</h4>
          <vitrine-interval-bars label="${title} by way of deciding" .bars=${bars}></vitrine-interval-bars>
        </div>`;
  });
}
