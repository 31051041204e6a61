package dev.detent.runtime.internal.graph;

import dev.detent.annotations.Activation;
import dev.detent.runtime.layer.TrainableKernel;
import dev.detent.runtime.network.Network;
import dev.detent.runtime.network.Operation;
import dev.detent.runtime.network.OperationReader;
import dev.detent.runtime.network.Tensor;
import dev.detent.runtime.quantizer.ActivationRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * Builds one pass of a model from its description.
 *
 * <p>Every tensor is {@code [batch, ...]}, images are {@code [batch, height, width, channels]}. In
 * a quantized pass the output of an operation lies on the grid that the deployed tensor has, and in
 * any other pass its range is ignored or observed.
 */
final class GraphReader implements OperationReader<LayerTensor> {
  private static final int MOST_INDICES = Integer.MAX_VALUE;

  private final PassBuilder graph;

  private GraphReader(PassBuilder graph) {
    this.graph = graph;
  }

  /**
   * Builds the operations of a model into a pass.
   *
   * @throws IllegalStateException if one yields another shape than it is described with
   */
  static void read(Network network, PassBuilder graph) {
    GraphReader reader = new GraphReader(graph);
    for (Operation operation : network.operations()) {
      int[] shape = operation.accept(reader).shape();
      if (!Arrays.equals(shape, operation.output().shape())) {
        throw new IllegalStateException(
            "'"
                + operation.name()
                + "' computes an output of shape "
                + Arrays.toString(shape)
                + ", but is described with "
                + Arrays.toString(operation.output().shape()));
      }
    }
    network.outputs().forEach(output -> graph.addOutput(output.name(), reader.of(output)));
  }

  private LayerTensor of(Tensor tensor) {
    return graph.tensor(tensor.name());
  }

  private Ops ops(Operation operation) {
    return graph.scope(operation.name());
  }

  private Operand<TFloat32> x(Operation.OnOne operation) {
    return of(operation.x()).operand();
  }

  /** A tensor in the range of what is read: its values are on that grid already. */
  private LayerTensor moved(Operation.Moving operation, Operand<TFloat32> y) {
    return graph.put(operation, y, of(operation.x()).range());
  }

  /** The end of an operation with a range of its own, as {@link PassBuilder#finish}. */
  private LayerTensor finish(
      Operation operation,
      Operand<TFloat32> y,
      Activation activation,
      Optional<PassBuilder.Deployed> deployed) {
    return graph.finish(operation, y, activation, deployed, Optional.empty());
  }

  // ---------------------------------------------------------------- what is fed

  @Override
  public LayerTensor read(Operation.Input input) {
    String name = input.name();
    Ops tf = ops(input);
    var shape = Tensors.batchOf(input.output().shape());
    var bytes = tf.placeholder(TUint8.class, Placeholder.shape(shape));
    var scale = tf.placeholderWithDefault(tf.constant(1f), Shape.scalar());
    var offset = tf.placeholderWithDefault(tf.constant(0f), Shape.scalar());
    var value = tf.math.add(tf.math.mul(tf.dtypes.cast(bytes, TFloat32.class), scale), offset);
    int limit = input.isIndices() ? MOST_INDICES : 0;
    graph.addInput(name, new PassGraph.Feed(bytes, scale, offset, value, limit));
    // What is fed cannot be fetched. Nor may TensorFlow's optimizer make anything wait for it, as
    // for the x of x + x, which becomes 2 * x: such an edge runs even what is fed. It makes it wait
    // for this.
    return graph.finish(input, tf.ensureShape(value, shape), Activation.NONE);
  }

  @Override
  public LayerTensor read(Operation.Parameter parameter) {
    return new ParameterLayer(graph, ops(parameter), parameter).build();
  }

  // ---------------------------------------------------------------- layers with weights

  @Override
  public LayerTensor read(Operation.Weighted weighted) {
    return new WeightedLayer(graph, ops(weighted), weighted, of(weighted.x())).build();
  }

  @Override
  public LayerTensor read(Operation.BatchNorm norm) {
    return new BatchNormLayer(graph, ops(norm), norm, of(norm.x())).build();
  }

  @Override
  public LayerTensor read(Operation.Lstm lstm) {
    return new LstmLayer(graph, ops(lstm), lstm, of(lstm.x())).build();
  }

  @Override
  public LayerTensor read(Operation.PRelu relu) {
    return new PReluLayer(graph, ops(relu), relu, of(relu.x())).build();
  }

