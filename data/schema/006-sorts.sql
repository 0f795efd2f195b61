-- Version 6: every column that the list of instances shows can be sorted by without a pass over
-- all rows.
CREATE INDEX latest_reason ON environments (reason, latest) WHERE latest = 1;
CREATE INDEX latest_title ON environments (title, latest) WHERE latest = 1;
CREATE INDEX latest_run ON environments (run, latest) WHERE latest = 1;
CREATE INDEX latest_cost ON environments (cost_usd, latest) WHERE latest = 1;
CREATE INDEX latest_verified ON environments (verified, latest) WHERE latest = 1;
