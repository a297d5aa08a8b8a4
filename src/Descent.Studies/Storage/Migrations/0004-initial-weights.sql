-- How widely the values of each weight of a trial scatter before the first step: a JSON array of {"Name", "Deviation"} in the model's order. Only of
-- trials that ask for it.
CREATE TABLE initial_weights (
  trial INTEGER PRIMARY KEY REFERENCES trials (number) ON DELETE CASCADE,
  deviations TEXT NOT NULL
) STRICT;
