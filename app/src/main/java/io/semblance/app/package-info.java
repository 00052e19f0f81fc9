/// The command line: one class a verb. A verb parses, calls the library, and says what was found;
/// the science lives in the other modules.
package io.semblance.app;
