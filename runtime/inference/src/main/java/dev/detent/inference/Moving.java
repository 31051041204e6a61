package dev.detent.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operations that only move values, whatever their type: each place of the result is one read. */
final class Moving {
  /** From this mean length of a run on, it is copied as one. */
  private static final int SHORTEST_RUN = 8;

  private Moving() {}

  /**
   * A move of one tensor.
   *
   * @param places of each value of the result in what is read; -1 for one of {@code fill}
   * @param fill an integer, where any place is -1
   */
  private static Kernel of(Node node, Tensor x, Tensor y, int[] places, int fill) {
    node.require(x.type == y.type, "it makes %s of %s", y, x);
    node.require(places.length == y.elements, "%s should have %s values", y, places.length);
    Runs runs = Runs.of(places);
    if (y.elements >= (long) SHORTEST_RUN * runs.from.length) {
      return memory -> {
        Object from = memory.values(x);
        Object to = memory.values(y);
        if (runs.leavesGaps) {
          fill(to, fill, y.elements);
        }
        runs.copy(from, to);
      };
    }
    return memory -> pick(memory.values(x), memory.values(y), places, fill);
  }

  private static void fill(Object array, int value, int length) {
    if (array instanceof byte[] bytes) {
      Arrays.fill(bytes, 0, length, (byte) value);
    } else if (array instanceof short[] shorts) {
      Arrays.fill(shorts, 0, length, (short) value);
    } else if (array instanceof int[] ints) {
      Arrays.fill(ints, 0, length, value);
    } else {
      Arrays.fill((float[]) array, 0, length, value);
    }
  }

  private static void pick(Object from, Object to, int[] places, int fill) {
    if (from instanceof byte[] read) {
      byte[] written = (byte[]) to;
      for (int i = 0; i < places.length; i++) {
        written[i] = places[i] < 0 ? (byte) fill : read[places[i]];
      }
    } else if (from instanceof float[] read) {
      float[] written = (float[]) to;
      for (int i = 0; i < places.length; i++) {
        written[i] = places[i] < 0 ? fill : read[places[i]];
      }
    } else {
      for (int i = 0; i < places.length; i++) {
        Integers.set(to, i, places[i] < 0 ? fill : Integers.get(from, places[i]));
      }
    }
  }

  /** Neighbours that stay neighbours. */
  private record Runs(int[] from, int[] to, int[] length, boolean leavesGaps) {
    static Runs of(int[] places) {
      int[] from = new int[places.length];
      int[] to = new int[places.length];
      int[] length = new int[places.length];
      int count = 0;
      boolean leavesGaps = false;
      for (int i = 0; i < places.length; i++) {
        if (places[i] < 0) {
          leavesGaps = true;
        } else if (i > 0 && places[i - 1] >= 0 && places[i] == places[i - 1] + 1) {
          length[count - 1]++;
        } else {
          from[count] = places[i];
          to[count] = i;
          length[count++] = 1;
        }
      }
      return new Runs(
          Arrays.copyOf(from, count),
          Arrays.copyOf(to, count),
          Arrays.copyOf(length, count),
          leavesGaps);
    }

    @SuppressWarnings("SuspiciousSystemArraycopy") // both are arrays of the tensors' one type
    void copy(Object read, Object written) {
      for (int i = 0; i < from.length; i++) {
        System.arraycopy(read, from[i], written, to[i], length[i]);
      }
    }
  }

  /** RESHAPE and its kin: the same values in the same order. */
  @SuppressWarnings("SuspiciousSystemArraycopy")
  static Kernel reshape(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    node.require(x.elements == y.elements && x.type == y.type, "it makes %s of %s", y, x);
    return memory -> System.arraycopy(memory.values(x), 0, memory.values(y), 0, y.elements);
  }

