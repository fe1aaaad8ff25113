/** Agents of others in the same JVM, before ours and after it. */
package io.rwsplit.it.agents;
