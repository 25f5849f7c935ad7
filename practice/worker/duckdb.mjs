// DuckDB-WASM's blocking build, in the same worker as Python, which reaches it through `duckdb_shim`.
import {
  BROWSER_RUNTIME,
  VoidLogger,
  createDuckDB,
} from "../../node_modules/@duckdb/duckdb-wasm/dist/duckdb-browser-blocking.mjs";

/** @param {any} python @param {string} mainModule the address of DuckDB itself */
export async function installDuckDB(python, mainModule) {
  const database = await createDuckDB({ mvp: { mainModule }, eh: { mainModule } }, new VoidLogger(), BROWSER_RUNTIME);
  await database.instantiate(() => {});
  // Otherwise a UUID arrives as text, and a HUGEINT as a DECIMAL.
  database.open({ arrowLosslessConversion: true });
  python.registerJsModule("_duckdb_wasm", {
    version: database.getVersion(),
    connect: () => database.connect(),
    close: (/** @type {any} */ connection) => connection.close(),
    check: (/** @type {any} */ connection, /** @type {string} */ sql) => connection.prepare(sql).close(),
    tokens: (/** @type {string} */ sql) => database.tokenize(sql).offsets,
    query: (/** @type {any} */ connection, /** @type {string} */ sql) => columns(connection.query(sql)),
  });
  python.runPython("import sys; sys.path.append('/book/code/practice/shims')");
}

/**
 * The columns of an Arrow table, as `duckdb_shim/values.py` reads them.
 * @param {any} table
 */
function columns(table) {
  return table.schema.fields.map((/** @type {any} */ field, /** @type {number} */ index) => ({
    name: field.name,
    type: typeOf(field),
    // An empty one may lack what it should consist of.
    chunks: table
      .getChildAt(index)
      .data.filter((/** @type {any} */ { length }) => length > 0)
      .map(buffers),
  }));
}

/** @param {any} field @returns {object} */
function typeOf({ name, type, metadata }) {
  const extension = metadata.get("ARROW:extension:name") ?? "";
  const opaque = extension === "arrow.opaque" && JSON.parse(metadata.get("ARROW:extension:metadata"));
  return {
    name,
    arrow: String(type),
    extension: opaque ? opaque.type_name : extension,
    scale: type.scale ?? 0,
    children: (type.children ?? []).map(typeOf),
  };
}

/** @param {any} data @returns {object} */
function buffers({ length, nullBitmap, values, valueOffsets, typeIds, children, dictionary }) {
  return {
    length,
    valid: nullBitmap,
    values: values && new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    offsets: valueOffsets,
    ids: typeIds,
    children: children.map(buffers),
    dictionary: dictionary ? dictionary.data.map(buffers) : [],
  };
}
