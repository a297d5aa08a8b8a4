-- Steps that were left out because loss or gradient was not finite; they are among the steps taken.
ALTER TABLE trials ADD COLUMN skipped_steps INTEGER NOT NULL DEFAULT 0;
