#!/usr/bin/env node
import "./strip-types.js";

await import("../src/cli/main.ts");
