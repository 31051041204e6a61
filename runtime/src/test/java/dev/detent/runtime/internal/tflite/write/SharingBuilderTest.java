package dev.detent.runtime.internal.tflite.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.tensorflow.lite.schema.QuantizationParameters;
import org.tensorflow.lite.schema.QuantizationParametersT;

class SharingBuilderTest {
  @Test
  void equalZeroPointsAreWrittenOnce() {
    SharingBuilder builder = new SharingBuilder(64);
    int first = QuantizationParameters.createZeroPointVector(builder, new long[100]);
    int before = builder.offset();

    int second = QuantizationParameters.createZeroPointVector(builder, new long[100]);

    assertThat(second).isEqualTo(first);
    assertThat(builder.offset()).isEqualTo(before);
    assertThat(QuantizationParameters.createZeroPointVector(builder, new long[99]))
        .isNotEqualTo(first);
    assertThat(QuantizationParameters.createZeroPointVector(builder, new long[] {1}))
        .isNotEqualTo(QuantizationParameters.createZeroPointVector(builder, new long[] {-1}));
  }

  @Test
  void valuesAreReadAsTheyWere() {
    SharingBuilder builder = new SharingBuilder(64);
    var written = new QuantizationParametersT();
    written.setZeroPoint(new long[] {3, -128, 127});
    written.setScale(new float[] {0.5f, 2, 4});
    QuantizationParameters.pack(builder, written);
    builder.finish(QuantizationParameters.pack(builder, written));

    var read =
        QuantizationParameters.getRootAsQuantizationParameters(
                ByteBuffer.wrap(builder.sizedByteArray()))
            .unpack();

    assertThat(read.getZeroPoint()).containsExactly(3, -128, 127);
    assertThat(read.getScale()).containsExactly(0.5f, 2, 4);
  }
}
