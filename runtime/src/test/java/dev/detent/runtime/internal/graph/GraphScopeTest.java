package dev.detent.runtime.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;
import org.tensorflow.types.TFloat32;

class GraphScopeTest {
  private final Graph graph = new Graph();
  private final Ops tf = GraphScope.ops(graph);

  @AfterEach
  void close() {
    graph.close();
  }

  private static String nameOf(Operand<?> operand) {
    return operand.op().name();
  }

  @Test
  void namesAreUniqueInTheGraph() {
    Ops layer = tf.withSubScope("layer");

    assertThat(nameOf(layer.constant(1f))).isEqualTo("layer/Const");
    assertThat(nameOf(layer.constant(2f))).isEqualTo("layer/Const_1");
    // The same scope again, and one below it.
    assertThat(nameOf(tf.withSubScope("layer").constant(3f))).isEqualTo("layer/Const_2");
    assertThat(nameOf(layer.withSubScope("read").constant(4f))).isEqualTo("layer/read/Const");
    assertThat(nameOf(tf.withName("scale").constant(5f))).isEqualTo("scale");
    assertThat(nameOf(tf.withName("scale_1").constant(6f))).isEqualTo("scale_1");
    assertThat(nameOf(tf.withName("scale").constant(7f))).isEqualTo("scale_2");
  }

  @Test
  void gradientsMeetNoNameOfOurs() {
    Operand<TFloat32> x = tf.constant(3f);
    for (int i = 0; i < 2; i++) {
      Ops train = tf.withSubScope("train");
      Operand<TFloat32> y =
          CustomGradients.apply(
              train, train.math.mul(x, x), List.of(x), (ops, dy) -> List.of(ops.math.neg(dy)));
      assertThat(tf.gradients(y, List.of(x)).dy()).hasSize(1);
      assertThat(nameOf(train.math.neg(x))).startsWith("train/Neg");
    }
  }

  /** What other code in the process does with TensorFlow's own types is its own. */
  @Test
  void othersGiveTypesGradientsOfTheirOwn() {
    Operand<TFloat32> mine = tf.constant(3f);
    CustomGradients.straightThrough(tf, mine, mine);
    RawCustomGradient theirs =
        (ops, operation, outputs) -> {
          @SuppressWarnings("unchecked")
          Operand<TFloat32> dy = (Operand<TFloat32>) (Operand<?>) outputs.get(0);
          return List.of(ops.math.mul(dy, ops.constant(7f)));
        };
    assertThat(TensorFlow.registerCustomGradient("IdentityN", theirs)).isTrue();
    try (Graph other = new Graph()) {
      Ops ops = Ops.create(other);
      Operand<TFloat32> x = ops.constant(3f);
      Operand<TFloat32> y = ops.identityN(List.<Operand<?>>of(x)).op().output(0);
      Operand<TFloat32> dx = ops.<TFloat32>gradients(y, List.of(x)).dy(0);
      try (Session session = new Session(other);
          Result result = session.runner().fetch(dx).run()) {
        assertThat(((TFloat32) result.get(0)).getFloat()).isEqualTo(7);
      }
    }
    Operand<TFloat32> square = tf.math.mul(mine, mine);
    Operand<TFloat32> through = CustomGradients.straightThrough(tf, mine, square);
    Operand<TFloat32> d = tf.<TFloat32>gradients(through, List.of(mine)).dy(0);
    try (Session session = new Session(graph);
        Result result = session.runner().fetch(through).fetch(d).run()) {
      assertThat(((TFloat32) result.get(0)).getFloat()).isEqualTo(3);
      assertThat(((TFloat32) result.get(1)).getFloat()).isEqualTo(6);
    }
  }

  @Test
  void controlDependenciesHold() {
    Operand<TFloat32> first = tf.constant(1f);
    Operand<TFloat32> second = tf.withControlDependencies(first).constant(2f);

    // A control input is no data input, so the graph itself has to say it.
    assertThat(graph.toGraphDef().getNodeList())
        .filteredOn(node -> node.getName().equals(nameOf(second)))
        .singleElement()
        .satisfies(node -> assertThat(node.getInputList()).containsExactly("^" + nameOf(first)));
  }

  @Test
  void namesOfOperationsThatWereBuiltElsewhereAreLearned() {
    Ops.create(graph).withName("theirs").constant(1f);

    tf.scope().refreshNames();

    assertThat(nameOf(tf.withName("theirs").constant(2f))).isEqualTo("theirs_1");
  }

  @Test
  void aNameThatTensorFlowDoesNotTakeIsRefused() {
    assertThatThrownBy(() -> tf.withSubScope("a b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'a b' cannot name an operation of TensorFlow");
  }
}
