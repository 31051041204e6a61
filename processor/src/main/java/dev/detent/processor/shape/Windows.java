package dev.detent.processor.shape;

import dev.detent.annotations.Padding;
import dev.detent.processor.diagnostic.DiagnosticId;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.ir.Shape;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.Pair;
import java.util.Optional;

/** Positions of a window that slides over an image. */
final class Windows {
  private Windows() {}

  /** One direction's positions; 0 if there is none. */
  static int positions(int size, int window, int stride, int dilation, Padding padding) {
    long covered = (window - 1L) * dilation + 1;
    return switch (padding) {
      case SAME, CAUSAL -> (size - 1) / stride + 1;
      case VALID -> covered > size ? 0 : (int) ((size - covered) / stride + 1);
    };
  }

  /** The image of positions; empty if the window is larger than the image. */
  static Optional<Shape> slide(
      LayerDeclaration layer,
      Shape image,
      Pair window,
      Pair strides,
      Pair dilation,
      Padding padding,
      SourceRef at,
      Reporter reporter) {
    int height =
        positions(image.size(0), window.height(), strides.height(), dilation.height(), padding);
    int width =
        positions(image.size(1), window.width(), strides.width(), dilation.width(), padding);
    if (height > 0 && width > 0) {
      return Optional.of(Shape.of(height, width, image.channels()));
    }
    boolean dilated = dilation.isAboveOne();
    reporter.report(
        DiagnosticId.SHAPE_WINDOW,
        at,
        "The window of layer '"
            + layer.name()
            + "', "
            + window
            + (dilated ? " with dilationRate " + dilation : "")
            + ", is larger than its input '"
            + layer.inputs().get(0)
            + "' of shape "
            + image
            + ", so that no position is inside. Use a smaller window or padding = Padding.SAME,"
            + " or shrink the image less above.");
    return Optional.empty();
  }
}
