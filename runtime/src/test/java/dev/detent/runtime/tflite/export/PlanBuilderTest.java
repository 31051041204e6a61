package dev.detent.runtime.tflite.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.runtime.tflite.SmallModel;
import org.junit.jupiter.api.Test;

class PlanBuilderTest {

  @Test
  void recordsOperationsInOrder() {
    Plan plan = SmallModel.plan();
    assertThat(plan.operations())
        .extracting(Plan.PlanOperation::kind)
        .containsExactly(
            OperationKind.CONV_2D,
            OperationKind.MAX_POOL_2D,
            OperationKind.RESHAPE,
            OperationKind.FULLY_CONNECTED);
    assertThat(plan.inputs()).extracting(PlanTensor::name).containsExactly("image");
    assertThat(plan.outputs().get(0).tensor().shape()).containsExactly(1, 10);
    assertThat(plan.histogram()).containsEntry("CONV_2D", 1).hasSize(4);
  }

  @Test
  void findsTensorsByNameAndAlias() {
    var plan = new PlanBuilder();
    PlanTensor x = plan.input("x", 4).output();
    assertThat(plan.alias("dropout", x)).isSameAs(x);
    assertThat(plan.tensor("dropout")).isSameAs(x);
    assertThat(plan.tensor("x")).isSameAs(x);
    assertThatThrownBy(() -> plan.tensor("y"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no tensor 'y'; there are [x, dropout]");
  }

  @Test
  void refusesWhatCannotBeAPlan() {
    var plan = new PlanBuilder();
    assertThatThrownBy(plan::build).isInstanceOf(IllegalStateException.class);
    PlanTensor x = plan.input("x", 4).output();
    assertThatThrownBy(() -> plan.input("x", 4).output())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two tensors are called 'x'");
    assertThatThrownBy(() -> plan.input("empty", 4, 0).output())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sizes start at 1");
    plan.output("y", x);
    assertThatThrownBy(() -> plan.output("y", x)).hasMessage("two outputs are called 'y'");
    PlanTensor other = new PlanBuilder().input("other", 4).output();
    assertThatThrownBy(() -> plan.relu("relu", other))
        .hasMessage("tensor 'other' is of another plan");
  }
}
