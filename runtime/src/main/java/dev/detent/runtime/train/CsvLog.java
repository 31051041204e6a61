package dev.detent.runtime.train;

import dev.detent.runtime.internal.io.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A row for each epoch, by RFC 4180. */
final class CsvLog implements Callback {
  private final Path file;
  private final List<String> lines = new ArrayList<>();

  CsvLog(Path file) {
    this.file = file;
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    lines.clear();
  }

  @Override
  public void onEpochEnd(TrainingRun run, Epoch epoch) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("epoch", epoch.number());
    row.put("learning_rate", epoch.learningRate());
    row.put("seconds", epoch.seconds());
    row.putAll(epoch.training().byName());
    if (epoch.validation() != null) {
      epoch.validation().byName().forEach((name, value) -> row.put("val_" + name, value));
    }
    if (lines.isEmpty()) {
      lines.add(row.keySet().stream().map(CsvLog::quoted).collect(Collectors.joining(",")));
    }
    lines.add(row.values().stream().map(String::valueOf).collect(Collectors.joining(",")));
    if (!run.isResuming()) {
      write();
    }
  }

  private void write() {
    try {
      byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
      AtomicFiles.write(file, out -> out.write(text));
    } catch (IOException e) {
      throw new TrainingException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String quoted(String name) {
    return name.matches("[^\",\r\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public String toString() {
    return "csvLog";
  }
}
