package dev.detent.runtime.internal.tflite.write;

import dev.detent.annotations.Activation;
import dev.detent.annotations.PadMode;
import dev.detent.annotations.Padding;
import dev.detent.runtime.internal.tflite.TfliteOperator;
import dev.detent.runtime.internal.tflite.Version;
import dev.detent.runtime.internal.tflite.Versions;
import dev.detent.runtime.network.Operation;
import dev.detent.runtime.network.Operation.Binary;
import dev.detent.runtime.network.Operation.Weighted;
import dev.detent.runtime.network.Operation.Window;
import dev.detent.runtime.network.OperationReader;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.AddOptionsT;
import org.tensorflow.lite.schema.ArgMaxOptionsT;
import org.tensorflow.lite.schema.BatchMatMulOptionsT;
import org.tensorflow.lite.schema.ConcatenationOptionsT;
import org.tensorflow.lite.schema.Conv2DOptionsT;
import org.tensorflow.lite.schema.DepthToSpaceOptionsT;
import org.tensorflow.lite.schema.DepthwiseConv2DOptionsT;
import org.tensorflow.lite.schema.DequantizeOptionsT;
import org.tensorflow.lite.schema.ExpOptionsT;
import org.tensorflow.lite.schema.FullyConnectedOptionsT;
import org.tensorflow.lite.schema.GatherOptionsT;
import org.tensorflow.lite.schema.GeluOptionsT;
import org.tensorflow.lite.schema.HardSwishOptionsT;
import org.tensorflow.lite.schema.L2NormOptionsT;
import org.tensorflow.lite.schema.LeakyReluOptionsT;
import org.tensorflow.lite.schema.LogSoftmaxOptionsT;
import org.tensorflow.lite.schema.MaximumMinimumOptionsT;
import org.tensorflow.lite.schema.MirrorPadMode;
import org.tensorflow.lite.schema.MirrorPadOptionsT;
import org.tensorflow.lite.schema.MulOptionsT;
import org.tensorflow.lite.schema.PadOptionsT;
import org.tensorflow.lite.schema.Pool2DOptionsT;
import org.tensorflow.lite.schema.QuantizeOptionsT;
import org.tensorflow.lite.schema.ReducerOptionsT;
import org.tensorflow.lite.schema.ResizeBilinearOptionsT;
import org.tensorflow.lite.schema.ResizeNearestNeighborOptionsT;
import org.tensorflow.lite.schema.SelectV2OptionsT;
import org.tensorflow.lite.schema.SoftmaxOptionsT;
import org.tensorflow.lite.schema.SpaceToDepthOptionsT;
import org.tensorflow.lite.schema.SplitOptionsT;
import org.tensorflow.lite.schema.StridedSliceOptionsT;
import org.tensorflow.lite.schema.SubOptionsT;
import org.tensorflow.lite.schema.TensorType;
import org.tensorflow.lite.schema.TileOptionsT;
import org.tensorflow.lite.schema.TransposeConvOptionsT;
import org.tensorflow.lite.schema.TransposeOptionsT;
import org.tensorflow.lite.schema.UnidirectionalSequenceLSTMOptionsT;

/** What each operation is in the file. */
final class Rows implements OperationReader<Row> {
  /** The axes of the first versions, without the batch. */
  private static final int MOST_AXES = 3;

  private static final int BATCH = 1; // its bit in a mask of axes
  private static final int FIRST_AFTER_BATCH = 2;

  private Rows() {}

  /** What an operation is in the file; not in it are inputs, and what is its input there. */
  static Row of(Operation operation) {
    return operation.accept(new Rows());
  }

  @Override
  public Row read(Operation.Input input) {
    return Row.notInFile(input);
  }

  @Override
  public Row read(Operation.Parameter parameter) {
    return new Row(parameter, null, "PARAMETER", Row.NO_VERSIONS);
  }

  @Override
  public Row read(Weighted layer) {
    return switch (layer.kind()) {
      case CONV_2D -> conv2d(layer);
      case DEPTHWISE_CONV_2D -> depthwiseConv2d(layer);
      case FULLY_CONNECTED -> fullyConnected(layer);
      case TRANSPOSE_CONV -> transposeConv(layer);
    };
  }

