package dev.detent.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassMapTargetsTest {
  private static final List<String> NAMES = List.of("ground", "tree", "sky");

  /** Two images of [2, 2]. */
  private static Targets maps() {
    return Targets.classMaps(new byte[][] {{0, 1, 2, 2}, {1, 1, 0, 2}}, NAMES, 2, 2);
  }

  private static int[] classes(Targets targets, int index) {
    int[] classes = new int[targets.classesPerExample()];
    targets.readClasses(index, classes, 0);
    return classes;
  }

  @Test
  void everyPlaceHasAClass() {
    Targets maps = maps();

    assertThat(maps.isClasses()).isTrue();
    assertThat(maps.classesPerExample()).isEqualTo(4);
    assertThat(maps.classCount()).isEqualTo(3);
    assertThat(maps.shape()).containsExactly(2, 2, 3);
    assertThat(classes(maps, 1)).containsExactly(1, 1, 0, 2);
    assertThat(classes(maps.subset(1, 0), 1)).containsExactly(0, 1, 2, 2);
    assertThat(maps.take(1).classesPerExample()).isEqualTo(4);
    float[] hot = new float[maps.width()];
    maps.read(0, hot, 0);
    assertThat(hot).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1);
    assertThatThrownBy(() -> maps.classAt(0))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("these targets have 4 classes an example; readClasses reads them");
  }

  @Test
  void oneClassAnExampleIsReadInTheSameWay() {
    Targets one = Targets.classes(new int[] {2, 0}, NAMES);

    assertThat(one.classesPerExample()).isEqualTo(1);
    assertThat(classes(one, 0)).containsExactly(2);
  }

  @Test
  void aByteHoldsAClassAbove127() {
    List<String> names =
        java.util.stream.IntStream.range(0, 256).mapToObj(Integer::toString).toList();

    assertThat(classes(Targets.classMaps(new byte[][] {{(byte) 200}}, names, 1), 0))
        .containsExactly(200);
  }

  @Test
  void batchesHoldTheClassesOfAllPlaces() {
    Dataset data = new Dataset(Features.of(new float[2], 1), maps());

    try (BatchIterator iterator = Batches.of(data, 2).prefetched(0).epoch(0)) {
      Batch batch = iterator.next();
      assertThat(batch.classesPerExample(0)).isEqualTo(4);
      assertThat(batch.classes(0)).containsExactly(0, 1, 2, 2, 1, 1, 0, 2);
    }
  }

  @Test
  void aClassMoreOrLessGivesAnotherFingerprint() {
    Features features = Features.of(new float[1], 1);
    byte[][] map = {{0, 1, 2, 2}};
    String fingerprint = new Dataset(features, maps().take(1)).fingerprint();

    assertThat(new Dataset(features, Targets.classMaps(map, NAMES, 2, 2)).fingerprint())
        .isEqualTo(fingerprint);
    assertThat(new Dataset(features, Targets.classMaps(map, NAMES, 4)).fingerprint())
        .isNotEqualTo(fingerprint);
    map[0][3] = 1;
    assertThat(new Dataset(features, Targets.classMaps(map, NAMES, 2, 2)).fingerprint())
        .isNotEqualTo(fingerprint);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Targets.classMaps(new byte[][] {{0, 1, 2}}, NAMES, 2, 2))
        .isInstanceOf(DataException.class)
        .hasMessage("example 0 has classes for 3 places; the shape [2, 2] has 4");
    assertThatThrownBy(() -> Targets.classMaps(new byte[][] {{0, 3}}, NAMES, 2))
        .isInstanceOf(DataException.class)
        .hasMessage("place 1 of example 0 is of class 3; there are the classes 0 to 2");
    List<String> many =
        java.util.stream.IntStream.range(0, 257).mapToObj(Integer::toString).toList();
    assertThatThrownBy(() -> Targets.classMaps(new byte[][] {{0}}, many, 1))
        .isInstanceOf(DataException.class)
        .hasMessage("there are 257 classes; a byte tells 256 apart");
  }

  @Test
  void imagesAreNotMovedAwayFromTheirClasses() {
    Dataset data = new Dataset(Features.of(new float[8], 2, 2, 1), maps());
    Batches batches = Batches.of(data, 2);

    Augmentation own = (image, random) -> image.flipHorizontally();
    assertThatThrownBy(() -> batches.augmented(own))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("augmentation moves pixels, but a target has a class for each");
  }
}
