package dev.detent.inference;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What a deployed program brings along: the JDK's core, as Android has it, without reflection. */
class PackageRulesTest {
  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.detent.inference");

  @Test
  void needsNothingButTheCoreOfTheJdk() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.detent.inference",
            "java.io",
            "java.lang",
            "java.lang.invoke",
            "java.lang.runtime", // of records
            "java.nio",
            "java.nio.charset",
            "java.nio.file",
            "java.util",
            "java.util.function",
            "java.util.stream",
            "org.jspecify.annotations")
        .check(ENGINE);
  }
}
