/** The agent's HTTP server, asked and attacked from outside. */
package io.rwsplit.it.http;
