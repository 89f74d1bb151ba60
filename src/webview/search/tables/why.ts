import { intervalWords, numberWords, valueWords } from '../../../shared/results/numbers.ts';
import { differencesWords, type SearchWhy, type Voice } from '../../../shared/results/search-why.ts';
import type { TableContent } from '../../components/table-content.ts';

/** The candidates that were not taken, as differences to the one that was. */
export const rejectedTable = ({ rejected, reason }: SearchWhy): TableContent => {
  const own = reason.acquisition === undefined ? '' : `; the one that was taken had ${numberWords(reason.acquisition)}`;
  return {
    caption: `Candidates that were not taken${own}`,
    columns: [
      { title: reason.acquisitionName ?? 'acquisition', numeric: true, hint: `Higher is more promising${own}` },
      { title: 'How it differs from what was taken' },
    ],
    rows: rejected.map(({ acquisition, differences }) => [numberWords(acquisition), differencesWords(differences)]),
  };
};

/** Everything that the record says of a suggestion, one fact a row. */
export function whyTable(why: SearchWhy): TableContent {
  const { reason, prediction, stopped } = why;
  const voices = (part: string, of: readonly Voice[]) =>
    of.map(({ trial, value, differences }) => [
      part,
      `trial ${trial}`,
      value === null ? '' : numberWords(value, 6),
      differencesWords(differences),
    ]);
  return {
    caption: `Why trial ${why.trial}`,
    columns: [{ title: 'Part' }, { title: 'Of' }, { title: 'Value', numeric: true }, { title: 'More' }],
    rows: [
      ['suggested', reason.sampler, '', reason.words],
      ...Object.entries(why.params).map(([name, value]) => ['configuration', name, valueWords(value), '']),
      ...(reason.acquisition === undefined
        ? []
        : [['acquisition', reason.acquisitionName ?? '', numberWords(reason.acquisition), '']]),
      ...(prediction ? [['foretold', why.objective, numberWords(prediction.value, 6), intervalWords(prediction)]] : []),
      ['measured', why.objective, why.value === null ? '' : numberWords(why.value, 6), why.state],
      ...voices('spoke for it', why.spokeFor),
      ...voices('spoke against it', why.spokeAgainst),
      ...voices('made from', why.parents),
      ...why.parameters.flatMap(({ name, exploit, explore }) => [
        ['exploit', name, numberWords(exploit), ''],
        ['explore', name, numberWords(explore), ''],
      ]),
      ...why.rejected.map(({ acquisition, differences }) => [
        'not taken',
        reason.acquisitionName ?? '',
        numberWords(acquisition),
        differencesWords(differences),
      ]),
      ...(stopped ? [['stopped', stopped.pruner, numberWords(stopped.value, 6), stopped.words]] : []),
    ],
  };
}
