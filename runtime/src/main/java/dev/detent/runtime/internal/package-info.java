/**
 * What the other packages of the runtime, and generated code, share; not for use by anybody else,
 * and free to change.
 */
package dev.detent.runtime.internal;
