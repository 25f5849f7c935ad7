// DuckDB-WASM's blocking build, in the same worker as Python, which reaches it through `duckdb_shim.py`.
import {
  BROWSER_RUNTIME,
  VoidLogger,
  createDuckDB,
} from "../../node_modules/@duckdb/duckdb-wasm/dist/duckdb-browser-blocking.mjs";

// Without these a query that needs an extension asks outside for it, and a failed request leaves DuckDB broken.
const SETTINGS = ["SET autoinstall_known_extensions = false", "SET autoload_known_extensions = false"];

/** @param {any} python @param {string} mainModule the address of DuckDB itself */
export async function installDuckDB(python, mainModule) {
  const database = await createDuckDB({ mvp: { mainModule }, eh: { mainModule } }, new VoidLogger(), BROWSER_RUNTIME);
  await database.instantiate(() => {});
  const keeper = database.connect();
  let count = 0;

  /** All connections share one database, so each gets an empty one of its own, as `duckdb.connect()` gives. */
  function connect() {
    const connection = database.connect();
    const name = `memory_${++count}`;
    for (const sql of [...SETTINGS, `ATTACH ':memory:' AS ${name}`, `USE ${name}`]) connection.query(sql);
    return { connection, name };
  }

  function close(/** @type {any} */ { connection, name }) {
    connection.close();
    keeper.query(`DETACH DATABASE IF EXISTS ${name}`);
  }

  function query(/** @type {any} */ { connection }, /** @type {string} */ sql, /** @type {any} */ parameters) {
    const values = parameters.toJs();
    if (values.length === 0) return columns(connection.query(sql));
    const statement = connection.prepare(sql);
    try {
      return columns(statement.query(...values));
    } finally {
      statement.close();
    }
  }

  python.registerJsModule("_duckdb_wasm", { version: database.getVersion(), connect, close, query });
  python.runPython("import sys; sys.path.append('/book/code/shims')");
}

/**
 * The columns of an Arrow table: name, kind and values that Python can take.
 * @param {any} table
 */
function columns(table) {
  return table.schema.fields.map((/** @type {any} */ field, /** @type {number} */ index) => {
    const kind = kindOf(field.type);
    const column = table.getChildAt(index);
    const values = Array.from({ length: table.numRows }, (_, row) => plain(column.get(row), kind));
    return { name: field.name, kind, values };
  });
}

/** @param {any} type */
function kindOf(type) {
  const name = String(type);
  if (name.startsWith("Decimal")) return `decimal ${type.scale}`;
  if (name.startsWith("Date")) return "date";
  if (name.startsWith("Timestamp")) return "timestamp";
  if (/^U?int/i.test(name)) return "integer";
  return name.startsWith("Float") ? "float" : name;
}

/** @param {any} value @param {string} kind */
function plain(value, kind) {
  // Pyodide makes None of undefined, and an object of its own of null.
  if (value === null || value === undefined) return undefined;
  if (kind.startsWith("decimal")) return typeof value === "object" ? fromWords(value) : BigInt(value);
  if (value instanceof Date) return value.getTime();
  return typeof value === "object" && value.toJSON ? value.toJSON() : value;
}

/**
 * The whole number in the 32-bit words of an Arrow decimal, lowest first, in two's complement.
 * @param {Uint32Array} words
 */
function fromWords(words) {
  const unsigned = [...words].reduceRight((sum, word) => (sum << 32n) | BigInt(word >>> 0), 0n);
  return BigInt.asIntN(32 * words.length, unsigned);
}
