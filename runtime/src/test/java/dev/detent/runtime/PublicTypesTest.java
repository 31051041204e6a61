package dev.detent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The types of the annotations and the runtime that a user can name, so that none becomes one by
 * accident. {@code -Ddetent.golden=write} writes the list instead, for a person to read before it
 * is committed.
 */
class PublicTypesTest {
  private static final Path LIST = Path.of("src/test/resources/public-types.txt");

  @Test
  void areThoseOfTheList() throws IOException {
    String types =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.detent.annotations", "dev.detent.runtime")
                .stream()
                .filter(type -> !type.getPackageName().matches(".*\\.(internal|codegen)(\\..*)?"))
                .filter(PublicTypesTest::canBeNamed)
                .map(type -> type.getName().replace('$', '.') + "\n")
                .sorted()
                .collect(Collectors.joining());
    if ("write".equals(System.getProperty("detent.golden"))) {
      Files.writeString(LIST, types);
    }
    assertThat(types)
        .as("%s; -Ddetent.golden=write accepts what is new", LIST)
        .isEqualTo(Files.readString(LIST));
  }

  private static boolean canBeNamed(JavaClass type) {
    boolean isOpen =
        type.getModifiers().contains(JavaModifier.PUBLIC)
            || type.getModifiers().contains(JavaModifier.PROTECTED);
    return isOpen && type.getEnclosingClass().map(PublicTypesTest::canBeNamed).orElse(true);
  }
}
