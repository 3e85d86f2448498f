package argosy.engine;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Every arrow between the engine's packages stands here before it stands in the code. */
@AnalyzeClasses(packages = "argosy", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
  private static final String E = "argosy.engine.";

  @ArchTest
  static final ArchRule arrows =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("argosy..")
          .withOptionalLayers(true)
          .layer("host")
          .definedBy("argosy.engine")
          .layer("build")
          .definedBy(E + "build..")
          .layer("dockerfile")
          .definedBy(E + "dockerfile..")
          .layer("container")
          .definedBy(E + "container..")
          .layer("image")
          .definedBy(E + "image..")
          .layer("network")
          .definedBy(E + "network..")
          .layer("volume")
          .definedBy(E + "volume..")
          .layer("event")
          .definedBy(E + "event..")
          .layer("oci")
          .definedBy(E + "oci..")
          .layer("runtime")
          .definedBy(E + "runtime..")
          .layer("cgroup")
          .definedBy(E + "cgroup..")
          .layer("dns")
          .definedBy(E + "dns..")
          .layer("netlink")
          .definedBy(E + "netlink..")
          .layer("registry")
          .definedBy(E + "registry..")
          .layer("disk")
          .definedBy(E + "disk..")
          .layer("archive")
          .definedBy(E + "archive..")
          .layer("linux")
          .definedBy(E + "linux..")
          .ignoreDependency(alwaysTrue(), type(EngineConfig.class))
          .whereLayer("host")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("build")
          .mayOnlyBeAccessedByLayers("host")
          .whereLayer("dockerfile")
          .mayOnlyBeAccessedByLayers("build", "image")
          .whereLayer("container")
          .mayOnlyBeAccessedByLayers("host", "build")
          .whereLayer("image")
          .mayOnlyBeAccessedByLayers("host", "container", "build")
          .whereLayer("network")
          .mayOnlyBeAccessedByLayers("host", "container")
          .whereLayer("volume")
          .mayOnlyBeAccessedByLayers("host", "container")
          .whereLayer("event")
          .mayOnlyBeAccessedByLayers("host", "container", "image", "network", "volume")
          .whereLayer("oci")
          .mayOnlyBeAccessedByLayers("host", "container", "runtime", "build")
          .whereLayer("runtime")
          .mayOnlyBeAccessedByLayers("host", "container", "build")
          .whereLayer("cgroup")
          .mayOnlyBeAccessedByLayers("host", "container", "runtime")
          .whereLayer("dns")
          .mayOnlyBeAccessedByLayers("host", "network")
          .whereLayer("netlink")
          .mayOnlyBeAccessedByLayers("host", "network", "dns")
          .whereLayer("registry")
          .mayOnlyBeAccessedByLayers("host", "image")
          .whereLayer("disk")
          .mayOnlyBeAccessedByLayers(
              "host",
              "build",
              "dockerfile",
              "container",
              "image",
              "network",
              "volume",
              "event",
              "registry")
          .whereLayer("archive")
          .mayOnlyBeAccessedByLayers("build", "image", "disk")
          .whereLayer("linux")
          .mayOnlyBeAccessedByLayers(
              "host",
              "runtime",
              "cgroup",
              "netlink",
              "disk",
              "network",
              "container",
              "dns",
              "volume",
              "build",
              "archive");

  @ArchTest
  static final ArchRule nouns_form_no_cycle =
      slices().matching("argosy.engine.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule drivers_know_no_actor =
      noClasses()
          .that()
          .resideInAnyPackage(
              E + "runtime..",
              E + "cgroup..",
              E + "netlink..",
              E + "dns..",
              E + "disk..",
              E + "archive..",
              E + "registry..",
              E + "linux..",
              E + "oci..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pekko..");
}
