import dev.detent.annotations.*;
import dev.detent.runtime.quantizer.LayerQuantizer;

/** Layers named like what generated code names, in the unnamed package. */
@Model
@Quantize
class Members {
  @Input(shape = 8) Layer List;
  @Input(shape = 8) Layer Examples;
  @Input(shape = 8) Layer run;
  @Add({"List", "Examples", "run"}) Layer Features;
  @Dense(units = 4) @QuantizeConfig(layer = Features.class) Layer Class;
  @Dense(units = 4) Layer If;
  @Dense(units = 4) Layer True;
  @Dense(units = 4) Layer var;
  @Dense(units = 4) Layer record;
  @Dense(units = 4) Layer yield;
  @Dense(units = 4) Layer graph;
  @Dense(units = 4) Layer plan;
  @Dense(units = 4) Layer spec;
  @Dense(units = 4) Layer predict;
  @Dense(units = 4) Layer create;
  @Dense(units = 4) Layer this_;
  @Dense(units = 4) Layer x1;
  @Dense(units = 4) Layer x_1;
  @Dense(units = 4) Layer X1;
  @Dense(units = 4) Layer X_1;
  @Dense(units = 2) @Output Layer inputs;
  @Dense(units = 2) @Output Layer Targets;
  @Dense(units = 2) @Output Layer hashCode;
  @Dense(units = 2) @Output Layer Data;
  @Dense(units = 2) @Output Layer Outputs;

  static class Features implements LayerQuantizer {}
}