  private static Row conv2d(Weighted layer) {
    Window window = layer.window();
    var options = new Conv2DOptionsT();
    options.setPadding(padding(window));
    options.setStrideH(window.strideHeight());
    options.setStrideW(window.strideWidth());
    options.setDilationHFactor(window.dilationHeight());
    options.setDilationWFactor(window.dilationWidth());
    options.setFusedActivationFunction(activation(layer.activation()));
    int[] image = layer.x().shape();
    return row(layer, TfliteOperator.CONV_2D)
        .options(options)
        .narrow(layer.weights().shape().get(2) != image[image.length - 1], "groups of channels")
        .constants(tensors -> tensors.convolution(layer));
  }

  private static Row depthwiseConv2d(Weighted layer) {
    Window window = layer.window();
    var options = new DepthwiseConv2DOptionsT();
    options.setPadding(padding(window));
    options.setStrideH(window.strideHeight());
    options.setStrideW(window.strideWidth());
    options.setDilationHFactor(window.dilationHeight());
    options.setDilationWFactor(window.dilationWidth());
    options.setDepthMultiplier(layer.weights().shape().get(3));
    options.setFusedActivationFunction(activation(layer.activation()));
    return row(layer, TfliteOperator.DEPTHWISE_CONV_2D)
        .since(window.dilationHeight() != 1 || window.dilationWidth() != 1, 2, "1.12.0")
        .options(options)
        .constants(tensors -> tensors.depthwiseConvolution(layer));
  }

  private static Row fullyConnected(Weighted layer) {
    boolean keepsDims = layer.output().shape().length > 1;
    var options = new FullyConnectedOptionsT();
    options.setFusedActivationFunction(activation(layer.activation()));
    options.setKeepNumDims(keepsDims);
    return row(layer, TfliteOperator.FULLY_CONNECTED)
        .since(keepsDims, 5, "2.0.0")
        .options(options)
        .constants(tensors -> tensors.fullyConnected(layer));
  }

  /** With a bias always, as TFLite's converter quantizes it. */
  private static Row transposeConv(Weighted layer) {
    var options = new TransposeConvOptionsT();
    options.setPadding(padding(layer.window()));
    options.setStrideH(layer.window().strideHeight());
    options.setStrideW(layer.window().strideWidth());
    options.setFusedActivationFunction(activation(layer.activation()));
    return row(layer, TfliteOperator.TRANSPOSE_CONV)
        .since(layer.activation() != Activation.NONE, 4, "2.13.0")
        .options(options)
        .constants(2, tensors -> tensors.transposedConvolution(layer));
  }

  @Override
  public Row read(Operation.BatchNorm norm) {
    Row row =
        switch (norm.part()) {
          case SCALE ->
              new Row(norm, TfliteOperator.MUL, "MUL_CONSTANT", TfliteOperator.MUL.versions())
                  .options(mul(norm.activation()));
          case SHIFT -> {
            Versions versions = TfliteOperator.ADD.versions();
            versions = new Versions(versions.real(), versions.int8(), null, null);
            yield new Row(norm, TfliteOperator.ADD, "ADD_CONSTANT", versions)
                .options(add(norm.activation()));
          }
        };
    return row.constant(tensors -> tensors.perChannel(norm));
  }

  @Override
  public Row read(Operation.Pool pool) {
    var options = new Pool2DOptionsT();
    options.setPadding(padding(pool.window()));
    options.setStrideH(pool.window().strideHeight());
    options.setStrideW(pool.window().strideWidth());
    options.setFilterHeight(pool.height());
    options.setFilterWidth(pool.width());
    options.setFusedActivationFunction(activation(pool.activation()));
    return row(
            pool,
            switch (pool.kind()) {
              case MAX -> TfliteOperator.MAX_POOL_2D;
              case AVERAGE -> TfliteOperator.AVERAGE_POOL_2D;
            })
        .options(options);
  }

