-- Version 9: what the rules of playbook/trajectory.conf say of an attempt. Files are read anew.
ALTER TABLE attempts ADD COLUMN rule_flags TEXT NOT NULL DEFAULT '';
UPDATE sources SET mtime = 0, is_open = 1 WHERE attempts > 0;
