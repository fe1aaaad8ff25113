/** When routing stops after faults of rwsplit's own, and when it is tried again. */
package io.rwsplit.circuit;
