package dev.detent.runtime.quantizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Detent's own quantizers have no door that a user's has not. */
class BuiltInQuantizersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.detent.runtime");

  private static List<JavaClass> builtIns() {
    return CLASSES.stream()
        .filter(type -> type.isAssignableTo(Quantizer.class) && !type.isInterface())
        .toList();
  }

  @Test
  void allLiveBesideTheInterfaces() {
    assertThat(builtIns()).extracting(JavaClass::getSimpleName).contains("MovingAverage", "MaxAbs");
    assertThat(builtIns())
        .allMatch(type -> type.getPackageName().equals(Quantizer.class.getPackageName()));
  }

  @Test
  void useOnlyWhatIsPublic() {
    for (JavaClass type : builtIns()) {
      for (JavaAccess<?> access : type.getAccessesFromSelf()) {
        JavaClass owner = access.getTargetOwner();
        if (!owner.getName().startsWith("dev.detent") || isOwn(type, owner)) {
          continue;
        }
        assertThat(owner.getPackageName()).isEqualTo(Quantizer.class.getPackageName());
        assertThat(owner.getModifiers())
            .as("%s uses %s", type, owner)
            .contains(JavaModifier.PUBLIC);
        for (JavaMember member : access.getTarget().resolveMember().stream().toList()) {
          boolean isInherited = type.isAssignableTo(owner.getName());
          assertThat(member.getModifiers())
              .as("%s uses %s", type, member)
              .containsAnyOf(
                  JavaModifier.PUBLIC, isInherited ? JavaModifier.PROTECTED : JavaModifier.PUBLIC);
        }
      }
    }
  }

  private static boolean isOwn(JavaClass type, JavaClass owner) {
    String outermost = type.getName().replaceAll("\\$.*", "");
    return owner.getName().replaceAll("\\$.*", "").equals(outermost);
  }

  /** The generated code makes them by their constructors, from values in an annotation. */
  @Test
  void arePublicAndConstructible() {
    for (JavaClass type : builtIns()) {
      if (type.getModifiers().contains(JavaModifier.ABSTRACT)) {
        continue;
      }
      assertThat(type.getModifiers()).contains(JavaModifier.PUBLIC);
      assertThat(type.getConstructors())
          .anyMatch(constructor -> constructor.getModifiers().contains(JavaModifier.PUBLIC));
    }
  }
}
