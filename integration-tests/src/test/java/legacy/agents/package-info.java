/** Applications that others' agents look at. */
package legacy.agents;
