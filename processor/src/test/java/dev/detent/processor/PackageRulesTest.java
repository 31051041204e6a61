package dev.detent.processor;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which package of the processor may use which, as each package's own page says. */
class PackageRulesTest {
  private static final String ROOT = "dev.detent.processor";
  private static final JavaClasses PROCESSOR =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** No line has a pass on the right: passes never use one another. */
  @ParameterizedTest
  @CsvSource({
    "diagnostic, ",
    "model, diagnostic",
    "ir, model diagnostic",
    "expression, ",
    "parse, expression model diagnostic",
    "shape, model ir diagnostic",
    "lowering, model ir diagnostic",
    "placement, model ir diagnostic",
    "emit, model ir"
  })
  void packageUsesOnly(String user, String used) {
    String[] names = used == null ? new String[0] : used.split(" ");
    String[] allowed = new String[names.length + 2];
    Arrays.setAll(allowed, i -> i < names.length ? ROOT + "." + names[i] : "");
    allowed[names.length] = ROOT + "." + user;
    allowed[names.length + 1] = "dev.detent.annotations..";
    classes()
        .that()
        .resideInAPackage(ROOT + "." + user)
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage("dev.detent..").or(resideInAnyPackage(allowed)))
        .check(PROCESSOR);
  }

  /** Every package has its line above. */
  @Test
  void noPackageIsForgotten() {
    Set<String> packages = new TreeSet<>();
    PROCESSOR.forEach(type -> packages.add(type.getPackageName()));
    assertThat(packages)
        .containsExactly(
            ROOT,
            ROOT + ".diagnostic",
            ROOT + ".emit",
            ROOT + ".expression",
            ROOT + ".ir",
            ROOT + ".lowering",
            ROOT + ".model",
            ROOT + ".parse",
            ROOT + ".placement",
            ROOT + ".shape");
  }

  /** Two packages of which each uses the other are one. */
  @Test
  void noPackagesUseEachOther() {
    JavaClasses withAnnotations =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT, "dev.detent.annotations");
    slices().matching("(dev.detent..)").should().beFreeOfCycles().check(withAnnotations);
  }

  /**
   * The compiler's symbols end with the parser. {@code Modifier} is none: it is a word that
   * JavaPoet takes.
   */
  @Test
  void symbolsStayInParsingAndDiagnostics() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, ROOT + ".parse", ROOT + ".diagnostic")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "javax.lang.model..", "javax.annotation.processing..", "javax.tools..")
                .and(
                    describe(
                        "are no modifiers",
                        type -> !type.getBaseComponentType().isEquivalentTo(Modifier.class))))
        .check(PROCESSOR);
  }

  @Test
  void javaPoetStaysInEmission() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, ROOT + ".emit")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.squareup.javapoet..")
        .check(PROCESSOR);
  }

  /** {@code auto-common} chains rounds; the passes know nothing of rounds. */
  @Test
  void roundsStayInTheEntry() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google..")
        .check(PROCESSOR);
  }

  /** The processor runs without TensorFlow: it knows the runtime by name only. */
  @Test
  void runtimeIsNotUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.detent.runtime..", "org.tensorflow..", "org.bytedeco..")
        .check(PROCESSOR);
  }
}
