/** {@code Connection.abort} while a read begins. */
package io.rwsplit.it.aborts;