  @Override
  public Row read(Operation.Reduction reduction) {
    var options = new ReducerOptionsT();
    options.setKeepDims(reduction.keepDims());
    return row(
            reduction,
            switch (reduction.kind()) {
              case MEAN -> TfliteOperator.MEAN;
              case SUM -> TfliteOperator.SUM;
              case MAX -> TfliteOperator.REDUCE_MAX;
            })
        .options(options)
        .constant(tensors -> tensors.list(reduction.name() + "/axes", ints(reduction.axes())));
  }

  @Override
  public Row read(Operation.ArgMax argMax) {
    var options = new ArgMaxOptionsT();
    options.setOutputType(TensorType.INT32);
    return row(argMax, TfliteOperator.ARG_MAX)
        .options(options)
        .constant(tensors -> tensors.scalar(argMax.name() + "/axis", argMax.axis()));
  }

  @Override
  public Row read(Binary binary) {
    int[] a = binary.a().shape();
    int[] b = binary.b().shape();
    boolean isSumOrProduct = binary.kind() == Binary.Kind.ADD || binary.kind() == Binary.Kind.MUL;
    return binary(binary, binary.kind(), binary.activation())
        .since(!isSumOrProduct && a.length > MOST_AXES && !Arrays.equals(a, b), 3, "2.3.0")
        .narrow(
            !Arrays.equals(a, binary.output().shape())
                || !Arrays.equals(b, binary.output().shape()),
            "operands of different shapes");
  }

  @Override
  public Row read(Operation.WithNumber operation) {
    return binary(operation, operation.kind(), operation.activation())
        .narrow(true, "a number for its second operand")
        .constant(tensors -> tensors.number(operation));
  }

  private static Row binary(Operation operation, Binary.Kind kind, Activation activation) {
    return switch (kind) {
      case ADD -> {
        AddOptionsT options = add(activation);
        options.setPotScaleInt16(false); // scales of 16 bits need not be powers of two
        yield row(operation, TfliteOperator.ADD).options(options);
      }
      case MUL ->
          // Version 2 takes no multiplier of 1 or more, which only the numbers tell.
          new Row(
                  operation,
                  TfliteOperator.MUL,
                  TfliteOperator.MUL.name(),
                  new Versions(
                      TfliteOperator.MUL.versions().real(), new Version(3, "1.15.0"), null, null))
              .options(mul(activation));
      case SUB -> {
        var options = new SubOptionsT();
        options.setFusedActivationFunction(activation(activation));
        yield row(operation, TfliteOperator.SUB).options(options);
      }
      case MAXIMUM -> row(operation, TfliteOperator.MAXIMUM).options(new MaximumMinimumOptionsT());
      case MINIMUM -> row(operation, TfliteOperator.MINIMUM).options(new MaximumMinimumOptionsT());
    };
  }

  private static AddOptionsT add(Activation activation) {
    var options = new AddOptionsT();
    options.setFusedActivationFunction(activation(activation));
    return options;
  }

  private static MulOptionsT mul(Activation activation) {
    var options = new MulOptionsT();
    options.setFusedActivationFunction(activation(activation));
    return options;
  }

  @Override
  public Row read(Operation.Unary unary) {
    return switch (unary.kind()) {
      case GELU -> gelu(unary, false);
      case APPROXIMATE_GELU -> gelu(unary, true);
      case EXP -> row(unary, TfliteOperator.EXP).options(new ExpOptionsT());
      case HARD_SWISH -> row(unary, TfliteOperator.HARD_SWISH).options(new HardSwishOptionsT());
      case L2_NORMALIZATION -> l2Normalization(unary);
      case LOG_SOFTMAX -> row(unary, TfliteOperator.LOG_SOFTMAX).options(new LogSoftmaxOptionsT());
      default -> row(unary, TfliteOperator.valueOf(unary.kind().name()));
    };
  }

  private static Row gelu(Operation operation, boolean isApproximate) {
    var options = new GeluOptionsT();
    options.setApproximate(isApproximate);
    return row(operation, TfliteOperator.GELU).options(options);
  }

  @Override
  public Row read(Operation.CenteredUnit unit) {
    return l2Normalization(unit);
  }

