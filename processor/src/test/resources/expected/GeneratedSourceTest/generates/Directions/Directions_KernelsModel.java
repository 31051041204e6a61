import dev.detent.annotations.Initializer;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.ModelSpec;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.network.NetworkBuilder;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import javax.annotation.processing.Generated;

/**
 * The network that {@link Directions.Kernels} declares: 968 parameters, 4,480 multiply-accumulates an example.
 *
 * <pre>
 * signal     Input   [5, 3]
 * backwards  Lstm    [5, 4]
 * both       Lstm    [5, 8]
 * sum        Lstm    [5, 4]
 * mean       Lstm    [2]
 * first      Lstm    [2]
 * all        Concat  [4]
 * </pre>
 */
@Generated("dev.detent.processor.DetentProcessor")
final class Directions_KernelsModel extends DetentModel<Dataset> {
  private static final ModelSpec SPEC = ModelSpec.builder("Directions.Kernels")
      .input("signal", 5, 3)
      .layer("backwards", "Lstm", 128, 560, 5, 4)
      .layer("both", "Lstm", 288, 1280, 5, 8)
      .layer("sum", "Lstm", 384, 1920, 5, 4)
      .layer("mean", "Lstm", 112, 480, 2)
      .layer("first", "Lstm", 56, 240, 2)
      .layer("all", "Concat", 0, 0, 4)
      .output("all", 4)
      .build();

  private Directions_KernelsModel(long seed) {
    super(SPEC, seed);
  }

  /**
   * Makes the model with random weights, in float. It must be closed.
   *
   * @param seed of weights, shuffling, augmentation and dropout: the same one gives the same model
   */
  static Directions_KernelsModel create(long seed) {
    return new Directions_KernelsModel(seed);
  }

  /**
   * One example through the model, in its current mode.
   *
   * @param signal 15 values, [5, 3]
   * @return all: 4 values, [4]
   */
  float[] predict(float[] signal) {
    return run(signal)[0];
  }

