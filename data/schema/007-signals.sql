-- Version 7: quality signals of what was judged (evaluation.json), one row per signal.
CREATE TABLE signals (
    name     TEXT NOT NULL, -- "tiny"
    instance INTEGER NOT NULL,
    run_id   INTEGER NOT NULL,
    hint     TEXT NOT NULL, -- what it hints at: "trivial"
    flag     INTEGER NOT NULL,
    value    REAL NOT NULL,
    PRIMARY KEY (name, instance, run_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX signals_of ON signals (instance, run_id);
