package dev.detent.processor.ir;

import dev.detent.processor.model.AttributeKey;
import dev.detent.processor.model.Attributes;
import dev.detent.processor.model.Ends;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.Margins;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a tensor that a layer takes: of every axis but the batch the first place, the first
 * one not taken any more, and the steps.
 *
 * @param begin from 0 to the size
 * @param end from 0 to the size; nothing is taken if it is not above {@code begin}
 * @param strides each at least 1
 */
public record Slicing(List<Integer> begin, List<Integer> end, List<Integer> strides) {
  public Slicing {
    begin = List.copyOf(begin);
    end = List.copyOf(end);
    strides = List.copyOf(strides);
  }

  /** What a layer takes of its input. */
  public static Slicing of(ShapedLayer layer) {
    return of(layer.declaration(), layer.inputs().get(0));
  }

  /**
   * What a crop, a slice or a split takes of an input.
   *
   * @param input with all axes that the layer asks for
   * @throws IllegalArgumentException if the layer is none of these
   */
  public static Slicing of(LayerDeclaration layer, Shape input) {
    Attributes attributes = layer.attributes();
    List<Integer> begin = new ArrayList<>(input.sizes());
    begin.replaceAll(size -> 0);
    List<Integer> end = new ArrayList<>(input.sizes());
    List<Integer> strides = new ArrayList<>(input.sizes());
    strides.replaceAll(size -> 1);
    switch (layer.operation()) {
      case CROP_1D -> {
        Ends ends = attributes.get(AttributeKey.CROPPING_ENDS);
        crop(begin, end, 0, ends.before(), ends.after());
      }
      case CROP_2D -> {
        Margins margins = attributes.get(AttributeKey.CROPPING);
        crop(begin, end, 0, margins.top(), margins.bottom());
        crop(begin, end, 1, margins.left(), margins.right());
      }
      case SLICE -> {
        List<Integer> from = attributes.get(AttributeKey.BEGIN);
        List<Integer> to = attributes.get(AttributeKey.END);
        List<Integer> steps = attributes.get(AttributeKey.SLICE_STRIDES);
        for (int i = 0; i < input.rank(); i++) {
          int size = input.size(i);
          begin.set(i, i < from.size() ? place(from.get(i), size) : 0);
          end.set(i, i < to.size() ? place(to.get(i), size) : size);
          strides.set(i, i < steps.size() ? steps.get(i) : 1);
        }
      }
      case SPLIT -> {
        int axis = input.axis(attributes.get(AttributeKey.AXIS));
        int part = input.size(axis) / attributes.get(AttributeKey.PARTS);
        int index = attributes.get(AttributeKey.INDEX);
        begin.set(axis, index * part);
        end.set(axis, (index + 1) * part);
      }
      default -> throw new IllegalArgumentException(layer.operation() + " takes no part");
    }
    return new Slicing(begin, end, strides);
  }

  private static void crop(
      List<Integer> begin, List<Integer> end, int axis, int before, int after) {
    int size = end.get(axis);
    begin.set(axis, Math.min(before, size));
    end.set(axis, Math.max(size - after, 0));
  }

  /** As Python takes it: from the end if negative, and not beyond either end. */
  private static int place(int written, int size) {
    return Math.max(0, Math.min(size, written < 0 ? written + size : written));
  }

  /** The sizes of what is taken; 0 or less where it is nothing. */
  public List<Integer> sizes() {
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < begin.size(); i++) {
      sizes.add(Math.floorDiv(end.get(i) - begin.get(i) - 1, strides.get(i)) + 1);
    }
    return sizes;
  }
}
