/// Splits and test cases: which exemplars each customised model was tuned on, and which images it
/// made. Source: AbC (arXiv 2306.09345), section 5, and the dataset files of its published code.
package io.semblance.attribution.testcase;
