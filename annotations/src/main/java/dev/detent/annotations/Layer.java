package dev.detent.annotations;

/**
 * The type of a field that declares a layer in a class annotated with {@link Model}. Nothing
 * implements it: the fields exist for the compiler only and are never read or written.
 */
public interface Layer {}
