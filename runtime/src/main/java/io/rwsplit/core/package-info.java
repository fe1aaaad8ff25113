/** Puts the parts together inside the target JVM. */
package io.rwsplit.core;
