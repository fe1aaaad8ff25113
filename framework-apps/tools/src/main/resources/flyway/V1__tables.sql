CREATE TABLE migrated (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL);
CREATE INDEX migrated_name ON migrated (name);
INSERT INTO migrated VALUES (1, 'one');
INSERT INTO migrated VALUES (2, 'two');
