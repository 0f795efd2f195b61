-- Version 8: attempts of agents. Their steps are places in files of other people; what is kept
-- here is where they stand, and what lists and filters need. imports.jsonl names the folders.
CREATE TABLE sources (
    id       INTEGER PRIMARY KEY,
    path     TEXT NOT NULL UNIQUE,
    mtime    INTEGER NOT NULL, -- as stamps
    size     INTEGER NOT NULL,
    is_open  INTEGER NOT NULL, -- ended early when it was read: looked at again
    attempts INTEGER NOT NULL,
    findings INTEGER NOT NULL  -- predictions and verdicts
) STRICT;
CREATE INDEX sources_open ON sources (is_open) WHERE is_open = 1;

CREATE TABLE attempts (
    id             INTEGER PRIMARY KEY,
    source         INTEGER NOT NULL REFERENCES sources (id),
    at             INTEGER NOT NULL, -- of the document in its file or member
    length         INTEGER NOT NULL,
    inner_at       INTEGER NOT NULL,
    inner_length   INTEGER NOT NULL,
    patch_at       INTEGER NOT NULL, -- of the value in the document
    patch_length   INTEGER NOT NULL,
    attempt        INTEGER NOT NULL,
    steps          INTEGER NOT NULL,
    turns          INTEGER NOT NULL,
    edits          INTEGER NOT NULL,
    errors         INTEGER NOT NULL,
    files          INTEGER NOT NULL,
    tokens_in      INTEGER NOT NULL,
    tokens_out     INTEGER NOT NULL,
    cost_usd       REAL NOT NULL,
    flags          INTEGER NOT NULL,
    instance_id    TEXT NOT NULL,
    run            TEXT NOT NULL,
    scaffold       TEXT NOT NULL,
    model          TEXT NOT NULL,
    format         TEXT NOT NULL,
    exit_status    TEXT NOT NULL,
    trajectory_id  TEXT NOT NULL,
    member         TEXT NOT NULL,
    own_outcome    TEXT NOT NULL, -- what the file itself says
    outcome        TEXT NOT NULL, -- with the verdicts of graders
    outcome_source TEXT NOT NULL,
    step_table     BLOB NOT NULL -- struct step of formats/trajectory.h, 16 bytes each
) STRICT;
CREATE INDEX attempts_source ON attempts (source);
CREATE INDEX attempts_instance ON attempts (instance_id);
CREATE INDEX attempts_run ON attempts (run, instance_id);
CREATE INDEX attempts_outcome ON attempts (outcome);
CREATE INDEX attempts_steps ON attempts (turns);
CREATE INDEX attempts_cost ON attempts (cost_usd);

CREATE TABLE findings (
    id           INTEGER PRIMARY KEY,
    source       INTEGER NOT NULL REFERENCES sources (id),
    at           INTEGER NOT NULL, -- of the document
    patch_at     INTEGER NOT NULL, -- of a prediction's patch in it
    patch_length INTEGER NOT NULL,
    is_single    INTEGER NOT NULL, -- a report of this instance alone
    kind         TEXT NOT NULL,    -- prediction, verdict
    instance_id  TEXT NOT NULL,
    model        TEXT NOT NULL,
    run          TEXT NOT NULL,
    outcome      TEXT NOT NULL,
    member       TEXT NOT NULL
) STRICT;
CREATE INDEX findings_source ON findings (source);
CREATE INDEX findings_instance ON findings (instance_id, kind);
