/** Links, addresses, routes and packet-filter rules of the kernel. A driver. */
@org.jspecify.annotations.NullMarked
package argosy.engine.netlink;
