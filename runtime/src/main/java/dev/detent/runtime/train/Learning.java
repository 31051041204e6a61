package dev.detent.runtime.train;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one training step learns: what makes its operations.
 *
 * @param optimizer its learning rate has no effect, as that is fed
 * @param frozen the layers that stay as they are
 * @param weighsExamples whether each example has a weight of its own
 * @param distillation its teacher has no effect, as the answers are fed; null without a teacher
 */
record Learning(
    Optimizer optimizer,
    GradientRule rule,
    Set<String> frozen,
    boolean weighsExamples,
    @Nullable Distillation distillation) {

  static Learning of(Fit<?> fit, Optimizer optimizer, Set<String> frozen) {
    return new Learning(
        optimizer.learningRate(1),
        fit.rule(),
        Set.copyOf(frozen),
        fit.exampleWeights() != null,
        fit.distillation()
            .map(of -> new Distillation(null, of.temperature(), of.weight()))
            .orElse(null));
  }
}
