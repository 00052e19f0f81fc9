/// Models that the program knows and does not ship: a card each, where their weights come from, and
/// whether they are on this machine.
///
/// A card is a JSON file among the resources of this package; `models.txt` lists them. Reading one
/// loads no weights and no native library.
package io.semblance.extract.registry;
