package dev.detent.runtime.detection;

import dev.detent.runtime.data.DataException;
import dev.detent.runtime.data.Movement;
import dev.detent.runtime.data.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a model of anchors is to answer: a class for each anchor, and the box of the object that it
 * was {@linkplain AnchorMatching matched} with. Anchors are matched when an example is read: where
 * an augmentation has moved the picture, with the boxes as they are then.
 *
 * <pre>{@code
 * var targets = DetectionTargets.of(objects, names, anchors);
 * var data = new DetectorModel.Data(images, targets.scores(), targets.boxes());
 * }</pre>
 */
public final class DetectionTargets {
  private final List<List<LabeledBox>> objects;
  private final List<String> names;
  private final Anchors anchors;
  private final AnchorMatching matching;

  private DetectionTargets(
      List<List<LabeledBox>> objects,
      List<String> names,
      Anchors anchors,
      AnchorMatching matching) {
    this.objects = objects;
    this.names = names;
    this.anchors = Objects.requireNonNull(anchors, "anchors");
    this.matching = Objects.requireNonNull(matching, "matching");
  }

  /** With {@link AnchorMatching#ssd()}. */
  public static DetectionTargets of(
      List<List<LabeledBox>> objects, List<String> names, Anchors anchors) {
    return of(objects, names, anchors, AnchorMatching.ssd());
  }

  /**
   * The targets of some pictures.
   *
   * @param objects what each picture shows; copied
   * @param names of the classes, that of the background first, 2 to 256
   * @throws DataException if a class is out of range, or a box has no area
   */
  public static DetectionTargets of(
      List<List<LabeledBox>> objects,
      List<String> names,
      Anchors anchors,
      AnchorMatching matching) {
    List<List<LabeledBox>> copy = new ArrayList<>();
    List<String> all = List.copyOf(names);
    if (all.size() < 2) {
      throw new DataException("classes " + all + "; there must be the background and one more");
    }
    for (List<LabeledBox> ofPicture : objects) {
      for (LabeledBox object : ofPicture) {
        if (object.label() >= all.size()) {
          throw new DataException(
              "picture %s has an object of class %s; there are the classes 1 to %s"
                  .formatted(copy.size(), object.label(), all.size() - 1));
        }
        if (!(object.box().area() > 0)) {
          throw new DataException(
              "picture %s has a box without area: %s".formatted(copy.size(), object.box()));
        }
      }
      copy.add(List.copyOf(ofPicture));
    }
    return new DetectionTargets(List.copyOf(copy), all, anchors, matching);
  }

  /**
   * A class for each anchor, for an output of {@code [anchors, classes]}.
   *
   * <p>Where the matching ignores no anchor these are classes, as {@link Targets#classMaps} has
   * them. Else they are numbers: a 1 at the place of the class among zeros, and rows of NaN, for
   * missing, where an anchor is ignored; {@link dev.detent.runtime.train.DetectionLosses} leave
   * those out.
   */
  public Targets scores() {
    return new ScoreTargets(this);
  }

  /**
   * The encoded box for each anchor, for an output of {@code [anchors, 4]}: NaN, for missing, where
   * an anchor has no object. {@link dev.detent.runtime.train.DetectionLosses} leave those out.
   */
  public Targets boxes() {
    return new BoxTargets(this);
  }

  /** What one picture shows. */
  public List<LabeledBox> objects(int picture) {
    return objects.get(picture);
  }

  /** How many pictures there are. */
  public int size() {
    return objects.size();
  }

  /** The names of the classes, that of the background first. */
  public List<String> names() {
    return names;
  }

  /** The anchors. */
  public Anchors anchors() {
    return anchors;
  }

  /** One output's, with what both have in common. */
  private abstract static class OfAnchors implements Targets {
    final DetectionTargets all;

    OfAnchors(DetectionTargets all) {
      this.all = all;
    }

    @Override
    public final int size() {
      return all.size();
    }

    @Override
    public final boolean movesWithImage() {
      return true;
    }

    final List<LabeledBox> moved(int index, Movement movement) {
      return all.objects(index).stream()
          .map(object -> object.moved(movement))
          .flatMap(Optional::stream)
          .toList();
    }

    @Override
    public final int classAt(int index) {
      throw new UnsupportedOperationException("these targets have no single class an example");
    }

