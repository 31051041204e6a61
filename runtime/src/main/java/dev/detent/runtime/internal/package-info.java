/** What the other packages share and users do not see: native log, whole-or-nothing files. */
package dev.detent.runtime.internal;
