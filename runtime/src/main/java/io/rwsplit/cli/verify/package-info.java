/** What is looked at before an application is started with the agent. */
package io.rwsplit.cli.verify;
