/**
 * Real daemons in test hosts of their own, driven by the stock docker CLI. A test host is a network
 * namespace; several are joined by one switch. Everything is taken down again, and checked.
 */
@org.jspecify.annotations.NullMarked
package argosy.http.trial;
