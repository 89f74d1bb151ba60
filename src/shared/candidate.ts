/** A model that a search left and that can be looked into: a trial's, by its number, or the ensemble. */
export type Candidate = number | 'ensemble';

/** As a person may name it: the best and the best readable model are trials. */
export type CandidateName = Candidate | 'best' | 'readable';

export const isCandidate = (value: unknown): value is Candidate =>
  value === 'ensemble' || (Number.isSafeInteger(value) && Number(value) >= 0);

export const isCandidateName = (value: unknown): value is CandidateName =>
  isCandidate(value) || value === 'best' || value === 'readable';

const titles = { ensemble: 'Ensemble', best: 'Best trial', readable: 'Best readable model' } as const;

/** 'Trial 12', 'Ensemble' */
export const candidateTitle = (candidate: CandidateName): string =>
  typeof candidate === 'number' ? `Trial ${candidate}` : titles[candidate];

/** 'trial 12', 'the ensemble' */
export const candidateWords = (candidate: CandidateName): string =>
  typeof candidate === 'number' ? `trial ${candidate}` : `the ${titles[candidate].toLowerCase()}`;
