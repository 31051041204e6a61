package dev.detent.examples;

import dev.detent.examples.cifar.ResNet8Model;
import dev.detent.examples.zoo.AutoencoderModel;
import dev.detent.runtime.DetentModel;
import dev.detent.runtime.data.Dataset;
import dev.detent.runtime.train.Optimizers;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code examples/run import}. */
@Command(
    name = "import",
    description = {
      "Pretrained weights of Keras, TensorFlow or NumPy: imported, quantized, fine-tuned, deployed.",
      "Without --data the weights are imported, listed and written as a float .tflite. With --data"
          + " (resnet8: CIFAR-10 as 'train' and 'test', each a folder or a zip of class/image.jpg)"
          + " the model is quantized and fine-tuned too; --epochs trains it in float before."
    })
final class ImportCommand implements Callable<Integer> {
  private static final Recipe RECIPE =
      new Recipe(0, 4, 64, Optimizers.adam(2e-3), Photographs.AUGMENTATION);

  /** Digits of a checksum that tell files apart. */
  private static final int CHECKSUM_DIGITS = 8;

  @Spec private CommandSpec command;
  @Mixin private CommonOptions options;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      required = true,
      description =
          "A .h5, .keras or .npz file, a checkpoint's prefix, or the folder of a SavedModel.")
  private Path weights;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      required = true,
      description = "What the weights are of: ${COMPLETION-CANDIDATES}.")
  private Architecture architecture;

  /** The models that weights can be imported into. */
  enum Architecture {
    /** MLPerf Tiny's ResNet-8. */
    resnet8(ResNet8Model::create),
    /** MLPerf Tiny's autoencoder. */
    autoencoder(AutoencoderModel::create);

    private final LongFunction<DetentModel<Dataset>> create;

    Architecture(LongFunction<DetentModel<Dataset>> create) {
      this.create = create;
    }
  }

  @Override
  public Integer call() throws IOException {
    if (options.data().isPresent() && architecture != Architecture.resnet8) {
      throw new ParameterException(
          command.commandLine(), "--data: there is no reader of data for " + architecture);
    }
    RunLog.keep(command, options.out(), this::run);
    return 0;
  }

  private void run() throws IOException {
    PrintWriter out = command.commandLine().getOut();
    try (DetentModel<Dataset> model = architecture.create.apply(options.seed())) {
      out.println(model.importWeights(weights));
      out.flush();
      if (options.data().isPresent()) {
        ExampleRun.of(command, options, RECIPE)
            .startingFrom(architecture + "-" + checksum())
            .run(model, Photographs.load(options.data(), options.seed()));
      } else {
        Path file = options.out().resolve(architecture + "_float.tflite");
        out.printf(Locale.ROOT, "written: %s%n", model.exportFloat(file));
        out.flush();
      }
    }
  }

  /** Of the file; a folder's or a checkpoint's is that of its path. */
  private String checksum() throws IOException {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      if (Files.isRegularFile(weights)) {
        try (InputStream in = new DigestInputStream(Files.newInputStream(weights), sha)) {
          in.transferTo(java.io.OutputStream.nullOutputStream());
        }
      } else {
        sha.update(weights.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(sha.digest()).substring(0, CHECKSUM_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
