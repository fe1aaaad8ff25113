/** Applications that abort connections. */
package legacy.aborts;
