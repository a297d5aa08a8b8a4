-- What the gauges of a trial have read. names: a JSON array of what the numbers of its readings are.
CREATE TABLE gauges (
  trial INTEGER NOT NULL REFERENCES trials (number) ON DELETE CASCADE,
  gauge TEXT NOT NULL,
  names TEXT NOT NULL,
  PRIMARY KEY (trial, gauge)
) STRICT, WITHOUT ROWID;

-- numbers: little-endian doubles, as many as names. seconds: what the reading cost.
CREATE TABLE gauge_readings (
  trial INTEGER NOT NULL REFERENCES trials (number) ON DELETE CASCADE,
  gauge TEXT NOT NULL,
  step INTEGER NOT NULL,
  numbers BLOB NOT NULL,
  seconds REAL NOT NULL,
  PRIMARY KEY (trial, gauge, step)
) STRICT, WITHOUT ROWID;
