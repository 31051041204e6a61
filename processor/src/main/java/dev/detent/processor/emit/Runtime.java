package dev.detent.processor.emit;

import com.squareup.javapoet.ClassName;

/** The classes that generated code calls, by name: the processor does not depend on the runtime. */
final class Runtime {
  private static final String ROOT = "dev.detent.runtime";

  static final ClassName MODEL = ClassName.get(ROOT, "DetentModel");
  static final ClassName SPEC = ClassName.get(ROOT, "ModelSpec");
  static final ClassName DATASET = ClassName.get(ROOT + ".data", "Dataset");
  static final ClassName MODEL_EXAMPLES = ClassName.get(ROOT + ".data", "ModelExamples");
  static final ClassName FEATURES = ClassName.get(ROOT + ".data", "Features");
  static final ClassName TARGETS = ClassName.get(ROOT + ".data", "Targets");
  static final ClassName GRAPH = ClassName.get(ROOT + ".graph", "GraphBuilder");
  static final ClassName LAYER_TENSOR = ClassName.get(ROOT + ".graph", "LayerTensor");
  static final ClassName RANGE = ClassName.get(ROOT + ".quantizer", "ActivationRange");
  static final ClassName WEIGHTS = ClassName.get(ROOT + ".quantizer", "WeightQuantization");
  static final ClassName LAYER_QUANTIZER = ClassName.get(ROOT + ".quantizer", "LayerQuantizer");
  static final ClassName PLACED_LAYER = ClassName.get(ROOT + ".layer", "PlacedLayer");
  static final ClassName LAYER_SITE = ClassName.get(ROOT + ".layer", "LayerSite");
  static final ClassName PLAN = ClassName.get(ROOT + ".tflite.export", "PlanBuilder");
  static final ClassName PLAN_TENSOR = ClassName.get(ROOT + ".tflite.export", "PlanTensor");

  private Runtime() {}
}
