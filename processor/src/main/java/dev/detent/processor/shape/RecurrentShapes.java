package dev.detent.processor.shape;

import dev.detent.annotations.MergeMode;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import java.util.Optional;

/** Shape rules of recurrent layers. */
final class RecurrentShapes {
  private static final int LSTM_GATES = 4;
  private static final int GRU_GATES = 3;

  private RecurrentShapes() {}

  static Optional<Inferred> lstm(UnshapedLayer layer) {
    return recurrent(layer, LSTM_GATES, LSTM_GATES);
  }

  static Optional<Inferred> gru(UnshapedLayer layer) {
    return recurrent(layer, GRU_GATES, GRU_GATES + (layer.get(AttributeKey.RESET_AFTER) ? 1 : 0));
  }

  /**
   * A layer of gates.
   *
   * @param gates how many parts its kernels have
   * @param biases how many parts its biases have
   */
  private static Optional<Inferred> recurrent(UnshapedLayer layer, int gates, int biases) {
    return layer
        .input(2, Message.S01_RANK_OF_STEPS)
        .flatMap(
            in -> {
              int units = layer.get(AttributeKey.UNITS);
              if (Inferred.product(gates, units, Math.max(in.channels(), units))
                  > Integer.MAX_VALUE) {
                return layer.tooLarge("values of a kernel");
              }
              Optional<MergeMode> merged =
                  layer.declaration().attributes().find(AttributeKey.MERGE_MODE);
              int directions = merged.isPresent() ? 2 : 1;
              long kernels = directions * (long) gates * units * ((long) in.channels() + units);
              long vectors = directions * (long) biases * units;
              int channels =
                  merged.filter(mode -> mode == MergeMode.CONCAT).isPresent() ? 2 * units : units;
              return Optional.of(
                  new Inferred(
                      layer.get(AttributeKey.RETURN_SEQUENCES)
                          ? in.withChannels(channels)
                          : Shape.of(channels),
                      Inferred.product(in.size(0), 1, kernels),
                      kernels + (layer.get(AttributeKey.USE_BIAS) ? vectors : 0)));
            });
  }
}
