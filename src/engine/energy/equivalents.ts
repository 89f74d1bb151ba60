import type { EnergyReport } from '../../shared/results/energy.ts';

/** Grams of CO2e for a kilometre by car, and that a tree takes up in a year (CodeCarbon's figures). */
const carGramsPerKilometre = 120;
const treeGramsPerYear = 11_000;

/** Kilometres by car and months of a tree's growth that come to these grams of CO2e. */
export const equivalentAmounts = (co2Grams: number): { carKilometres: number; treeMonths: number } => ({
  carKilometres: co2Grams / carGramsPerKilometre,
  treeMonths: (12 * co2Grams) / treeGramsPerYear,
});

/** 'as much as driving 12 m by car', ...; empty where CO2e was not measured. */
export function equivalents({ co2Grams }: EnergyReport): string[] {
  if (co2Grams === null) return [];
  const { carKilometres, treeMonths } = equivalentAmounts(co2Grams.value);
  const metres = carKilometres * 1000;
  return [
    `as much as driving ${metres < 1 ? rounded(100 * metres, 'cm') : metres < 1000 ? rounded(metres, 'm') : rounded(carKilometres, 'km')} by car`,
    `as much as a tree takes up in ${treeTime(treeMonths * minutesPerMonth)}`,
  ];
}

const minutesPerMonth = (365.25 * 24 * 60) / 12;

const rounded = (value: number, unit: string) => `${Number(value.toPrecision(2)).toLocaleString('en-US')} ${unit}`;

function treeTime(minutes: number): string {
  if (minutes < 1) return rounded(60 * minutes, 'seconds');
  if (minutes < 60) return rounded(minutes, 'minutes');
  if (minutes < 2 * 24 * 60) return rounded(minutes / 60, 'hours');
  if (minutes < 60 * 24 * 60) return rounded(minutes / (24 * 60), 'days');
  return rounded(minutes / minutesPerMonth, 'months');
}
