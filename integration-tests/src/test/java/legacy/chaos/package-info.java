/** Strikes inside the agent: its own methods made to throw, to hang and to run out of memory. */
package legacy.chaos;
