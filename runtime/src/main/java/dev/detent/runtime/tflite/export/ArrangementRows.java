package dev.detent.runtime.tflite.export;

import dev.detent.annotations.PadMode;
import dev.detent.runtime.tflite.export.OperationAttributes.Block;
import dev.detent.runtime.tflite.export.OperationAttributes.Ends;
import dev.detent.runtime.tflite.export.OperationAttributes.Margins;
import dev.detent.runtime.tflite.export.OperationAttributes.Mirror;
import dev.detent.runtime.tflite.export.OperationAttributes.Part;
import dev.detent.runtime.tflite.export.OperationAttributes.Permutation;
import dev.detent.runtime.tflite.export.OperationAttributes.Repetition;
import dev.detent.runtime.tflite.export.OperationAttributes.Resize;
import dev.detent.runtime.tflite.export.OperationAttributes.Slice;
import dev.detent.runtime.tflite.export.OperationTable.Constants;
import dev.detent.runtime.tflite.export.OperationTable.Row;
import dev.detent.runtime.tflite.export.OperationTable.Version;
import dev.detent.runtime.tflite.export.Plan.PlanOperation;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.BuiltinOptionsUnion;
import org.tensorflow.lite.schema.DepthToSpaceOptionsT;
import org.tensorflow.lite.schema.MirrorPadMode;
import org.tensorflow.lite.schema.MirrorPadOptionsT;
import org.tensorflow.lite.schema.ResizeBilinearOptionsT;
import org.tensorflow.lite.schema.ResizeNearestNeighborOptionsT;
import org.tensorflow.lite.schema.SpaceToDepthOptionsT;
import org.tensorflow.lite.schema.SplitOptionsT;
import org.tensorflow.lite.schema.StridedSliceOptionsT;
import org.tensorflow.lite.schema.TileOptionsT;
import org.tensorflow.lite.schema.TransposeOptionsT;

/** The rows of the table for operations that put the values of one tensor in other places. */
final class ArrangementRows {
  private static final int MOST_AXES_OF_FIRST_VERSIONS = 4;
  private static final int BATCH = 1; // its bit in a mask of axes
  private static final int FIRST_BEHIND_BATCH = 2;

  private ArrangementRows() {}

  static Map<OperationKind, Row> rows() {
    Map<OperationKind, Row> rows = new EnumMap<>(OperationKind.class);
    rows.put(
        OperationKind.TRANSPOSE,
        new Row(
            BuiltinOperator.TRANSPOSE,
            upTo4Axes(new Version(1, "1.6.0"), new Version(4, "2.3.0")),
            upTo4Axes(new Version(2, "1.14.0"), new Version(4, "2.3.0")),
            operation ->
                OperationTable.union(BuiltinOptions.TransposeOptions, new TransposeOptionsT()),
            (operation, tensors) -> {
              int[] axes = withBatch(0, ((Permutation) operation.attributes()).axes());
              return new int[] {tensors.int32(operation.layer() + "/axes", axes, axes.length)};
            }));
    rows.put(
        OperationKind.MIRROR_PAD,
        new Row(
            BuiltinOperator.MIRROR_PAD,
            new Version(1, "1.13.1"),
            new Version(2, "2.3.0"),
            ArrangementRows::mirrorPad,
            ArrangementRows::paddings));
    rows.put(
        OperationKind.STRIDED_SLICE,
        new Row(
            BuiltinOperator.STRIDED_SLICE,
            upTo4Axes(new Version(1, "1.6.0"), new Version(4, "2.2.0")),
            upTo4Axes(new Version(2, "1.14.0"), new Version(4, "2.2.0")),
            operation -> {
              var options = new StridedSliceOptionsT();
              options.setBeginMask(BATCH);
              options.setEndMask(BATCH);
              options.setShrinkAxisMask(
                  ((Slice) operation.attributes()).dropsFirst() ? FIRST_BEHIND_BATCH : 0);
              return OperationTable.union(BuiltinOptions.StridedSliceOptions, options);
            },
            ArrangementRows::places));
    rows.put(
        OperationKind.SPLIT,
        new Row(
            BuiltinOperator.SPLIT,
            new Version(1, "1.5.0"),
            new Version(2, "1.14.0"),
            operation -> {
              var options = new SplitOptionsT();
              options.setNumSplits(((Part) operation.attributes()).parts());
              return OperationTable.union(BuiltinOptions.SplitOptions, options);
            },
            Constants.NONE));
    rows.put(
        OperationKind.SPACE_TO_DEPTH,
        new Row(
            BuiltinOperator.SPACE_TO_DEPTH,
            new Version(1, "1.5.0"),
            new Version(2, "1.14.0"),
            operation -> {
              var options = new SpaceToDepthOptionsT();
              options.setBlockSize(((Block) operation.attributes()).size());
              return OperationTable.union(BuiltinOptions.SpaceToDepthOptions, options);
            },
            Constants.NONE));
    rows.put(
        OperationKind.DEPTH_TO_SPACE,
        new Row(
            BuiltinOperator.DEPTH_TO_SPACE,
            new Version(1, "2.1.0"),
            new Version(2, "2.5.0"),
            operation -> {
              var options = new DepthToSpaceOptionsT();
              options.setBlockSize(((Block) operation.attributes()).size());
              return OperationTable.union(BuiltinOptions.DepthToSpaceOptions, options);
            },
            Constants.NONE));
    rows.put(
        OperationKind.TILE,
        new Row(
            BuiltinOperator.TILE,
            new Version(1, "1.10.1"),
            new Version(3, "2.8.0"),
            operation -> OperationTable.union(BuiltinOptions.TileOptions, new TileOptionsT()),
            (operation, tensors) -> {
              int[] multiples = new int[operation.output().shape().length];
              Arrays.fill(multiples, 1);
              multiples[1] = ((Repetition) operation.attributes()).times();
              return new int[] {
                tensors.int32(operation.layer() + "/multiples", multiples, multiples.length)
              };
            }));
    rows.put(
        OperationKind.RESIZE_NEAREST_NEIGHBOR,
        new Row(
            BuiltinOperator.RESIZE_NEAREST_NEIGHBOR,
            operation ->
                resize(operation).alignCorners() || resize(operation).halfPixelCenters()
                    ? new Version(3, "2.3.0")
                    : new Version(1, "1.13.1"),
            operation ->
                resize(operation).alignCorners() || resize(operation).halfPixelCenters()
                    ? new Version(3, "2.3.0")
                    : new Version(2, "1.14.0"),
            ArrangementRows::nearest,
            ArrangementRows::size));
    rows.put(
        OperationKind.RESIZE_BILINEAR,
        new Row(
            BuiltinOperator.RESIZE_BILINEAR,
            operation ->
                resize(operation).halfPixelCenters()
                    ? new Version(3, "2.2.0")
                    : new Version(1, "1.7.0"),
            operation ->
                resize(operation).halfPixelCenters()
                    ? new Version(3, "2.2.0")
                    : new Version(2, "1.14.0"),
            ArrangementRows::bilinear,
            ArrangementRows::size));
    return rows;
  }

