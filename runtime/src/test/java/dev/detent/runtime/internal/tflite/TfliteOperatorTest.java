package dev.detent.runtime.internal.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.tensorflow.lite.schema.BuiltinOperator;

class TfliteOperatorTest {
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "OTHER")
  void isOneOfTheSchemas(TfliteOperator operator) {
    assertThat(BuiltinOperator.names).contains(operator.name());
    assertThat(BuiltinOperator.name(operator.code())).isEqualTo(operator.name());
    assertThat(TfliteOperator.of(operator.name())).isEqualTo(operator);
  }
}
