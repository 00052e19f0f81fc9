/// Writes an attribution for people and programs: `attributions.json`, `hits.csv` and a page that
/// needs no other file.
package io.semblance.attribution.report;
