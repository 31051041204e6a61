package dev.detent.processor.model;

import dev.detent.processor.diagnostic.Reporter;
import java.util.List;

/**
 * Layers that are written as one field, and are known once the shape of what they read is.
 *
 * @param name of the field; the last of the layers has it
 * @param input the layer that the first of them reads
 * @param expansion yields them
 */
public record BlockUse(String name, String input, Expansion expansion) implements Declaration {

  /** Yields the layers of a block. */
  @FunctionalInterface
  public interface Expansion {
    /**
     * The layers in order of data flow; blocks among them are expanded in their turn.
     *
     * @param input the sizes of what the block reads, without the batch
     * @param reporter takes what is wrong
     * @return those that are right
     */
    List<Declaration> expand(List<Integer> input, Reporter reporter);
  }
}
