import { isMetricName, metrics } from './metrics.ts';

/** Titles that begin with a person's name or an abbreviation keep their capital. */
const keepsCapital = /^(Matthews|Brier|Cohen|[A-Z0-9]{2}|R2|D2|CO2e|F1)/;

/** A metric inside a sentence: 'log loss', but 'ROC AUC' and 'Matthews correlation'; names of others as they are. */
export function metricInSentence(name: string): string {
  if (!isMetricName(name)) return name;
  const { title } = metrics[name];
  return keepsCapital.test(title) ? title : title[0].toLowerCase() + title.slice(1);
}
