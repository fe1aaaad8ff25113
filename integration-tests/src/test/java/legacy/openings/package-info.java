/** Applications that connect as more than one user. */
package legacy.openings;
