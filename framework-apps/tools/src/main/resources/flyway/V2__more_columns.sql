ALTER TABLE migrated ADD COLUMN note VARCHAR(40);
UPDATE migrated SET note = 'noted' WHERE id = 1;
INSERT INTO migrated (id, name) SELECT MAX(id) + 1, 'three' FROM migrated;
