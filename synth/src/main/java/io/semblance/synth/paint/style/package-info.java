/// The ten ways to paint: each renderer turns the planes of one scene into pixels by its own
/// technique, its own background and its own treatment of colour, so that styles differ to the eye
/// and in low-level statistics alike.
package io.semblance.synth.paint.style;
