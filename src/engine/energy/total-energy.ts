import type { Amount, EnergyPart, EnergyReport } from '../../shared/results/energy.ts';

/**
 * The reports of several trials as one. Trials without a figure are left out of the sums and counted in the words, so
 * that the total never passes for more than it is; if none has one, the total is null. Intervals add up, because the
 * errors of one method on one machine go the same way. Null for an empty list. Throws a RangeError where the reports
 * were priced with different grids, PUEs or currencies.
 */
export function totalEnergy(reports: readonly EnergyReport[]): EnergyReport | null {
  const first = reports[0];
  if (!first) return null;
  if (!comparable(reports))
    throw new RangeError('energy reports of different grids, PUEs or currencies cannot be added up');
  const unmeasured = reports.filter((report) => report.wattHours === null).length;
  const cost = sum(reports.map((report) => report.cost));
  const currency = reports.find((report) => report.cost)?.cost?.currency;
  return {
    ...first,
    seconds: reports.reduce((total, report) => total + report.seconds, 0),
    cpuSeconds: reports.reduce<number | null>(
      (total, { cpuSeconds }) => (total === null || cpuSeconds === null ? null : total + cpuSeconds),
      0,
    ),
    wattHours: sum(reports.map((report) => report.wattHours)),
    co2Grams: sum(reports.map((report) => report.co2Grams)),
    cost: cost && currency !== undefined ? { ...cost, currency } : null,
    parts: sumParts(reports),
    method: methodWords(reports, unmeasured),
  };
}

/** A trial that was not measured has no currency, and fits to any. */
function comparable(reports: readonly EnergyReport[]): boolean {
  const surroundings = new Set(reports.map(({ grid, pue }) => `${grid.region} ${grid.year} ${pue}`));
  const currencies = new Set(reports.flatMap(({ cost }) => (cost ? [cost.currency] : [])));
  return surroundings.size === 1 && currencies.size <= 1;
}

function sum(amounts: readonly (Amount | null)[]): Amount | null {
  const known = amounts.filter((amount) => amount !== null);
  if (known.length === 0) return null;
  const add = (value: (amount: Amount) => number) => known.reduce((total, amount) => total + value(amount), 0);
  return {
    value: add((amount) => amount.value),
    interval: { low: add((amount) => amount.interval.low), high: add((amount) => amount.interval.high) },
  };
}

/** One entry for each part and method. */
function sumParts(reports: readonly EnergyReport[]): EnergyPart[] {
  const groups = Map.groupBy(
    reports.flatMap((report) => report.parts),
    ({ part, method }) => `${part} ${method}`,
  );
  return [...groups.values()].map((parts) => {
    const add = (value: (part: EnergyPart) => number) => parts.reduce((total, part) => total + value(part), 0);
    return {
      part: parts[0].part,
      method: parts[0].method,
      wattHours: add((part) => part.wattHours),
      interval: { low: add((part) => part.interval.low), high: add((part) => part.interval.high) },
      words: `${parts.length} times, such as: ${parts[0].words}`,
    };
  });
}

function methodWords(reports: readonly EnergyReport[], unmeasured: number): string {
  const measured = reports.find((report) => report.wattHours !== null) ?? reports[0];
  const missing = unmeasured === 0 ? '' : ` ${unmeasured} of them were not measured and are not in the sum.`;
  return `Sum of ${reports.length}.${missing} One of them: ${measured.method}`;
}