  private static Row l2Normalization(Operation operation) {
    return row(operation, TfliteOperator.L2_NORMALIZATION).options(new L2NormOptionsT());
  }

  @Override
  public Row read(Operation.LeakyRelu relu) {
    var options = new LeakyReluOptionsT();
    options.setAlpha((float) relu.alpha());
    return row(relu, TfliteOperator.LEAKY_RELU).options(options);
  }

  @Override
  public Row read(Operation.PRelu relu) {
    return row(relu, TfliteOperator.PRELU).constant(tensors -> tensors.alpha(relu));
  }

  @Override
  public Row read(Operation.ThresholdedRelu relu) {
    return row(relu, TfliteOperator.SELECT_V2)
        .options(new SelectV2OptionsT())
        .constants(1, tensors -> tensors.threshold(relu));
  }

  @Override
  public Row read(Operation.Softmax softmax) {
    var options = new SoftmaxOptionsT();
    options.setBeta((float) softmax.beta());
    return row(softmax, TfliteOperator.SOFTMAX)
        .options(options)
        .narrow(softmax.beta() != 1, "a beta of " + softmax.beta());
  }

  @Override
  public Row read(Operation.BatchMatMul product) {
    var options = new BatchMatMulOptionsT();
    options.setAdjX(product.transposeA());
    options.setAdjY(product.transposeB());
    return row(product, TfliteOperator.BATCH_MATMUL).options(options);
  }

  @Override
  public Row read(Operation.Lstm lstm) {
    var options = new UnidirectionalSequenceLSTMOptionsT();
    options.setFusedActivationFunction(ActivationFunctionType.TANH);
    return row(lstm, TfliteOperator.UNIDIRECTIONAL_SEQUENCE_LSTM)
        .options(options)
        .constants(tensors -> tensors.lstm().operands(lstm));
  }

  @Override
  public Row read(Operation.Gather gather) {
    return row(gather, TfliteOperator.GATHER).options(new GatherOptionsT());
  }

  @Override
  public Row read(Operation.Concatenation concatenation) {
    var options = new ConcatenationOptionsT();
    options.setAxis(concatenation.axis());
    return row(concatenation, TfliteOperator.CONCATENATION).options(options);
  }

  @Override
  public Row read(Operation.Reshape reshape) {
    int[] shape = reshape.output().shape(-1); // the batch, as TFLite's converter writes it
    return row(reshape, TfliteOperator.RESHAPE)
        .constant(tensors -> tensors.list(reshape.name() + "/shape", shape));
  }

  @Override
  public Row read(Operation.Transpose transpose) {
    return row(transpose, TfliteOperator.TRANSPOSE)
        .since(transpose.x().shape().length > MOST_AXES, 4, "2.3.0")
        .options(new TransposeOptionsT())
        .constant(
            tensors -> tensors.list(transpose.name() + "/axes", withBatch(0, transpose.axes())));
  }

  @Override
  public Row read(Operation.Pad pad) {
    return (pad.mirror() == null
            ? row(pad, TfliteOperator.PAD).options(new PadOptionsT())
            : mirrorPad(pad, pad.mirror()))
        .constant(tensors -> tensors.paddings(pad));
  }

  private static Row mirrorPad(Operation.Pad pad, PadMode mirror) {
    var options = new MirrorPadOptionsT();
    options.setMode(
        switch (mirror) {
          case REFLECT -> MirrorPadMode.REFLECT;
          case SYMMETRIC -> MirrorPadMode.SYMMETRIC;
        });
    return row(pad, TfliteOperator.MIRROR_PAD).options(options);
  }

  @Override
  public Row read(Operation.StridedSlice slice) {
    var options = new StridedSliceOptionsT();
    options.setBeginMask(BATCH);
    options.setEndMask(BATCH);
    options.setShrinkAxisMask(slice.dropsFirst() ? FIRST_AFTER_BATCH : 0);
    String name = slice.name();
    return row(slice, TfliteOperator.STRIDED_SLICE)
        .since(slice.x().shape().length > MOST_AXES, 4, "2.2.0")
        .options(options)
        .constants(
            tensors ->
                new int[] {
                  tensors.list(name + "/begin", withBatch(0, slice.begin())),
                  tensors.list(name + "/end", withBatch(0, slice.end())),
                  tensors.list(name + "/strides", withBatch(1, slice.strides()))
                });
  }

