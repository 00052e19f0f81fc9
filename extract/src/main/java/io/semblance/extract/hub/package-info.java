/// Files over HTTP from a model hub: whole or not there, resumed where they broke off, checked.
/// Nothing here knows what a model is.
package io.semblance.extract.hub;
