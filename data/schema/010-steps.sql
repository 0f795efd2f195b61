-- Version 10: the steps of an attempt stand beside its row, so that a pass over all rows does not
-- read them; what the list of trajectories is sorted by needs no pass at all.
CREATE TABLE step_tables (
    attempt INTEGER PRIMARY KEY, -- attempts.id
    steps   BLOB NOT NULL        -- struct step of formats/trajectory.h, 16 bytes each
) STRICT;
INSERT INTO step_tables SELECT id, step_table FROM attempts;
ALTER TABLE attempts DROP COLUMN step_table;
DROP INDEX attempts_outcome;
CREATE INDEX attempts_outcome ON attempts (outcome, instance_id);
DROP INDEX attempts_run;
CREATE INDEX attempts_run ON attempts (run);
CREATE INDEX attempts_exit ON attempts (exit_status);
CREATE INDEX attempts_errors ON attempts (errors);
CREATE INDEX attempts_files ON attempts (files);
CREATE INDEX attempts_tokens ON attempts (tokens_out);
CREATE INDEX attempts_agent ON attempts (scaffold);
CREATE INDEX attempts_model ON attempts (model);
CREATE INDEX attempts_solved ON attempts (instance_id, outcome, scaffold, model);
CREATE INDEX attempts_matrix ON attempts (instance_id, run, outcome);
DROP INDEX attempts_instance;
