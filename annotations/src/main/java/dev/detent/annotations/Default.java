package dev.detent.annotations;

/** Stands, where an attribute names a class, for the scheme's own choice. */
public final class Default {
  private Default() {}
}
