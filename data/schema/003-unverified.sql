-- Version 3: what was proven once and not again is looked for on the first screen.
CREATE INDEX latest_verify_failed ON environments (verify_failed, state, latest) WHERE latest = 1;