  // ---------------------------------------------------------------- windows and reductions

  @Override
  public LayerTensor read(Operation.Pool pool) {
    return new PoolLayer(graph, ops(pool), pool, of(pool.x())).build();
  }

  @Override
  public LayerTensor read(Operation.Reduction reduction) {
    return new ReductionLayer(graph, ops(reduction), reduction, of(reduction.x())).build();
  }

  /** Where the classes are not along the last axis, losses read a tensor in which they are. */
  @Override
  public LayerTensor read(Operation.ArgMax argMax) {
    Ops tf = ops(argMax);
    LayerTensor x = of(argMax.x());
    int last = x.shape().length;
    var indices =
        tf.dtypes.cast(
            tf.math.argMax(x.operand(), tf.constant(argMax.axis()), TInt32.class), TFloat32.class);
    if (argMax.axis() == last) {
      return graph.putIndices(argMax.name(), indices, x);
    }
    int[] axes =
        IntStream.concat(
                IntStream.rangeClosed(0, last).filter(axis -> axis != argMax.axis()),
                IntStream.of(argMax.axis()))
            .toArray();
    var order = tf.constant(axes);
    LayerTensor turned =
        graph.put(
            argMax.name() + "/classesLast",
            tf.linalg.transpose(x.operand(), order),
            null,
            x.logits().map(logits -> tf.linalg.transpose(logits, order)));
    return graph.putIndices(argMax.name(), indices, turned);
  }

  @Override
  public LayerTensor read(Operation.Resize resize) {
    return new ResizeLayer(graph, ops(resize), resize, of(resize.x())).build();
  }

  // ---------------------------------------------------------------- several tensors

  @Override
  public LayerTensor read(Operation.Binary binary) {
    Ops tf = ops(binary);
    LayerTensor a = of(binary.a());
    LayerTensor b = of(binary.b());
    var x = a.operand();
    var y = b.operand();
    return switch (binary.kind()) {
      case ADD -> graph.finish(binary, tf.math.add(x, y), binary.activation());
      case SUB -> graph.finish(binary, tf.math.sub(x, y), binary.activation());
      case MUL ->
          finish(
              binary,
              tf.math.mul(x, y),
              binary.activation(),
              onGrids(
                  a,
                  b,
                  (from, other, to) -> new Kernel(tf, from, to, x).product(y, other.scale())));
      case MAXIMUM -> graph.tied(binary, tf.math.maximum(x, y));
      case MINIMUM -> graph.tied(binary, tf.math.minimum(x, y));
    };
  }

  /** The kernel of an operation on two tensors. */
  private interface OfTwo {
    Operand<TFloat32> on(RangeNodes a, RangeNodes b, RangeNodes to);
  }

  private Optional<PassBuilder.Deployed> onGrids(LayerTensor a, LayerTensor b, OfTwo kernel) {
    return graph.grid(a).flatMap(ofA -> graph.grid(b).map(ofB -> to -> kernel.on(ofA, ofB, to)));
  }

  @Override
  public LayerTensor read(Operation.Concatenation concatenation) {
    Ops tf = ops(concatenation);
    List<Operand<TFloat32>> parts = new ArrayList<>();
    concatenation.inputs().forEach(part -> parts.add(of(part).operand()));
    return graph.tied(concatenation, tf.concat(parts, tf.constant(concatenation.axis())));
  }

  @Override
  public LayerTensor read(Operation.BatchMatMul product) {
    Ops tf = ops(product);
    LayerTensor a = of(product.a());
    LayerTensor b = of(product.b());
    var y =
        tf.train.batchMatMul(
            a.operand(),
            b.operand(),
            TFloat32.class,
            BatchMatMul.adjX(product.transposeA()),
            BatchMatMul.adjY(product.transposeB()));
    return finish(
        product,
        y,
        Activation.NONE,
        onGrids(a, b, (ofA, ofB, to) -> new Kernel(tf, ofA, to, y).matrixProduct(ofB)));
  }

  @Override
  public LayerTensor read(Operation.Gather gather) {
    Ops tf = ops(gather);
    LayerTensor table = of(gather.table());
    graph.addIndices(gather.indices().name(), table.shape()[0]);
    var rows = tf.reshape(table.operand(), tf.constant(table.shape()));
    var numbers = tf.dtypes.cast(of(gather.indices()).operand(), TInt32.class);
    return graph.tied(gather, tf.gather(rows, numbers, tf.constant(0)));
  }

