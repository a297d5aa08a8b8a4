-- A study is what was asked for last under its name; a trial belongs to every study that asks for its settings.
CREATE TABLE studies (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  question TEXT NOT NULL,
  workload TEXT NOT NULL,
  target REAL,
  definition TEXT NOT NULL,
  created_at TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT;

-- Where a trial ran and by which code.
CREATE TABLE environments (
  id INTEGER PRIMARY KEY,
  machine TEXT NOT NULL,
  processor TEXT NOT NULL,
  system TEXT NOT NULL,
  cores INTEGER NOT NULL,
  vector_bits INTEGER NOT NULL,
  runtime TEXT NOT NULL,
  version TEXT NOT NULL,
  build TEXT NOT NULL,
  UNIQUE (machine, processor, system, cores, vector_bits, runtime, version, build)
) STRICT;

-- number is the short key of the other tables, id the hash of the settings. fence counts the claims: who holds an older one may not write.
-- lease_until is in milliseconds since 1970, UTC.
CREATE TABLE trials (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  settings TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'running', 'complete', 'pruned', 'diverged', 'failed')),
  reason TEXT,
  diverged_at_step INTEGER,
  steps INTEGER NOT NULL DEFAULT 0,
  steps_per_epoch INTEGER,
  parameters_hash TEXT,
  environment INTEGER REFERENCES environments (id),
  attempts INTEGER NOT NULL DEFAULT 0,
  fence INTEGER NOT NULL DEFAULT 0,
  owner TEXT,
  lease_until INTEGER,
  started_at TEXT,
  ended_at TEXT,
  wall_seconds REAL NOT NULL DEFAULT 0,
  processor_seconds REAL NOT NULL DEFAULT 0,
  trials_beside REAL NOT NULL DEFAULT 0
) STRICT;

-- position is null for a trial that an earlier definition of the study asked for.
CREATE TABLE study_trials (
  study INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
  trial INTEGER NOT NULL REFERENCES trials (number) ON DELETE CASCADE,
  position INTEGER,
  label TEXT NOT NULL,
  told TEXT NOT NULL,
  PRIMARY KEY (study, trial)
) STRICT, WITHOUT ROWID;

CREATE INDEX study_trials_by_trial ON study_trials (trial);

-- What was not measured is null.
CREATE TABLE epochs (
  trial INTEGER NOT NULL REFERENCES trials (number) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  train_loss REAL,
  train_accuracy REAL,
  validation_loss REAL,
  validation_accuracy REAL,
  test_loss REAL,
  test_accuracy REAL,
  seconds REAL NOT NULL,
  PRIMARY KEY (trial, step)
) STRICT, WITHOUT ROWID;

-- One value a step: chunk c holds the steps 1000 c + 1 to 1000 c + 1000 as little-endian doubles, the last chunk maybe fewer.
CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  trial INTEGER NOT NULL REFERENCES trials (number) ON DELETE CASCADE,
  name TEXT NOT NULL,
  chunk INTEGER NOT NULL,
  points BLOB NOT NULL,
  UNIQUE (trial, name, chunk)
) STRICT;
