import type { Candidate } from '../../shared/candidate.ts';
import type { ModelDetail } from '../../shared/results/study.ts';
import type { Host } from './host.ts';

/** A trial or the ensemble with what was made of it. Rejects with a PageFault. */
export const requestDetail = (host: Host, file: string, candidate: Candidate): Promise<ModelDetail> =>
  candidate === 'ensemble'
    ? host.request('ensemble.show', { file })
    : host.request('trial.show', { file, trial: candidate });
