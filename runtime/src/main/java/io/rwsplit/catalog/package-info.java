/** What the database's own catalog says of functions and views that a text cannot show. */
package io.rwsplit.catalog;
