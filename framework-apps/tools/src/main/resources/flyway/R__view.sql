DROP VIEW IF EXISTS migrated_names;
CREATE VIEW migrated_names AS SELECT name FROM migrated;
