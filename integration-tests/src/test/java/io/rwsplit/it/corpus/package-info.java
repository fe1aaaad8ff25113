/** What the shipped classifier takes for reads, put to the engines themselves. */
package io.rwsplit.it.corpus;
