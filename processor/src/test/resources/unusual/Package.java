package unusual;

import dev.detent.annotations.Dense;
import dev.detent.annotations.Input;
import dev.detent.annotations.Quantize;
import dev.detent.annotations.QuantizeConfig;
import dev.detent.annotations.Relu;
import dev.detent.runtime.quantizer.LayerQuantizer;

/** A package that has classes of the names that generated code uses. */
@dev.detent.annotations.Model
@Quantize
class Package {
  @Input(shape = 8) dev.detent.annotations.Layer x;
  @Dense(units = 4) @Relu @QuantizeConfig(layer = Dataset.class) dev.detent.annotations.Layer override;
  @Dense(units = 2) dev.detent.annotations.Layer string;

  static class Dataset implements LayerQuantizer {}
}

class Activation {}

class Class {}

class Data {}

class DetentModel {}

class Double {}

class Examples {}

class Generated {}

class Initializer {}

class Layer {}

class LayerSite {}

class List {}

class Math {}

class Model {}

class NetworkBuilder {}

class Object {}

class Outputs {}

class Override {}

class Path {}

class String {}

class Tensor {}

class ActivationRange {}

class WeightQuantization {}
