package dev.detent.runtime.train;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of the classes that a model tells apart, by output, as text to keep in a file. */
public final class ClassNames {
  private ClassNames() {}

  /** The names as JSON. */
  public static String toText(Map<String, List<String>> names) {
    return new Gson().toJson(names);
  }

  /**
   * The names that {@link #toText} has written.
   *
   * @param text null where nothing was written: no names then
   * @throws IOException if it is no such text
   */
  public static Map<String, List<String>> ofText(@Nullable String text) throws IOException {
    try {
      Map<String, List<String>> names =
          new Gson().fromJson(text, new TypeToken<Map<String, List<String>>>() {}.getType());
      if (names == null) {
        return Map.of();
      }
      if (names.values().stream().anyMatch(list -> list == null || list.contains(null))) {
        throw new IOException("the names of the classes are damaged: " + text);
      }
      return names;
    } catch (JsonParseException e) {
      throw new IOException("the names of the classes are damaged: " + text, e);
    }
  }
}
