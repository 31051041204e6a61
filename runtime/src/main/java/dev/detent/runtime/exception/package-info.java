/** The base of what Detent throws; the subclasses are in the packages that throw them. */
package dev.detent.runtime.exception;
