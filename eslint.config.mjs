import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["_build/", ".venv/", "book/_static/vendor/", "node_modules/"] },
  js.configs.recommended,
  { files: ["practice/page/*.mjs", "book/_static/*.mjs"], languageOptions: { globals: globals.browser } },
  { files: ["practice/worker/*.mjs"], languageOptions: { globals: globals.worker } },
  { rules: { "max-lines": ["error", 200], "no-var": "error", "prefer-const": "error", eqeqeq: "error" } },
];
