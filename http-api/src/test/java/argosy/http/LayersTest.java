package argosy.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;

/** Every arrow between the API's packages stands here before it stands in the code. */
@AnalyzeClasses(packages = "argosy", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
  private static final String H = "argosy.http.";

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

  @ArchTest
  static final ArchRule the_engine_knows_no_cluster =
      noClasses()
          .that()
          .resideInAPackage("argosy.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("argosy.cluster..");

  @ArchTest
  static final ArchRule transport_depends_on_nothing_of_ours_but_the_system_calls =
      own("transport..")
          .should()
          .onlyDependOnClassesThat(notOursBut(H + "transport..", "argosy.engine.linux"));

  @ArchTest
  static final ArchRule hijack_depends_on_nothing_of_ours =
      own("hijack..").should().onlyDependOnClassesThat(notOursBut(H + "hijack.."));

  @ArchTest
  static final ArchRule version_depends_on_nothing_of_ours =
      own("version..").should().onlyDependOnClassesThat(notOursBut(H + "version.."));

  @ArchTest
  static final ArchRule lines_know_what_is_asked_and_not_how_it_came =
      own("endpoint..")
          .should()
          .onlyDependOnClassesThat(
              notOursBut(H + "endpoint..", H + "version..", "argosy.cluster", "argosy.engine.."));

  @ArchTest
  static final ArchRule the_way_to_other_daemons_knows_no_line =
      noClasses()
          .that()
          .resideInAPackage(H + "peer..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(H + "dispatch..", "argosy.cluster..", "argosy.http");

  @ArchTest
  static final ArchRule dispatch_knows_no_handler =
      own("dispatch..")
          .should()
          .onlyDependOnClassesThat(
              notOursBut(
                  H + "dispatch..",
                  H + "endpoint..",
                  H + "peer..",
                  H + "problem..",
                  H + "answer..",
                  H + "json..",
                  H + "version..",
                  "argosy.cluster",
                  "argosy.engine.."));

  @ArchTest
  static final ArchRule nobody_but_the_assembly_knows_the_sockets =
      classes()
          .that()
          .resideInAPackage(H + "transport..")
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAnyPackage("argosy.http", H + "transport..", H + "peer..");

  private static GivenClassesConjunction own(String packages) {
    return classes().that().resideInAPackage(H + packages);
  }

  private static DescribedPredicate<JavaClass> notOursBut(String... packages) {
    return JavaClass.Predicates.resideOutsideOfPackage("argosy..")
        .or(JavaClass.Predicates.resideInAnyPackage(packages));
  }
}
