package dev.detent.examples;

import dev.detent.runtime.data.Augmentation;
import dev.detent.runtime.data.ImageFolder;
import java.nio.file.Path;
import java.util.Optional;

/** CIFAR-10, and what is laid out like it. */
final class Photographs {
  /** Pixels by which a crop moves at most. */
  private static final int SHIFT = 4;

  /** What is usual for CIFAR-10 since He et al., 2016. */
  static final Augmentation AUGMENTATION =
      Augmentation.horizontalFlip().then(Augmentation.shiftedCrop(SHIFT));

  private Photographs() {}

  /**
   * Loads {@code train} and {@code test} from the folder, which must be given; pixels are 0 to 255.
   */
  static Split load(Optional<Path> folder, long seed) {
    return Split.of(ImageFolder.loadTrainTest(folder.orElseThrow()), seed);
  }
}
