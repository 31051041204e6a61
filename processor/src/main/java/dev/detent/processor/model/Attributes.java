package dev.detent.processor.model;

import dev.detent.processor.diagnostic.SourceRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The values of an annotation's attributes, all of them valid, and where each was written. */
public final class Attributes {
  /** No attributes. */
  public static final Attributes NONE = new Attributes(Map.of());

  private final Map<AttributeKey<?>, Entry> entries;

  private record Entry(Object value, SourceRef at) {}

  private Attributes(Map<AttributeKey<?>, Entry> entries) {
    this.entries = entries;
  }

  /** The value of an attribute that the annotation has. */
  @SuppressWarnings("unchecked") // the parser reads no other type for this key
  public <T> T get(AttributeKey<T> key) {
    return (T) entry(key).value();
  }

  /** The value of an attribute that not every operation of its kind has. */
  @SuppressWarnings("unchecked") // the parser reads no other type for this key
  public <T> Optional<T> find(AttributeKey<T> key) {
    return Optional.ofNullable(entries.get(key)).map(entry -> (T) entry.value());
  }

  /** Where it was written; the annotation, if the value is its default. */
  public SourceRef at(AttributeKey<?> key) {
    return entry(key).at();
  }

  /** Whether the annotation has it. */
  public boolean has(AttributeKey<?> key) {
    return entries.containsKey(key);
  }

  /** The same, with another value for an attribute. */
  public <T> Attributes with(AttributeKey<T> key, T value, SourceRef at) {
    return withRead(key, value, at);
  }

  /** The same, with a value of the type that the key's form says. */
  public Attributes withRead(AttributeKey<?> key, Object value, SourceRef at) {
    Map<AttributeKey<?>, Entry> changed = new LinkedHashMap<>(entries);
    changed.put(key, new Entry(value, at));
    return new Attributes(changed);
  }

  /** The same attributes, seen from other places. */
  public Attributes movedTo(UnaryOperator<SourceRef> place) {
    Map<AttributeKey<?>, Entry> moved = new LinkedHashMap<>();
    entries.forEach(
        (key, entry) -> moved.put(key, new Entry(entry.value(), place.apply(entry.at()))));
    return new Attributes(moved);
  }

  private Entry entry(AttributeKey<?> key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      throw new IllegalArgumentException("no attribute '" + key.name() + "' here");
    }
    return entry;
  }
}
