package dev.detent.processor.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.annotations.Model;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the table of operations and the annotations have to agree in. */
class OperationKindTest {
  private static final Set<Class<?>> NUMBERS = Set.of(int.class, double.class, int[].class);

  /** Axes, which are no sizes and are not bound. */
  private static final Set<AttributeKey.Form> LISTS =
      EnumSet.of(AttributeKey.Form.AXES, AttributeKey.Form.PER_AXIS);

  /**
   * A block binds numbers to its parameters. Java wants every attribute without a default to be
   * written, and what is written cannot be bound; so the default is a value that is no size, and
   * the processor asks for the attribute.
   */
  @ParameterizedTest
  @EnumSource(
      value = OperationKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CUSTOM"})
  void numbersNeedNotBeWritten(OperationKind kind) throws ReflectiveOperationException {
    Class<?> annotation = Class.forName(Model.class.getPackageName() + "." + kind.annotation());
    for (AttributeKey<?> key : kind.attributes()) {
      Method attribute = annotation.getMethod(key.name());
      if (NUMBERS.contains(attribute.getReturnType()) && !LISTS.contains(key.form())) {
        assertThat(attribute.getDefaultValue()).as(attribute.toString()).isNotNull();
      }
    }
  }

  /** What an annotation has and its row has not would be written and never read. */
  @ParameterizedTest
  @EnumSource(
      value = OperationKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CUSTOM"})
  void everyAttributeIsInTheRow(OperationKind kind) throws ReflectiveOperationException {
    Class<?> annotation = Class.forName(Model.class.getPackageName() + "." + kind.annotation());

    assertThat(kind.attributes())
        .extracting(AttributeKey::name)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(annotation.getDeclaredMethods())
                .map(Method::getName)
                .filter(name -> !name.equals("from"))
                .toList());
  }
}
