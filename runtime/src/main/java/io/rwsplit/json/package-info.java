/** Reads and writes JSON. */
package io.rwsplit.json;