  static Kernel transpose(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    int[] axes = node.constantInts(1);
    node.require(axes.length == x.rank(), "it names %s axes of %s", axes.length, x);
    int[] own = Shapes.strides(x.shape);
    int[] shape = new int[axes.length];
    int[] steps = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      shape[i] = x.size(axes[i]);
      steps[i] = own[axes[i] < 0 ? axes[i] + axes.length : axes[i]];
    }
    node.requireShape(y, shape);
    return of(node, x, y, Shapes.walk(shape, steps, 0), 0);
  }

  /** PAD: with what stands for 0. */
  static Kernel pad(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    int[] before = paddings(node, x, y);
    int[] own = Shapes.strides(x.shape);
    int[] places = new int[y.elements];
    Arrays.fill(places, -1);
    int[] ofY = Shapes.strides(y.shape);
    int start = 0;
    for (int axis = 0; axis < own.length; axis++) {
      start += before[axis] * ofY[axis];
    }
    int[] written = Shapes.walk(x.shape, ofY, start);
    for (int i = 0; i < written.length; i++) {
      places[written[i]] = i;
    }
    return of(node, x, y, places, y.isFloat() ? 0 : y.zeroPoint());
  }

  /** How much is added before each axis. */
  private static int[] paddings(Node node, Tensor x, Tensor y) {
    int[] paddings = node.constantInts(1);
    node.require(paddings.length == 2 * x.rank(), "it pads %s axes of %s", paddings.length / 2, x);
    int[] before = new int[x.rank()];
    int[] shape = new int[x.rank()];
    for (int axis = 0; axis < shape.length; axis++) {
      before[axis] = paddings[2 * axis];
      int after = paddings[2 * axis + 1];
      node.require(before[axis] >= 0 && after >= 0, "it pads by %s and %s", before[axis], after);
      shape[axis] = Math.addExact(x.size(axis), Math.addExact(before[axis], after));
    }
    node.requireShape(y, shape);
    return before;
  }

  /** MIRROR_PAD: without the edge (REFLECT), or with it (SYMMETRIC). */
  static Kernel mirrorPad(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    int[] before = paddings(node, x, y);
    int edge = node.options.int8(0, 0) == 0 ? 1 : 0;
    int[] places = new int[y.elements];
    int[] own = Shapes.strides(x.shape);
    int[] ofY = Shapes.strides(y.shape);
    for (int i = 0; i < places.length; i++) {
      for (int axis = 0; axis < own.length; axis++) {
        int size = x.size(axis);
        int at = i / ofY[axis] % y.size(axis) - before[axis];
        if (at < 0) {
          at = -at - 1 + edge;
        } else if (at >= size) {
          at = 2 * size - 1 - at - edge;
        }
        node.require(at >= 0 && at < size, "it pads %s by more than it has", x);
        places[i] += at * own[axis];
      }
    }
    return of(node, x, y, places, 0);
  }

  static Kernel stridedSlice(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    int[] begin = node.constantInts(1);
    int[] end = node.constantInts(2);
    int[] strides = node.constantInts(3);
    int rank = x.rank();
    node.require(
        begin.length == rank && end.length == rank && strides.length == rank,
        "it does not name all axes of %s",
        x);
    node.require(
        node.options.int32(2, 0) == 0 && node.options.int32(3, 0) == 0,
        "it has an ellipsis or a new axis");
    int beginMask = node.options.int32(0, 0);
    int endMask = node.options.int32(1, 0);
    int dropped = node.options.int32(4, 0);
    int[] own = Shapes.strides(x.shape);
    int[] shape = new int[rank];
    int[] steps = new int[rank];
    List<Integer> kept = new ArrayList<>();
    int start = 0;
    for (int axis = 0; axis < rank; axis++) {
      int size = x.size(axis);
      int stride = strides[axis];
      node.require(stride != 0, "it has a stride of 0");
      boolean isDropped = (dropped >> axis & 1) != 0;
      int first =
          (beginMask >> axis & 1) != 0
              ? (stride > 0 ? 0 : size - 1)
              : place(begin[axis], size, stride);
      int last;
      if (isDropped) {
        last = first + 1;
        stride = 1;
        node.require(first >= 0 && first < size, "it picks %s of %s", first, x);
      } else if ((endMask >> axis & 1) != 0) {
        last = stride > 0 ? size : -1;
      } else {
        last = place(end[axis], size, stride);
      }
      long distance = (long) last - first;
      shape[axis] = (int) Math.max(0, (distance + stride - Integer.signum(stride)) / stride);
      steps[axis] = stride * own[axis];
      start += first * own[axis];
      if (!isDropped) {
        kept.add(shape[axis]);
      }
    }
    node.requireShape(y, kept.stream().mapToInt(Integer::intValue).toArray());
    return of(node, x, y, Shapes.walk(shape, steps, start), 0);
  }

  /** Counted from the end where it is negative, and brought to where a walk may begin or end. */
  private static int place(int index, int size, int stride) {
    int place = index < 0 ? index + size : index;
    return stride > 0 ? FixedPoint.clamp(place, 0, size) : FixedPoint.clamp(place, -1, size - 1);
  }

  static Kernel split(Node node) {
    Tensor x = node.input(1);
    int axis = axis(node, node.constantInts(0)[0], x);
    int parts = node.outputs();
    node.require(parts > 0 && x.size(axis) % parts == 0, "it makes %s parts of %s", parts, x);
    int[] shape = x.shape.clone();
    shape[axis] /= parts;
    int[] own = Shapes.strides(x.shape);
    Kernel[] kernels = new Kernel[parts];
    for (int part = 0; part < parts; part++) {
      node.requireShape(node.output(part), shape);
      int[] places = Shapes.walk(shape, own, part * shape[axis] * own[axis]);
      kernels[part] = of(node, x, node.output(part), places, 0);
    }
    return all(kernels);
  }

  private static Kernel all(Kernel[] kernels) {
    return memory -> {
      for (Kernel kernel : kernels) {
        kernel.run(memory);
      }
    };
  }

  private static int axis(Node node, int axis, Tensor x) {
    int counted = axis < 0 ? axis + x.rank() : axis;
    node.require(counted >= 0 && counted < x.rank(), "%s has no axis %s", x, axis);
    return counted;
  }

  /** PACK: each input is one place of a new axis. */
  static Kernel pack(Node node) {
    Tensor y = node.output(0);
    int axis = axis(node, node.options.int32(1, 0), y);
    node.require(node.inputs() == y.size(axis), "it makes %s of %s inputs", y, node.inputs());
    int[] shape = y.shape.clone();
    shape[axis] = 1;
    int[] ofY = Shapes.strides(y.shape);
    Kernel[] kernels = new Kernel[node.inputs()];
    for (int i = 0; i < kernels.length; i++) {
      Tensor x = node.input(i);
      node.require(
          x.type == y.type && x.elements == y.elements / kernels.length, "it makes %s of %s", y, x);
      kernels[i] = placed(x, y, Shapes.walk(shape, ofY, i * ofY[axis]));
    }
    return all(kernels);
  }

  /** Puts each value of a tensor where it belongs. */
  private static Kernel placed(Tensor x, Tensor y, int[] places) {
    Runs reversed = Runs.of(places);
    Runs runs = new Runs(reversed.to, reversed.from, reversed.length, false);
    return memory -> runs.copy(memory.values(x), memory.values(y));
  }

  /** CONCATENATION: its inputs have the grid of its output. */
  static Kernel concatenation(Node node) {
    Tensor y = node.output(0);
    int axis = axis(node, node.options.int32(0, 0), y);
    node.require(node.options.int8(1, 0) == 0, "it has a fused activation");
    int[] ofY = Shapes.strides(y.shape);
    Kernel[] kernels = new Kernel[node.inputs()];
    int before = 0;
    for (int i = 0; i < kernels.length; i++) {
      Tensor x = node.input(i);
      if (!y.isFloat()) {
        node.requireSameGrid(x, y);
      }
      node.require(x.rank() == y.rank() && x.type == y.type, "it makes %s of %s", y, x);
      int[] shape = y.shape.clone();
      shape[axis] = x.size(axis);
      node.requireShape(x, shape);
      kernels[i] = placed(x, y, Shapes.walk(shape, ofY, before * ofY[axis]));
      before += x.size(axis);
    }
    node.require(before == y.size(axis), "its inputs have %s along axis %s of %s", before, axis, y);
    return all(kernels);
  }

  static Kernel tile(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    int[] times = node.constantInts(1);
    node.require(times.length == x.rank(), "it repeats %s axes of %s", times.length, x);
    int[] shape = new int[times.length];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = Math.multiplyExact(x.size(axis), times[axis]);
    }
    node.requireShape(y, shape);
    int[] own = Shapes.strides(x.shape);
    int[] ofY = Shapes.strides(y.shape);
    int[] places = new int[y.elements];
    for (int i = 0; i < places.length; i++) {
      for (int axis = 0; axis < own.length; axis++) {
        places[i] += i / ofY[axis] % y.size(axis) % x.size(axis) * own[axis];
      }
    }
    return of(node, x, y, places, 0);
  }

  /** SPACE_TO_DEPTH and DEPTH_TO_SPACE. */
  static Kernel blocks(Node node, boolean isToDepth) {
    Tensor image = isToDepth ? node.input(0) : node.output(0);
    Tensor deep = isToDepth ? node.output(0) : node.input(0);
    int size = node.options.int32(0, 0);
    node.require(size > 0 && image.rank() == 4 && deep.rank() == 4, "it has blocks of %s", size);
    int channels = image.size(3);
    node.requireShape(image, deep.size(0), deep.size(1) * size, deep.size(2) * size, channels);
    node.require(deep.size(3) == channels * size * size, "it makes %s of %s", deep, image);
    int[] inImage = new int[image.elements];
    int[] inDeep = new int[image.elements];
    int[] strides = Shapes.strides(deep.shape);
    int i = 0;
    for (int b = 0; b < image.size(0); b++) {
      for (int y = 0; y < image.size(1); y++) {
        for (int x = 0; x < image.size(2); x++) {
          for (int c = 0; c < channels; c++) {
            int depth = (y % size * size + x % size) * channels + c;
            int place = b * strides[0] + y / size * strides[1] + x / size * strides[2] + depth;
            inImage[place] = i;
            inDeep[i++] = place;
          }
        }
      }
    }
    return isToDepth ? of(node, image, deep, inImage, 0) : of(node, deep, image, inDeep, 0);
  }

  /** RESIZE_NEAREST_NEIGHBOR (reference/resize_nearest_neighbor.h). */
  static Kernel resizeNearest(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    requireResized(node, x, y);
    boolean isAligned = node.options.bool(0);
    boolean hasHalfPixels = node.options.bool(1);
    int[] rows = nearest(x.size(1), y.size(1), isAligned, hasHalfPixels);
    int[] columns = nearest(x.size(2), y.size(2), isAligned, hasHalfPixels);
    int channels = x.size(3);
    int[] places = new int[y.elements];
    int i = 0;
    for (int b = 0; b < y.size(0); b++) {
      for (int row : rows) {
        for (int column : columns) {
          int place = ((b * x.size(1) + row) * x.size(2) + column) * channels;
          for (int c = 0; c < channels; c++) {
            places[i++] = place + c;
          }
        }
      }
    }
    return of(node, x, y, places, 0);
  }

  static void requireResized(Node node, Tensor x, Tensor y) {
    int[] size = node.constantInts(1);
    node.require(size.length == 2 && x.rank() == 4, "it resizes %s to %s sizes", x, size.length);
    node.requireShape(y, x.size(0), size[0], size[1], x.size(3));
    node.require(x.type == y.type && x.elements > 0 && y.elements > 0, "it makes %s of %s", y, x);
  }

  private static int[] nearest(int from, int to, boolean isAligned, boolean hasHalfPixels) {
    float scale = isAligned && to > 1 ? (from - 1) / (float) (to - 1) : from / (float) to;
    float offset = hasHalfPixels ? 0.5f : 0;
    int[] places = new int[to];
    for (int i = 0; i < to; i++) {
      float at = (i + offset) * scale;
      int place = isAligned ? FixedPoint.away(at) : (int) Math.floor(at);
      places[i] = Math.max(0, Math.min(place, from - 1));
    }
    return places;
  }

  /** GATHER of rows by their numbers. */
  @SuppressWarnings("SuspiciousSystemArraycopy")
  static Kernel gather(Node node) {
    Tensor x = node.input(0);
    Tensor indices = node.input(1);
    Tensor y = node.output(0);
    node.require(indices.type == ElementType.INT32 && x.type == y.type, "it makes %s of %s", y, x);
    node.require(node.options.int32(1, 0) == 0, "it has axes of batches");
    int axis = axis(node, node.options.int32(0, 0), x);
    int before = Shapes.product(x.shape, 0, axis);
    int size = x.size(axis);
    int after = Shapes.product(x.shape, axis + 1, x.rank());
    int count = indices.elements;
    node.require(y.elements == (long) before * count * after, "it makes %s of %s", y, x);
    return memory -> {
      int[] numbers = memory.ints(indices);
      Object from = memory.values(x);
      Object to = memory.values(y);
      for (int i = 0; i < count; i++) {
        int number = numbers[i];
        if (number < 0 || number >= size) {
          throw new IllegalArgumentException(
              indices + " has the index " + number + "; 0 to " + (size - 1) + " are there");
        }
        for (int b = 0; b < before; b++) {
          System.arraycopy(from, (b * size + number) * after, to, (b * count + i) * after, after);
        }
      }
    };
  }

  /** SHAPE. */
  static Kernel shape(Node node) {
    Tensor x = node.input(0);
    Tensor y = node.output(0);
    node.require(y.type == ElementType.INT32, "it makes %s", y);
    node.requireShape(y, x.rank());
    return memory -> System.arraycopy(x.shape, 0, memory.ints(y), 0, x.rank());
  }
}