    /** The class of each anchor, {@link AnchorMatching#IGNORED} where it has none. */
    final int[] classes(int[] matched, List<LabeledBox> objects) {
      int[] classes = new int[matched.length];
      for (int a = 0; a < matched.length; a++) {
        classes[a] =
            switch (matched[a]) {
              case AnchorMatching.BACKGROUND -> 0;
              case AnchorMatching.IGNORED -> AnchorMatching.IGNORED;
              default -> objects.get(matched[a]).label();
            };
      }
      return classes;
    }

    final int[] matched(List<LabeledBox> objects) {
      return all.matching.match(all.anchors, objects);
    }
  }

  private static final class ScoreTargets extends OfAnchors {
    ScoreTargets(DetectionTargets all) {
      super(all);
    }

    @Override
    public boolean isClasses() {
      return !all.matching.ignoresSome();
    }

    @Override
    public int classesPerExample() {
      return all.anchors.size();
    }

    @Override
    public int classCount() {
      requireClasses();
      return all.names.size();
    }

    @Override
    public List<String> classNames() {
      requireClasses();
      return all.names;
    }

    private void requireClasses() {
      if (!isClasses()) {
        throw new UnsupportedOperationException(
            "these targets are numbers, as the matching ignores some anchors");
      }
    }

    @Override
    public int[] shape() {
      return new int[] {all.anchors.size(), all.names.size()};
    }

    @Override
    public void readClasses(int index, int[] into, int offset) {
      readClasses(all.objects(index), into, offset);
    }

    @Override
    public void readClassesMoved(int index, Movement movement, int[] into, int offset) {
      readClasses(moved(index, movement), into, offset);
    }

    private void readClasses(List<LabeledBox> objects, int[] into, int offset) {
      requireClasses();
      int[] classes = classes(matched(objects), objects);
      System.arraycopy(classes, 0, into, offset, classes.length);
    }

    @Override
    public void read(int index, float[] into, int offset) {
      read(all.objects(index), into, offset);
    }

    @Override
    public void readMoved(int index, Movement movement, float[] into, int offset) {
      read(moved(index, movement), into, offset);
    }

    private void read(List<LabeledBox> objects, float[] into, int offset) {
      int[] classes = classes(matched(objects), objects);
      int count = all.names.size();
      for (int a = 0; a < classes.length; a++) {
        int row = offset + a * count;
        boolean isIgnored = classes[a] == AnchorMatching.IGNORED;
        Arrays.fill(into, row, row + count, isIgnored ? Float.NaN : 0);
        if (!isIgnored) {
          into[row + classes[a]] = 1;
        }
      }
    }

    @Override
    public String toString() {
      return size() + " pictures, classes of " + all.anchors.size() + " anchors";
    }
  }

  private static final class BoxTargets extends OfAnchors {
    BoxTargets(DetectionTargets all) {
      super(all);
    }

    @Override
    public boolean isClasses() {
      return false;
    }

    @Override
    public int classCount() {
      throw noClasses();
    }

    @Override
    public List<String> classNames() {
      throw noClasses();
    }

    private static UnsupportedOperationException noClasses() {
      return new UnsupportedOperationException("these targets are numbers, not classes");
    }

    @Override
    public int[] shape() {
      return new int[] {all.anchors.size(), BoxCoder.VALUES};
    }

    @Override
    public void read(int index, float[] into, int offset) {
      read(all.objects(index), into, offset);
    }

    @Override
    public void readMoved(int index, Movement movement, float[] into, int offset) {
      read(moved(index, movement), into, offset);
    }

    private void read(List<LabeledBox> objects, float[] into, int offset) {
      int[] matched = matched(objects);
      for (int a = 0; a < matched.length; a++) {
        int row = offset + a * BoxCoder.VALUES;
        if (matched[a] < 0) {
          Arrays.fill(into, row, row + BoxCoder.VALUES, Float.NaN);
        } else {
          Box box = objects.get(matched[a]).box();
          all.anchors.coder().encode(box, all.anchors.boxes().get(a), into, row);
        }
      }
    }

    @Override
    public String toString() {
      return size() + " pictures, boxes of " + all.anchors.size() + " anchors";
    }
  }
}
