import { csvLine } from '../../shared/csv.ts';
import type { Trial } from '../../shared/trial.ts';
import type { ImportedStudy } from './study-importer.ts';

/**
 * A study as a table, one row a trial: its state, `values.NAME`, `params.NAME` (empty where the trial has none), `constraints.N`, times in ISO
 * 8601, intermediate values as JSON `[[step, value], ...]`, why it was tried, and `attributes.NAME`.
 */
export function studyCsv({ objectives, trials }: ImportedStudy): string {
  const names = (pick: (trial: Trial) => object) => [...new Set(trials.flatMap((trial) => Object.keys(pick(trial))))];
  const params = names(({ params }) => params);
  const attributes = names(({ attributes }) => attributes);
  const constraints = trials.reduce((most, trial) => Math.max(most, trial.constraints?.length ?? 0), 0);
  const places = Array.from({ length: constraints }, (_, i) => i);
  const head = [
    'number',
    'state',
    ...objectives.map(({ metric }) => `values.${metric}`),
    ...params.map((name) => `params.${name}`),
    ...places.map((i) => `constraints.${i + 1}`),
    'fidelity',
    'started_at',
    'ended_at',
    'intermediate',
    'phase',
    'sampler',
    'why',
    'message',
    ...attributes.map((name) => `attributes.${name}`),
  ];
  const rows = trials.map((trial) => [
    trial.number,
    trial.state,
    ...objectives.map((_, i) => trial.values?.[i]),
    ...params.map((name) => trial.params[name]),
    ...places.map((i) => trial.constraints?.[i]),
    trial.fidelity,
    iso(trial.startedAt),
    iso(trial.endedAt),
    trial.intermediate.length > 0
      ? JSON.stringify(trial.intermediate.map(({ step, value }) => [step, value]))
      : undefined,
    trial.why.phase,
    trial.why.sampler,
    trial.why.words,
    trial.message,
    ...attributes.map((name) => trial.attributes[name]),
  ]);
  return `${[head, ...rows].map(csvLine).join('\n')}\n`;
}

const iso = (milliseconds: number | undefined): string | undefined =>
  milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
