/// Files that are complete or absent, and hashes that say what they hold.
package io.semblance.core.file;
