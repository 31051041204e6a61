package dev.detent.runtime.data;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * Examples for a model with any number of inputs and outputs: example {@code i} is the {@code i}-th
 * of each of the {@linkplain #inputs() inputs} and of each of the {@linkplain #targets() targets}.
 *
 * <p>{@link Dataset} is the one for a single input and a single output. Models with more have a
 * record of their own, which is generated beside them.
 */
public interface Examples {

  /** The number of examples, at least 0. */
  int size();

  /** The values that the model reads, one for each of its inputs, in the order of declaration. */
  List<Features> inputs();

  /**
   * The values that the model is to answer, one for each of its outputs, in the order of
   * declaration.
   */
  List<Targets> targets();

  /**
   * A hash of the sizes, shapes, scales and contents, which identifies the data in a report. It
   * reads all of it; of image files it reads the encoded bytes, without decoding them.
   *
   * @return SHA-256 in 64 hexadecimal digits
   * @throws DataException if something cannot be read
   */
  default String fingerprint() {
    MessageDigest digest = Fingerprints.sha256();
    Fingerprints.update(digest, size());
    for (Features features : inputs()) {
      Fingerprints.update(digest, features);
    }
    for (Targets targets : targets()) {
      Fingerprints.update(digest, targets);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * The number of examples that all inputs and targets hold.
   *
   * @throws DataException if the numbers differ, or there is neither input nor target
   */
  static int sizeOf(List<Features> inputs, List<Targets> targets) {
    int size = -1;
    for (int i = 0; i < inputs.size(); i++) {
      size = Checks.sameSize(size, inputs.get(i).size(), "input " + i);
    }
    for (int i = 0; i < targets.size(); i++) {
      size = Checks.sameSize(size, targets.get(i).size(), "target " + i);
    }
    if (size < 0) {
      throw new DataException("examples need an input or a target; there is none");
    }
    return size;
  }
}
