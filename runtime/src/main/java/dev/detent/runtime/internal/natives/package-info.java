/** Native libraries: loaded with a word to the user where they are missing, and without a log. */
package dev.detent.runtime.internal.natives;