  @Override
  protected void network(NetworkBuilder n) {
    // signal: Input, [5, 3], int8 in one range with backwards/reversed
    Tensor signal = n.input("signal").output(ActivationRange.learned("signal", 8), 5, 3);

    // backwards/reversed: STRIDED_SLICE of Lstm, [5, 3] -> [5, 3], int8 in the range of signal
    Tensor backwardsReversed = n.reversed("backwards/reversed", signal).output(5, 3);

    // backwards: Lstm, [5, 3] -> [5, 4], int8 in one range with both/backward/reversed
    Tensor backwards = n.lstm("backwards", backwardsReversed)
        .units(4)
        .bias(Initializer.ZEROS, true)
        .output(ActivationRange.fixed("backwards", 8, 1.0 / 128, 0), 5, 4);

    // both/forward: UNIDIRECTIONAL_SEQUENCE_LSTM of Lstm, [5, 4] -> [5, 4], int8 in one range with
    //     both/backward and 3 more
    Tensor bothForward = n.lstm("both/forward", backwards)
        .units(4)
        .bias(Initializer.ZEROS, true)
        .output(ActivationRange.fixed("both/forward", 8, 1.0 / 128, 0), 5, 4);

    // both/backward/reversed: STRIDED_SLICE of Lstm, [5, 4] -> [5, 4], int8 in the range of
    //     backwards
    Tensor bothBackwardReversed = n.reversed("both/backward/reversed", backwards).output(5, 4);

    // both/backward: UNIDIRECTIONAL_SEQUENCE_LSTM of Lstm, [5, 4] -> [5, 4], int8 in the range of
    //     both/forward
    Tensor bothBackward = n.lstm("both/backward", bothBackwardReversed)
        .units(4)
        .bias(Initializer.ZEROS, true)
        .output(bothForward.range(), 5, 4);

    // both/backward/restored: STRIDED_SLICE of Lstm, [5, 4] -> [5, 4], int8 in the range of
    //     both/forward
    Tensor bothBackwardRestored = n.reversed("both/backward/restored", bothBackward).output(5, 4);

    // both: Concat, [5, 4] -> [5, 8], int8 in the range of both/forward
    Tensor both = n.concatenation("both", 2, bothForward, bothBackwardRestored)
        .output(bothForward.range(), 5, 8);

    // sum/forward: UNIDIRECTIONAL_SEQUENCE_LSTM of Lstm, [5, 8] -> [5, 4], int8
    Tensor sumForward = n.lstm("sum/forward", both)
        .units(4)
        .output(ActivationRange.fixed("sum/forward", 8, 1.0 / 128, 0), 5, 4);

    // sum/backward/reversed: STRIDED_SLICE of Lstm, [5, 8] -> [5, 8], int8 in the range of
    //     both/forward
    Tensor sumBackwardReversed = n.reversed("sum/backward/reversed", both).output(5, 8);

    // sum/backward: UNIDIRECTIONAL_SEQUENCE_LSTM of Lstm, [5, 8] -> [5, 4], int8 in one range with
    //     sum/backward/restored
    Tensor sumBackward = n.lstm("sum/backward", sumBackwardReversed)
        .units(4)
        .output(ActivationRange.fixed("sum/backward", 8, 1.0 / 128, 0), 5, 4);

    // sum/backward/restored: STRIDED_SLICE of Lstm, [5, 4] -> [5, 4], int8 in the range of
    //     sum/backward
    Tensor sumBackwardRestored = n.reversed("sum/backward/restored", sumBackward).output(5, 4);

    // sum: Add, [5, 4] -> [5, 4], int8 in one range with mean/backward/reversed and first/reversed
    Tensor sum = n.add("sum", sumForward, sumBackwardRestored)
        .output(ActivationRange.learned("sum", 8), 5, 4);

    // mean/forward: UNIDIRECTIONAL_SEQUENCE_LSTM of Lstm, [5, 4] -> [5, 2], int8 in one range with
    //     mean/forward/last
    Tensor meanForward = n.lstm("mean/forward", sum)
        .units(2)
        .bias(Initializer.ZEROS, true)
        .output(ActivationRange.fixed("mean/forward", 8, 1.0 / 128, 0), 5, 2);

    // mean/forward/last: STRIDED_SLICE of Lstm, [5, 2] -> [2], int8 in the range of mean/forward
    Tensor meanForwardLast = n.lastStep("mean/forward/last", meanForward).output(2);

    // mean/backward/reversed: STRIDED_SLICE of Lstm, [5, 4] -> [5, 4], int8 in the range of sum
    Tensor meanBackwardReversed = n.reversed("mean/backward/reversed", sum).output(5, 4);

    // mean/backward: UNIDIRECTIONAL_SEQUENCE_LSTM of Lstm, [5, 4] -> [5, 2], int8 in one range with
    //     mean/backward/last
    Tensor meanBackward = n.lstm("mean/backward", meanBackwardReversed)
        .units(2)
        .bias(Initializer.ZEROS, true)
        .output(ActivationRange.fixed("mean/backward", 8, 1.0 / 128, 0), 5, 2);

    // mean/backward/last: STRIDED_SLICE of Lstm, [5, 2] -> [2], int8 in the range of mean/backward
    Tensor meanBackwardLast = n.lastStep("mean/backward/last", meanBackward).output(2);

    // mean/sum1: ADD of Average, [2] -> [2], int8
    Tensor meanSum1 = n.add("mean/sum1", meanForwardLast, meanBackwardLast)
        .output(ActivationRange.learned("mean/sum1", 8), 2);

    // mean: Average, [2] -> [2], int8 in one range with first/quantize and all
    Tensor mean = n.multiplyConstant("mean", meanSum1, 1.0 / 2)
        .output(ActivationRange.learned("mean", 8), 2);

    // first/reversed: STRIDED_SLICE of Lstm, [5, 4] -> [5, 4], int8 in the range of sum
    Tensor firstReversed = n.reversed("first/reversed", sum).output(5, 4);

    // first/states: UNIDIRECTIONAL_SEQUENCE_LSTM of Lstm, [5, 4] -> [5, 2], int8 in one range with
    //     first
    Tensor firstStates = n.lstm("first/states", firstReversed)
        .units(2)
        .bias(Initializer.ZEROS, true)
        .output(ActivationRange.fixed("first/states", 8, 1.0 / 128, 0), 5, 2);

    // first: Lstm, [5, 2] -> [2], int8 in the range of first/states
    Tensor first = n.lastStep("first", firstStates).output(2);

    // first/quantize: QUANTIZE, [2] -> [2], int8 in the range of mean
    Tensor firstQuantize = n.quantize("first/quantize", first).output(mean.range(), 2);

    // all: Concat, [2] -> [4], int8 in the range of mean
    Tensor all = n.concatenation("all", 1, mean, firstQuantize).output(mean.range(), 4);

    n.output("all", all);
  }
}
