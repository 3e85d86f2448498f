package argosy.engine.runtime;

class CrunIT extends ConmonRuntimeIT {
  CrunIT() {
    super("crun");
  }
}
