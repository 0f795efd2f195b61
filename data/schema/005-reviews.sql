-- Version 5: what curators say of instances, as it holds now; the words are in reviews/.
CREATE TABLE reviews (
    instance_id TEXT NOT NULL,
    curator     TEXT NOT NULL,
    kind        TEXT NOT NULL, -- mark, label, note
    text        TEXT NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (instance_id, curator, kind, text)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_of ON reviews (kind, text, instance_id);
