-- Version 2: what failures have in common. An environment that did not make it has a signature
-- (what its evidence says, without what differs from one instance to the next) and the last
-- playbook rule or move that fired.
ALTER TABLE environments ADD COLUMN signature TEXT NOT NULL DEFAULT '';
ALTER TABLE environments ADD COLUMN rule TEXT NOT NULL DEFAULT '';
CREATE INDEX latest_signature
    ON environments (signature, failure_class, phase, ended, repository, latest) WHERE latest = 1;
CREATE INDEX latest_rule ON environments (rule, state, seconds, ended, latest) WHERE latest = 1;

-- One row per cluster, kept by the triggers; empty ones stay and are not shown.
CREATE TABLE signatures (
    id            INTEGER PRIMARY KEY,
    signature     TEXT NOT NULL,
    failure_class TEXT NOT NULL,
    phase         TEXT NOT NULL,
    instances     INTEGER NOT NULL,
    ms            INTEGER NOT NULL,
    UNIQUE (signature, failure_class, phase)
) STRICT;

CREATE TRIGGER environment_signed AFTER INSERT ON environments
WHEN new.latest = 1 AND new.signature > '' BEGIN
    INSERT INTO signatures (signature, failure_class, phase, instances, ms)
        VALUES (new.signature, new.failure_class, new.phase, 1,
                CAST(round(new.seconds * 1000) AS INTEGER))
        ON CONFLICT (signature, failure_class, phase) DO UPDATE SET
            instances = instances + 1, ms = ms + excluded.ms;
END;

CREATE TRIGGER environment_unsigned AFTER DELETE ON environments
WHEN old.latest = 1 AND old.signature > '' BEGIN
    UPDATE signatures SET
        instances = instances - 1,
        ms = ms - CAST(round(old.seconds * 1000) AS INTEGER)
        WHERE signature = old.signature AND failure_class = old.failure_class
            AND phase = old.phase;
END;

-- Rows of version 1 are read again.
UPDATE environments SET stamp = -1 WHERE run_id > 0;
UPDATE stamps SET mtime = -1, size = -1 WHERE path LIKE 'runs/%';
