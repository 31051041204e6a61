package dev.detent.processor.emit;

import com.squareup.javapoet.ClassName;

/** The classes that generated code calls, by name: the processor does not depend on the runtime. */
final class Runtime {
  private static final String ROOT = "dev.detent.runtime";

  static final ClassName MODEL = ClassName.get(ROOT, "DetentModel");
  static final ClassName SPEC = ClassName.get(ROOT, "ModelSpec");
  static final ClassName DATASET = ClassName.get(ROOT + ".data", "Dataset");
  static final ClassName MODEL_EXAMPLES = ClassName.get(ROOT + ".codegen", "ModelExamples");
  static final ClassName FEATURES = ClassName.get(ROOT + ".data", "Features");
  static final ClassName TARGETS = ClassName.get(ROOT + ".data", "Targets");
  static final ClassName RANGE = ClassName.get(ROOT + ".quantizer", "ActivationRange");
  static final ClassName WEIGHTS = ClassName.get(ROOT + ".quantizer", "WeightQuantization");
  static final ClassName LAYER_QUANTIZER = ClassName.get(ROOT + ".quantizer", "LayerQuantizer");
  static final ClassName NETWORK = ClassName.get(ROOT + ".network", "NetworkBuilder");
  static final ClassName UNARY_KIND = ClassName.get(ROOT + ".network", "UnaryKind");
  static final ClassName TENSOR = ClassName.get(ROOT + ".network", "Tensor");
  static final ClassName LAYER_SITE = ClassName.get(ROOT + ".layer", "LayerSite");

  private Runtime() {}
}
