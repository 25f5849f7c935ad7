// The package says nothing of this file's types.
declare module "*/duckdb-browser-blocking.mjs";
