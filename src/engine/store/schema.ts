/** Grows by one whenever the tables change; a store with a higher one was written by a newer Vitrine and is left alone. */
export const storeVersion = 1;

export const createTables = `
CREATE TABLE study (
  id INTEGER PRIMARY KEY,
  file TEXT NOT NULL,            -- name of the experiment file, without its folder
  fingerprint TEXT NOT NULL,     -- what makes trials comparable: data, space, objectives, split, seed
  experiment TEXT NOT NULL,
  data TEXT NOT NULL,
  space TEXT NOT NULL,
  objectives TEXT NOT NULL,
  search TEXT NOT NULL,
  notes TEXT NOT NULL,
  created INTEGER NOT NULL,
  sequence INTEGER NOT NULL      -- grows with every change below
) STRICT;
CREATE INDEX study_file ON study (file, id);
CREATE TABLE trial (
  study INTEGER NOT NULL REFERENCES study (id),
  number INTEGER NOT NULL,
  state TEXT NOT NULL,
  started INTEGER,
  ended INTEGER,
  trial TEXT NOT NULL,           -- shared/trial.ts Trial
  outcome TEXT NOT NULL,         -- what a TrialRecord has beyond it
  PRIMARY KEY (study, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE analysis (
  study INTEGER NOT NULL REFERENCES study (id),
  trial INTEGER NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,             -- tells results of one kind apart, such as the explained row
  result TEXT NOT NULL,
  PRIMARY KEY (study, trial, kind, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  study INTEGER NOT NULL REFERENCES study (id),
  pid INTEGER NOT NULL,
  process_started TEXT NOT NULL, -- tells a reused process number from the one that held the run
  state TEXT NOT NULL,
  message TEXT NOT NULL,
  started INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  ended INTEGER,
  spent TEXT NOT NULL,           -- search/budget.ts Spent
  budget TEXT NOT NULL,
  energy TEXT
) STRICT;
CREATE INDEX run_study ON run (study, id);
`;
