/** What those may ask of running groups who come from outside: HTTP, metrics. */
package io.rwsplit.operations;
