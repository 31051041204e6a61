package dev.detent.runtime.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import dev.detent.runtime.exception.DetentException;
import dev.detent.runtime.internal.io.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A report in JSON: named figures, texts, lists, maps and records, in the order in which they were
 * put in, together with where they come from.
 *
 * <pre>{@code
 * new JsonReport()
 *     .put("provenance", Provenance.current(versions))
 *     .put("seed", 1)
 *     .put("accuracy", Map.of("float", 0.982, "int8", 0.981))
 *     .write(folder.resolve("report.json"));
 * }</pre>
 *
 * <p>Numbers that JSON does not know (NaN and the infinities) become null.
 */
public final class JsonReport {
  /** NaN and the infinities, which JSON does not have, become null. */
  private static final JsonSerializer<Number> FINITE =
      (value, type, context) ->
          Double.isFinite(value.doubleValue()) ? new JsonPrimitive(value) : JsonNull.INSTANCE;

  private static final Gson GSON =
      new GsonBuilder()
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .serializeNulls()
          .registerTypeAdapter(Double.class, FINITE)
          .registerTypeAdapter(double.class, FINITE)
          .registerTypeAdapter(Float.class, FINITE)
          .registerTypeAdapter(float.class, FINITE)
          .create();

  private final JsonObject content = new JsonObject();

  /** An empty report. */
  public JsonReport() {}

  /**
   * Puts a value in; one of the same name is replaced.
   *
   * @param name the name
   * @param value a number, text, boolean, list, map, array, record, another report's {@link
   *     #content()}, or null
   * @return this
   */
  public JsonReport put(String name, @Nullable Object value) {
    content.add(Objects.requireNonNull(name, "name"), GSON.toJsonTree(value));
    return this;
  }

  /**
   * Reads a value that was put in, or is in the file that the report was read from.
   *
   * @param name the name
   * @param type a record, number, text or array
   * @return the value; null where there is none, or JSON's null
   * @throws IllegalArgumentException if it is no such value
   */
  public <T> @Nullable T get(String name, Class<T> type) {
    try {
      return GSON.fromJson(content.get(name), type);
    } catch (JsonParseException e) {
      throw new IllegalArgumentException(
          "'" + name + "' is no " + type.getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Returns what has been put in.
   *
   * @return a copy
   */
  public JsonObject content() {
    return content.deepCopy();
  }

  /**
   * Returns the JSON text, indented, ended by a newline.
   *
   * @return the text
   */
  @Override
  public String toString() {
    return GSON.toJson(content) + "\n";
  }

  /**
   * Writes the report in UTF-8, whole or not at all.
   *
   * @param file the file, which is replaced if there is one; missing folders are made
   * @return the file
   * @throws DetentException if it cannot be written; the message says why
   */
  public Path write(Path file) {
    try {
      return AtomicFiles.write(file, out -> out.write(toString().getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new DetentException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Reads a report.
   *
   * @param file the file
   * @return the report
   * @throws DetentException if it cannot be read or is no JSON object
   */
  public static JsonReport read(Path file) {
    try {
      JsonElement element = JsonParser.parseString(Files.readString(file));
      if (!element.isJsonObject()) {
        throw new IOException(file + " is no JSON object");
      }
      JsonReport report = new JsonReport();
      element.getAsJsonObject().asMap().forEach(report.content::add);
      return report;
    } catch (JsonParseException e) {
      throw new DetentException(file + " is no valid JSON: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DetentException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
