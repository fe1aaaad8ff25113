/**
 * Applications on frameworks (modules below {@code framework-apps}), each bare and under the agent:
 * what they print and what they leave in the database must be equal.
 */
package io.rwsplit.it.frameworks;
