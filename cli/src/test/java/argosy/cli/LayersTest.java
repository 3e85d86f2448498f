package argosy.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Every arrow between the command line's packages stands here before it stands in the code. */
@AnalyzeClasses(packages = "argosy", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
  private static final String C = "argosy.cli.";

  @ArchTest
  static final ArchRule arrows =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("argosy..")
          .layer("main")
          .definedBy("argosy.cli")
          .layer("verbs")
          .definedBy(C + "cluster", C + "network", C + "volume", C + "system")
          .layer("container")
          .definedBy(C + "container")
          .layer("image")
          .definedBy(C + "image")
          .layer("command")
          .definedBy(C + "command")
          .layer("output")
          .definedBy(C + "output")
          .layer("client")
          .definedBy(C + "client")
          .layer("json")
          .definedBy(C + "json")
          .whereLayer("main")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("verbs")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("container")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("image")
          .mayOnlyBeAccessedByLayers("main", "container")
          .whereLayer("command")
          .mayOnlyBeAccessedByLayers("main", "verbs", "container", "image")
          .whereLayer("output")
          .mayOnlyBeAccessedByLayers("main", "verbs", "container", "image")
          .whereLayer("client")
          .mayOnlyBeAccessedByLayers("main", "verbs", "container", "image", "command", "output");

  /** The daemon is reached over HTTP and in no other way, and the class path stays small. */
  @ArchTest
  static final ArchRule alone =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "argosy.engine..",
              "argosy.cluster..",
              "argosy.http..",
              "org.apache.pekko..",
              "com.fasterxml.jackson.databind..");

  /** Picocli's model stays behind forms and arguments. */
  @ArchTest
  static final ArchRule picocli_in_one_place =
      noClasses()
          .that()
          .resideOutsideOfPackage(C + "command")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..");
}
