package dev.detent.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeaturesTest {
  private static final byte[] ALL_BYTES = new byte[256];

  static {
    for (int i = 0; i < 256; i++) {
      ALL_BYTES[i] = (byte) i;
    }
  }

  @Test
  void bytesBecomeElementTimesScalePlusOffsetInFloats() {
    float scale = 1f / 255;
    float offset = -0.4f;
    Features features = Features.bytes(ALL_BYTES, 16, 16, 1).scaled(scale, offset);
    float[] values = new float[256];
    features.read(0, values, 0);
    for (int i = 0; i < 256; i++) {
      assertThat(values[i]).isEqualTo(i * scale + offset);
    }
    byte[] bytes = new byte[258];
    features.read(0, bytes, 2);
    assertThat(bytes).endsWith(ALL_BYTES);
    assertThat(features.type()).isEqualTo(ElementType.UINT8);
    assertThat(features).hasToString("1 x [16, 16, 1] uint8 * 0.003921569 + -0.4");
  }

  @Test
  void theLastScaleCounts() {
    Features features = Features.bytes(ALL_BYTES, 256).scaled(3, 7).scaled(2).take(1).scaled(4);
    assertThat(features.scale()).isEqualTo(4);
    assertThat(features.offset()).isZero();
    assertThat(values(features, 0)[10]).isEqualTo(40);
    Features floats = Features.of(new float[] {1, 2, 3}).scaled(2, 1);
    assertThat(values(floats, 2)).containsExactly(7);
    assertThat(values(floats.scaled(1, 0), 2)).containsExactly(3);
  }

  @Test
  void oneArrayAndOneArrayAnExampleHoldTheSame() {
    Features flat = Features.of(new float[] {1, 2, 3, 4, 5, 6}, 2);
    Features rows = Features.of(new float[][] {{1, 2}, {3, 4}, {5, 6}});
    assertThat(flat.size()).isEqualTo(rows.size()).isEqualTo(3);
    assertThat(rows.shape()).containsExactly(2);
    for (int i = 0; i < 3; i++) {
      assertThat(values(flat, i)).isEqualTo(values(rows, i));
    }
    assertThat(dataset(flat).fingerprint()).isEqualTo(dataset(rows).fingerprint());
  }

  @Test
  void subsetsPickAndRepeat() {
    Features features = Features.of(new float[] {10, 11, 12, 13});
    Features subset = features.subset(3, 0, 3);
    assertThat(subset.size()).isEqualTo(3);
    assertThat(values(subset, 0)).containsExactly(13);
    assertThat(values(subset, 1)).containsExactly(10);
    assertThat(subset.name(0)).isEqualTo("example 3");
    assertThat(features.take(2).size()).isEqualTo(2);
    assertThatThrownBy(() -> features.subset(4))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("example 4 of 4 (0 to 3)");
    assertThatIllegalArgumentException().isThrownBy(() -> features.take(5));
  }

  @Test
  void lengthsAreChecked() {
    assertThatThrownBy(() -> Features.of(new float[7], 2, 2))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "7 elements are not a whole number of examples of the shape [2, 2] (4 elements)");
    assertThatThrownBy(() -> Features.bytes(new byte[][] {new byte[4], new byte[3]}, 4))
        .isInstanceOf(DataException.class)
        .hasMessage("example 1 has 3 elements; the shape [4] has 4");
    assertThatIllegalArgumentException().isThrownBy(() -> Features.of(new float[4], 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Features.of(new float[4]).scaled(Float.NaN));
  }

  @Test
  void classesReadAsOneHot() {
    Targets targets = Targets.classes(new int[] {2, 0}, List.of("cat", "dog", "ship"));
    float[] into = {9, 9, 9, 9};
    targets.read(0, into, 1);
    assertThat(into).containsExactly(9, 0, 0, 1);
    assertThat(targets.width()).isEqualTo(3);
    assertThat(targets.classNames()).containsExactly("cat", "dog", "ship");
    assertThat(targets.subset(1).classAt(0)).isZero();
    assertThat(Targets.classes(new int[] {1}, 2).classNames()).containsExactly("0", "1");
    assertThatThrownBy(() -> Targets.classes(new int[] {0, 3}, 3))
        .isInstanceOf(DataException.class)
        .hasMessage("example 1 is of class 3; there are the classes 0 to 2");
  }

  @Test
  void numbersAreNoClasses() {
    Targets targets = Targets.values(new float[][] {{1, 2}, {3, 4}});
    float[] into = new float[2];
    targets.read(1, into, 0);
    assertThat(into).containsExactly(3, 4);
    assertThat(targets.isClasses()).isFalse();
    assertThatThrownBy(() -> targets.classAt(0)).isInstanceOf(UnsupportedOperationException.class);
    assertThat(Targets.values(new float[] {1, 2, 3}).width()).isEqualTo(1);
  }

  @Test
  void asManyLabelsAsExamples() {
    assertThatThrownBy(() -> new Dataset(Features.of(new float[3]), Targets.classes(new int[2], 2)))
        .isInstanceOf(DataException.class)
        .hasMessage("there are 3 examples, but labels for 2");
  }

  @Test
  void splitsAreDisjointAndRepeatable() {
    Dataset dataset = dataset(Features.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
    TrainTest split = dataset.split(0.7, 3);
    assertThat(split.train().size()).isEqualTo(7);
    assertThat(split.test().size()).isEqualTo(3);
    boolean[] seen = new boolean[10];
    for (Dataset part : List.of(split.train(), split.test())) {
      for (int i = 0; i < part.size(); i++) {
        int value = (int) values(part.features(), i)[0];
        assertThat(seen[value]).isFalse();
        seen[value] = true;
      }
    }
    assertThat(dataset.split(0.7, 3).test().fingerprint()).isEqualTo(split.test().fingerprint());
    assertThat(dataset.split(0.7, 4).test().fingerprint()).isNotEqualTo(split.test().fingerprint());
    assertThatThrownBy(() -> dataset.split(0.01, 3))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("leaves nothing");
    assertThat(dataset.sample(4, 1).fingerprint()).isEqualTo(dataset.sample(4, 1).fingerprint());
  }

  @Test
  void fingerprintsTellDataApart() {
    Features features = Features.bytes(new byte[] {1, 2, 3, 4}, 2, 1, 1);
    Dataset dataset = dataset(features);
    assertThat(dataset.fingerprint()).hasSize(64).isEqualTo(dataset(features).fingerprint());
    assertThat(
            List.of(
                dataset(Features.bytes(new byte[] {1, 2, 3, 5}, 2, 1, 1)),
                dataset(Features.bytes(new byte[] {1, 2, 3, 4}, 1, 2, 1)),
                dataset.scaled(0.5f),
                dataset.take(1),
                new Dataset(features, Targets.classes(new int[] {0, 1}, 10)),
                new Dataset(features, Targets.classes(new int[] {0, 0}, 2))))
        .extracting(Dataset::fingerprint)
        .doesNotHaveDuplicates()
        .doesNotContain(dataset.fingerprint());
  }

  private static Dataset dataset(Features features) {
    return new Dataset(features, Targets.classes(new int[features.size()], 10));
  }

  private static float[] values(Features features, int index) {
    float[] values = new float[features.elements()];
    features.read(index, values, 0);
    return values;
  }

  @Test
  void mapGetsScaledValuesAndMayChangeTheShape() {
    Features bytes = Features.bytes(new byte[] {1, 2, 3, (byte) 255}, 2).scaled(0.5f, 1);
    Features sums = bytes.map(x -> new float[] {x[0] + x[1]}, 1);
    assertThat(sums.type()).isEqualTo(ElementType.FLOAT32);
    assertThat(sums.shape()).containsExactly(1);
    float[] value = new float[1];
    sums.read(0, value, 0);
    assertThat(value[0]).isEqualTo(1.5f + 2);
    sums.subset(1).scaled(2).read(0, value, 0);
    assertThat(value[0]).isEqualTo(2 * (2.5f + 128.5f));
    assertThatThrownBy(() -> bytes.map(x -> new float[1]).read(1, new float[2], 0))
        .isInstanceOf(DataException.class)
        .hasMessage("example 1 has 1 values after map; the shape [2] has 2");
  }
}
