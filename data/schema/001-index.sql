-- The index of a workspace, version 1. Everything here is made from the files and may be thrown
-- away. 0 and '' stand for "none", so that every column compares and pages by key.

-- What was seen of a file or folder when it was read last: task files, folders of repositories,
-- batches. Paths are relative to the workspace.
CREATE TABLE stamps (
    path  TEXT PRIMARY KEY,
    mtime INTEGER NOT NULL,
    size  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The counts of repositories and runs are kept by the triggers below.
CREATE TABLE repositories (
    id        INTEGER PRIMARY KEY,
    repo      TEXT NOT NULL UNIQUE,
    instances INTEGER NOT NULL DEFAULT 0,
    accepted  INTEGER NOT NULL DEFAULT 0,
    rejected  INTEGER NOT NULL DEFAULT 0,
    failed    INTEGER NOT NULL DEFAULT 0,
    error     INTEGER NOT NULL DEFAULT 0,
    running   INTEGER NOT NULL DEFAULT 0,
    screened  INTEGER NOT NULL DEFAULT 0,
    new       INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE runs (
    id        INTEGER PRIMARY KEY,
    run       TEXT NOT NULL UNIQUE,
    instances INTEGER NOT NULL DEFAULT 0,
    accepted  INTEGER NOT NULL DEFAULT 0,
    rejected  INTEGER NOT NULL DEFAULT 0,
    failed    INTEGER NOT NULL DEFAULT 0,
    error     INTEGER NOT NULL DEFAULT 0,
    running   INTEGER NOT NULL DEFAULT 0,
    ms        INTEGER NOT NULL DEFAULT 0,
    microusd  INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Tasks and where their rows stand.
CREATE TABLE instances (
    id          INTEGER PRIMARY KEY,
    instance_id TEXT NOT NULL UNIQUE,
    repo        TEXT NOT NULL,
    created_at  INTEGER NOT NULL, -- UTC seconds
    pull_number INTEGER NOT NULL,
    title       TEXT NOT NULL, -- first line of the statement
    task_file   TEXT NOT NULL,
    task_offset INTEGER NOT NULL,
    task_length INTEGER NOT NULL
) STRICT;
CREATE INDEX instances_file ON instances (task_file);

-- One row per instance and run; an instance that was never tried has one row with run_id 0.
-- What lists sort and filter by is repeated here, so that one index answers a list.
CREATE TABLE environments (
    id            INTEGER PRIMARY KEY,
    latest        INTEGER NOT NULL, -- 1 for one row per instance
    instance      INTEGER NOT NULL REFERENCES instances (id),
    run_id        INTEGER NOT NULL,
    repository    INTEGER NOT NULL REFERENCES repositories (id),
    round         INTEGER NOT NULL DEFAULT 0,
    f2p           INTEGER NOT NULL DEFAULT 0,
    p2p           INTEGER NOT NULL DEFAULT 0,
    pull_number   INTEGER NOT NULL DEFAULT 0,
    verified      INTEGER NOT NULL DEFAULT 0,
    verify_failed INTEGER NOT NULL DEFAULT 0,
    image_bytes   INTEGER NOT NULL DEFAULT 0,
    created_at    INTEGER NOT NULL DEFAULT 0, -- UTC seconds, as all times
    started       INTEGER NOT NULL DEFAULT 0,
    ended         INTEGER NOT NULL DEFAULT 0,
    line          INTEGER NOT NULL DEFAULT 0,
    stamp         INTEGER NOT NULL DEFAULT 0, -- of status.json when it was read
    seconds       REAL NOT NULL DEFAULT 0,
    cost_usd      REAL NOT NULL DEFAULT 0,
    state         TEXT NOT NULL,
    failure_class TEXT NOT NULL DEFAULT '',
    phase         TEXT NOT NULL DEFAULT '',
    python        TEXT NOT NULL DEFAULT '',
    agent         TEXT NOT NULL DEFAULT '',
    instance_id   TEXT NOT NULL,
    repo          TEXT NOT NULL,
    run           TEXT NOT NULL DEFAULT '',
    log           TEXT NOT NULL DEFAULT '',
    title         TEXT NOT NULL DEFAULT '',
    reason        TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX environment_of ON environments (instance, run_id);
-- Ends in `latest`, so that it covers all that a list asks of it; so do the others.
CREATE INDEX latest_instance_id ON environments (instance_id, latest) WHERE latest = 1;
CREATE INDEX latest_repo ON environments (repo, latest) WHERE latest = 1;
-- These two also answer the groups of the screens.
CREATE INDEX latest_state ON environments (state, failure_class, seconds, ended, latest) WHERE latest = 1;
CREATE INDEX latest_class ON environments (failure_class, phase, seconds, ended, latest) WHERE latest = 1;
CREATE INDEX latest_round ON environments (round, latest) WHERE latest = 1;
CREATE INDEX latest_f2p ON environments (f2p, latest) WHERE latest = 1;
CREATE INDEX latest_p2p ON environments (p2p, latest) WHERE latest = 1;
CREATE INDEX latest_seconds ON environments (seconds, latest) WHERE latest = 1;
CREATE INDEX latest_ended ON environments (ended, latest) WHERE latest = 1;
CREATE INDEX latest_python ON environments (python, latest) WHERE latest = 1;
CREATE INDEX latest_created ON environments (created_at, latest) WHERE latest = 1;
CREATE INDEX run_instance_id ON environments (run, instance_id);
CREATE INDEX run_ended ON environments (run_id, ended);
CREATE INDEX repository_ended ON environments (repository, ended);
CREATE INDEX unended ON environments (run_id) WHERE ended = 0 AND run_id > 0;

CREATE TABLE rounds (
    id            INTEGER PRIMARY KEY,
    run_id        INTEGER NOT NULL,
    instance      INTEGER NOT NULL REFERENCES instances (id),
    round         INTEGER NOT NULL,
    f2p           INTEGER NOT NULL,
    p2p           INTEGER NOT NULL,
    line          INTEGER NOT NULL,
    accepted      INTEGER NOT NULL,
    phase         TEXT NOT NULL,
    failure_class TEXT NOT NULL,
    rule          TEXT NOT NULL,
    remedy        TEXT NOT NULL,
    log           TEXT NOT NULL,
    reason        TEXT NOT NULL,
    UNIQUE (instance, run_id, round)
) STRICT;

CREATE TABLE batches (
    id      INTEGER PRIMARY KEY,
    batch   TEXT NOT NULL UNIQUE,
    stage   TEXT NOT NULL,
    run     TEXT NOT NULL,
    agent   TEXT NOT NULL,
    state   TEXT NOT NULL,
    jobs    INTEGER NOT NULL,
    total   INTEGER NOT NULL,
    queued  INTEGER NOT NULL,
    running INTEGER NOT NULL,
    done    INTEGER NOT NULL,
    failed  INTEGER NOT NULL,
    created INTEGER NOT NULL
) STRICT;

-- Free words. Rows of environments are only inserted and deleted, never updated in place, except
-- for columns that no trigger reads.
CREATE VIRTUAL TABLE words USING fts5 (
    instance_id, title, reason,
    content = 'environments', content_rowid = 'id', prefix = '1 2 3'
);

CREATE TRIGGER environment_added AFTER INSERT ON environments BEGIN
    INSERT INTO words (rowid, instance_id, title, reason)
        VALUES (new.id, new.instance_id, new.title, new.reason);
    UPDATE repositories SET
        instances = instances + 1,
        accepted = accepted + (new.state = 'accepted'),
        rejected = rejected + (new.state = 'rejected'),
        failed = failed + (new.state = 'failed'),
        error = error + (new.state = 'error'),
        running = running + (new.state = 'running'),
        screened = screened + (new.state = 'screened'),
        new = new + (new.state = 'new')
        WHERE id = new.repository AND new.latest = 1;
    UPDATE runs SET
        instances = instances + 1,
        accepted = accepted + (new.state = 'accepted'),
        rejected = rejected + (new.state = 'rejected'),
        failed = failed + (new.state = 'failed'),
        error = error + (new.state = 'error'),
        running = running + (new.state = 'running'),
        ms = ms + CAST(round(new.seconds * 1000) AS INTEGER),
        microusd = microusd + CAST(round(new.cost_usd * 1000000) AS INTEGER)
        WHERE id = new.run_id;
END;

CREATE TRIGGER environment_gone AFTER DELETE ON environments BEGIN
    INSERT INTO words (words, rowid, instance_id, title, reason)
        VALUES ('delete', old.id, old.instance_id, old.title, old.reason);
    UPDATE repositories SET
        instances = instances - 1,
        accepted = accepted - (old.state = 'accepted'),
        rejected = rejected - (old.state = 'rejected'),
        failed = failed - (old.state = 'failed'),
        error = error - (old.state = 'error'),
        running = running - (old.state = 'running'),
        screened = screened - (old.state = 'screened'),
        new = new - (old.state = 'new')
        WHERE id = old.repository AND old.latest = 1;
    UPDATE runs SET
        instances = instances - 1,
        accepted = accepted - (old.state = 'accepted'),
        rejected = rejected - (old.state = 'rejected'),
        failed = failed - (old.state = 'failed'),
        error = error - (old.state = 'error'),
        running = running - (old.state = 'running'),
        ms = ms - CAST(round(old.seconds * 1000) AS INTEGER),
        microusd = microusd - CAST(round(old.cost_usd * 1000000) AS INTEGER)
        WHERE id = old.run_id;
END;
