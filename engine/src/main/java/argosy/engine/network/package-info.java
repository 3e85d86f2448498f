/** Networks: the protocol, their actors, subnets, leases, endpoints and published ports. */
@org.jspecify.annotations.NullMarked
package argosy.engine.network;
