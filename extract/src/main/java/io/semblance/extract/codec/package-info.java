/// Encoders whose output length is a measurement: every choice in them is fixed, because the values
/// depend on it.
package io.semblance.extract.codec;