  @Override
  public LayerTensor read(Operation.Custom custom) {
    List<Operand<TFloat32>> inputs = new ArrayList<>();
    custom.inputs().forEach(input -> inputs.add(of(input).operand()));
    var site = new CustomSite(graph, custom.name(), ops(custom), inputs);
    var y = ((TrainableKernel) custom.kernel()).compute(site);
    return graph.finish(custom, y, custom.activation());
  }

  // ---------------------------------------------------------------- value by value

  @Override
  public LayerTensor read(Operation.Unary unary) {
    Activation itself = unary.kind().activation();
    return itself == Activation.NONE
        ? apply(unary, ActivationFunction.of(unary.kind()), Activation.NONE)
        : rescaled(unary, itself);
  }

  @Override
  public LayerTensor read(Operation.LeakyRelu relu) {
    return apply(relu, ActivationFunction.leakyRelu(relu.alpha()), Activation.NONE);
  }

  @Override
  public LayerTensor read(Operation.ThresholdedRelu relu) {
    Ops tf = ops(relu);
    var x = x(relu);
    var isAbove = tf.math.greater(x, tf.constant((float) relu.theta()));
    return moved(relu, tf.math.mul(x, tf.stopGradient(tf.dtypes.cast(isAbove, TFloat32.class))));
  }

  @Override
  public LayerTensor read(Operation.WithNumber operation) {
    return switch (operation.kind()) {
      case ADD ->
          apply(operation, ActivationFunction.plus(operation.number()), operation.activation());
      case MUL ->
          apply(
              operation,
              ActivationFunction.multipliedBy(operation.number()),
              operation.activation());
      case MINIMUM -> {
        Ops tf = ops(operation);
        LayerTensor x = of(operation.x());
        Operand<TFloat32> real = tf.constant((float) operation.number());
        var bound = graph.grid(x).map(grid -> grid.fakeQuantize(real)).orElse(real);
        yield graph.tied(operation, tf.math.minimum(x.operand(), bound));
      }
      case SUB, MAXIMUM ->
          throw new IllegalStateException(operation.kind() + " of a number is not described");
    };
  }

  private LayerTensor apply(
      Operation.OnOne operation, ActivationFunction function, Activation activation) {
    Ops tf = ops(operation);
    LayerTensor x = of(operation.x());
    return graph.finish(
        operation,
        function.real().of(tf, x.operand()),
        activation,
        function.deployed().flatMap(kernel -> graph.activation(operation, x, kernel)),
        function.isOfLogits() ? Optional.of(x.operand()) : Optional.empty());
  }

  @Override
  public LayerTensor read(Operation.Softmax softmax) {
    Ops tf = ops(softmax);
    LayerTensor x = of(softmax.x());
    boolean isPlain = softmax.beta() == 1;
    Operand<TFloat32> logits =
        isPlain ? x.operand() : tf.math.mul(x.operand(), tf.constant((float) softmax.beta()));
    return graph.finish(
        softmax,
        tf.nn.softmax(logits),
        Activation.NONE,
        graph
            .grid(x)
            .filter(from -> from.range().bits() == Short.SIZE && isPlain)
            .map(from -> to -> new WideSoftmax(tf, from, to, x.operand()).probabilities()),
        Optional.of(logits));
  }

  @Override
  public LayerTensor read(Operation.CenteredUnit unit) {
    return new L2NormalizationLayer(graph, ops(unit), unit, of(unit.x())).build();
  }

  // ---------------------------------------------------------------- values in other places

  @Override
  public LayerTensor read(Operation.Reshape reshape) {
    Ops tf = ops(reshape);
    int[] shape = reshape.output().shape(-1);
    return moved(reshape, tf.reshape(x(reshape), tf.constant(shape)));
  }

  @Override
  public LayerTensor read(Operation.Transpose transpose) {
    Ops tf = ops(transpose);
    var axes = withBatch(tf, 0, transpose.axes());
    return moved(transpose, tf.linalg.transpose(x(transpose), axes));
  }

  @Override
  public LayerTensor read(Operation.Pad pad) {
    Ops tf = ops(pad);
    int[][] around = new int[pad.before().size() + 1][2];
    for (int axis = 1; axis < around.length; axis++) {
      around[axis] = new int[] {pad.before().get(axis - 1), pad.after().get(axis - 1)};
    }
    var x = x(pad);
    var paddings = tf.constant(around);
    return moved(
        pad,
        pad.mirror() == null
            ? tf.pad(x, paddings, tf.constant(0f))
            : tf.mirrorPad(x, paddings, pad.mirror().name()));
  }

