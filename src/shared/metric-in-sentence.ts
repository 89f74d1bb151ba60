import { type MetricName, metrics } from './metrics.ts';

/** Titles that begin with a person's name or an abbreviation keep their capital. */
const keepsCapital = /^(Matthews|Brier|[A-Z0-9]{2}|R2|CO2e|F1)/;

/** A metric inside a sentence: 'log loss', but 'ROC AUC' and 'Matthews correlation'. */
export function metricInSentence(name: MetricName): string {
  const { title } = metrics[name];
  return keepsCapital.test(title) ? title : title[0].toLowerCase() + title.slice(1);
}
