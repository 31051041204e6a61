package dev.detent.runtime.internal.tflite.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.detent.runtime.internal.tflite.TfliteOperator;
import dev.detent.runtime.internal.tflite.Version;
import dev.detent.runtime.internal.tflite.Versions;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.lite.schema.BuiltinOperator;

/** Operators have the schema's names, and versions that rise with what came later. */
class OperatorTest {

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
  void isOneOfTheSchema(TfliteOperator operator) {
    assertThat(BuiltinOperator.name(operator.code())).isEqualTo(operator.name());
  }

  @ParameterizedTest
  @EnumSource
  void versionsRise(TfliteOperator operator) {
    Versions versions = operator.versions();
    assertThat(
            Stream.of(versions.real(), versions.int8(), versions.int16(), versions.int4Weights())
                .filter(Objects::nonNull)
                .map(Version::number))
        .isSorted();
  }

  @ParameterizedTest
  @EnumSource
  void attributesRaiseOnlyVersionsThatThereAre(TfliteOperator operator) {
    Version later = new Version(4, "2.2.0");
    Versions raised = operator.versions().atLeast(later);
    assertThat(raised.int16() == null).isEqualTo(operator.versions().int16() == null);
    assertThat(raised.int4Weights()).isEqualTo(operator.versions().int4Weights());
    assertThat(raised.real()).isIn(null, later, operator.versions().real());
  }
}
