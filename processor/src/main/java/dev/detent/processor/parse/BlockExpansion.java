package dev.detent.processor.parse;

import dev.detent.processor.diagnostic.Message;
import dev.detent.processor.diagnostic.Reporter;
import dev.detent.processor.diagnostic.SourceRef;
import dev.detent.processor.model.BlockUse;
import dev.detent.processor.model.Declaration;
import dev.detent.processor.model.QuantizationRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;

/**
 * Reads the layers of a block once the shape of its input is known: one repetition, followed by
 * what is left.
 */
final class BlockExpansion implements BlockUse.Expansion, DataFlow.Naming {
  private static final String INPUT = "input";
  private static final String INDEX = "index";
  private static final String STRIDES = "strides";

  /**
   * What all repetitions share.
   *
   * @param layers the class that declares them
   * @param environment the names around the use
   * @param parameters the block's own names
   * @param repeat how many repetitions there are
   * @param use the annotation on the field
   * @param around the blocks that this is in, itself included
   * @param quantization reads how layers are quantized
   * @param config what the field says for all of them; empty if they stay float
   */
  record Parts(
      Symbols symbols,
      TypeElement layers,
      Environment environment,
      Map<String, Object> parameters,
      int repeat,
      SourceRef use,
      List<String> around,
      QuantizationParser quantization,
      Optional<QuantizationRequest> config) {}

  private final Parts parts;
  private final String name;
  private final String input;
  private final int index;

  BlockExpansion(Parts parts, String name, String input, int index) {
    this.parts = parts;
    this.name = name;
    this.input = input;
    this.index = index;
  }

  BlockUse asUse() {
    return new BlockUse(name, input, this);
  }

  @Override
  public List<Declaration> expand(List<Integer> shape, Reporter reporter) {
    Reporter inside = reporter.within(parts.use());
    int before = reporter.errors();
    FieldParser parser =
        new FieldParser(
            parts.symbols(),
            parts.quantization().within(parts.layers(), parts.config(), inside),
            environment(shape),
            parts.around(),
            inside);
    List<LayerDraft> drafts = new ArrayList<>();
    drafts.add(LayerDraft.blockInput(INPUT, parts.use()));
    for (VariableElement field : ElementFilter.fieldsIn(parts.layers().getEnclosedElements())) {
      if (ModelParser.isLayer(field, inside)) {
        LayerDraft draft = parser.parse(field);
        check(field, draft, inside);
        drafts.add(draft);
      }
    }
    DataFlow flow = new DataFlow(drafts, this, inside);
    List<Declaration> layers = SharedWeights.check(flow.resolve(), flow::isWrong, inside);
    if (reporter.errors() == before && flow.isEmpty()) {
      reporter.report(Message.B01_NO_LAYER_LEFT, parts.use(), name, shape);
    }
    if (reporter.errors() == before && !isLast()) {
      layers.add(new BlockExpansion(parts, name, repetition(), index + 1).asUse());
    }
    return layers;
  }

  private void check(VariableElement field, LayerDraft draft, Reporter inside) {
    if (draft.name().equals(INPUT)) {
      inside.report(Message.B05_BLOCK_LAYER, SourceRef.of(field));
    } else if (draft.isInput()) {
      inside.report(Message.B05_INPUT_IN_BLOCK, SourceRef.of(field));
    } else if (draft.isOutput()) {
      inside.report(Message.B05_OUTPUT_IN_BLOCK, SourceRef.of(field));
    }
  }

  private boolean isLast() {
    return index == parts.repeat() - 1;
  }

  private String repetition() {
    return parts.repeat() == 1 ? name : name + "/" + (index + 1);
  }

  @Override
  public String of(LayerDraft draft, boolean isResult) {
    if (draft.content().filter(LayerDraft.BlockInput.class::isInstance).isPresent()) {
      return input;
    }
    if (isResult) {
      return isLast() ? name : repetition();
    }
    return repetition() + "/" + draft.name();
  }

  @Override
  public SourceRef at(SourceRef place) {
    return place.usedBy(parts.use());
  }

  /** Around the block, then its input's sizes, then its parameters. */
  private Environment environment(List<Integer> shape) {
    Map<String, Object> names = new HashMap<>(Environment.sizes(shape, ""));
    names.put(INDEX, (double) index);
    names.putAll(parts.parameters());
    if (index > 0) {
      names.replace(STRIDES, 1.0);
    }
    return parts.environment().with(names).with(Constants.of(parts.layers()));
  }
}
