package argosy.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Every arrow between the cluster's packages stands here before it stands in the code. */
@AnalyzeClasses(packages = "argosy", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
  private static final String C = "argosy.cluster.";

  @ArchTest
  static final ArchRule arrows =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("argosy.cluster..")
          .layer("node")
          .definedBy("argosy.cluster")
          .layer("whole")
          .definedBy(C + "whole..")
          .layer("directory")
          .definedBy(C + "directory..")
          .layer("placement")
          .definedBy(C + "placement..")
          .layer("gateway")
          .definedBy(C + "gateway..")
          .layer("member")
          .definedBy(C + "member..")
          .layer("wire")
          .definedBy(C + "wire..")
          .whereLayer("node")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("whole")
          .mayOnlyBeAccessedByLayers("node")
          .whereLayer("directory")
          .mayOnlyBeAccessedByLayers("node", "whole")
          .whereLayer("placement")
          .mayOnlyBeAccessedByLayers("whole")
          .whereLayer("gateway")
          .mayOnlyBeAccessedByLayers("node", "whole", "directory")
          .whereLayer("member")
          .mayOnlyBeAccessedByLayers("node")
          .whereLayer("wire")
          .mayOnlyBeAccessedByLayers("node", "whole", "directory", "gateway", "member");

  @ArchTest
  static final ArchRule nouns_form_no_cycle =
      slices().matching("argosy.cluster.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule rules_know_no_actor =
      noClasses()
          .that()
          .resideInAnyPackage(C + "placement..", C + "directory..", C + "whole..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pekko..");

  @ArchTest
  static final ArchRule the_engine_knows_no_cluster =
      noClasses()
          .that()
          .resideInAnyPackage("argosy.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("argosy.cluster..");
}
