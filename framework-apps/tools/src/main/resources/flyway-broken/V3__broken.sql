INSERT INTO migrated (id, name) VALUES (7, 'seven');
INSERT INTO migrated (id, name) VALUES (1, 'one again');
