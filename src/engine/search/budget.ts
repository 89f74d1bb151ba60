import type { Budget } from '../../shared/experiment/experiment.ts';
import { grams, moneyWords, quantityWords, wattHours } from '../../shared/results/numbers.ts';
import type { BudgetMeter } from '../../shared/results/study.ts';

/** What a search has used up so far, over all of its runs; null: not measured. */
export interface Spent {
  readonly seconds: number;
  readonly trials: number;
  readonly wattHours: number | null;
  readonly co2Grams: number | null;
  /** In the currency of the file's energy price. */
  readonly cost: number | null;
}

export interface Exceeded {
  readonly limit: BudgetMeter['limit'];
  /** 'The time budget is used up: 40 s of 40 s.' */
  readonly words: string;
}

const titles: Readonly<Record<BudgetMeter['limit'], string>> = {
  time: 'time',
  trials: 'trial',
  energy: 'energy',
  co2: 'CO2e',
  cost: 'cost',
};

/** One meter for each limit that the budget sets, in the order time, trials, energy, CO2e, cost. */
export function budgetMeters(spent: Spent, budget: Budget): BudgetMeter[] {
  const meter = (
    limit: BudgetMeter['limit'],
    used: number | null,
    allowed: number | undefined,
    words: (value: number) => string,
  ) => (allowed === undefined ? [] : [{ limit, used, allowed, words: meterWords(used, allowed, words) }]);
  const currency = budget.cost?.currency ?? '';
  return [
    ...meter('time', spent.seconds, budget.seconds, (value) => `${amount(value)} s`),
    ...meter('trials', spent.trials, budget.trials, (value) => `${amount(value)} trials`),
    ...meter('energy', spent.wattHours, budget.wattHours, (value) => quantityWords(value, wattHours)),
    ...meter('co2', spent.co2Grams, budget.co2Grams, (value) => quantityWords(value, grams)),
    ...meter('cost', spent.cost, budget.cost?.amount, (value) => moneyWords(value, currency)),
  ];
}

/** The first limit that is used up, or undefined while all of them hold. What is not measured cannot be exceeded; its meter says so. */
export function exceeded(spent: Spent, budget: Budget): Exceeded | undefined {
  const full = budgetMeters(spent, budget).find((meter) => meter.used !== null && meter.used >= meter.allowed);
  return full && { limit: full.limit, words: `The ${titles[full.limit]} budget is used up: ${full.words}.` };
}

const meterWords = (used: number | null, allowed: number, words: (value: number) => string) =>
  used === null
    ? `not measured, of ${words(allowed)}`
    : `${words(used)} of ${words(allowed)}`.replace(/ trials of/, ' of');

/** At most three significant digits, none of them lost before the point. */
const amount = (value: number) =>
  Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
