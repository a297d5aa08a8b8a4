-- How the images of the test split were taken after the last step of a complete trial: a JSON array of rows, a row for each true class with a count
-- for each predicted one.
CREATE TABLE confusions (
  trial INTEGER PRIMARY KEY REFERENCES trials (number) ON DELETE CASCADE,
  counts TEXT NOT NULL
) STRICT;
