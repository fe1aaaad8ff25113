CREATE TABLE product (${identity}, name VARCHAR(40) NOT NULL, stock INT NOT NULL);
CREATE TABLE movement (${identity}, product BIGINT NOT NULL, amount INT NOT NULL);
