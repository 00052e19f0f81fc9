/// Parquet files, read and written by DuckDB: see docs/decisions/0003-parquet-by-duckdb.md.
package io.semblance.core.parquet;
