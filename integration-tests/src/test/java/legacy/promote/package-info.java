/** Programs that write and read while masters come and go. */
package legacy.promote;
