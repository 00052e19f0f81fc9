/// Measurements against the tools people use today: both sides run as whole processes, turn by
/// turn.
package io.semblance.perf;
