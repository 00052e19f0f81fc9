/// Attribution data made by a known law, seeded: everything can be tried offline, and what training
/// and calibration should find is known.
package io.semblance.attribution.synthetic;
