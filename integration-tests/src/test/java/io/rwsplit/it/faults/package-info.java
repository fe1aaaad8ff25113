/** Faults of rwsplit's own: what the application sees of them, which is nothing. */
package io.rwsplit.it.faults;
