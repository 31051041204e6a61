package dev.detent.runtime;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which package of the runtime may use which: what is not listed is not imported. */
class PackageRulesTest {
  private static final String ROOT = "dev.detent.runtime";
  private static final JavaClasses RUNTIME =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @ParameterizedTest
  @CsvSource({
    "exception, ",
    "internal.io, ",
    "internal.natives, exception",
    "data, exception internal.io",
    "codegen, data",
    "detection, data",
    "quantizer, ",
    "report, exception internal.io",
    "network, quantizer",
    "layer, network quantizer",
    "internal.graph, layer network quantizer",
    "train, exception internal.graph network quantizer data detection internal.io",
    "internal.tflite, ",
    "tflite, exception internal.tflite",
    "internal.tflite.write, tflite internal.tflite internal.io network quantizer",
    "internal.tflite.read, tflite",
    "internal.tflite.check, internal.tflite.read internal.tflite tflite",
    "internal.tflite.interpreter, internal.tflite.check internal.tflite.read internal.tflite tflite"
        + " internal.natives internal.io",
    "verify, internal.tflite.interpreter internal.tflite.check internal.tflite.read internal.tflite"
        + " tflite data internal.graph quantizer train report",
    "weights, exception internal.graph train report internal.io",
    "internal.report, exception data detection internal.graph internal.io network quantizer report"
        + " tflite train verify"
  })
  void packageUsesOnly(String user, String used) {
    String[] names = used == null ? new String[0] : used.split(" ");
    String[] allowed = new String[names.length + 2];
    Arrays.setAll(allowed, i -> i < names.length ? ROOT + "." + names[i] : "");
    allowed[names.length] = ROOT + "." + user;
    allowed[names.length + 1] = "dev.detent.annotations";
    classes()
        .that()
        .resideInAPackage(ROOT + "." + user)
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage("dev.detent..").or(resideInAnyPackage(allowed)))
        .check(RUNTIME);
  }

  /** Every package has its line above. */
  @Test
  void noPackageIsForgotten() {
    Set<String> packages = new TreeSet<>();
    RUNTIME.forEach(type -> packages.add(type.getPackageName()));
    assertThat(packages)
        .containsExactly(
            ROOT,
            ROOT + ".codegen",
            ROOT + ".data",
            ROOT + ".detection",
            ROOT + ".exception",
            ROOT + ".internal.graph",
            ROOT + ".internal.io",
            ROOT + ".internal.natives",
            ROOT + ".internal.report",
            ROOT + ".internal.tflite",
            ROOT + ".internal.tflite.check",
            ROOT + ".internal.tflite.interpreter",
            ROOT + ".internal.tflite.read",
            ROOT + ".internal.tflite.write",
            ROOT + ".layer",
            ROOT + ".network",
            ROOT + ".quantizer",
            ROOT + ".report",
            ROOT + ".tflite",
            ROOT + ".train",
            ROOT + ".verify",
            ROOT + ".weights");
  }

  /** Two packages of which each uses the other are one. */
  @Test
  void noPackagesUseEachOther() {
    slices().matching("(dev.detent..)").should().beFreeOfCycles().check(RUNTIME);
  }

  /** Training's library stays where the graph is; the file's and the interpreter's likewise. */
  @ParameterizedTest
  @ValueSource(
      strings = {"data", "detection", "network", "report", "tflite..", "internal.tflite.."})
  void packageIsFreeOfTensorFlow(String name) {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + name)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.tensorflow..")
                .and(resideOutsideOfPackage("org.tensorflow.lite..")))
        .check(RUNTIME);
  }

  @Test
  void onlyTheInterpreterRunsTensorFlowLite() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".internal.tflite.interpreter")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bytedeco.tensorflowlite..")
        .check(RUNTIME);
  }

  @Test
  void onlyWritingAndReadingKnowTheSchema() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".internal.tflite..")
        .and()
        .doNotHaveSimpleName("FlexOptions") // which kernels of the user's own read
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.tensorflow.lite..", "com.google.flatbuffers..")
        .check(RUNTIME);
  }
}
