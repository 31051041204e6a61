package dev.detent.processor.shape;

import dev.detent.annotations.PadMode;
import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Ends;
import dev.detent.processor.model.Margins;
import dev.detent.processor.model.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The shape rules of layers that put the values of one tensor in other places. */
final class ArrangedShapes {
  private ArrangedShapes() {}

  static Optional<Inferred> reshape(UnshapedLayer layer) {
    List<Integer> wanted = layer.get(AttributeKey.RESHAPE_SHAPE);
    long known = 1;
    for (int size : wanted) {
      known = Inferred.product(known, 1, Math.abs(size));
    }
    long elements = layer.input().elements();
    int open = wanted.indexOf(-1);
    if (open < 0 ? known == elements : elements % known == 0) {
      List<Integer> sizes = new ArrayList<>(wanted);
      if (open >= 0) {
        sizes.set(open, (int) (elements / known));
      }
      return Optional.of(new Inferred(new Shape(sizes)));
    }
    return layer.refuseInput(
        Message.S06_RESHAPE,
        layer.at(AttributeKey.RESHAPE_SHAPE),
        elements,
        wanted,
        open < 0 ? known : "a multiple of " + known);
  }

  static Optional<Inferred> permute(UnshapedLayer layer) {
    Shape input = layer.input();
    List<Integer> dims = layer.get(AttributeKey.DIMS);
    List<Integer> all = IntStream.rangeClosed(1, input.rank()).boxed().toList();
    if (dims.stream().sorted().toList().equals(all)) {
      return Optional.of(
          new Inferred(new Shape(dims.stream().map(dim -> input.size(dim - 1)).toList())));
    }
    return layer.refuseInput(Message.S42_PERMUTATION, layer.at(AttributeKey.DIMS), dims, all);
  }

  static Optional<Inferred> zeroPad1D(UnshapedLayer layer, Shape sequence) {
    Ends ends = layer.get(AttributeKey.PADDING_ENDS);
    return layer.output(
        (long) ends.before() + sequence.size(0) + ends.after(), sequence.channels());
  }

  static Optional<Inferred> zeroPad2D(UnshapedLayer layer, Shape image) {
    Margins margins = layer.get(AttributeKey.MARGINS);
    return layer.output(
        (long) margins.top() + image.size(0) + margins.bottom(),
        (long) margins.left() + image.size(1) + margins.right(),
        image.channels());
  }

  static Optional<Inferred> mirrorPad(UnshapedLayer layer, Shape image) {
    Margins margins = layer.get(AttributeKey.MARGINS);
    PadMode mode = layer.get(AttributeKey.PAD_MODE);
    int kept = mode == PadMode.REFLECT ? 1 : 0; // the pixel that the mirror stands on
    int highest = image.size(0) - kept;
    int widest = image.size(1) - kept;
    if (Math.max(margins.top(), margins.bottom()) <= highest
        && Math.max(margins.left(), margins.right()) <= widest) {
      return zeroPad2D(layer, image);
    }
    return layer.refuseInput(
        Message.S43_MIRROR, layer.at(AttributeKey.MARGINS), mode, highest, widest);
  }

  static Optional<Inferred> spaceToDepth(UnshapedLayer layer, Shape image) {
    int block = layer.get(AttributeKey.BLOCK_SIZE);
    if (image.size(0) % block != 0 || image.size(1) % block != 0) {
      return layer.refuseInput(Message.S41_BLOCKS, layer.at(AttributeKey.BLOCK_SIZE), block);
    }
    return layer.output(
        image.size(0) / block,
        image.size(1) / block,
        Inferred.product(image.channels(), block, block));
  }

  static Optional<Inferred> depthToSpace(UnshapedLayer layer, Shape image) {
    int block = layer.get(AttributeKey.BLOCK_SIZE);
    long area = (long) block * block;
    if (image.channels() % area != 0) {
      return layer.refuseInput(Message.S41_BLOCK_CHANNELS, layer.at(AttributeKey.BLOCK_SIZE), area);
    }
    return layer.output(
        (long) image.size(0) * block, (long) image.size(1) * block, image.channels() / area);
  }

  /** Of an image, or of a sequence, which is one row of it. */
  static Optional<Inferred> upSample(UnshapedLayer layer, Shape in) {
    Pair times = layer.get(AttributeKey.UP_SAMPLING);
    return in.rank() == 2
        ? layer.output((long) in.size(0) * times.width(), in.channels())
        : layer.output(
            (long) in.size(0) * times.height(), (long) in.size(1) * times.width(), in.channels());
  }

  static Optional<Inferred> resize(UnshapedLayer layer, Shape image) {
    if (layer.get(AttributeKey.ALIGN_CORNERS) && layer.get(AttributeKey.HALF_PIXEL_CENTERS)) {
      return layer.refuse(Message.A40_PIXEL_CENTERS, layer.at(AttributeKey.ALIGN_CORNERS));
    }
    return layer.output(
        layer.get(AttributeKey.HEIGHT), layer.get(AttributeKey.WIDTH), image.channels());
  }

  static Optional<Inferred> repeat(UnshapedLayer layer) {
    return layer
        .input(1, Message.S01_RANK_OF_VALUES)
        .flatMap(row -> layer.output(layer.get(AttributeKey.TIMES), row.size(0)));
  }
}
