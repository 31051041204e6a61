package dev.detent.examples.sequences;

import dev.detent.annotations.Bidirectional;
import dev.detent.annotations.Gru;
import dev.detent.annotations.Initializer;
import dev.detent.annotations.Input;
import dev.detent.annotations.Layer;
import dev.detent.annotations.Lstm;
import dev.detent.annotations.MergeMode;
import dev.detent.annotations.Model;
import dev.detent.annotations.Output;

/** Recurrences of one unit that read backwards or both ways; all kernels are ones. */
final class BothWays {
  static final int STEPS = 4;

  private BothWays() {}

  @Model
  static class Lstms {
    @Input(shape = {STEPS, 1})
    Layer signal;

    @Lstm(
        units = 1,
        returnSequences = true,
        goBackwards = true,
        kernelInitializer = Initializer.ONES,
        recurrentInitializer = Initializer.ONES)
    @Output
    Layer backwards;

    @Lstm(
        units = 1,
        goBackwards = true,
        kernelInitializer = Initializer.ONES,
        recurrentInitializer = Initializer.ONES,
        from = "signal")
    @Output
    Layer first;

    @Bidirectional
    @Lstm(
        units = 1,
        returnSequences = true,
        kernelInitializer = Initializer.ONES,
        recurrentInitializer = Initializer.ONES,
        from = "signal")
    @Output
    Layer both;

    @Bidirectional(mergeMode = MergeMode.AVE)
    @Lstm(
        units = 1,
        kernelInitializer = Initializer.ONES,
        recurrentInitializer = Initializer.ONES,
        from = "signal")
    @Output
    Layer ends;
  }

  @Model
  static class Grus {
    @Input(shape = {STEPS, 1})
    Layer signal;

    @Gru(
        units = 1,
        returnSequences = true,
        goBackwards = true,
        kernelInitializer = Initializer.ONES,
        recurrentInitializer = Initializer.ONES)
    @Output
    Layer backwards;

    @Gru(
        units = 1,
        goBackwards = true,
        kernelInitializer = Initializer.ONES,
        recurrentInitializer = Initializer.ONES,
        from = "signal")
    @Output
    Layer first;

    @Bidirectional
    @Gru(
        units = 1,
        returnSequences = true,
        kernelInitializer = Initializer.ONES,
        recurrentInitializer = Initializer.ONES,
        from = "signal")
    @Output
    Layer both;

    @Bidirectional(mergeMode = MergeMode.AVE)
    @Gru(
        units = 1,
        kernelInitializer = Initializer.ONES,
        recurrentInitializer = Initializer.ONES,
        from = "signal")
    @Output
    Layer ends;
  }
}
