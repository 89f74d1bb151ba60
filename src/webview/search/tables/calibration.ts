import type { SearchCalibration } from '../../../shared/results/search-calibration.ts';
import type { TableContent } from '../../components/table-content.ts';

/** Every prediction with its truth, every digit. */
export const calibrationTable = ({ objective, points }: SearchCalibration): TableContent => ({
  caption: `Predictions of ${objective}`,
  columns: [
    { title: 'Trial', numeric: true },
    { title: 'Sampler' },
    { title: 'Foretold', numeric: true },
    { title: 'Low', numeric: true, hint: 'Lower end of the 90 % interval' },
    { title: 'High', numeric: true, hint: 'Upper end of the 90 % interval' },
    { title: 'Measured', numeric: true },
    { title: 'Inside' },
  ],
  rows: points.map(({ trial, sampler, predicted, low, high, measured, inside }) => [
    String(trial),
    sampler,
    ...[predicted, low, high, measured].map(String),
    inside ? 'yes' : 'no',
  ]),
});
