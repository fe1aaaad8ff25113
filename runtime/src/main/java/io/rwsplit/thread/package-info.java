/** How rwsplit makes its threads, wherever they are needed. */
package io.rwsplit.thread;
