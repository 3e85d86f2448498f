package argosy.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Every arrow between the API's packages stands here before it stands in the code. */
@AnalyzeClasses(packages = "argosy", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
  @ArchTest
  static final ArchRule packages_form_no_cycle =
      slices().matching("argosy.http.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule the_wire_is_records_and_nothing_else =
      classes()
          .that()
          .resideInAPackage("argosy.http.wire")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "argosy.http.wire", "java..", "com.fasterxml.jackson..", "org.jspecify..");

  @ArchTest
  static final ArchRule lines_know_neither_sockets_nor_the_way_to_them =
      noClasses()
          .that()
          .resideInAnyPackage(
              "argosy.http.container",
              "argosy.http.image",
              "argosy.http.network",
              "argosy.http.volume",
              "argosy.http.system")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "argosy.http",
              "argosy.http.transport",
              "argosy.http.dispatch",
              "argosy.http.hijack",
              "argosy.http.peer");

  @ArchTest
  static final ArchRule the_engine_and_the_cluster_know_no_docker =
      noClasses()
          .that()
          .resideInAnyPackage("argosy.engine..", "argosy.cluster..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("argosy.http..");
}
