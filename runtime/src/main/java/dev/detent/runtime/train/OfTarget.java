package dev.detent.runtime.train;

/** What losses and metrics have in common. */
interface OfTarget {

  /**
   * Whether numbers of the target that are missing, NaN, do not count. Examples that have some are
   * refused otherwise.
   */
  default boolean leavesMissingOut() {
    return false;
  }
}
