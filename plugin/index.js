#!/usr/bin/env node
// The plugin's process: `pulumi-resource-vultr-inference` and Pulumi's language host for Node.js start it. It is
// written so that versions of Node.js that cannot run the plugin can say so.
"use strict";

var WANTED = [20, 19];
var version = process.versions.node.split(".").map(Number);
if (version[0] < WANTED[0] || (version[0] === WANTED[0] && version[1] < WANTED[1])) {
  console.error(
    "vultr-inference needs Node.js " +
      WANTED.join(".") +
      " or later, but node is " +
      process.version +
      ": install a newer one, or put it first on PATH.",
  );
  process.exit(1);
}

// Beside the package that it is part of, or in the folder of an installed plugin.
var places = ["../dist/plugin/main.js", "./node_modules/pulumi-vultr-inference/dist/plugin/main.js"];
var place = places.filter(function (path) {
  return require("node:fs").existsSync(require("node:path").join(__dirname, path));
})[0];
if (place === undefined) {
  console.error(
    "vultr-inference: the plugin's code is missing. Install pulumi-vultr-inference with npm; in its repository, " +
      'run "npm run build".',
  );
  process.exit(1);
}
module.exports = require(place).main();