  private static Function<PlanOperation, Version> upTo4Axes(Version version, Version otherwise) {
    return operation ->
        operation.inputs().get(0).shape().length > MOST_AXES_OF_FIRST_VERSIONS
            ? otherwise
            : version;
  }

  private static Resize resize(PlanOperation operation) {
    return (Resize) operation.attributes();
  }

  private static int[] withBatch(int first, List<Integer> rest) {
    int[] all = new int[rest.size() + 1];
    all[0] = first;
    for (int i = 0; i < rest.size(); i++) {
      all[i + 1] = rest.get(i);
    }
    return all;
  }

  /** What is added before and behind each axis: of PAD and MIRROR_PAD. */
  static int[] paddings(PlanOperation operation, ConstantTensors tensors) {
    int[] values =
        operation.attributes() instanceof Ends ends
            ? new int[] {0, 0, ends.before(), ends.behind(), 0, 0}
            : around(
                operation.attributes() instanceof Mirror mirror
                    ? mirror.margins()
                    : (Margins) operation.attributes());
    return new int[] {tensors.int32(operation.layer() + "/paddings", values, values.length / 2, 2)};
  }

  private static int[] around(Margins m) {
    return new int[] {0, 0, m.top(), m.bottom(), m.left(), m.right(), 0, 0};
  }

  private static int[] places(PlanOperation operation, ConstantTensors tensors) {
    Slice slice = (Slice) operation.attributes();
    int[] begin = withBatch(0, slice.begin());
    int[] end = withBatch(0, slice.end());
    int[] strides = withBatch(1, slice.strides());
    String layer = operation.layer();
    return new int[] {
      tensors.int32(layer + "/begin", begin, begin.length),
      tensors.int32(layer + "/end", end, end.length),
      tensors.int32(layer + "/strides", strides, strides.length)
    };
  }

  private static int[] size(PlanOperation operation, ConstantTensors tensors) {
    int[] dims = operation.output().dims();
    int[] size = {dims[0], dims[1]};
    return new int[] {tensors.int32(operation.layer() + "/size", size, size.length)};
  }

  private static BuiltinOptionsUnion mirrorPad(PlanOperation operation) {
    var options = new MirrorPadOptionsT();
    PadMode mode = ((Mirror) operation.attributes()).mode();
    options.setMode(
        switch (mode) {
          case REFLECT -> MirrorPadMode.REFLECT;
          case SYMMETRIC -> MirrorPadMode.SYMMETRIC;
        });
    return OperationTable.union(BuiltinOptions.MirrorPadOptions, options);
  }

  private static BuiltinOptionsUnion nearest(PlanOperation operation) {
    var options = new ResizeNearestNeighborOptionsT();
    options.setAlignCorners(resize(operation).alignCorners());
    options.setHalfPixelCenters(resize(operation).halfPixelCenters());
    return OperationTable.union(BuiltinOptions.ResizeNearestNeighborOptions, options);
  }

  private static BuiltinOptionsUnion bilinear(PlanOperation operation) {
    var options = new ResizeBilinearOptionsT();
    options.setAlignCorners(resize(operation).alignCorners());
    options.setHalfPixelCenters(resize(operation).halfPixelCenters());
    return OperationTable.union(BuiltinOptions.ResizeBilinearOptions, options);
  }
}