  @Override
  public Row read(Operation.Split split) {
    var options = new SplitOptionsT();
    options.setNumSplits(split.parts());
    return row(split, TfliteOperator.SPLIT)
        .options(options)
        .constants(1, tensors -> new int[] {tensors.scalar(split.name() + "/axis", split.axis())});
  }

  @Override
  public Row read(Operation.Blocks blocks) {
    if (blocks.isToDepth()) {
      var options = new SpaceToDepthOptionsT();
      options.setBlockSize(blocks.size());
      return row(blocks, TfliteOperator.SPACE_TO_DEPTH).options(options);
    }
    var options = new DepthToSpaceOptionsT();
    options.setBlockSize(blocks.size());
    return row(blocks, TfliteOperator.DEPTH_TO_SPACE).options(options);
  }

  @Override
  public Row read(Operation.Tile tile) {
    int[] multiples = new int[tile.output().shape().length + 1];
    Arrays.fill(multiples, 1);
    multiples[1] = tile.times();
    return row(tile, TfliteOperator.TILE)
        .options(new TileOptionsT())
        .constant(tensors -> tensors.list(tile.name() + "/multiples", multiples));
  }

  @Override
  public Row read(Operation.Resize resize) {
    int[] shape = resize.output().shape();
    return (resize.isBilinear() ? bilinear(resize) : nearest(resize))
        .constant(tensors -> tensors.list(resize.name() + "/size", shape[0], shape[1]));
  }

  private static Row nearest(Operation.Resize resize) {
    var options = new ResizeNearestNeighborOptionsT();
    options.setAlignCorners(resize.alignCorners());
    options.setHalfPixelCenters(resize.halfPixelCenters());
    return row(resize, TfliteOperator.RESIZE_NEAREST_NEIGHBOR)
        .since(resize.alignCorners() || resize.halfPixelCenters(), 3, "2.3.0")
        .options(options);
  }

  private static Row bilinear(Operation.Resize resize) {
    var options = new ResizeBilinearOptionsT();
    options.setAlignCorners(resize.alignCorners());
    options.setHalfPixelCenters(resize.halfPixelCenters());
    return row(resize, TfliteOperator.RESIZE_BILINEAR)
        .since(resize.halfPixelCenters(), 3, "2.2.0")
        .options(options);
  }

  @Override
  public Row read(Operation.Noise noise) {
    return Row.notInFile(noise);
  }

  @Override
  public Row read(Operation.Alias alias) {
    return Row.notInFile(alias);
  }

  @Override
  public Row read(Operation.Quantize quantize) {
    return row(quantize, TfliteOperator.QUANTIZE).options(new QuantizeOptionsT());
  }

  @Override
  public Row read(Operation.Dequantize dequantize) {
    return row(dequantize, TfliteOperator.DEQUANTIZE).options(new DequantizeOptionsT());
  }

  @Override
  public Row read(Operation.Custom custom) {
    return row(custom, TfliteOperator.CUSTOM).constants(tensors -> tensors.weights(custom));
  }

  private static Row row(Operation operation, TfliteOperator operator) {
    return new Row(operation, operator, operator.name(), operator.versions());
  }

  private static byte padding(Window window) {
    return window.padding() == Padding.SAME
        ? org.tensorflow.lite.schema.Padding.SAME
        : org.tensorflow.lite.schema.Padding.VALID;
  }

  private static byte activation(Activation activation) {
    return switch (activation) {
      case NONE -> ActivationFunctionType.NONE;
      case RELU -> ActivationFunctionType.RELU;
      case RELU6 -> ActivationFunctionType.RELU6;
      case RELU_N1_TO_1 -> ActivationFunctionType.RELU_N1_TO_1;
    };
  }

  private static int[] withBatch(int first, List<Integer> rest) {
    return IntStream.concat(IntStream.of(first), IntStream.of(ints(rest))).toArray();
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
