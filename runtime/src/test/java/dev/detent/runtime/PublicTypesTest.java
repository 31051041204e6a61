package dev.detent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
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
    SortedSet<String> types =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.detent.annotations", "dev.detent.runtime")
                .stream()
                .filter(type -> !type.getPackageName().matches(".*\\.(internal|codegen)(\\..*)?"))
                .filter(PublicTypesTest::canBeNamed)
                .map(type -> type.getName().replace('$', '.'))
                .collect(Collectors.toCollection(TreeSet::new));
    if ("write".equals(System.getProperty("detent.golden"))) {
      Files.write(LIST, types);
    }
    List<String> listed = Files.readAllLines(LIST);
    assertThat(types).as("-Ddetent.golden=write accepts what is new").isSubsetOf(listed);
    assertThat(listed).as("-Ddetent.golden=write takes out what is gone").isSubsetOf(types);
  }

  private static boolean canBeNamed(JavaClass type) {
    boolean isOpen =
        type.getModifiers().contains(JavaModifier.PUBLIC)
            || type.getModifiers().contains(JavaModifier.PROTECTED);
    return isOpen && type.getEnclosingClass().map(PublicTypesTest::canBeNamed).orElse(true);
  }
}
