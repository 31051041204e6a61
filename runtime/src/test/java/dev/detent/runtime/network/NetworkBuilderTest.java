package dev.detent.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.detent.runtime.tflite.SmallModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkBuilderTest {

  @Test
  void recordsOperationsInOrder() {
    Network network = SmallModel.network();
    assertThat(network.operations())
        .extracting(Operation::name)
        .containsExactly("image", "conv", "pool", "dropout", "flat", "logits");
    assertThat(network.operations())
        .<Class<?>>extracting(Operation::getClass)
        .containsExactly(
            Operation.Input.class,
            Operation.Weighted.class,
            Operation.Pool.class,
            Operation.Noise.class,
            Operation.Reshape.class,
            Operation.Weighted.class);
    assertThat(network.inputs()).extracting(Operation::name).containsExactly("image");
    assertThat(network.outputs().get(0).shape(1)).containsExactly(1, 10);
  }

  @Test
  void findsTensorsByNameAndAlias() {
    var n = new NetworkBuilder();
    Tensor x = n.input("x").output(4);
    Tensor dropout = n.alias("dropout", x);
    assertThat(n.tensor("dropout")).isSameAs(dropout);
    assertThat(n.tensor("x")).isSameAs(x);
    assertThatThrownBy(() -> n.tensor("y"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no tensor 'y'; there are [x, dropout]");
  }

  @Test
  void refusesWhatCannotBeANetwork() {
    var n = new NetworkBuilder();
    assertThatThrownBy(n::build).isInstanceOf(IllegalStateException.class);
    Tensor x = n.input("x").output(4);
    assertThatThrownBy(() -> n.input("x").output(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two tensors are called 'x'");
    assertThatThrownBy(() -> n.input("empty").output(4, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sizes start at 1");
    assertThatThrownBy(() -> n.output("y", x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the output 'y' is called 'x' where it is made");
    n.output("x", x);
    assertThatThrownBy(() -> n.output("x", x)).hasMessage("two outputs are called 'x'");
    Tensor other = new NetworkBuilder().input("other").output(4);
    assertThatThrownBy(() -> n.unary("relu", UnaryKind.RELU, other).output(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tensor 'other' is of another model");
    assertThatThrownBy(
            () -> n.custom("gate", " ", new byte[0], List.of(), null, List.of(x)).output())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("blank code");
  }
}
