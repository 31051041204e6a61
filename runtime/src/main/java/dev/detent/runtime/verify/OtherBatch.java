package dev.detent.runtime.verify;

import dev.detent.runtime.data.Batch;
import dev.detent.runtime.tflite.TfliteException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a file for one example, which says that its batch may be another, computes the same for
 * several at once.
 */
final class OtherBatch {
  /** How many examples run at once: more than two, so that no place is the first or the last. */
  static final int EXAMPLES = 3;

  /**
   * Integers must be equal. Sums of float kernels may be in another order: of a thousand products
   * in single precision they differ by 2^10 * 2^-24 of the largest value at most.
   */
  private static final float TOLERANCE = 0x1p-14f;

  private OtherBatch() {}

  /**
   * What is wrong, in sentences.
   *
   * @param one the file as it is
   * @param several the same file with shapes for {@link #EXAMPLES}
   * @param examples at least one
   * @param singles the file as it is, on each set of kernels
   */
  static List<String> findings(
      Path file,
      DeployedFile one,
      DeployedFile several,
      Batch examples,
      TfliteInterpreter... singles) {
    List<String> findings = new ArrayList<>();
    for (TfliteInterpreter single : singles) {
      try (var resized = TfliteInterpreter.open(file, single.kernels())) {
        resized.resizeBatch(EXAMPLES);
        several.run(examples, 0, resized);
        different(one, several, examples, single, resized)
            .forEach(
                output ->
                    findings.add(
                        ("output '%s' of a batch of %s is not that of the same examples one by one"
                                + " on %s, though the file says that its batch may be another")
                            .formatted(output, EXAMPLES, VerificationText.name(single.kernels()))));
      } catch (TfliteException e) {
        findings.add(
            ("the file says that its batch may be another, but does not run with one of %s on %s:"
                    + " %s")
                .formatted(EXAMPLES, VerificationText.name(single.kernels()), e.getMessage()));
      }
    }
    return findings;
  }

  private static Set<String> different(
      DeployedFile one,
      DeployedFile several,
      Batch examples,
      TfliteInterpreter single,
      TfliteInterpreter resized) {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < Math.min(EXAMPLES, examples.count()); i++) {
      one.run(examples, i, single);
      for (int output = 0; output < one.outputs().size(); output++) {
        DeployedFile.Output alone = one.outputs().get(output);
        DeployedFile.Output together = several.outputs().get(output);
        alone.tensor().read(single, alone.position(), 0);
        together.tensor().read(resized, together.position(), i);
        if (!isEqual(alone.tensor(), together.tensor())) {
          names.add(alone.name());
        }
      }
    }
    return names;
  }

  private static boolean isEqual(DeployedTensor a, DeployedTensor b) {
    float largest = 0;
    float difference = 0;
    for (int i = 0; i < a.reals.length; i++) {
      largest = Math.max(largest, Math.abs(a.reals[i]));
      difference = Math.max(difference, Math.abs(a.reals[i] - b.reals[i]));
    }
    return difference <= (a.isFloatInFile() ? TOLERANCE * largest : 0);
  }
}
