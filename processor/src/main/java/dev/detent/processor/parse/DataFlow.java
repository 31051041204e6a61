package dev.detent.processor.parse;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.NearMiss;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.Declaration;
import dev.detent.processor.model.LayerDeclaration;
import dev.detent.processor.model.OperationKind.Reads;
import dev.detent.processor.parse.LayerDraft.Reference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Resolves which layers each layer reads: the names it gives, or the field above it. */
final class DataFlow {
  private final List<LayerDraft> drafts;
  private final Reporter reporter;
  private final Naming naming;
  private final Map<String, Integer> positions = new LinkedHashMap<>();
  private final Set<String> wrong = new HashSet<>();
  private boolean allNamesHold = true;

  /** What layers are called outside of the class that declares them, and where they are used. */
  @FunctionalInterface
  interface Naming {
    /**
     * The name of a layer.
     *
     * @param isResult whether it is what the whole class stands for
     */
    default String of(LayerDraft draft, boolean isResult) {
      return draft.name();
    }

    /** A place in the class, as part of its use. */
    SourceRef at(SourceRef place);
  }

  DataFlow(List<LayerDraft> drafts, Naming naming, Reporter reporter) {
    this.drafts = drafts;
    this.naming = naming;
    this.reporter = reporter;
    for (int i = 0; i < drafts.size(); i++) {
      positions.put(drafts.get(i).name(), i);
    }
  }

  /** The layers in order, as far as they are valid. */
  List<Declaration> resolve() {
    List<Declaration> layers = new ArrayList<>();
    boolean[] read = new boolean[drafts.size()];
    for (int i = 0; i < drafts.size(); i++) {
      LayerDraft draft = drafts.get(i);
      List<String> inputs = new ArrayList<>();
      List<SourceRef> places = new ArrayList<>();
      boolean isRight = draft.content().isPresent();
      if (readsAbove(draft)) {
        if (i > 0) {
          inputs.add(read(i - 1, read));
          places.add(naming.at(draft.at()));
        } else {
          isRight = false;
          if (drafts.stream().anyMatch(LayerDraft::isInput)) {
            reportNothingAbove(draft);
          }
        }
      }
      for (Reference reference : draft.named()) {
        isRight &= holds(i, reference);
        Integer position = positions.get(reference.name());
        if (position != null) {
          inputs.add(read(position, read));
          places.add(naming.at(reference.at()));
        }
      }
      if (!isRight) {
        wrong.add(nameOf(i));
      } else if (!draft.isAbsent()) {
        declaration(i, draft.content().get(), inputs, places).ifPresent(layers::add);
      }
    }
    if (allNamesHold) {
      reportUnused(read); // else what seems unused may be what a wrong name meant
    }
    return layers;
  }

  /** Whether a layer is left out because it is wrong, which has been reported. */
  boolean isWrong(String layer) {
    return wrong.contains(layer);
  }

  private Optional<Declaration> declaration(
      int position, LayerDraft.Content content, List<String> inputs, List<SourceRef> places) {
    if (content instanceof LayerDraft.BlockBody block) {
      return inputs.isEmpty()
          ? Optional.empty()
          : Optional.of(block.use().apply(nameOf(position), inputs.get(0)));
    }
    if (!(content instanceof LayerDraft.Body body)) {
      return Optional.empty();
    }
    LayerDraft draft = drafts.get(position);
    return Optional.of(
        new LayerDeclaration(
            nameOf(position),
            body.operation(),
            body.attributes().movedTo(naming::at),
            inputs,
            body.batchNorm(),
            body.stacked(),
            body.quantization(),
            body.custom(),
            new LayerDeclaration.Source(
                naming.at(draft.field()),
                naming.at(body.at()),
                places,
                moved(body.annotations()))));
  }

  private Map<String, SourceRef> moved(Map<String, SourceRef> annotations) {
    Map<String, SourceRef> moved = new LinkedHashMap<>();
    annotations.forEach((annotation, at) -> moved.put(annotation, naming.at(at)));
    return moved;
  }

  /** Marks a layer as read, or what stands for it if it is left out; its name. */
  private String read(int position, boolean[] read) {
    int present = standsFor(position);
    read[present] = true;
    return nameOf(present);
  }

  private String nameOf(int position) {
    return naming.of(drafts.get(position), position == standsFor(drafts.size() - 1));
  }

  /** The layer itself, or, where it is left out, what it would have read. */
  private int standsFor(int position) {
    int at = position;
    while (at > 0 && drafts.get(at).isAbsent()) {
      List<Reference> references = drafts.get(at).references();
      Integer next =
          references.isEmpty()
              ? Integer.valueOf(at - 1)
              : positions.get(references.get(references.size() - 1).name());
      if (next == null || next >= at) {
        return at; // reported where it is written
      }
      at = next;
    }
    return at;
  }

