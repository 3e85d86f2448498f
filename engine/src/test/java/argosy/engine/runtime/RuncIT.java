package argosy.engine.runtime;

class RuncIT extends ConmonRuntimeIT {
  RuncIT() {
    super("runc");
  }
}
