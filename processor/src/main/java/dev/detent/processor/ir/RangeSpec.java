package dev.detent.processor.ir;

import dev.detent.processor.model.QuantizerUse;
import java.util.List;
import java.util.Optional;

/**
 * One scale and zero point of the deployed model.
 *
 * @param fixed scale and zero point that the kernel prescribes; empty if they are learned
 * @param bits width of one value
 * @param nonNegative whether no value is below 0
 * @param atMost what no value is above; infinite if that is not known
 * @param symmetric whether the zero point is 0
 * @param powerOfTwo whether the scale is a power of two
 * @param quantizer what finds a learned range; empty for the default
 * @param tensors all that share it, in order of data flow
 */
public record RangeSpec(
    Optional<FixedRange> fixed,
    int bits,
    boolean nonNegative,
    double atMost,
    boolean symmetric,
    boolean powerOfTwo,
    Optional<QuantizerUse> quantizer,
    List<String> tensors) {

  public RangeSpec {
    tensors = List.copyOf(tensors);
  }

  /** That of the first tensor that has it. */
  public String name() {
    return tensors.get(0);
  }
}