  /** Whether no layer is left but what the class reads. */
  boolean isEmpty() {
    return drafts.get(standsFor(drafts.size() - 1)).isInput();
  }

  /** The outputs: those that are marked, else the last layer that is not an input. */
  List<String> outputs() {
    List<String> marked =
        drafts.stream().filter(LayerDraft::isOutput).map(LayerDraft::name).toList();
    if (!marked.isEmpty()) {
      return marked;
    }
    for (int i = drafts.size() - 1; i >= 0; i--) {
      if (!drafts.get(i).isInput()) {
        return List.of(nameOf(standsFor(i)));
      }
    }
    return List.of();
  }

  /** A layer that is not valid is taken to read the one above, which is then not unused. */
  private static boolean readsAbove(LayerDraft draft) {
    return draft.references().isEmpty()
        && draft.content().filter(LayerDraft.BlockInput.class::isInstance).isEmpty()
        && draft.body().map(body -> body.operation().reads() == Reads.ONE).orElse(true);
  }

  /** Whether a name is that of a layer above; else it is reported. */
  private boolean holds(int reader, Reference reference) {
    Integer position = positions.get(reference.name());
    if (position != null && position < reader) {
      return true;
    }
    allNamesHold = false;
    String name = drafts.get(reader).name();
    if (position == null) {
      List<String> above = drafts.subList(0, reader).stream().map(LayerDraft::name).toList();
      reporter.report(
          Message.G01_UNKNOWN_LAYER,
          reference.at(),
          name,
          reference.name(),
          NearMiss.question(reference.name(), withoutReader(name)),
          listed(above));
    } else {
      List<String> path = path(position, reader);
      if (path.isEmpty()) {
        reporter.report(Message.G02_LAYER_BELOW, reference.at(), name, reference.name());
      } else if (path.size() == 1) {
        reporter.report(Message.G03_READS_ITSELF, reference.at(), name);
      } else {
        String circle = name + " reads " + String.join(" reads ", path);
        reporter.report(Message.G03_CYCLE, reference.at(), name, reference.name(), circle);
      }
    }
    return false;
  }

  private List<String> withoutReader(String reader) {
    return positions.keySet().stream().filter(name -> !name.equals(reader)).toList();
  }

  /** {@code 'a', 'b'}; of many names the last ones. */
  static String listed(List<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    int shown = Math.min(names.size(), 10);
    List<String> nearest = names.subList(names.size() - shown, names.size());
    return (shown < names.size() ? "..., " : "")
        + nearest.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
  }

  /** Layers from one to another, each reading the next; empty if there is no such path. */
  private List<String> path(int from, int to) {
    Deque<List<Integer>> open = new ArrayDeque<>(List.of(List.of(from)));
    Set<Integer> seen = new HashSet<>(Set.of(from));
    while (!open.isEmpty()) {
      List<Integer> path = open.remove();
      int at = path.get(path.size() - 1);
      if (at == to) {
        return path.stream().map(each -> drafts.get(each).name()).toList();
      }
      for (int next : readBy(at)) {
        if (seen.add(next)) {
          open.add(Stream.concat(path.stream(), Stream.of(next)).toList());
        }
      }
    }
    return List.of();
  }

  private List<Integer> readBy(int reader) {
    LayerDraft draft = drafts.get(reader);
    List<Integer> read = new ArrayList<>();
    for (Reference reference : draft.named()) {
      Integer position = positions.get(reference.name());
      if (position != null) {
        read.add(position);
      }
    }
    if (readsAbove(draft) && reader > 0) {
      read.add(reader - 1);
    }
    return read;
  }

  private void reportNothingAbove(LayerDraft draft) {
    draft
        .content()
        .ifPresent(content -> reporter.report(Message.G06_NOTHING_ABOVE, draft.at(), draft.name()));
  }

  private void reportUnused(boolean[] read) {
    List<String> outputs = outputs();
    if (outputs.isEmpty()) {
      return; // there are no layers but inputs
    }
    for (int i = 0; i < drafts.size(); i++) {
      LayerDraft draft = drafts.get(i);
      if (read[i] || draft.isAbsent() || outputs.contains(nameOf(i))) {
        continue;
      }
      if (draft.isInput()) {
        reporter.report(Message.G05_UNUSED_INPUT, draft.field(), draft.name());
      } else {
        reporter.report(Message.G04_UNUSED_LAYER, draft.field(), draft.name(), listed(outputs));
      }
    }
  }
}
