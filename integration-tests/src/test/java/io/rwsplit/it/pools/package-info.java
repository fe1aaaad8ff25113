/** Connection pools and data sources of applications, on every driver, under the agent. */
package io.rwsplit.it.pools;