  @Override
  public LayerTensor read(Operation.StridedSlice slice) {
    Ops tf = ops(slice);
    var x = x(slice);
    if (isStep(slice)) { // which gathers faster
      int index = slice.begin().get(0);
      var place = slice.dropsFirst() ? tf.constant(index) : tf.constant(new int[] {index});
      return moved(slice, tf.gather(x, place, tf.constant(1)));
    }
    return moved(slice, sliced(tf, x, slice.begin(), slice.end(), slice.strides()));
  }

  /** Whether it takes one step of a sequence, and all of that. */
  private static boolean isStep(Operation.StridedSlice slice) {
    return slice.end().get(0) == slice.begin().get(0) + 1
        && slice.output().elements() == slice.x().elements() / slice.x().shape()[0];
  }

  private static Operand<TFloat32> sliced(
      Ops tf, Operand<TFloat32> x, List<Integer> begin, List<Integer> end, List<Integer> strides) {
    return tf.stridedSlice(
        x,
        withBatch(tf, 0, begin),
        withBatch(tf, 0, end),
        withBatch(tf, 1, strides),
        StridedSlice.beginMask(1L), // the whole batch
        StridedSlice.endMask(1L));
  }

  @Override
  public LayerTensor read(Operation.Split split) {
    Ops tf = ops(split);
    int[] shape = split.x().shape();
    List<Integer> begin = new ArrayList<>(Collections.nCopies(shape.length, 0));
    List<Integer> end = new ArrayList<>(Arrays.stream(shape).boxed().toList());
    int axis = split.axis() - 1;
    int size = shape[axis] / split.parts();
    begin.set(axis, split.index() * size);
    end.set(axis, (split.index() + 1) * size);
    return moved(split, sliced(tf, x(split), begin, end, Collections.nCopies(shape.length, 1)));
  }

  @Override
  public LayerTensor read(Operation.Blocks blocks) {
    Ops tf = ops(blocks);
    var x = x(blocks);
    long size = blocks.size();
    return moved(
        blocks, blocks.isToDepth() ? tf.nn.spaceToDepth(x, size) : tf.nn.depthToSpace(x, size));
  }

  @Override
  public LayerTensor read(Operation.Tile tile) {
    Ops tf = ops(tile);
    var x = x(tile);
    return moved(
        tile,
        tile.times() == 1 ? x : tf.concat(Collections.nCopies(tile.times(), x), tf.constant(1)));
  }

  private static Operand<TInt32> withBatch(Ops tf, int first, List<Integer> rest) {
    int[] all = new int[rest.size() + 1];
    all[0] = first;
    Arrays.setAll(all, axis -> axis == 0 ? first : rest.get(axis - 1));
    return tf.constant(all);
  }

  // ---------------------------------------------------------------- training only, and borders

  @Override
  public LayerTensor read(Operation.Noise noise) {
    return new TrainingNoise(graph, ops(noise), noise, of(noise.x())).build();
  }

  @Override
  public LayerTensor read(Operation.Alias alias) {
    return graph.alias(alias.name(), of(alias.x()));
  }

  @Override
  public LayerTensor read(Operation.Quantize quantize) {
    LayerTensor x = of(quantize.x());
    ActivationRange range = quantize.output().range();
    if (graph.grid(x).isPresent() || range == null || range.bits() != Byte.SIZE) {
      return rescaled(quantize, Activation.NONE);
    }
    var kernel = new IntegerArithmetic(ops(quantize));
    return finish(
        quantize,
        x.operand(),
        Activation.NONE,
        Optional.of(to -> kernel.quantized(x.operand(), to)));
  }

  @Override
  public LayerTensor read(Operation.Dequantize dequantize) {
    LayerTensor x = of(dequantize.x());
    return graph.put(dequantize.name(), x.operand(), null, x.logits());
  }

  /** An operation that only moves integers from one grid to another. */
  private LayerTensor rescaled(Operation.OnOne operation, Activation activation) {
    LayerTensor x = of(operation.x());
    return finish(
        operation,
        x.operand(),
        activation,
        graph
            .grid(x)
            .map(from -> to -> new Kernel(ops(operation), from, to, x.operand()).rescaled()));
  }
}
